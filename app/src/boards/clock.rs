//! The time that runs on a board, in the server's time.

use leptos::prelude::*;

use super::frame::Frame;
use super::pieces::Piece;
use super::shown::Shown;
use crate::ui::changing::changing;

/// What is said when the time is up.
pub const IS_UP: &str = "Die Zeit ist um.";

/// Seconds that are left. Nothing: no time runs, or it is not known yet how far this device's clock is off.
#[must_use]
pub fn left(frame: Piece<Frame>, ahead_ms: RwSignal<Option<i64>>) -> Memo<Option<i64>> {
    let tick = RwSignal::new(0_u32);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        // One that cannot be had leaves the clock time.
        if let Ok(handle) = set_interval(
            move || tick.update(|tick| *tick = tick.wrapping_add(1)),
            std::time::Duration::from_secs(1),
        ) {
            on_cleanup(move || handle.clear());
        }
    });
    Memo::new(move |_| {
        let ends_at = frame.get().stage.timer_ends_at?;
        let ahead_ms = ahead_ms.get()?;
        tick.track();
        #[cfg(feature = "hydrate")]
        {
            // Milliseconds since 1970 fit.
            #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970")]
            let now_ms = web_sys::js_sys::Date::now() as i64 - ahead_ms;
            Some(((ends_at.micros() / 1_000 - now_ms + 999) / 1_000).max(0))
        }
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = (ahead_ms, ends_at);
            None
        }
    })
}

/// The time that is left. Without WebAssembly: when it ends.
pub fn timer(shown: Shown) -> AnyView {
    changing(move || {
        if shown.frame.get().stage.timer_ends_at.is_none() {
            return ().into_any();
        }
        let words = match shown.left.get() {
            // The clock's words come from the server: a browser would have to load the rules of time zones for them.
            None => shown.data.with_untracked(|data| data.time_is_up_at.clone()),
            Some(0) => IS_UP.to_owned(),
            Some(seconds) => format!("Noch {}:{:02} Minuten", seconds / 60, seconds % 60),
        };
        // Read aloud it would interrupt every second.
        view! { <p class="board-timer" role="timer" aria-live="off">{words}</p> }.into_any()
    })
    .into_any()
}

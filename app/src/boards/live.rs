//! What happens on a board meanwhile, as it happens.
//!
//! The server sends the whole board when a device comes or comes back, then only what is new. Phones kill such lines
//! silently: so each new look at the page opens a fresh one, and so does a line that says nothing for too long.

use leptos::prelude::*;

use super::dto::BoardData;

/// The line on which a device follows a board, while its page is shown.
#[derive(Clone, Copy)]
pub struct Line {
    #[cfg(feature = "hydrate")]
    follower: browser::Kept,
}

/// Makes the line; it is opened with [`Line::open`].
pub fn line(id: &str, data: RwSignal<BoardData>, broken: RwSignal<bool>) -> Line {
    #[cfg(feature = "hydrate")]
    return Line {
        follower: browser::line(id, data, broken),
    };
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = (id, data, broken);
        Line {}
    }
}

impl Line {
    /// Opens it, or opens it anew.
    pub fn open(self) {
        #[cfg(feature = "hydrate")]
        browser::open(self.follower);
    }
}

/// The half that runs in the browser.
#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;
    use std::time::Duration;

    use domain::board::News;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;
    use web_sys::{EventSource, MessageEvent};

    use crate::boards::dto::BoardData;

    /// The server says something at least every fifteen seconds.
    const SILENCE_MS_MAX: f64 = 40_000.0;
    const LOOK_EVERY: Duration = Duration::from_secs(5);

    /// An open line with what hangs on it.
    struct Open {
        source: EventSource,
        _heard: Closure<dyn FnMut(MessageEvent)>,
        _failed: Closure<dyn FnMut()>,
    }

    impl Drop for Open {
        fn drop(&mut self) {
            self.source.set_onmessage(None);
            self.source.set_onerror(None);
            self.source.close();
        }
    }

    pub struct Follower {
        address: String,
        data: RwSignal<BoardData>,
        broken: RwSignal<bool>,
        heard_at: Rc<Cell<f64>>,
        open: RefCell<Option<Open>>,
        ended: Cell<bool>,
    }

    impl Follower {
        /// Ends for good, whatever still holds this.
        fn end(&self) {
            self.ended.set(true);
            drop(self.open.replace(None));
        }

        fn reopen(&self) {
            if self.ended.get() {
                return;
            }
            let Ok(source) = EventSource::new(&self.address) else {
                self.broken.set(true);
                return;
            };
            let (data, broken, heard_at) = (self.data, self.broken, Rc::clone(&self.heard_at));
            let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                heard_at.set(now());
                take(&event, data);
                broken.set(false);
            });
            // The browser tries again by itself after this.
            let failed = Closure::<dyn FnMut()>::new(move || broken.set(true));
            source.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            source.set_onerror(Some(failed.as_ref().unchecked_ref()));
            self.heard_at.set(now());
            // The old line is closed when it is dropped.
            drop(self.open.replace(Some(Open {
                source,
                _heard: heard,
                _failed: failed,
            })));
        }
    }

    fn take(event: &MessageEvent, data: RwSignal<BoardData>) {
        let Some(text) = event.data().as_string() else {
            return;
        };
        // News that this build cannot read is passed over; the next visit loads the new build.
        match serde_json::from_slice(text.as_bytes()) {
            Ok(News::Board(new)) => data.update(|data| data.view = new),
            Ok(News::Change(change)) => data.update(|data| data.view.take(change)),
            Ok(News::Alive) | Err(_) => {}
        }
    }

    fn now() -> f64 {
        web_sys::js_sys::Date::now()
    }

    /// The line of a page, for as long as the page is shown.
    pub type Kept = StoredValue<Rc<Follower>, LocalStorage>;

    pub fn open(line: Kept) {
        line.with_value(|follower| follower.reopen());
    }

    pub fn line(id: &str, data: RwSignal<BoardData>, broken: RwSignal<bool>) -> Kept {
        let follower = Rc::new(Follower {
            address: format!("/live/boards/{id}/events"),
            data,
            broken,
            heard_at: Rc::new(Cell::new(0.0)),
            open: RefCell::new(None),
            ended: Cell::new(false),
        });
        let again = {
            let follower = Rc::clone(&follower);
            move || {
                if document().visibility_state() == web_sys::VisibilityState::Visible {
                    follower.reopen();
                }
            }
        };
        let shown = window_event_listener_untyped("visibilitychange", {
            let again = again.clone();
            move |_| again()
        });
        let restored = window_event_listener_untyped("pageshow", {
            let again = again.clone();
            move |_| again()
        });
        let online = window_event_listener_untyped("online", {
            let again = again.clone();
            move |_| again()
        });
        let watch = set_interval(
            {
                let follower = Rc::clone(&follower);
                move || {
                    if now() - follower.heard_at.get() > SILENCE_MS_MAX {
                        follower.broken.set(true);
                        follower.reopen();
                    }
                }
            },
            LOOK_EVERY,
        );
        let follower = StoredValue::new_local(follower);
        on_cleanup(move || {
            shown.remove();
            restored.remove();
            online.remove();
            if let Ok(watch) = watch {
                watch.clear();
            }
            follower.with_value(|follower| follower.end());
        });
        follower
    }
}

//! A short word about something that was just done and needs no answer.

use std::time::Duration;

use leptos::prelude::*;

/// How long a word stays: a line is read in half of it.
const SHOWN: Duration = Duration::from_secs(6);

/// What is said, and how often something was: an older timer never takes a newer word away.
#[derive(Clone, Copy, Debug, Default)]
pub struct Toast {
    said: RwSignal<(u32, Option<String>)>,
}

impl Toast {
    /// The place for such words on this page.
    #[must_use]
    pub fn on_this_page() -> Self {
        use_context().unwrap_or_default()
    }

    /// Says it, politely, for a few seconds.
    pub fn say(self, words: &str) {
        let number = self.said.with_untracked(|(number, _)| number + 1);
        self.said.set((number, Some(words.to_owned())));
        let timer = set_timeout(
            move || {
                self.said.update(|(newest, words)| {
                    if *newest == number {
                        *words = None;
                    }
                });
            },
            SHOWN,
        );
        // A browser without timers leaves the word standing.
        drop(timer);
    }
}

/// Where the words appear. One for the whole application.
#[component]
pub fn Toaster() -> impl IntoView {
    let toast = Toast::on_this_page();
    view! { <div class="toast no-print" role="status">{move || toast.said.get().1.map(|words| view! { <p>{words}</p> })}</div> }
}

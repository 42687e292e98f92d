//! What was typed and not sent yet: kept on the device while one types, and there again after a reload.

use leptos::prelude::*;

/// The text of a form that is kept while it is typed.
#[derive(Clone, Copy, Debug)]
pub struct Draft {
    #[cfg_attr(
        not(feature = "hydrate"),
        expect(dead_code, reason = "the server keeps no drafts")
    )]
    board: StoredValue<String>,
    text: RwSignal<String>,
    #[cfg(feature = "hydrate")]
    soon: StoredValue<Option<TimeoutHandle>>,
}

impl Draft {
    /// The draft of a board's next card.
    #[must_use]
    pub fn of(board: String, text: RwSignal<String>) -> Self {
        Self {
            board: StoredValue::new(board),
            text,
            #[cfg(feature = "hydrate")]
            soon: StoredValue::new(None),
        }
    }

    /// Something was typed.
    pub fn typed(self, text: String) {
        self.text.set(text);
        #[cfg(feature = "hydrate")]
        browser::keep_soon(self);
    }

    /// Something was chosen beside the text.
    pub fn chosen(self) {
        #[cfg(feature = "hydrate")]
        browser::keep_soon(self);
    }

    /// Brings back what was typed before, if nothing is typed yet. `show` puts it into the field.
    pub fn remember(self, show: fn(&str)) {
        #[cfg(feature = "hydrate")]
        browser::remember(self, show);
        #[cfg(not(feature = "hydrate"))]
        let _ = show;
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::time::Duration;

    use leptos::prelude::*;
    use leptos::task::spawn_local;

    use super::super::{choices, storage};
    use super::Draft;

    /// After so long without another key what was typed is kept.
    const PAUSE: Duration = Duration::from_millis(300);

    pub fn keep_soon(draft: Draft) {
        stop(draft);
        // Its form goes: the browser says of a field that is taken away that it was changed. What stood there is kept by then.
        let Some(is_blank) = draft.text.try_with_untracked(|text| is_blank(text)) else {
            return;
        };
        // A field that is empty keeps nothing: what was sent is not to be sent once more.
        if is_blank {
            return keep(draft);
        }
        let soon = set_timeout(move || keep(draft), PAUSE).ok();
        draft.soon.set_value(soon);
    }

    /// Where what is chosen beside the text is kept.
    fn beside(board: &str) -> String {
        format!("{board} chosen")
    }

    /// Whether nothing is typed.
    fn is_blank(text: &str) -> bool {
        text.trim().is_empty()
    }

    fn stop(draft: Draft) {
        if let Some(soon) = draft.soon.try_get_value().flatten() {
            soon.clear();
        }
    }

    fn keep(draft: Draft) {
        let (Some(board), Some(text)) = (draft.board.try_get_value(), draft.text.try_get_untracked()) else {
            return;
        };
        let chosen = choices::read();
        spawn_local(async move {
            let beside = beside(&board);
            // Where nothing can be kept the text is in its field only.
            if is_blank(&text) {
                drop(storage::keep_draft(board, None).await);
                drop(storage::keep_draft(beside, None).await);
                return;
            }
            drop(storage::keep_draft(board, Some(text)).await);
            if chosen.is_some() {
                drop(storage::keep_draft(beside, chosen).await);
            }
        });
    }

    pub fn remember(draft: Draft, show: fn(&str)) {
        // A form that goes within the pause takes nothing with it.
        on_cleanup(move || {
            if draft.soon.try_get_value().flatten().is_some() {
                keep(draft);
            }
        });
        let board = draft.board.get_value();
        spawn_local(async move {
            let kept = storage::draft(&board).await.ok().flatten();
            let chosen = storage::draft(&beside(&board)).await.ok().flatten();
            // After what the form itself puts back when it is made: that comes with the next frame, too, and was asked for before.
            drop(request_animation_frame(move || {
                let is_untyped = draft.text.try_with_untracked(|text| is_blank(text));
                if let (Some(text), Some(true)) = (kept, is_untyped) {
                    show(&text);
                    choices::choose(&chosen.unwrap_or_default());
                    draft.text.set(text);
                }
            }));
        });
    }
}

/// What stands in the fields of a board's cards: each under its own key, with that key before the text, so that all of a board are
/// found.
#[cfg(feature = "hydrate")]
pub mod fields {
    use leptos::task::spawn_local;

    use super::super::storage;

    /// Keeps what stands in a field; nothing: it is forgotten.
    pub fn keep(board: &str, field: &str, text: Option<&str>) {
        let key = format!("{board} {field}");
        let text = text.map(|text| format!("{key}\n{text}"));
        // Where nothing can be kept the text is in its field only.
        spawn_local(async move { drop(storage::keep_draft(key, text).await) });
    }

    /// Calls `found` with each field of a board in which something stood, and with that.
    pub fn remember(board: String, found: impl FnOnce(Vec<(String, String)>) + 'static) {
        spawn_local(async move {
            let drafts = storage::drafts().await.unwrap_or_default();
            let of_board = |draft: &String| {
                let (key, text) = draft.split_once('\n')?;
                let field = key.strip_prefix(&board)?.strip_prefix(' ')?;
                Some((field.to_owned(), text.to_owned()))
            };
            found(drafts.iter().filter_map(of_board).collect());
        });
    }
}

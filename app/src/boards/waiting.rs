//! What waits for a moderator, said wherever that one is: in the title of the document, and beside the way to the queue. New ones
//! are announced with what is new on the board ([`super::announce`]).

use domain::board::CardView;
use leptos::prelude::*;

use super::shown::Shown;
use crate::ui::changing::changing;

/// How many cards and comments wait. For who does not moderate: none.
#[must_use]
pub fn count(shown: Shown) -> Memo<usize> {
    let cards = shown.cards(CardView::waits);
    Memo::new(move |_| cards.with(Vec::len))
}

/// " (3 warten)", as long as something waits.
pub fn beside(shown: Shown) -> AnyView {
    let count = count(shown);
    changing(move || match count.get() {
        0 => ().into_any(),
        1 => " (1 wartet)".into_any(),
        count => format!(" ({count} warten)").into_any(),
    })
    .into_any()
}

/// "(3) Moderation: …": seen in the list of open pages, too, also once the title of the board is corrected. What stands before that is
/// given.
pub fn in_title(shown: Shown, before: &'static str) {
    #[cfg(feature = "hydrate")]
    {
        let (count, title) = (count(shown), shown.title());
        Effect::new(move |_| {
            let title = crate::ui::page::document_title(&format!("{before}{}", title.get()));
            match count.get() {
                0 => document().set_title(&title),
                count => document().set_title(&format!("({count}) {title}")),
            }
        });
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (shown, before);
}

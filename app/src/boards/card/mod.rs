//! One card, what is said about it, and what can be done with it.
//!
//! - `said`: what it says, from whom, and where it stands
//! - `weights`: votes, "bei uns auch", "bei uns probiert"
//! - `trial`: where and how a solution was tried
//! - `talk`: comments
//! - `more`: what is done less often
//! - `edit`: other words, earlier words
//! - `place`: another place
//! - `drag`: another place with a mouse

pub mod drag;
pub mod edit;
pub mod more;
pub mod place;
pub mod said;
pub mod talk;
pub mod trial;
pub mod weights;

use domain::board::CardView;
use leptos::prelude::*;

use super::shown::Shown;
use crate::ui::changing::changing;

pub use said::said;

/// Characters of a card by which it is known again.
const START_CHARACTERS_MAX: usize = 60;

/// "Karte 12": what a button is about, for who does not see where it stands.
pub fn about(card: &CardView) -> String {
    let what = if card.on.is_none() { "Karte" } else { "Kommentar" };
    format!("{what} {}", card.number)
}

/// How it begins, where there is no room for all of it.
pub fn start(card: &CardView) -> String {
    let start: String = card.text.chars().take(START_CHARACTERS_MAX).collect();
    let more = if start.len() < card.text.len() { "…" } else { "" };
    start + more
}

/// A card in its column. What changes on the board changes here, and nothing else does.
pub fn card(shown: Shown, id: u128) -> AnyView {
    let card = shown.card(id);
    let Some(first) = card.get_untracked() else {
        return ().into_any();
    };
    let class = if first.mine { "note note-mine" } else { "note" };
    view! {
        <li class=class id=format!("karte-{}", first.number) tabindex="-1">
            {changing(move || card.get().map_or_else(|| ().into_any(), said))}
            {changing(move || card.get().map_or_else(|| ().into_any(), |card| weights::weights(shown, &card, true)))}
            {trial::trial(shown, id, &first)}
            {talk::talk(shown, id, first.number)}
            {more::more(shown, card)}
        </li>
    }
    .into_any()
}

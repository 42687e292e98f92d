//! What a card weighs, and a board, in words.

use domain::board::results::topics;
use domain::board::{BoardView, CardView};
use domain::german::count;

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// "7 Stimmen, 12 Handzeichen, 3 × bei uns auch"; where it was brought from another board: what it weighed there.
pub fn words(card: &CardView) -> String {
    let mut words = Vec::new();
    if let Some(votes) = card.votes.filter(|votes| *votes > 0) {
        words.push(count(number(votes), "Stimme", "Stimmen"));
    }
    if let Some(hands) = card.hands {
        words.push(count(hands, "Handzeichen", "Handzeichen"));
    }
    if card.same_here > 0 {
        words.push(format!("{}\u{a0}×\u{a0}bei uns auch", card.same_here));
    }
    if card.tried.first().is_some_and(|helped| *helped > 0) {
        words.push(format!("{}\u{a0}×\u{a0}hat geholfen", card.tried[0]));
    }
    if let Some(origin) = &card.origin {
        words.push(crate::boards::words::origin(origin));
    }
    words.join(", ")
}

/// "27 Karten, 6 mit Ergebnis, 14 Personen dabei": not all of them have written.
pub fn facts(view: &BoardView) -> String {
    let cards = topics(view).count();
    let found = topics(view).filter(|card| card.finding.is_some()).count();
    let found = if found == 0 {
        String::new()
    } else {
        format!(", {found} mit Ergebnis")
    };
    format!(
        "{}{found}, {} dabei",
        count(number(cards), "Karte", "Karten"),
        count(number(view.members), "Person", "Personen")
    )
}

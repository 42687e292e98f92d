//! What moderators note about a card for each other.

use domain::board::note::{NOTE_CHARACTERS_MAX, note};
use domain::board::{Operation, Refusal};
use domain::text::TextError;

use crate::{MODERATOR, act, card, comment, room};

#[test]
fn a_note_is_written_over_what_was_read() {
    let board = room();
    let written = |now: &str, base: &str, text: &str| note(&board, card(1), (now, base), text);
    assert_eq!(
        written("", "", " Rückfrage beim Amt. ").unwrap(),
        "Rückfrage beim Amt."
    );
    // As a browser sends its lines.
    assert_eq!(written("Eins\nZwei", "Eins\r\nZwei", "").unwrap(), "");
    assert_eq!(written("Neu.", "", "Anders."), Err(Refusal::ChangedSince));
    assert_eq!(written("Neu.", "", "Neu.").unwrap(), "Neu.", "sent twice");
    let long = "a".repeat(NOTE_CHARACTERS_MAX + 1);
    let max = NOTE_CHARACTERS_MAX;
    assert_eq!(
        written("", "", &long),
        Err(Refusal::Text(TextError::TooLong { max }))
    );
}

#[test]
fn a_note_stands_at_a_card_that_is_there() {
    let mut board = room();
    act(&mut board, 2, comment(2, 1, "Seit Jahren.")).unwrap();
    for other in [2, 9] {
        assert_eq!(
            note(&board, card(other), ("", ""), "Nein."),
            Err(Refusal::NotThere)
        );
    }
    let mut archived = board.clone();
    act(&mut archived, MODERATOR, Operation::Archive { archived: true }).unwrap();
    assert_eq!(
        note(&archived, card(1), ("", ""), "Nein."),
        Err(Refusal::Archived)
    );
    act(&mut board, MODERATOR, Operation::Erase { card: card(1) }).unwrap();
    assert_eq!(note(&board, card(1), ("", ""), "Nein."), Err(Refusal::NotThere));
}

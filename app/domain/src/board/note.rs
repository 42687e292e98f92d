//! What moderators note about a card for each other. It is no part of the board that a log makes: no view, no change and no device can
//! hold it.

use super::decide::Refusal;
use super::state::Board;
use crate::ids::CardId;
use crate::text::bounded;

/// Characters of a note.
pub const NOTE_CHARACTERS_MAX: usize = 400;

/// What shall stand as the note of a card, where `now` stands and the form was made of `base`. Nothing: there is none any more.
///
/// # Errors
/// Why it is not written.
pub fn note(board: &Board, card: CardId, (now, base): (&str, &str), text: &str) -> Result<String, Refusal> {
    if board.settings.archived_at.is_some() {
        return Err(Refusal::Archived);
    }
    let card = board.cards.get(&card);
    let is_there = card.is_some_and(|card| card.erased_at.is_none() && card.on.is_none());
    if !is_there {
        return Err(Refusal::NotThere);
    }
    let read = |text: &str| bounded(text, 0, NOTE_CHARACTERS_MAX).map_err(Refusal::Text);
    let text = read(text)?;
    // What somebody else has noted meanwhile would be gone, read by nobody.
    if text != now && read(base).as_deref() != Ok(now) {
        return Err(Refusal::ChangedSince);
    }
    Ok(text)
}

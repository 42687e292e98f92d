//! A sentence about a solution that one has tried.

use super::Refusal;
use super::rights::{Actor, unlocked};
use super::weigh::solution;
use super::write::{first_standing, has_room, next_number, text_within};
use crate::board::event::Event;
use crate::board::state::{Board, TRIAL_CHARACTERS_MAX};
use crate::board::trial::Trial;
use crate::ids::CardId;

/// One for each member and solution, until it is erased: otherwise one person would look like several.
pub fn tell(
    board: &Board,
    actor: Actor,
    (card, on): (CardId, CardId),
    trial: Trial,
    text: &str,
) -> Result<Event, Refusal> {
    let text = text_within(text, TRIAL_CHARACTERS_MAX)?;
    let number = next_number(board, card)?;
    has_room(board, actor)?;
    let about = solution(board, on)?;
    unlocked(board, actor, about)?;
    let mut told = board.told_by(actor.member, about.id);
    if told.any(|sentence| sentence.erased_at.is_none()) {
        return Err(Refusal::ToldAlready);
    }
    Ok(Event::Commented {
        card,
        number,
        on: about.id,
        column: about.column,
        standing: first_standing(board, actor, &text),
        text,
        trial: Some(trial),
        // No name stands beside what was tried, and so no mark either.
        by_moderation: false,
    })
}

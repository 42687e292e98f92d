//! What a moderator has done with a card is taken back while it still is as it was done. What somebody has decided since stays.

use super::rights::{Actor, moderator, there};
use super::{Refusal, decide};
use crate::board::event::Event;
use crate::board::operation::Operation;
use crate::board::order::behind;
use crate::board::state::Board;
use crate::ids::CardId;

pub fn undo(
    board: &Board,
    actor: Actor,
    done: Option<&Operation>,
    back: &Operation,
) -> Result<Event, Refusal> {
    moderator(actor)?;
    let is_still_so = match (done, back) {
        // Below it is decided by the version.
        (None, Operation::Stand { version: Some(_), .. }) => true,
        (Some(done), back) if is_pair(done, back) => is_as_done(board, done)?,
        _ => return Err(Refusal::NotAllowed),
    };
    if !is_still_so {
        return Err(Refusal::ChangedSince);
    }
    decide(board, actor, back).map_err(|refusal| match refusal {
        Refusal::Overtaken => Refusal::ChangedSince,
        other => other,
    })
}

/// Whether both do the same kind of thing with the same card, and one that is taken back with one tap.
fn is_pair(done: &Operation, back: &Operation) -> bool {
    let is_same = std::mem::discriminant(done) == std::mem::discriminant(back);
    is_same && done.card_to_undo().is_some() && done.card_to_undo() == back.card_to_undo()
}

/// Whether a card is as an operation has made it.
fn is_as_done(board: &Board, done: &Operation) -> Result<bool, Refusal> {
    Ok(match *done {
        Operation::Move { card, column, after } => {
            let here = board.cards_of(column);
            let others: Vec<(&str, CardId)> = here
                .iter()
                .filter(|other| other.id != card)
                .map(|other| (other.place.as_str(), other.id))
                .collect();
            let index = here.iter().position(|one| one.id == card);
            index == Some(behind(&others, after.as_ref()).0)
        }
        Operation::Lock { card, locked } => there(board, card)?.locked == locked,
        Operation::Remove { card, removed } => {
            let author = board.members.get(&there(board, card)?.author);
            author.is_some_and(|author| author.removed_at.is_some() == removed)
        }
        Operation::Merge { card, into } => {
            let now = there(board, card)?.merged_into;
            // The one that was named may itself have been one for which another stands.
            now == into || now == into.map(|into| board.root(into))
        }
        _ => false,
    })
}

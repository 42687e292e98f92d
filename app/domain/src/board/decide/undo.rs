//! What a moderator has done with a card is taken back while it still is as it was done. What somebody has decided since stays.

use super::rights::{Actor, moderator, there};
use super::{Refusal, decide};
use crate::board::event::Event;
use crate::board::operation::Operation;
use crate::board::state::Board;

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
        // The pair of these is their opposite.
        (None, &Operation::Lock { card, locked }) => {
            let done = Operation::Lock {
                card,
                locked: !locked,
            };
            is_as_done(board, actor, &done)?
        }
        (None, &Operation::Discuss { card, discussed }) => {
            let done = Operation::Discuss {
                card,
                discussed: !discussed,
            };
            is_as_done(board, actor, &done)?
        }
        (None, &Operation::Remove { card, removed }) => {
            let done = Operation::Remove {
                card,
                removed: !removed,
            };
            is_as_done(board, actor, &done)?
        }
        (Some(done), back) if is_pair(done, back) => is_as_done(board, actor, done)?,
        _ => return Err(Refusal::NotAllowed),
    };
    if !is_still_so {
        return Err(Refusal::ChangedSince);
    }
    let event = decide(board, actor, back).map_err(|refusal| match refusal {
        Refusal::Overtaken => Refusal::ChangedSince,
        other => other,
    })?;
    Ok(match event {
        // The decision that is taken back was the answer to who had asked to look at the card.
        Event::Stood { card, standing, .. } => Event::Stood {
            card,
            standing,
            again: true,
        },
        event => event,
    })
}

/// Whether both do the same kind of thing with the same card, and one that is taken back with one tap.
fn is_pair(done: &Operation, back: &Operation) -> bool {
    let is_same = std::mem::discriminant(done) == std::mem::discriminant(back);
    is_same && done.card_to_undo().is_some() && done.card_to_undo() == back.card_to_undo()
}

/// Whether a card is as an operation has made it.
fn is_as_done(board: &Board, actor: Actor, done: &Operation) -> Result<bool, Refusal> {
    Ok(match *done {
        // What was put between the two since is no reason to leave it there: nobody has decided otherwise about this card.
        Operation::Move { card, column, after } => {
            let card = there(board, card)?;
            // Who has put it there once more since has decided so.
            let is_own = card.put_by.is_none_or(|by| by == actor.member);
            is_own && (card.column, card.put_behind) == (column, after)
        }
        Operation::Lock { card, locked } => there(board, card)?.locked == locked,
        Operation::Discuss { card, discussed } => there(board, card)?.discussed_at.is_some() == discussed,
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

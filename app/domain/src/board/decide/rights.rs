//! Who may do what at all, and to what.

use std::sync::Arc;

use super::Refusal;
use crate::board::operation::Operation;
use crate::board::state::{Board, Card, Column, Standing};
use crate::ids::{CardId, ColumnId, MemberId};

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who it is on this board.
    pub member: MemberId,
    /// Whether the board is this one's to moderate.
    pub moderates: bool,
}

/// What holds for every operation: one has joined, is not removed, and the board is not frozen. The moderator may
/// always act: whoever is removed moderates no more, but for staff. An author may always erase, whatever the board is. In
/// the archive only what was found is kept up, and what shall be forgotten is erased. On a board that was emptied only what was found
/// is, if it has stayed.
pub fn may_act(board: &Board, actor: Actor, operation: &Operation) -> Result<(), Refusal> {
    let joining = matches!(operation, Operation::Join { .. });
    let erasing = matches!(operation, Operation::Erase { .. });
    let archiving = matches!(
        operation,
        Operation::Conclude { .. } | Operation::HideFindings { .. } | Operation::Archive { .. }
    );
    if board.emptied_at.is_some() {
        // Nobody is there any more. What has stayed is kept up by who moderates.
        let keeps_up = matches!(
            operation,
            Operation::Conclude { .. } | Operation::HideFindings { .. }
        ) && actor.moderates;
        return if keeps_up { Ok(()) } else { Err(Refusal::Archived) };
    }
    let member = board.members.get(&actor.member);
    match member {
        None if !joining => return Err(Refusal::NotJoined),
        Some(member) if member.removed_at.is_some() && !actor.moderates && !erasing => {
            return Err(Refusal::Removed);
        }
        _ => {}
    }
    if board.settings.archived_at.is_some() && !archiving && !joining && !erasing {
        return Err(Refusal::Archived);
    }
    if board.settings.frozen_at.is_some() && !actor.moderates && !joining && !erasing {
        return Err(Refusal::Frozen);
    }
    Ok(())
}

/// What is the moderator's alone.
pub fn moderator(actor: Actor) -> Result<(), Refusal> {
    if actor.moderates {
        Ok(())
    } else {
        Err(Refusal::NotAllowed)
    }
}

/// A card that is there and not erased.
pub fn there(board: &Board, card: CardId) -> Result<&Card, Refusal> {
    board
        .cards
        .get(&card)
        .map(Arc::as_ref)
        .filter(|card| card.erased_at.is_none())
        .ok_or(Refusal::NotThere)
}

/// A card that everybody sees, standing for itself.
pub fn published(board: &Board, card: CardId) -> Result<&Card, Refusal> {
    there(board, card).and_then(|card| {
        if card.standing == Standing::Published && card.merged_into.is_none() {
            Ok(card)
        } else {
            Err(Refusal::NotThere)
        }
    })
}

/// A published card that is no comment.
pub fn topic(board: &Board, card: CardId) -> Result<&Card, Refusal> {
    published(board, card).and_then(|card| {
        if card.on.is_none() {
            Ok(card)
        } else {
            Err(Refusal::NotThere)
        }
    })
}

/// A column of this board.
pub fn known(board: &Board, column: ColumnId) -> Result<&Column, Refusal> {
    board
        .columns
        .iter()
        .find(|one| one.id == column)
        .ok_or(Refusal::NotThere)
}

/// Whether a card and its column may be changed by this one.
pub fn unlocked(board: &Board, actor: Actor, card: &Card) -> Result<(), Refusal> {
    if card.locked && !actor.moderates {
        return Err(Refusal::Locked);
    }
    unlocked_column(board, actor, standing_in(board, card))
}

/// The column in which a card stands: a comment went along when its card was moved.
fn standing_in(board: &Board, card: &Card) -> ColumnId {
    let (mut topic, cards) = (card, &board.cards);
    // A comment is about a card, or about a comment on one.
    while let Some(about) = topic.on.and_then(|on| cards.get(&on)) {
        topic = about;
    }
    topic.column
}

/// Whether what is in a column may be changed by this one.
pub fn unlocked_column(board: &Board, actor: Actor, column: ColumnId) -> Result<(), Refusal> {
    if known(board, column)?.locked && !actor.moderates {
        return Err(Refusal::Locked);
    }
    Ok(())
}

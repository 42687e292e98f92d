//! Where a card stands among others, and who may change that.

use super::Refusal;
use super::rights::{Actor, known, moderator, published, there, unlocked, unlocked_column};
use crate::board::event::Event;
use crate::board::order::{behind, evenly};
use crate::board::state::Board;
use crate::board::words::Phase;
use crate::ids::{CardId, ColumnId};

pub fn put(
    board: &Board,
    actor: Actor,
    card: CardId,
    column: ColumnId,
    after: Option<CardId>,
) -> Result<Event, Refusal> {
    let moved = there(board, card)?;
    let mine = moved.author == actor.member;
    let sorting = board.settings.phase == Phase::Sort;
    if !actor.moderates && !mine && !sorting {
        return Err(Refusal::NotAllowed);
    }
    if !actor.moderates && !mine {
        published(board, card)?;
    }
    if moved.on.is_some() {
        return Err(Refusal::NotThere);
    }
    unlocked(board, actor, moved)?;
    unlocked_column(board, actor, column)?;
    let column = known(board, column)?.id;
    let others = board.cards_of(column);
    let others: Vec<_> = others
        .iter()
        .filter(|other| other.id != card)
        .map(|other| (other.place.as_str(), other.id))
        .collect();
    let (index, place) = behind(&others, after.as_ref());
    let places = match place {
        Some(place) => vec![(card, place)],
        None => {
            let mut ids: Vec<_> = others.iter().map(|(_, id)| *id).collect();
            ids.insert(index, card);
            let keys = evenly(ids.len());
            let mut places: Vec<_> = ids.into_iter().zip(keys).collect();
            places.swap(0, index);
            places
        }
    };
    Ok(Event::Moved {
        column,
        places,
        after,
    })
}

pub fn pin(board: &Board, actor: Actor, card: CardId, pinned: bool) -> Result<Event, Refusal> {
    moderator(actor)?;
    let card = there(board, card)?;
    if card.on.is_some() {
        return Err(Refusal::NotThere);
    }
    Ok(Event::Pinned {
        card: card.id,
        pinned,
    })
}

pub fn lock(board: &Board, actor: Actor, card: CardId, locked: bool) -> Result<Event, Refusal> {
    moderator(actor)?;
    let card = there(board, card)?.id;
    Ok(Event::Locked { card, locked })
}

pub fn lock_column(board: &Board, actor: Actor, column: ColumnId, locked: bool) -> Result<Event, Refusal> {
    moderator(actor)?;
    let column = known(board, column)?.id;
    Ok(Event::ColumnLocked { column, locked })
}

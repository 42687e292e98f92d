//! Columns: made, called otherwise, put elsewhere, taken away. All of it is the moderator's.

use super::Refusal;
use super::rights::{Actor, known, moderator};
use crate::board::event::Event;
use crate::board::plan::{COLUMN_CHARACTERS_MAX, COLUMNS_MAX};
use crate::board::state::Board;
use crate::ids::ColumnId;
use crate::text::one_line;

const TOO_FEW_OR_MANY: Refusal = Refusal::Columns {
    max: COLUMNS_MAX as u32,
};

fn title_of(title: &str) -> Result<String, Refusal> {
    one_line(title, 1, COLUMN_CHARACTERS_MAX).map_err(Refusal::Text)
}

pub fn add(board: &Board, actor: Actor, column: ColumnId, title: &str) -> Result<Event, Refusal> {
    moderator(actor)?;
    let title = title_of(title)?;
    if known(board, column).is_ok() {
        return Err(Refusal::Twice);
    }
    if board.columns.len() >= COLUMNS_MAX {
        return Err(TOO_FEW_OR_MANY);
    }
    Ok(Event::ColumnAdded { column, title })
}

pub fn rename(board: &Board, actor: Actor, column: ColumnId, title: &str) -> Result<Event, Refusal> {
    moderator(actor)?;
    let title = title_of(title)?;
    let column = known(board, column)?.id;
    Ok(Event::ColumnRenamed { column, title })
}

/// A neighbour that is gone, or the column itself, is no place to be put.
pub fn put(board: &Board, actor: Actor, column: ColumnId, after: Option<ColumnId>) -> Result<Event, Refusal> {
    moderator(actor)?;
    let column = known(board, column)?.id;
    if let Some(after) = after {
        known(board, after)?;
    }
    if after == Some(column) {
        return Err(Refusal::NotThere);
    }
    Ok(Event::ColumnMoved { column, after })
}

/// What is in a column also counts if only its author or the moderator sees it, or another card stands for it: with the
/// column it would be lost. Of what was erased there is nothing to lose.
pub fn remove(board: &Board, actor: Actor, column: ColumnId) -> Result<Event, Refusal> {
    moderator(actor)?;
    let title = known(board, column)?.title.clone();
    if board.cards_of(column).iter().any(|card| card.erased_at.is_none()) {
        return Err(Refusal::ColumnNotEmpty);
    }
    if board.columns.len() <= 1 {
        return Err(TOO_FEW_OR_MANY);
    }
    Ok(Event::ColumnRemoved { column, title })
}

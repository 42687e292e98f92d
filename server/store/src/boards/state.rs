//! The board that the log makes: from the last snapshot on, or from the beginning.

use domain::board::{Board, Event, Record, apply};
use domain::ids::{BoardId, MemberId};
use domain::time::Instant;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::row::{columns, read};
use crate::{Store, StoreError};

const fn wrong(table: &'static str, column: &'static str) -> StoreError {
    StoreError::Inconsistent { table, column }
}

impl Store {
    /// The board as it is now.
    ///
    /// # Errors
    /// When it is not there, or the database fails.
    pub async fn board(&self, id: BoardId) -> Result<Board, StoreError> {
        let mut connection = self.readers().acquire().await?;
        load(&mut connection, id).await
    }

    /// The records after this one, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn board_records(&self, id: BoardId, after: u64) -> Result<Vec<Record>, StoreError> {
        let mut connection = self.readers().acquire().await?;
        records(&mut connection, id, after).await
    }
}

/// The board on a connection that is there.
pub(super) async fn load(connection: &mut AnyConnection, id: BoardId) -> Result<Board, StoreError> {
    let snapshot = sqlx::query("SELECT state FROM board_snapshot WHERE board_id = $1")
        .bind(id.to_string())
        .fetch_optional(&mut *connection)
        .await?;
    let mut board = match snapshot {
        Some(row) => serde_json::from_str(&row.try_get::<String, _>(0)?)
            .map_err(|_| wrong("board_snapshot", "state"))?,
        None => {
            let row = sqlx::query(concat!("SELECT ", columns!(), " FROM board WHERE id = $1"))
                .bind(id.to_string())
                .fetch_one(&mut *connection)
                .await?;
            let beginning = read(&row)?.beginning;
            Board::new(beginning.settings, beginning.columns)
        }
    };
    for record in records(connection, id, board.sequence).await? {
        apply(&mut board, &record);
    }
    Ok(board)
}

pub(super) async fn records(
    connection: &mut AnyConnection,
    id: BoardId,
    after: u64,
) -> Result<Vec<Record>, StoreError> {
    let rows = sqlx::query(
        "SELECT sequence, member_id, at, event FROM board_record WHERE board_id = $1 AND sequence > $2 ORDER BY sequence",
    )
    .bind(id.to_string())
    .bind(i64::try_from(after).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await?;
    rows.iter().map(record).collect()
}

/// Reads sequence, member, instant and event.
pub(super) fn record(row: &AnyRow) -> Result<Record, StoreError> {
    Ok(Record {
        sequence: u64::try_from(row.try_get::<i64, _>(0)?).map_err(|_| wrong("board_record", "sequence"))?,
        member: MemberId::parse(&row.try_get::<String, _>(1)?)
            .map_err(|_| wrong("board_record", "member_id"))?,
        at: Instant(row.try_get(2)?),
        event: event(&row.try_get::<String, _>(3)?)?,
    })
}

/// Reads what was done.
pub(super) fn event(text: &str) -> Result<Event, StoreError> {
    serde_json::from_str(text).map_err(|_| wrong("board_record", "event"))
}

/// What was done, as it is kept.
pub(super) fn text(event: &Event) -> Result<String, StoreError> {
    serde_json::to_string(event).map_err(|_| wrong("board_record", "event"))
}

/// Keeps the board as it is now, instead of what was kept before.
pub(super) async fn keep(
    connection: &mut AnyConnection,
    id: BoardId,
    board: &Board,
) -> Result<(), StoreError> {
    let state = serde_json::to_string(board).map_err(|_| wrong("board_snapshot", "state"))?;
    sqlx::query(
        "INSERT INTO board_snapshot (board_id, sequence, state) VALUES ($1, $2, $3)
         ON CONFLICT (board_id) DO UPDATE SET sequence = $2, state = $3",
    )
    .bind(id.to_string())
    .bind(i64::try_from(board.sequence).unwrap_or(i64::MAX))
    .bind(state)
    .execute(connection)
    .await?;
    Ok(())
}

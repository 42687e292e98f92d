//! An operation: decided, numbered, kept and answered in one transaction.

use domain::board::{Actor, Board, Event, Operation, Record, Refusal, apply, decide};
use domain::ids::{BoardId, CardId, OperationId};
use sqlx::Row;

use super::state::{event, keep, load, text};
use crate::audit;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// After so many records the state is kept, so that a start reads no more of the log than that.
const RECORDS_PER_SNAPSHOT: u64 = 100;

/// What a device is told: the number of the record, or why there is none.
pub type Answer = Result<u64, Refusal>;

const UNREADABLE: StoreError = StoreError::Inconsistent {
    table: "board_answer",
    column: "answer",
};

impl Store {
    /// Does something on a board. The same id again gets the same answer, whatever has happened since.
    ///
    /// # Errors
    /// When the board is not there, or the database fails. What the rules forbid is an answer, not an error.
    pub async fn board_act(
        &self,
        board: BoardId,
        actor: Actor,
        id: OperationId,
        operation: Operation,
    ) -> Result<Answer, StoreError> {
        self.write(move |tx| Box::pin(run(tx, board, actor, id, operation)))
            .await
    }
}

async fn run(
    tx: &mut Tx,
    id: BoardId,
    actor: Actor,
    operation_id: OperationId,
    operation: Operation,
) -> Result<Answer, StoreError> {
    tx.lock_board(&id.to_string()).await?;
    if let Some(answer) = first_answer(tx, operation_id).await? {
        return Ok(answer);
    }
    let mut board = load(&mut tx.conn, id).await?;
    let answer = match decide(&board, actor, &operation) {
        Ok(event) => Ok(record(tx, id, &mut board, actor, event).await?),
        Err(refusal) => Err(refusal),
    };
    let kept = serde_json::to_string(&answer).map_err(|_| UNREADABLE)?;
    sqlx::query("INSERT INTO board_answer (id, board_id, answer, at) VALUES ($1, $2, $3, $4)")
        .bind(operation_id.to_string())
        .bind(id.to_string())
        .bind(kept)
        .bind(tx.now.micros())
        .execute(&mut *tx.conn)
        .await?;
    Ok(answer)
}

async fn first_answer(tx: &mut Tx, id: OperationId) -> Result<Option<Answer>, StoreError> {
    let row = sqlx::query("SELECT answer FROM board_answer WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(&mut *tx.conn)
        .await?;
    row.map(|row| serde_json::from_str(&row.try_get::<String, _>(0)?).map_err(|_| UNREADABLE))
        .transpose()
}

/// Writes what was decided. Returns the number of the record.
async fn record(
    tx: &mut Tx,
    id: BoardId,
    board: &mut Board,
    actor: Actor,
    event: Event,
) -> Result<u64, StoreError> {
    let record = Record {
        sequence: board.sequence + 1,
        member: actor.member,
        at: tx.now,
        event,
    };
    let sequence = i64::try_from(record.sequence).unwrap_or(i64::MAX);
    sqlx::query(
        "INSERT INTO board_record (board_id, sequence, member_id, at, card_id, event) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.to_string())
    .bind(sequence)
    .bind(actor.member.to_string())
    .bind(tx.now.micros())
    .bind(card_with_text(&record.event).map(|card| card.to_string()))
    .bind(text(&record.event)?)
    .execute(&mut *tx.conn)
    .await?;
    sqlx::query("UPDATE board SET sequence = $1 WHERE id = $2")
        .bind(sequence)
        .bind(id.to_string())
        .execute(&mut *tx.conn)
        .await?;
    apply(board, &record);
    if let Event::Erased { card } = record.event {
        erase(tx, id, card).await?;
        keep(&mut tx.conn, id, board).await?;
    } else if record.sequence.is_multiple_of(RECORDS_PER_SNAPSHOT) {
        keep(&mut tx.conn, id, board).await?;
    }
    if actor.moderates {
        let who = audit::Actor::Member(actor.member);
        let detail = format!("{sequence}");
        audit::record(tx, who, "board_moderated", ("board", &id.to_string()), &detail).await?;
    }
    Ok(record.sequence)
}

/// The card whose text is in an event, if there is any.
fn card_with_text(event: &Event) -> Option<CardId> {
    match event {
        Event::Written { card, .. } | Event::Edited { card, .. } => Some(*card),
        _ => None,
    }
}

/// Takes what a card said out of every record. The snapshot is written anew by the caller.
async fn erase(tx: &mut Tx, board: BoardId, card: CardId) -> Result<(), StoreError> {
    let rows = sqlx::query("SELECT sequence, event FROM board_record WHERE board_id = $1 AND card_id = $2")
        .bind(board.to_string())
        .bind(card.to_string())
        .fetch_all(&mut *tx.conn)
        .await?;
    for row in &rows {
        let mut done = event(&row.try_get::<String, _>(1)?)?;
        if done.erase_text_of(card) {
            sqlx::query("UPDATE board_record SET event = $1 WHERE board_id = $2 AND sequence = $3")
                .bind(text(&done)?)
                .bind(board.to_string())
                .bind(row.try_get::<i64, _>(0)?)
                .execute(&mut *tx.conn)
                .await?;
        }
    }
    Ok(())
}

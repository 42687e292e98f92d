//! An operation: decided, numbered, kept and answered in one transaction.

use domain::board::{Actor, Audience, Board, Event, Operation, Record, Refusal, apply, decide, view};
use domain::ids::{BoardId, CardId, OperationId};
use domain::time::Instant;
use sqlx::Row;

use super::state::{event, keep, load, text};
use super::{copies, found, notice};
use crate::writer::Tx;
use crate::{Store, StoreError};
use crate::{audit, coding};

/// After so many records the state is kept, so that a start reads no more of the log than that.
const RECORDS_PER_SNAPSHOT: u64 = 100;

/// What a device is told: the number of the record, or why there is none.
pub type Answer = Result<u64, Refusal>;

const UNREADABLE: StoreError = StoreError::Inconsistent {
    table: "board_answer",
    column: "answer",
};

/// Something that a device wants to do, under the id that the device gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Push {
    /// Who.
    pub actor: Actor,
    /// Under which id.
    pub id: OperationId,
    /// What.
    pub operation: Operation,
}

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
        let push = Push { actor, id, operation };
        let answers = self.board_push(board, vec![push]).await?;
        answers.into_iter().next().ok_or(StoreError::NotFound)
    }

    /// Does several things on a board, one after the other, in one transaction. Each has its own answer.
    ///
    /// # Errors
    /// As [`Store::board_act`].
    pub async fn board_push(&self, board: BoardId, pushes: Vec<Push>) -> Result<Vec<Answer>, StoreError> {
        self.write(move |tx| Box::pin(async move { run(tx, board, &pushes).await }))
            .await
    }
}

async fn run(tx: &mut Tx, id: BoardId, pushes: &[Push]) -> Result<Vec<Answer>, StoreError> {
    tx.lock_board(&id.to_string()).await?;
    let mut board = load(&mut tx.conn, id).await?;
    let before = board.sequence;
    let (mut forgets, mut concludes) = (false, false);
    let mut answers = Vec::with_capacity(pushes.len());
    for push in pushes {
        if let Some(answer) = first_answer(tx, push.id).await? {
            answers.push(answer);
            continue;
        }
        let answer = match decide(&board, push.actor, &push.operation) {
            Ok(event) => {
                forgets |= matches!(event, Event::Erased { .. });
                concludes |= found::changes(&event);
                Ok(record(tx, id, &mut board, push.actor, event).await?)
            }
            Err(refusal) => Err(refusal),
        };
        keep_answer(tx, id, push.id, answer).await?;
        answers.push(answer);
    }
    if concludes {
        found::keep(tx, id, &board).await?;
    }
    keep_board(tx, id, &board, before, forgets).await?;
    Ok(answers)
}

/// Keeps what records have made of a board, and tells who follows it.
pub(super) async fn keep_board(
    tx: &mut Tx,
    id: BoardId,
    board: &Board,
    before: u64,
    forgets: bool,
) -> Result<(), StoreError> {
    if board.sequence != before {
        keep_summary(tx, id, board).await?;
        notice::give(tx, id).await?;
    }
    if forgets || before / RECORDS_PER_SNAPSHOT != board.sequence / RECORDS_PER_SNAPSHOT {
        keep(&mut tx.conn, id, board).await?;
    }
    Ok(())
}

async fn keep_answer(tx: &mut Tx, board: BoardId, id: OperationId, answer: Answer) -> Result<(), StoreError> {
    let kept = serde_json::to_string(&answer).map_err(|_| UNREADABLE)?;
    sqlx::query("INSERT INTO board_answer (id, board_id, answer, at) VALUES ($1, $2, $3, $4)")
        .bind(id.to_string())
        .bind(board.to_string())
        .bind(kept)
        .bind(tx.now.micros())
        .execute(&mut *tx.conn)
        .await?;
    Ok(())
}

/// Keeps what the list of boards shows of a state.
async fn keep_summary(tx: &mut Tx, id: BoardId, board: &Board) -> Result<(), StoreError> {
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    sqlx::query(
        "UPDATE board SET sequence = $1, published = $2, members = $3, phase = $4, frozen_at = $5, archived_at = $6
         WHERE id = $7",
    )
    .bind(i64::try_from(board.sequence).unwrap_or(i64::MAX))
    .bind(count(view(board, Audience::Everybody).cards.len()))
    .bind(count(board.members.len()))
    .bind(board.settings.phase.key())
    .bind(board.settings.frozen_at.map(Instant::micros))
    .bind(board.settings.archived_at.map(Instant::micros))
    .bind(id.to_string())
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
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
pub(super) async fn record(
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
    .bind(record.event.speaks_of().map(|card| card.to_string()))
    .bind(text(&record.event)?)
    .execute(&mut *tx.conn)
    .await?;
    apply(board, &record);
    if let Event::Erased { card } = record.event {
        erase(tx, id, card).await?;
        copies::erase(tx, id, card).await?;
        coding::forget::card(tx, id, card).await?;
    }
    if actor.moderates {
        let who = audit::Actor::Member(actor.member);
        let detail = format!("{sequence}");
        audit::record(tx, who, "board_moderated", ("board", &id.to_string()), &detail).await?;
    }
    Ok(record.sequence)
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

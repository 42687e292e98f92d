//! An operation: decided, numbered, kept and answered in one transaction.

use domain::board::{Actor, Event, Operation, Refusal, decide};
use domain::ids::{BoardId, CardId, OperationId};
use sqlx::Row;

use super::held::Held;
use super::{found, several, topics};
use crate::writer::Tx;
use crate::{Store, StoreError};

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
    let erases: Vec<CardId> = pushes.iter().filter_map(erases).collect();
    if !erases.is_empty() {
        several::lock_for_erasing(tx, id, &erases).await?;
    }
    let mut held = Held::take(tx, id).await?;
    let (mut concludes, mut erased) = (false, Vec::new());
    let mut answers = Vec::with_capacity(pushes.len());
    for push in pushes {
        if let Some(answer) = first_answer(tx, push.id).await? {
            answers.push(answer);
            continue;
        }
        let answer = match decide(&held.board, push.actor, &push.operation) {
            Ok(event) => {
                concludes |= found::changes(&event);
                if let Event::Erased { card } = event {
                    erased.push(card);
                }
                Ok(held.record(tx, push.actor, event).await?)
            }
            Err(refusal) => Err(refusal),
        };
        keep_answer(tx, id, push.id, answer).await?;
        answers.push(answer);
    }
    if concludes {
        found::keep(tx, id, &held.board).await?;
    }
    held.keep(tx).await?;
    for card in erased {
        topics::erase(tx, id, card).await?;
    }
    Ok(answers)
}

/// The card that somebody wants to erase.
fn erases(push: &Push) -> Option<CardId> {
    match push.operation {
        Operation::Erase { card } => Some(card),
        _ => None,
    }
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

async fn first_answer(tx: &mut Tx, id: OperationId) -> Result<Option<Answer>, StoreError> {
    let row = sqlx::query("SELECT answer FROM board_answer WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(&mut *tx.conn)
        .await?;
    row.map(|row| serde_json::from_str(&row.try_get::<String, _>(0)?).map_err(|_| UNREADABLE))
        .transpose()
}

//! What moderators note about a card for each other: one short text, without a name, beside the log, so that no view of a board holds it.
//! It goes with the card, and with the term of the board.

use std::collections::BTreeMap;

use domain::board::Refusal;
use domain::board::note::note;
use domain::ids::{BoardId, CardId};
use sqlx::Row;

use super::held::Held;
use crate::audit::{self, Actor};
use crate::read;
use crate::writer::Tx;
use crate::{Store, StoreError};

impl Store {
    /// Keeps the note of a card instead of the one of which the form was made (`base`); an empty one takes it away. Returns what stands
    /// there now.
    ///
    /// # Errors
    /// When the board is not there, or the database fails. What the rules forbid is an answer.
    pub async fn note_card(
        &self,
        by: Actor,
        (board, card): (BoardId, CardId),
        base: &str,
        text: &str,
    ) -> Result<Result<String, Refusal>, StoreError> {
        let (base, text) = (base.to_owned(), text.to_owned());
        self.write(move |tx| Box::pin(async move { keep(tx, by, (board, card), (&base, &text)).await }))
            .await
    }

    /// The notes about cards of a board. For its moderators alone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn card_notes(&self, board: BoardId) -> Result<BTreeMap<CardId, String>, StoreError> {
        let rows = sqlx::query("SELECT card_id, note FROM board_note WHERE board_id = $1")
            .bind(board.to_string())
            .fetch_all(self.readers())
            .await?;
        rows.iter()
            .map(|row| Ok((read::id(row, 0, "board_note")?, row.try_get(1)?)))
            .collect()
    }
}

async fn keep(
    tx: &mut Tx,
    by: Actor,
    (board, card): (BoardId, CardId),
    (base, text): (&str, &str),
) -> Result<Result<String, Refusal>, StoreError> {
    // Holds the board: nobody erases the card meanwhile.
    let held = Held::take(tx, board).await?;
    let row = sqlx::query("SELECT note FROM board_note WHERE board_id = $1 AND card_id = $2")
        .bind(board.to_string())
        .bind(card.to_string())
        .fetch_optional(&mut *tx.conn)
        .await?;
    let now: String = row.map(|row| row.try_get(0)).transpose()?.unwrap_or_default();
    let text = match note(&held.board, card, (&now, base), text) {
        Ok(text) if text == now => return Ok(Ok(text)),
        Ok(text) => text,
        Err(refusal) => return Ok(Err(refusal)),
    };
    forget(tx, board, card).await?;
    if !text.is_empty() {
        sqlx::query("INSERT INTO board_note (board_id, card_id, note) VALUES ($1, $2, $3)")
            .bind(board.to_string())
            .bind(card.to_string())
            .bind(&text)
            .execute(&mut *tx.conn)
            .await?;
    }
    let number = held.board.cards.get(&card).map_or(0, |card| card.number);
    audit::record(
        tx,
        by,
        "board_noted",
        ("board", &board.to_string()),
        &number.to_string(),
    )
    .await?;
    Ok(Ok(text))
}

/// Forgets what was noted about a card.
pub(super) async fn forget(tx: &mut Tx, board: BoardId, card: CardId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM board_note WHERE board_id = $1 AND card_id = $2")
        .bind(board.to_string())
        .bind(card.to_string())
        .execute(&mut *tx.conn)
        .await?;
    Ok(())
}

//! How long what was written on a board stays, and that it goes for good then: cards, comments, findings, names, votes, the log and
//! what was made of it, also where it was brought to another board. What staff has typed stays: title, lead, columns, and, where the
//! term says so, what was found.

use std::collections::BTreeSet;

use domain::board::results::kept;
use domain::board::{Event, Goes, Term};
use domain::ids::BoardId;
use domain::time::Instant;
use sqlx::{AnyConnection, Row};

use super::archive::{last_sign_of_life, platform};
use super::held::Held;
use super::row::BoardRow;
use super::{copies, found, several};
use crate::audit::{self, Actor};
use crate::read;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// Boards of one round: the next one is an hour later.
const BOARDS_AT_ONCE_MAX: i64 = 50;

/// What is kept of a board beside its log, and beside what was found.
const KEPT_BESIDE: [&str; 6] = [
    "DELETE FROM coding_reading WHERE board_id = $1",
    "DELETE FROM board_note WHERE board_id = $1",
    "DELETE FROM board_copy WHERE board_id = $1",
    "DELETE FROM board_copy WHERE from_board_id = $1",
    "DELETE FROM board_answer WHERE board_id = $1",
    "DELETE FROM board_member WHERE board_id = $1",
];

impl Store {
    /// Gives a board a term, or none, and tells who follows it. Returns whether it did: a board whose term is over has none any more.
    ///
    /// # Errors
    /// When the board is not there, or the database fails.
    pub async fn set_board_term(
        &self,
        by: Actor,
        board: BoardId,
        term: Option<(Term, Goes)>,
    ) -> Result<bool, StoreError> {
        self.write(move |tx| Box::pin(async move { set(tx, by, board, term).await }))
            .await
    }

    /// When what was written on a board goes, if nothing more happens there. Nothing: it stays, or is gone already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn board_text_ends(&self, row: &BoardRow) -> Result<Option<Instant>, StoreError> {
        let Some((term, set)) = row.term.filter(|_| row.emptied_at.is_none()) else {
            return Ok(None);
        };
        let last = sqlx::query(concat!(
            "SELECT ",
            last_sign_of_life!(),
            ",
                COALESCE((SELECT ends_at FROM workshop WHERE workshop.id = board.workshop_id), 0)
             FROM board WHERE id = $1"
        ))
        .bind(row.id.to_string())
        .fetch_one(self.readers())
        .await?;
        let (last, held) = (Instant(last.try_get(0)?), Instant(last.try_get(1)?));
        Ok(Some(term.ends(last.max(held), set)))
    }

    /// Empties the boards whose term is over, each in a transaction of its own: it locks other boards. Returns how many rows of
    /// their logs are gone.
    pub(crate) async fn empty_boards(&self) -> Result<u64, StoreError> {
        let due = {
            let mut connection = self.readers().acquire().await?;
            due(&mut connection, None, self.ambient().now()).await?
        };
        let mut gone = Ok(0);
        for board in due {
            let emptied = self
                .write(move |tx| Box::pin(async move { empty(tx, board).await }))
                .await;
            if let Err(error) = &emptied {
                tracing::warn!(%board, %error, "a board whose term is over could not be emptied");
                self.write(move |tx| Box::pin(async move { put_last(tx, board).await }))
                    .await?;
            }
            // A board that fails keeps no other one from its end.
            gone = match (gone, emptied) {
                (Ok(rows), Ok(more)) => Ok(rows + more),
                (Err(error), _) | (_, Err(error)) => Err(error),
            };
        }
        gone
    }
}

/// How a board keeps what goes when its term is over. Nothing: everything.
pub(super) fn kept_goes(term: Option<(Term, Goes)>) -> Option<&'static str> {
    let (_, goes) = term?;
    (goes != Goes::All).then(|| goes.key())
}

async fn set(tx: &mut Tx, by: Actor, board: BoardId, term: Option<(Term, Goes)>) -> Result<bool, StoreError> {
    let id = board.to_string();
    let mut held = Held::take(tx, board).await?;
    if held.board.emptied_at.is_some() {
        return Ok(false);
    }
    sqlx::query(
        "UPDATE board SET text_days = $1, text_days_at = $2, text_goes = $3, text_tried_at = NULL WHERE id = $4",
    )
    .bind(term.map(|(term, _)| term.days()))
    .bind(term.map(|_| tx.now.micros()))
    .bind(kept_goes(term))
    .bind(&id)
    .execute(&mut *tx.conn)
    .await?;
    held.record(tx, platform(), Event::TermSet).await?;
    held.keep(tx).await?;
    let words = term.map(|(term, goes)| match goes {
        Goes::All => term.key().to_owned(),
        Goes::Posts => format!("{} {}", term.key(), goes.key()),
    });
    audit::record(tx, by, "board_term", ("board", &id), &words.unwrap_or_default()).await?;
    Ok(true)
}

/// A board that could not be emptied comes after the others the next time: it keeps none of them from its end.
async fn put_last(tx: &mut Tx, board: BoardId) -> Result<(), StoreError> {
    sqlx::query("UPDATE board SET text_tried_at = $1 WHERE id = $2")
        .bind(tx.now.micros())
        .bind(board.to_string())
        .execute(&mut *tx.conn)
        .await?;
    Ok(())
}

/// The boards whose term is over; of one, whether its own is.
async fn due(
    connection: &mut AnyConnection,
    only: Option<BoardId>,
    now: Instant,
) -> Result<Vec<BoardId>, StoreError> {
    let rows = sqlx::query(concat!(
        "SELECT id FROM board
         WHERE text_days IS NOT NULL AND emptied_at IS NULL AND ($1 = '' OR id = $1)
            AND text_days_at + text_days * 86400000000 <= $2
            AND COALESCE((SELECT ends_at FROM workshop WHERE workshop.id = board.workshop_id), 0)
                + text_days * 86400000000 <= $2
            AND ",
        last_sign_of_life!(),
        " + text_days * 86400000000 <= $2
         ORDER BY COALESCE(text_tried_at, 0), id LIMIT $3"
    ))
    .bind(only.map(|id| id.to_string()).unwrap_or_default())
    .bind(now.micros())
    .bind(BOARDS_AT_ONCE_MAX)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| read::id(row, 0, "board")).collect()
}

async fn empty(tx: &mut Tx, board: BoardId) -> Result<u64, StoreError> {
    let id = board.to_string();
    copies::hold(tx).await?;
    let brought = copies::brought_from(tx, board).await?;
    several::lock_with_copies(tx, BTreeSet::from([board]), brought.clone()).await?;
    // Meanwhile somebody may have written, or staff has said something else.
    if due(&mut tx.conn, Some(board), tx.now).await?.is_empty() {
        return Ok(0);
    }
    // First where it was brought to: a card may have come back from there.
    for (board, card) in brought {
        copies::erase(tx, board, card).await?;
    }
    let mut held = Held::take(tx, board).await?;
    let results = match goes(tx, &id).await? {
        Goes::All => Vec::new(),
        Goes::Posts => kept(&held.board, &found::ways_of(&mut tx.conn, board).await?),
    };
    let last = held.record(tx, platform(), Event::Emptied { results }).await?;
    found::keep(tx, board, &held.board).await?;
    held.keep(tx).await?;
    let log = sqlx::query("DELETE FROM board_record WHERE board_id = $1 AND sequence < $2")
        .bind(&id)
        .bind(i64::try_from(last).unwrap_or(i64::MAX))
        .execute(&mut *tx.conn)
        .await?;
    for sql in KEPT_BESIDE {
        sqlx::query(sql).bind(&id).execute(&mut *tx.conn).await?;
    }
    audit::record(tx, Actor::System, "board_emptied", ("board", &id), "").await?;
    Ok(log.rows_affected() + 1)
}

/// What goes of a board whose term is over.
async fn goes(tx: &mut Tx, board: &str) -> Result<Goes, StoreError> {
    let row = sqlx::query("SELECT text_goes FROM board WHERE id = $1")
        .bind(board.to_owned())
        .fetch_one(&mut *tx.conn)
        .await?;
    let kept: Option<String> = row.try_get(0)?;
    kept.map_or(Some(Goes::All), |goes| Goes::parse(&goes))
        .ok_or(StoreError::Inconsistent {
            table: "board",
            column: "text_goes",
        })
}

//! Somebody on a board, known by a device's secret: without an account, and another one on each board.

use domain::board::Actor;
use domain::ids::{BoardId, MemberId};
use domain::time::Instant;
use sqlx::Row;

use super::notice;
use crate::accounts::token_hash;
use crate::read;
use crate::writer::Tx;
use crate::{Store, StoreError, audit};

impl Store {
    /// Who a device is on this board; made at its first time. The secret is kept as a hash only.
    ///
    /// # Errors
    /// When the board is not there, or the database fails.
    pub async fn board_member(&self, board: BoardId, token: &str) -> Result<Actor, StoreError> {
        if let Some(known) = self.known_board_member(board, token).await? {
            return Ok(known);
        }
        let hash = token_hash(token);
        self.write(move |tx| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO board_member (id, board_id, token_hash, created_at)
                     SELECT $1, id, $2, $3 FROM board WHERE id = $4
                     ON CONFLICT (board_id, token_hash) DO NOTHING",
                )
                .bind(MemberId(tx.ambient.uuid()).to_string())
                .bind(hash)
                .bind(tx.now.micros())
                .bind(board.to_string())
                .execute(&mut *tx.conn)
                .await?;
                Ok(())
            })
        })
        .await?;
        self.known_board_member(board, token)
            .await?
            .ok_or(StoreError::NotFound)
    }

    /// Who a device is on this board, if it has been here. Who was removed moderates no more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn known_board_member(&self, board: BoardId, token: &str) -> Result<Option<Actor>, StoreError> {
        let row = sqlx::query(
            "SELECT id, moderates_at, removed_at FROM board_member WHERE board_id = $1 AND token_hash = $2",
        )
        .bind(board.to_string())
        .bind(token_hash(token))
        .fetch_optional(self.readers())
        .await?;
        row.map(|row| {
            let is_removed = row.try_get::<Option<i64>, _>(2)?.is_some();
            Ok(Actor {
                member: read::id(&row, 0, "board_member")?,
                moderates: row.try_get::<Option<i64>, _>(1)?.is_some() && !is_removed,
            })
        })
        .transpose()
    }

    /// To whom a board was given to moderate, and since when: the first comes first. Not who was removed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn board_moderators(&self, board: BoardId) -> Result<Vec<(MemberId, Instant)>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, moderates_at FROM board_member
             WHERE board_id = $1 AND moderates_at IS NOT NULL AND removed_at IS NULL
             ORDER BY moderates_at, id",
        )
        .bind(board.to_string())
        .fetch_all(self.readers())
        .await?;
        let moderators = rows.iter().map(|row| {
            let member = read::id(row, 0, "board_member")?;
            Ok((member, Instant(row.try_get(1)?)))
        });
        moderators.collect()
    }

    /// Gives a board to a member to moderate, or takes it back.
    ///
    /// # Errors
    /// When there is no such member, or the database fails.
    pub async fn let_moderate(
        &self,
        by: audit::Actor,
        board: BoardId,
        member: MemberId,
        moderates: bool,
    ) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let since = moderates.then(|| tx.now.micros());
                let done =
                    sqlx::query("UPDATE board_member SET moderates_at = $1 WHERE id = $2 AND board_id = $3")
                        .bind(since)
                        .bind(member.to_string())
                        .bind(board.to_string())
                        .execute(&mut *tx.conn)
                        .await?;
                if done.rows_affected() == 0 {
                    return Err(StoreError::NotFound);
                }
                let what = if moderates {
                    "board_handed_over"
                } else {
                    "board_taken_back"
                };
                audit::record(tx, by, what, ("board", &board.to_string()), &member.to_string()).await?;
                notice::give_rights(tx, board, member).await
            })
        })
        .await
    }
}

/// Notes whether a member was removed, and tells who follows the board.
pub(super) async fn note_removed(
    tx: &mut Tx,
    board: BoardId,
    member: MemberId,
    removed: bool,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE board_member SET removed_at = $1 WHERE id = $2 AND board_id = $3")
        .bind(removed.then(|| tx.now.micros()))
        .bind(member.to_string())
        .bind(board.to_string())
        .execute(&mut *tx.conn)
        .await?;
    notice::give_rights(tx, board, member).await
}

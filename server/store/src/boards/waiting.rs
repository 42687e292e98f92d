//! What waits for a moderator on boards that were there before that was counted.

use domain::ids::BoardId;

use super::held::{Held, RECORDS_PER_SNAPSHOT};
use crate::writer::Tx;
use crate::{Store, StoreError, read};

impl Store {
    /// Counts on the boards of which a migration says that nobody has (-1): only the log knows what waits. And makes the states anew that
    /// a migration took away, of boards with so many records that one is kept. A board that cannot be read has its turn the next time.
    ///
    /// # Errors
    /// When the database cannot say on which.
    pub(crate) async fn count_waiting(&self) -> Result<(), StoreError> {
        let rows = sqlx::query(
            "SELECT id FROM board
             WHERE waiting < 0 OR (sequence >= $1 AND NOT EXISTS (
                SELECT 1 FROM board_snapshot WHERE board_snapshot.board_id = board.id
             ))
             ORDER BY id",
        )
        .bind(i64::try_from(RECORDS_PER_SNAPSHOT).unwrap_or(i64::MAX))
        .fetch_all(self.readers())
        .await?;
        for row in &rows {
            let board = read::id(row, 0, "board")?;
            let counted = self
                .write(move |tx| Box::pin(async move { count(tx, board).await }))
                .await;
            if let Err(error) = counted {
                tracing::warn!(%board, %error, "what waits on a board could not be counted");
            }
        }
        Ok(())
    }
}

async fn count(tx: &mut Tx, board: BoardId) -> Result<(), StoreError> {
    let held = Held::take(tx, board).await?;
    held.keep_summary(tx).await?;
    held.keep_state(tx).await
}

//! What waits for a moderator on boards that were there before that was counted.

use domain::ids::BoardId;

use super::held::Held;
use crate::writer::Tx;
use crate::{Store, StoreError, read};

impl Store {
    /// Counts on the boards of which a migration says that nobody has (-1): only the log knows what waits. A board that cannot be read is
    /// counted the next time.
    ///
    /// # Errors
    /// When the database cannot say on which.
    pub(crate) async fn count_waiting(&self) -> Result<(), StoreError> {
        let rows = sqlx::query("SELECT id FROM board WHERE waiting < 0 ORDER BY id")
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
    Held::take(tx, board).await?.keep_summary(tx).await
}

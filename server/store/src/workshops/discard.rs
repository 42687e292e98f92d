//! A draft that nobody needs goes.

use domain::booking::Refusal;
use domain::ids::WorkshopId;
use domain::workshop::Status;

use super::find::load;
use crate::audit::{self, Actor};
use crate::boards::{several, topics};
use crate::{Store, StoreError};

/// What hangs on a draft: nobody has signed up for it, and it has no topics. A board stays, and belongs to none then.
const PARTS: [&str; 6] = [
    "DELETE FROM workshop_district WHERE workshop_id = $1",
    "DELETE FROM run WHERE workshop_id = $1",
    "DELETE FROM run_rollover WHERE workshop_id = $1 OR copy_id = $1",
    "DELETE FROM access_duty WHERE workshop_id = $1",
    "UPDATE board SET workshop_id = NULL WHERE workshop_id = $1",
    "DELETE FROM workshop WHERE id = $1",
];

impl Store {
    /// Deletes a draft that was never published. It cannot be brought back; that it was there, the log tells.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`Refusal::WasPublished`] when everybody has seen it: that one can only be cancelled.
    pub async fn discard_draft(&self, actor: Actor, id: WorkshopId) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                tx.lock(&id.to_string()).await?;
                let row = load(&mut tx.conn, id).await?;
                if row.status != Status::Draft || row.published_at.is_some() {
                    return Err(Refusal::WasPublished.into());
                }
                let boards = topics::boards_of(tx, id).await?;
                several::lock(tx, &boards).await?;
                for sql in PARTS {
                    sqlx::query(sql)
                        .bind(id.to_string())
                        .execute(&mut *tx.conn)
                        .await?;
                }
                audit::record(tx, actor, "draft_discarded", ("workshop", &id.to_string()), "{}").await
            })
        })
        .await
    }
}

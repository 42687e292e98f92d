//! Show a Veranstaltung to everybody.

use domain::access::Event;
use domain::booking::Refusal;
use domain::ids::WorkshopId;
use domain::workshop::Status;

use super::find::load;
use super::row::WorkshopRow;
use super::run;
use crate::access::tell;
use crate::audit::{self, Actor};
use crate::{Store, StoreError};

impl Store {
    /// Publishes a draft. One that is published already stays as it is. A run holds to the version of its module that
    /// counts at this moment.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], also when the module of a run has no version that counts; [`Refusal::NotRunning`] when it was cancelled;
    /// [`Refusal::PlaceMissing`] when there are seats in a room and nobody is told where it is.
    pub async fn publish_workshop(&self, actor: Actor, id: WorkshopId) -> Result<WorkshopRow, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                tx.lock(&id.to_string()).await?;
                let before = load(&mut tx.conn, id).await?;
                match before.status {
                    Status::Published => return Ok(before),
                    Status::Cancelled => return Err(Refusal::NotRunning.into()),
                    // A copy for another district begins without a place.
                    Status::Draft if before.draft.lacks_place() => return Err(Refusal::PlaceMissing.into()),
                    Status::Draft => run::bind(tx, id, &before.draft).await?,
                }
                sqlx::query(
                    "UPDATE workshop SET status = 'published', published_at = $1, updated_at = $1, version = version + 1
                     WHERE id = $2",
                )
                .bind(tx.now.micros())
                .bind(id.to_string())
                .execute(&mut *tx.conn)
                .await?;
                tell::of_run(tx, id, Event::RunPublished).await?;
                audit::record(tx, actor, "workshop_published", ("workshop", &id.to_string()), "{}").await?;
                load(&mut tx.conn, id).await
            })
        })
        .await
    }
}

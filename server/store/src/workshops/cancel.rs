//! A Veranstaltung does not take place.

use domain::access::Event;
use domain::booking::{Change, PlaceState, Reason, Refusal};
use domain::ids::WorkshopId;
use domain::workshop::Status;

use super::find::load;
use super::row::WorkshopRow;
use crate::access::tell;
use crate::audit::{self, Actor};
use crate::signups::change;
use crate::{Store, StoreError};

impl Store {
    /// Cancels a Veranstaltung. Every place and every entry in line ends, and each person gets a mail with the
    /// reason. One that is cancelled already stays as it is.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`Refusal::StillDraft`] when nobody has seen it yet, and cancelling would show it;
    /// [`Refusal::Over`] when it has taken place.
    pub async fn cancel_workshop(
        &self,
        actor: Actor,
        id: WorkshopId,
        reason: &str,
    ) -> Result<WorkshopRow, StoreError> {
        let reason = reason.to_owned();
        self.write(move |tx| {
            Box::pin(async move {
                tx.lock(&id.to_string()).await?;
                let before = load(&mut tx.conn, id).await?;
                if before.status == Status::Cancelled {
                    return Ok(before);
                }
                if before.status == Status::Draft {
                    return Err(Refusal::StillDraft.into());
                }
                if tx.now >= before.draft.ends_at {
                    return Err(Refusal::Over.into());
                }
                sqlx::query(
                    "UPDATE workshop SET status = 'cancelled', cancelled_at = $1, cancel_reason = $2, updated_at = $1,
                        sequence = sequence + 1, version = version + 1
                     WHERE id = $3",
                )
                .bind(tx.now.micros())
                .bind(reason.clone())
                .bind(id.to_string())
                .execute(&mut *tx.conn)
                .await?;
                tell::of_run(tx, id, Event::RunCancelled).await?;
                let detail = serde_json::json!({ "reason": reason }).to_string();
                audit::record(tx, actor, "workshop_cancelled", ("workshop", &id.to_string()), &detail).await?;
                let after = load(&mut tx.conn, id).await?;
                for place in change::active(tx, id).await? {
                    let decided = Change {
                        id: place.id,
                        from: place.state,
                        to: PlaceState::Cancelled,
                        until: None,
                        reason: Reason::WorkshopCancelled,
                    };
                    change::apply(tx, &after, actor, &decided, &place, "").await?;
                }
                Ok(after)
            })
        })
        .await
    }
}

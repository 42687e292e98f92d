//! A mail about a place that came back after the mail server had taken it: staff read that elsewhere, and note it here.

use domain::ids::{SignUpId, WorkshopId};
use sqlx::Row;

use crate::audit::{self, Actor};
use crate::{Store, StoreError};

impl Store {
    /// Notes that a mail about a place that was sent came back; or, `bounced` being false, that it did not. Noting the same again
    /// changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when no such mail about this place was sent; when the database fails.
    pub async fn mail_bounced(
        &self,
        actor: Actor,
        workshop: WorkshopId,
        place: SignUpId,
        mail: &str,
        bounced: bool,
    ) -> Result<(), StoreError> {
        let mail = mail.to_owned();
        self.write(move |tx| {
            Box::pin(async move {
                // Of two taps the second finds what the first has noted.
                tx.lock(&workshop.to_string()).await?;
                let row = sqlx::query(
                    "SELECT outbox.occasion, outbox.bounced_at
                     FROM outbox JOIN sign_up ON sign_up.id = outbox.about_id
                     WHERE outbox.id = $1 AND sign_up.id = $2 AND sign_up.workshop_id = $3 AND outbox.sent_at IS NOT NULL",
                )
                .bind(mail.clone())
                .bind(place.to_string())
                .bind(workshop.to_string())
                .fetch_one(&mut *tx.conn)
                .await?;
                if row.try_get::<Option<i64>, _>(1)?.is_some() == bounced {
                    return Ok(());
                }
                sqlx::query("UPDATE outbox SET bounced_at = $1 WHERE id = $2")
                    .bind(bounced.then(|| tx.now.micros()))
                    .bind(mail)
                    .execute(&mut *tx.conn)
                    .await?;
                let action = if bounced { "mail_bounced" } else { "mail_bounce_undone" };
                let occasion = row.try_get::<String, _>(0)?;
                audit::record(tx, actor, action, ("sign_up", &place.to_string()), &occasion).await
            })
        })
        .await
    }
}

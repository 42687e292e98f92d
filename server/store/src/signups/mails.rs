//! All mails about one place, and one of them again.

use domain::booking::Refusal;
use domain::ids::{IdempotencyKey, SignUpId, WorkshopId};
use domain::mail::Occasion;
use sqlx::Row;

use crate::audit::{self, Actor};
use crate::outbox::{self, Mail, OutboxRow};
use crate::writer::Tx;
use crate::{Store, StoreError};

/// Mails about one place that are shown: a place has ten, and one that was tossed about a few dozen.
pub const MAILS_ABOUT_MAX: i64 = 200;

/// Whose place it is, and what was mailed about it.
#[derive(Clone, Debug)]
pub struct PlaceMails {
    /// How the person is called.
    pub name: String,
    /// The mails, newest first, also those to who had the place before.
    pub mails: Vec<OutboxRow>,
}

impl Store {
    /// Every mail about a place that is still kept.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the Veranstaltung has no such place; when the database fails.
    pub async fn mails_about(&self, workshop: WorkshopId, place: SignUpId) -> Result<PlaceMails, StoreError> {
        let row = sqlx::query("SELECT name FROM sign_up WHERE id = $1 AND workshop_id = $2")
            .bind(place.to_string())
            .bind(workshop.to_string())
            .fetch_one(self.readers())
            .await?;
        let mails = sqlx::query(
            "SELECT id, occasion, recipient, payload, created_at, tries, sent_at, failed_at, last_error, next_try_at
             FROM outbox WHERE about_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2",
        )
        .bind(place.to_string())
        .bind(MAILS_ABOUT_MAX)
        .fetch_all(self.readers())
        .await?;
        Ok(PlaceMails {
            name: row.try_get(0)?,
            mails: mails.iter().map(outbox::read).collect::<Result<_, _>>()?,
        })
    }

    /// Puts a mail about a place that was sent or given up into the outbox once more, as it was. The form's key makes a
    /// repeat harmless.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such mail about this place; [`Refusal::WrongState`] while it still waits;
    /// when the database fails.
    pub async fn mail_again(
        &self,
        actor: Actor,
        workshop: WorkshopId,
        place: SignUpId,
        mail: &str,
        key: IdempotencyKey,
    ) -> Result<(), StoreError> {
        let mail = mail.to_owned();
        self.write(move |tx| {
            Box::pin(async move {
                // Of two taps the second finds what the first has put there.
                tx.lock(&workshop.to_string()).await?;
                again(tx, actor, (workshop, place), &mail, key).await
            })
        })
        .await
    }
}

async fn again(
    tx: &mut Tx,
    actor: Actor,
    (workshop, place): (WorkshopId, SignUpId),
    mail: &str,
    key: IdempotencyKey,
) -> Result<(), StoreError> {
    let row = sqlx::query(
        "SELECT id, occasion, recipient, payload, created_at, tries, sent_at, failed_at, last_error, next_try_at
         FROM outbox WHERE id = $1 AND about_id = $2
            AND EXISTS (SELECT 1 FROM sign_up WHERE sign_up.id = outbox.about_id AND sign_up.workshop_id = $3)",
    )
    .bind(mail.to_owned())
    .bind(place.to_string())
    .bind(workshop.to_string())
    .fetch_one(&mut *tx.conn)
    .await?;
    let row = outbox::read(&row)?;
    // A code opens an account: it is about no place, and is never sent by somebody else's hand.
    if row.occasion == Occasion::SignInCode {
        return Err(StoreError::NotFound);
    }
    if !row.is_done() {
        return Err(Refusal::WrongState.into());
    }
    let unique_key = format!("again:{}:{key}", row.id);
    if outbox::is_put(tx, &unique_key).await? {
        return Ok(());
    }
    audit::record(
        tx,
        actor,
        "mail_sent_again",
        ("sign_up", &place.to_string()),
        row.occasion.key(),
    )
    .await?;
    let about = Some(place.to_string());
    outbox::enqueue(
        tx,
        Mail {
            occasion: row.occasion,
            recipient: row.recipient,
            unique_key,
            payload: row.payload,
            about,
        },
    );
    Ok(())
}

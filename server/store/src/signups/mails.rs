//! All mails about one place, and one of them again.

use domain::booking::PlaceState;
use domain::ids::{IdempotencyKey, SignUpId, WorkshopId};
use domain::mail::{Occasion, Standing};
use domain::time::Instant;
use sqlx::{AnyConnection, Row};

use super::{notice, remind};
use crate::audit::{self, Actor};
use crate::outbox::{self, Mail, OutboxRow};
use crate::workshops::find::load;
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
    /// Who has the place now, and how it stands.
    holder: Holder,
    /// When this was read.
    at: Instant,
}

impl PlaceMails {
    /// Whether one of the mails can be sent again.
    ///
    /// # Errors
    /// Why not.
    pub fn again(&self, mail: &OutboxRow) -> Result<(), NotAgain> {
        self.holder.gets_again(mail, self.at)
    }
}

/// Why a mail is not sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAgain {
    /// It goes out by itself.
    #[error("it still waits")]
    Waits,
    /// It went to an address that is not the one of whoever has the place.
    #[error("somebody else has the place")]
    OtherHolder,
    /// What it says does not hold any more.
    #[error("it would not be true")]
    Past,
}

/// Who has a place now, and how it stands.
#[derive(Clone, Debug)]
struct Holder {
    name: String,
    email: String,
    standing: Standing,
}

impl Holder {
    async fn read(
        connection: &mut AnyConnection,
        workshop: WorkshopId,
        place: SignUpId,
    ) -> Result<Self, StoreError> {
        let row = sqlx::query(
            "SELECT sign_up.name, sign_up.email, sign_up.state, sign_up.until, workshop.starts_at, workshop.ends_at,
                CAST(CASE WHEN workshop.status = 'published' THEN 1 ELSE 0 END AS BIGINT),
                (SELECT COUNT(*) FROM certificate WHERE certificate.sign_up_id = sign_up.id AND certificate.revoked_at IS NULL)
             FROM sign_up JOIN workshop ON workshop.id = sign_up.workshop_id
             WHERE sign_up.id = $1 AND workshop.id = $2",
        )
        .bind(place.to_string())
        .bind(workshop.to_string())
        .fetch_one(connection)
        .await?;
        Ok(Self {
            name: row.try_get(0)?,
            email: row.try_get(1)?,
            standing: Standing {
                state: PlaceState::parse(&row.try_get::<String, _>(2)?).ok_or(StoreError::Inconsistent {
                    table: "sign_up",
                    column: "state",
                })?,
                until: row.try_get::<Option<i64>, _>(3)?.map(Instant),
                starts_at: Instant(row.try_get(4)?),
                ends_at: Instant(row.try_get(5)?),
                running: row.try_get::<i64, _>(6)? > 0,
                certified: row.try_get::<i64, _>(7)? > 0,
            },
        })
    }

    fn gets_again(&self, mail: &OutboxRow, now: Instant) -> Result<(), NotAgain> {
        if !mail.is_done() {
            Err(NotAgain::Waits)
        } else if mail.recipient.to_lowercase() != self.email.to_lowercase() {
            Err(NotAgain::OtherHolder)
        } else if !mail.occasion.fits(&self.standing, now) {
            Err(NotAgain::Past)
        } else {
            Ok(())
        }
    }
}

impl Store {
    /// Every mail about a place that is still kept.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the Veranstaltung has no such place; when the database fails.
    pub async fn mails_about(&self, workshop: WorkshopId, place: SignUpId) -> Result<PlaceMails, StoreError> {
        let mut connection = self.readers().acquire().await?;
        let holder = Holder::read(&mut connection, workshop, place).await?;
        let mails = sqlx::query(
            "SELECT id, occasion, recipient, payload, created_at, tries, sent_at, failed_at, last_error, next_try_at, bounced_at
             FROM outbox WHERE about_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2",
        )
        .bind(place.to_string())
        .bind(MAILS_ABOUT_MAX)
        .fetch_all(&mut *connection)
        .await?;
        Ok(PlaceMails {
            name: holder.name.clone(),
            mails: mails.iter().map(outbox::read).collect::<Result<_, _>>()?,
            holder,
            at: self.ambient().now(),
        })
    }

    /// Writes a mail about a place that was sent or given up once more, of the same occasion, with what holds now: to whoever has
    /// the place, if that is who was written to, and only if it is still true. The form's key makes a repeat harmless.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such mail about this place; when the database fails. Why it is not sent again is
    /// an answer of its own.
    pub async fn mail_again(
        &self,
        actor: Actor,
        workshop: WorkshopId,
        place: SignUpId,
        mail: &str,
        key: IdempotencyKey,
    ) -> Result<Result<(), NotAgain>, StoreError> {
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
) -> Result<Result<(), NotAgain>, StoreError> {
    let holder = Holder::read(&mut tx.conn, workshop, place).await?;
    let row = sqlx::query(
        "SELECT id, occasion, recipient, payload, created_at, tries, sent_at, failed_at, last_error, next_try_at, bounced_at
         FROM outbox WHERE id = $1 AND about_id = $2",
    )
    .bind(mail.to_owned())
    .bind(place.to_string())
    .fetch_one(&mut *tx.conn)
    .await?;
    let row = outbox::read(&row)?;
    // A code opens an account: it is about no place, and is never sent by somebody else's hand.
    if row.occasion == Occasion::SignInCode {
        return Err(StoreError::NotFound);
    }
    let unique_key = format!("again:{}:{key}", row.id);
    if outbox::is_put(tx, &unique_key).await? {
        return Ok(Ok(()));
    }
    if let Err(why) = holder.gets_again(&row, tx.now) {
        return Ok(Err(why));
    }
    audit::record(
        tx,
        actor,
        "mail_sent_again",
        ("sign_up", &place.to_string()),
        row.occasion.key(),
    )
    .await?;
    let payload = made_anew(tx, workshop, place, &row).await?;
    outbox::enqueue(
        tx,
        Mail {
            occasion: row.occasion,
            recipient: holder.email,
            unique_key,
            payload,
            about: Some(place.to_string()),
        },
    );
    Ok(Ok(()))
}

/// What a mail tells when it is written now. Only what staff wrote is as it was.
async fn made_anew(
    tx: &mut Tx,
    workshop: WorkshopId,
    place: SignUpId,
    mail: &OutboxRow,
) -> Result<serde_json::Value, StoreError> {
    if !mail.occasion.is_about_a_place() {
        return Ok(mail.payload.clone());
    }
    let written = |name: &str| mail.payload[name].as_str().unwrap_or_default().to_owned();
    let row = load(&mut tx.conn, workshop).await?;
    let (_, mut facts) = notice::facts(tx, &row, place, mail.occasion).await?;
    facts.subject = written("subject");
    facts.message = written("message");
    facts.dates_before = mail.payload["dates_before"]
        .as_u64()
        .and_then(|dates| usize::try_from(dates).ok());
    let results = remind::results(tx, mail.occasion, workshop).await?;
    remind::complete(tx, &row, mail.occasion, &mut facts, &results).await?;
    serde_json::to_value(facts).map_err(|_| StoreError::Inconsistent {
        table: "outbox",
        column: "payload",
    })
}

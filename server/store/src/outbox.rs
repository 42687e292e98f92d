//! Mails that go out after the commit: each exactly once per person and occasion.

use domain::mail::Occasion;
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::Row;

use crate::signups::forget::{Of, forget_needs};
use crate::writer::Tx;
use crate::{Store, StoreError};

/// How long a worker may take for a mail it claimed, before another one may try it: longer than a mail server may
/// take to answer. A mail whose text it has is held for longer (see [`Store::mail_held`]).
const CLAIM_SECONDS: i64 = 25;

/// A mail to put into the outbox.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Why it is sent.
    pub occasion: Occasion,
    /// The address.
    pub recipient: String,
    /// One mail per key, ever: a second one is passed over.
    pub unique_key: String,
    /// The facts it tells, as they are now.
    pub payload: Value,
    /// The sign-up that it is about, if it is about one.
    pub about: Option<String>,
}

/// What a mail tells that is about no place: only that there is something to read, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeFacts {
    /// What it is about.
    pub subject: String,
    /// The path of the page that says the rest.
    pub path: String,
}

impl NoticeFacts {
    /// As it is kept.
    #[must_use]
    pub fn payload(&self) -> Value {
        json!({ "subject": self.subject, "path": self.path })
    }
}

/// A mail in the outbox.
#[derive(Clone, Debug)]
pub struct OutboxRow {
    /// Which mail; also its Message-ID.
    pub id: String,
    /// Why it is sent.
    pub occasion: Occasion,
    /// The address.
    pub recipient: String,
    /// The facts it tells. Empty once a sign-in code has been sent; without what the person needs once nothing more happens to
    /// it.
    pub payload: Value,
    /// When it was put here.
    pub created_at: Instant,
    /// How often sending failed. A mail server that has the text, and is waited for beside others, counts as soon as it is.
    pub tries: i64,
    /// When it was sent.
    pub sent_at: Option<Instant>,
    /// When it was given up.
    pub failed_at: Option<Instant>,
    /// What the mail server said last.
    pub last_error: Option<String>,
    /// When it is tried next; never, once it was sent or given up.
    pub next_try_at: Option<Instant>,
    /// When staff noted that it came back after it was sent.
    pub bounced_at: Option<Instant>,
}

impl OutboxRow {
    /// Whether nothing more happens to it: it was sent, or given up.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.sent_at.is_some() || self.failed_at.is_some()
    }
}

/// Puts a mail into the outbox, in the transaction of the change it tells of; it is written before the commit.
pub fn enqueue(tx: &mut Tx, mail: Mail) {
    let now = tx.now;
    enqueue_for(tx, mail, now);
}

/// As [`enqueue`], for a mail that nobody looks at before an instant.
pub(crate) fn enqueue_for(tx: &mut Tx, mail: Mail, not_before: Instant) {
    tx.tail.mails.push([
        tx.ambient.uuid().to_string().into(),
        mail.unique_key.into(),
        mail.occasion.key().into(),
        mail.recipient.into(),
        mail.payload.to_string().into(),
        tx.now.micros().into(),
        not_before.micros().into(),
        0.into(),
        mail.about.into(),
    ]);
    tx.word.mail = true;
}

/// Whether a mail with this unique key was put into the outbox, by this transaction or before it.
///
/// # Errors
/// When the database fails.
pub(crate) async fn is_put(tx: &mut Tx, unique_key: &str) -> Result<bool, StoreError> {
    // Changes that are committed together write their mails together, at their end.
    if tx.tail.has_mail(unique_key) {
        return Ok(true);
    }
    let row = sqlx::query("SELECT 1 FROM outbox WHERE unique_key = $1")
        .bind(unique_key.to_owned())
        .fetch_optional(&mut *tx.conn)
        .await?;
    Ok(row.is_some())
}

/// Mails that are due at `$1`, up to `$2`, the oldest first. An index is in this order for each kind.
macro_rules! due {
    ($kind:literal) => {
        concat!(
            "SELECT id FROM outbox WHERE ",
            $kind,
            "next_try_at <= $1 AND (claimed_until IS NULL OR claimed_until <= $1) ORDER BY next_try_at LIMIT $2"
        )
    };
}
const DUE_CODES: &str = due!("occasion = 'sign_in_code' AND ");
const DUE_MAILS: &str = due!("");

/// Claims what is due of a kind; not what another process was faster to claim.
async fn claim(tx: &mut Tx, due: &'static str, limit: i64) -> Result<Vec<OutboxRow>, StoreError> {
    let rows = sqlx::query(due)
        .bind(tx.now.micros())
        .bind(limit)
        .fetch_all(&mut *tx.conn)
        .await?;
    let mut mails = Vec::with_capacity(rows.len());
    for row in &rows {
        let claimed = sqlx::query(
            "UPDATE outbox SET claimed_until = $1
             WHERE id = $2 AND next_try_at <= $3 AND (claimed_until IS NULL OR claimed_until <= $3)
             RETURNING id, occasion, recipient, payload, created_at, tries, sent_at, failed_at, last_error, next_try_at, bounced_at",
        )
        .bind(tx.now.plus_seconds(CLAIM_SECONDS).micros())
        .bind(row.try_get::<String, _>(0)?)
        .bind(tx.now.micros())
        .fetch_optional(&mut *tx.conn)
        .await?;
        mails.extend(claimed.as_ref().map(read).transpose()?);
    }
    Ok(mails)
}

impl Store {
    /// Claims up to `limit` mails that are due: first codes, for which somebody sits and waits, then what has been due for longest.
    /// Nobody else gets them for 25 seconds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_mails(&self, limit: i64) -> Result<Vec<OutboxRow>, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let mut mails = claim(tx, DUE_CODES, limit).await?;
                let rest = limit - i64::try_from(mails.len()).unwrap_or(limit);
                if rest > 0 {
                    mails.extend(claim(tx, DUE_MAILS, rest).await?);
                }
                mails.sort_by(|a, b| a.id.cmp(&b.id));
                Ok(mails)
            })
        })
        .await
    }

    /// The mail server has taken it. What must not be read again (codes, what the person needs) is erased.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mail_sent(&self, id: &str) -> Result<(), StoreError> {
        let id = id.to_owned();
        self.write(move |tx| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE outbox SET sent_at = $1, next_try_at = NULL, claimed_until = NULL, last_error = NULL,
                        payload = CASE WHEN occasion = 'sign_in_code' THEN '{}' ELSE payload END
                     WHERE id = $2",
                )
                .bind(tx.now.micros())
                .bind(&id)
                .execute(&mut *tx.conn)
                .await?;
                forget_needs(tx, Of::Mail(&id)).await.map(|_| ())
            })
        })
        .await
    }

    /// Sending a mail failed, as it was claimed: noting it again, or after [`Store::mail_held`], counts no further try. `next_try_at`
    /// of nothing gives it up: then nobody reads any more what the person needs.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mail_failed(
        &self,
        mail: &OutboxRow,
        error: &str,
        next_try_at: Option<Instant>,
    ) -> Result<(), StoreError> {
        let (id, tries) = (mail.id.clone(), mail.tries + 1);
        let error = error.chars().take(300).collect::<String>();
        self.write(move |tx| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE outbox SET last_error = $1, next_try_at = $2, claimed_until = NULL, failed_at = $3, tries = $5
                     WHERE id = $4 AND sent_at IS NULL",
                )
                .bind(error)
                .bind(next_try_at.map(Instant::micros))
                .bind(if next_try_at.is_some() { None } else { Some(tx.now.micros()) })
                .bind(&id)
                .bind(tries)
                .execute(&mut *tx.conn)
                .await?;
                if next_try_at.is_none() {
                    forget_needs(tx, Of::Mail(&id)).await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// The mail server could not be reached. The mail, as it was claimed, is tried again at `next_try_at`; that was no try.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mail_postponed(
        &self,
        mail: &OutboxRow,
        error: &str,
        next_try_at: Instant,
    ) -> Result<(), StoreError> {
        let (id, tries) = (mail.id.clone(), mail.tries);
        let error = error.chars().take(300).collect::<String>();
        self.write(move |tx| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE outbox SET last_error = $1, next_try_at = $2, claimed_until = NULL, tries = $4
                     WHERE id = $3 AND sent_at IS NULL",
                )
                .bind(error)
                .bind(next_try_at.micros())
                .bind(id)
                .bind(tries)
                .execute(&mut *tx.conn)
                .await?;
                Ok(())
            })
        })
        .await
    }

    /// The mail server has the text of a mail, as it was claimed, and has not said yet whether it takes it: nobody else gets the mail
    /// before `until`. That is a try from now on: whoever waits for the answer may be stopped before it comes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mail_held(&self, mail: &OutboxRow, until: Instant) -> Result<(), StoreError> {
        let (id, tries) = (mail.id.clone(), mail.tries + 1);
        self.write(move |tx| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE outbox SET claimed_until = $1, tries = $3 WHERE id = $2 AND sent_at IS NULL",
                )
                .bind(until.micros())
                .bind(id)
                .bind(tries)
                .execute(&mut *tx.conn)
                .await?;
                Ok(())
            })
        })
        .await
    }

    /// When the next mail can be claimed, if one waits: when it is due, or when the claim of a worker ends that may
    /// have been killed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_mail_at(&self) -> Result<Option<Instant>, StoreError> {
        let row = sqlx::query(
            "SELECT MIN(CASE WHEN claimed_until > next_try_at THEN claimed_until ELSE next_try_at END)
             FROM outbox WHERE next_try_at IS NOT NULL",
        )
        .fetch_one(self.readers())
        .await?;
        Ok(row.try_get::<Option<i64>, _>(0)?.map(Instant))
    }

    /// One mail.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; when the database fails.
    pub async fn mail(&self, id: &str) -> Result<OutboxRow, StoreError> {
        let row = sqlx::query(
            "SELECT id, occasion, recipient, payload, created_at, tries, sent_at, failed_at, last_error, next_try_at, bounced_at
             FROM outbox WHERE id = $1",
        )
        .bind(id.to_owned())
        .fetch_one(self.readers())
        .await?;
        read(&row)
    }

    /// The newest mails. What is no mail yet is not among them: anybody can type any address where links are asked for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mails(&self, limit: i64) -> Result<Vec<OutboxRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, occasion, recipient, payload, created_at, tries, sent_at, failed_at, last_error, next_try_at, bounced_at
             FROM outbox WHERE occasion <> 'links_wanted' ORDER BY created_at DESC, id DESC LIMIT $1",
        )
        .bind(limit)
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(read).collect()
    }
}

pub(crate) fn read(row: &sqlx::any::AnyRow) -> Result<OutboxRow, StoreError> {
    let wrong = |column| StoreError::Inconsistent {
        table: "outbox",
        column,
    };
    Ok(OutboxRow {
        id: row.try_get(0)?,
        occasion: Occasion::parse(&row.try_get::<String, _>(1)?).ok_or_else(|| wrong("occasion"))?,
        recipient: row.try_get(2)?,
        payload: serde_json::from_str(&row.try_get::<String, _>(3)?).map_err(|_| wrong("payload"))?,
        created_at: Instant(row.try_get(4)?),
        tries: row.try_get(5)?,
        sent_at: row.try_get::<Option<i64>, _>(6)?.map(Instant),
        failed_at: row.try_get::<Option<i64>, _>(7)?.map(Instant),
        last_error: row.try_get(8)?,
        next_try_at: row.try_get::<Option<i64>, _>(9)?.map(Instant),
        bounced_at: row.try_get::<Option<i64>, _>(10)?.map(Instant),
    })
}

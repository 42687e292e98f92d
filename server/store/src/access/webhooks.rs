//! Where programs are told what happened.

use std::collections::BTreeSet;

use domain::access::scope::PER_INSTITUTION_MAX;
use domain::access::{Event, WebhookUrl};
use domain::ids::{IdempotencyKey, OrganisationId, PersonId, WebhookId};
use domain::time::Instant;
use serde_json::json;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::tell::insert;
use crate::audit::{self, Actor};
use crate::writer::Tx;
use crate::{Store, StoreError};

/// What a new webhook is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookDraft {
    /// About whose modules.
    pub organisation: OrganisationId,
    /// Where.
    pub url: WebhookUrl,
    /// With what each message is signed.
    pub secret: String,
    /// About what.
    pub events: Vec<Event>,
}

/// A webhook, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookRow {
    /// Its id.
    pub id: WebhookId,
    /// Where.
    pub url: WebhookUrl,
    /// About what.
    pub events: Vec<Event>,
    /// When it was made.
    pub made_at: Instant,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// Why it ended by itself.
    pub reason: String,
}

pub(super) const fn wrong(column: &'static str) -> StoreError {
    StoreError::Inconsistent {
        table: "webhook",
        column,
    }
}

fn read(row: &AnyRow) -> Result<WebhookRow, StoreError> {
    let url: String = row.try_get(1)?;
    let events: String = row.try_get(2)?;
    Ok(WebhookRow {
        id: WebhookId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("id"))?,
        url: WebhookUrl::parse(&url).map_err(|_| wrong("url"))?,
        events: events.split(',').filter_map(Event::parse).collect(),
        made_at: Instant(row.try_get(3)?),
        ended_at: row.try_get::<Option<i64>, _>(4)?.map(Instant),
        reason: row.try_get(5)?,
    })
}

/// Writes a webhook, if the institution may have one more.
async fn make(tx: &mut Tx, who: PersonId, id: WebhookId, draft: &WebhookDraft) -> Result<(), StoreError> {
    tx.lock_name(&format!("access:{}", draft.organisation)).await?;
    let row = sqlx::query("SELECT COUNT(*) FROM webhook WHERE organisation_id = $1 AND ended_at IS NULL")
        .bind(draft.organisation.to_string())
        .fetch_one(&mut *tx.conn)
        .await?;
    if usize::try_from(row.try_get::<i64, _>(0)?).unwrap_or(0) >= PER_INSTITUTION_MAX {
        return Err(StoreError::Duplicate);
    }
    let events: BTreeSet<&str> = draft.events.iter().map(|event| event.key()).collect();
    let events = events
        .into_iter()
        .map(|event| format!("{event},"))
        .collect::<String>();
    sqlx::query(
        "INSERT INTO webhook (id, organisation_id, url, secret, events, made_at, made_by, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, '')",
    )
    .bind(id.to_string())
    .bind(draft.organisation.to_string())
    .bind(draft.url.as_str().to_owned())
    .bind(draft.secret.clone())
    .bind(format!(",{events}"))
    .bind(tx.now.micros())
    .bind(who.to_string())
    .execute(&mut *tx.conn)
    .await?;
    let object = ("webhook", &*id.to_string());
    audit::record(tx, Actor::Person(who), "webhook_made", object, "").await
}

impl Store {
    /// Makes a webhook.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] if the institution has as many as it may, or the database fails.
    pub async fn make_webhook(&self, who: PersonId, draft: WebhookDraft) -> Result<WebhookId, StoreError> {
        let id = WebhookId(self.ambient().uuid());
        self.write(move |tx| Box::pin(async move { make(tx, who, id, &draft).await }))
            .await?;
        Ok(id)
    }

    /// As [`Store::make_webhook`], for a form with a key: a repeat makes no second one. Returns whether it was made now, with the
    /// secret of this draft.
    ///
    /// # Errors
    /// As [`Store::make_webhook`].
    pub async fn make_webhook_once(
        &self,
        who: PersonId,
        draft: WebhookDraft,
        key: IdempotencyKey,
    ) -> Result<bool, StoreError> {
        let id = WebhookId(self.ambient().uuid());
        let first = self
            .write_once(key, move |tx| {
                Box::pin(async move {
                    make(tx, who, id, &draft).await?;
                    Ok(id.to_string())
                })
            })
            .await?;
        Ok(first == id.to_string())
    }

    /// The webhooks of an institution, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn webhooks(&self, organisation: OrganisationId) -> Result<Vec<WebhookRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, url, events, made_at, ended_at, reason FROM webhook
             WHERE organisation_id = $1 ORDER BY made_at DESC LIMIT 100",
        )
        .bind(organisation.to_string())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(read).collect()
    }

    /// Ends a webhook of an institution. Returns whether it was there and told anything.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_webhook(
        &self,
        who: PersonId,
        organisation: OrganisationId,
        id: WebhookId,
    ) -> Result<bool, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let done = sqlx::query(
                    "UPDATE webhook SET ended_at = $1 WHERE id = $2 AND organisation_id = $3 AND ended_at IS NULL",
                )
                .bind(tx.now.micros())
                .bind(id.to_string())
                .bind(organisation.to_string())
                .execute(&mut *tx.conn)
                .await?;
                if done.rows_affected() == 0 {
                    return Ok(false);
                }
                // What waits for it is told to nobody.
                sqlx::query(
                    "UPDATE webhook_delivery SET next_try_at = NULL, claimed_until = NULL, failed_at = $1
                     WHERE webhook_id = $2 AND next_try_at IS NOT NULL",
                )
                .bind(tx.now.micros())
                .bind(id.to_string())
                .execute(&mut *tx.conn)
                .await?;
                audit::record(tx, Actor::Person(who), "webhook_ended", ("webhook", &id.to_string()), "").await?;
                Ok(true)
            })
        })
        .await
    }

    /// Tries whether a webhook arrives. Returns whether it is there. While a try waits there is no second one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn try_webhook(&self, organisation: OrganisationId, id: WebhookId) -> Result<bool, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let row = sqlx::query(
                    "SELECT 1 FROM webhook WHERE id = $1 AND organisation_id = $2 AND ended_at IS NULL",
                )
                .bind(id.to_string())
                .bind(organisation.to_string())
                .fetch_optional(&mut *tx.conn)
                .await?;
                if row.is_none() {
                    return Ok(false);
                }
                let waits = sqlx::query(
                    "SELECT 1 FROM webhook_delivery WHERE webhook_id = $1 AND event = $2 AND next_try_at IS NOT NULL",
                )
                .bind(id.to_string())
                .bind(Event::Test.key())
                .fetch_optional(&mut *tx.conn)
                .await?;
                if waits.is_none() {
                    insert(tx, &id.to_string(), Event::Test, &json!({})).await?;
                }
                Ok(true)
            })
        })
        .await
    }
}

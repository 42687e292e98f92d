//! What is told, and what came of it.

use domain::access::{Event, WebhookUrl};
use domain::ids::WebhookId;
use domain::time::Instant;
use serde_json::Value;
use sqlx::Row;

use super::webhooks::wrong;
use crate::{Store, StoreError};

/// How long a worker may take for what it claimed, before another one may try it.
const CLAIM_SECONDS: i64 = 30;
/// What is shown of the log of a webhook.
const LOG_MAX: i64 = 30;
/// Characters that are kept of an answer.
const ANSWER_CHARACTERS_MAX: usize = 200;

/// Something to be told.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// Its id: the same in each try, so that the other side can tell.
    pub id: String,
    /// Which webhook.
    pub webhook: WebhookId,
    /// Where.
    pub url: WebhookUrl,
    /// With what it is signed.
    pub secret: String,
    /// What happened.
    pub event: Event,
    /// To what.
    pub data: Value,
    /// When it happened.
    pub made_at: Instant,
    /// How often it failed.
    pub tries: i64,
}

/// A line of the log of a webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRow {
    /// Its id.
    pub id: String,
    /// What happened.
    pub event: Event,
    /// When it happened.
    pub made_at: Instant,
    /// How often it failed.
    pub tries: i64,
    /// When it was told.
    pub done_at: Option<Instant>,
    /// When it was given up.
    pub failed_at: Option<Instant>,
    /// When it is tried next.
    pub next_try_at: Option<Instant>,
    /// What was answered last.
    pub last_answer: Option<String>,
}

fn short(text: &str) -> String {
    text.chars().take(ANSWER_CHARACTERS_MAX).collect()
}

impl Store {
    /// Claims what has been due for longest. Nobody else gets it for half a minute, nor anything else for the same webhook: one
    /// that does not answer keeps no other one waiting.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_delivery(&self) -> Result<Option<Delivery>, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let row = sqlx::query(
                    "UPDATE webhook_delivery SET claimed_until = $1 WHERE id IN (
                        SELECT id FROM webhook_delivery
                        WHERE next_try_at <= $2 AND (claimed_until IS NULL OR claimed_until <= $2)
                            AND webhook_id IN (SELECT id FROM webhook WHERE ended_at IS NULL)
                            AND webhook_id NOT IN (
                                SELECT webhook_id FROM webhook_delivery WHERE claimed_until > $2 AND next_try_at IS NOT NULL
                            )
                        ORDER BY next_try_at, id LIMIT 1
                     ) AND (claimed_until IS NULL OR claimed_until <= $2)
                     RETURNING id, webhook_id, event, payload, made_at, tries",
                )
                .bind(tx.now.plus_seconds(CLAIM_SECONDS).micros())
                .bind(tx.now.micros())
                .fetch_optional(&mut *tx.conn)
                .await?;
                let Some(row) = row else {
                    return Ok(None);
                };
                let webhook: String = row.try_get(1)?;
                let to = sqlx::query("SELECT url, secret FROM webhook WHERE id = $1")
                    .bind(webhook.clone())
                    .fetch_one(&mut *tx.conn)
                    .await?;
                let url: String = to.try_get(0)?;
                Ok(Some(Delivery {
                    id: row.try_get(0)?,
                    webhook: WebhookId::parse(&webhook).map_err(|_| wrong("id"))?,
                    url: WebhookUrl::parse(&url).map_err(|_| wrong("url"))?,
                    secret: to.try_get(1)?,
                    event: Event::parse(&row.try_get::<String, _>(2)?).ok_or(wrong("delivery.event"))?,
                    data: serde_json::from_str(&row.try_get::<String, _>(3)?)
                        .map_err(|_| wrong("delivery.payload"))?,
                    made_at: Instant(row.try_get(4)?),
                    tries: row.try_get(5)?,
                }))
            })
        })
        .await
    }

    /// It was told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delivered(&self, id: &str, answer: &str) -> Result<(), StoreError> {
        let (id, answer) = (id.to_owned(), short(answer));
        self.write(move |tx| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE webhook_delivery SET done_at = $1, next_try_at = NULL, claimed_until = NULL, last_answer = $2
                     WHERE id = $3",
                )
                .bind(tx.now.micros())
                .bind(answer)
                .bind(id)
                .execute(&mut *tx.conn)
                .await?;
                Ok(())
            })
        })
        .await
    }

    /// It could not be told. A `next_try_at` of nothing gives it up; what was given up meanwhile stays so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn not_delivered(
        &self,
        id: &str,
        answer: &str,
        next_try_at: Option<Instant>,
    ) -> Result<(), StoreError> {
        let (id, answer) = (id.to_owned(), short(answer));
        self.write(move |tx| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE webhook_delivery SET tries = tries + 1, last_answer = $1, next_try_at = $2,
                        claimed_until = NULL, failed_at = $3
                     WHERE id = $4 AND next_try_at IS NOT NULL",
                )
                .bind(answer)
                .bind(next_try_at.map(Instant::micros))
                .bind(next_try_at.is_none().then(|| tx.now.micros()))
                .bind(id)
                .execute(&mut *tx.conn)
                .await?;
                Ok(())
            })
        })
        .await
    }

    /// The other side wants nothing more: the webhook ends, with what waits for it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn webhook_gone(&self, id: WebhookId, reason: &str) -> Result<(), StoreError> {
        let reason = short(reason);
        self.write(move |tx| {
            Box::pin(async move {
                for sql in [
                    "UPDATE webhook SET ended_at = $1, reason = $2 WHERE id = $3 AND ended_at IS NULL",
                    "UPDATE webhook_delivery SET next_try_at = NULL, claimed_until = NULL, failed_at = $1, last_answer = $2
                     WHERE webhook_id = $3 AND next_try_at IS NOT NULL",
                ] {
                    sqlx::query(sql)
                        .bind(tx.now.micros())
                        .bind(reason.clone())
                        .bind(id.to_string())
                        .execute(&mut *tx.conn)
                        .await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// The log of a webhook, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn deliveries(&self, webhook: WebhookId) -> Result<Vec<DeliveryRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, event, made_at, tries, done_at, failed_at, next_try_at, last_answer FROM webhook_delivery
             WHERE webhook_id = $1 ORDER BY made_at DESC, id DESC LIMIT $2",
        )
        .bind(webhook.to_string())
        .bind(LOG_MAX)
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| {
                let instant =
                    |column: usize| Ok::<_, StoreError>(row.try_get::<Option<i64>, _>(column)?.map(Instant));
                Ok(DeliveryRow {
                    id: row.try_get(0)?,
                    event: Event::parse(&row.try_get::<String, _>(1)?).ok_or(wrong("delivery.event"))?,
                    made_at: Instant(row.try_get(2)?),
                    tries: row.try_get(3)?,
                    done_at: instant(4)?,
                    failed_at: instant(5)?,
                    next_try_at: instant(6)?,
                    last_answer: row.try_get(7)?,
                })
            })
            .collect()
    }
}

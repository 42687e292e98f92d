//! The personal links of an address, once more. Whoever asks does not learn whether there are any: not from the answer, and
//! not from how long it takes (S4).

use std::collections::BTreeSet;

use domain::contact::EmailAddress;
use domain::ids::{SignUpId, WorkshopId};
use domain::mail::Occasion;
use domain::time::Instant;
use serde_json::json;
use sqlx::Row;

use super::handed_over::since_handed_over;
use super::notice;
use crate::outbox::{self, Mail};
use crate::read;
use crate::workshops::WorkshopRow;
use crate::workshops::find::load;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// Links that are mailed at one request at most.
const LINKS_MAX: i64 = 20;
/// What was asked for waits this long, so that nothing that differs is done while the answer is on its way.
const LINKS_AFTER_SECONDS: i64 = 2;
/// At most one such mail per place in this time, however often the button is pressed.
const LINKS_EVERY_SECONDS: i64 = 15 * 60;

/// The coming places of an address, each with its Veranstaltung.
const PLACES: &str = "SELECT sign_up.id, workshop.id FROM sign_up JOIN workshop ON workshop.id = sign_up.workshop_id
     WHERE sign_up.person_key = $1 AND sign_up.state IN ('held', 'confirmed', 'waiting', 'offered') AND workshop.ends_at > $2
     ORDER BY workshop.starts_at LIMIT $3";

/// Since which line of its history somebody has a place.
const SINCE: &str = concat!(
    "SELECT ",
    since_handed_over!("seq"),
    " FROM sign_up WHERE sign_up.id = $1"
);

async fn places(tx: &mut Tx, person_key: &str) -> Result<Vec<(SignUpId, WorkshopId)>, StoreError> {
    let rows = sqlx::query(PLACES)
        .bind(person_key.to_owned())
        .bind(tx.now.micros())
        .bind(LINKS_MAX)
        .fetch_all(&mut *tx.conn)
        .await?;
    rows.iter()
        .map(|row| Ok((read::id(row, 0, "sign_up")?, read::id(row, 1, "workshop")?)))
        .collect()
}

/// Mails the link of a place again, whoever asked: at most one such mail in [`LINKS_EVERY_SECONDS`] for whoever has it now.
pub(super) async fn mail_again(tx: &mut Tx, workshop: &WorkshopRow, id: SignUpId) -> Result<(), StoreError> {
    let since = sqlx::query(SINCE)
        .bind(id.to_string())
        .fetch_one(&mut *tx.conn)
        .await?;
    let turn = tx.now.micros() / (LINKS_EVERY_SECONDS * 1_000_000);
    // Who has it from somebody else gets a mail of her own.
    let key = format!("{}:{turn}", since.try_get::<i64, _>(0)?);
    notice::send(tx, workshop, id, Occasion::LinkAgain, &key, "", "").await
}

/// The token of a place's personal link.
pub(super) async fn token(tx: &mut Tx, id: SignUpId) -> Result<String, StoreError> {
    let row = sqlx::query("SELECT token FROM sign_up WHERE id = $1")
        .bind(id.to_string())
        .fetch_one(&mut *tx.conn)
        .await?;
    Ok(row.try_get(0)?)
}

impl Store {
    /// Notes that somebody wants the personal links of an address. Nobody looks here whether there are any: the same is written
    /// for each address.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ask_for_links(&self, email: &EmailAddress) -> Result<(), StoreError> {
        let recipient = email.as_str().to_owned();
        self.write(move |tx| {
            Box::pin(async move {
                let unique_key = format!("links:{}", tx.ambient.uuid());
                let wish = Mail {
                    occasion: Occasion::LinksWanted,
                    recipient,
                    unique_key,
                    payload: json!({}),
                    about: None,
                };
                let not_before = tx.now.plus_seconds(LINKS_AFTER_SECONDS);
                outbox::enqueue_for(tx, wish, not_before);
                Ok(())
            })
        })
        .await
    }

    /// What was asked for and is due, for who sends no mails.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_links(&self) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query(
            "SELECT id FROM outbox WHERE occasion = 'links_wanted' AND next_try_at <= $1 ORDER BY next_try_at LIMIT $2",
        )
        .bind(self.ambient().now().micros())
        .bind(LINKS_MAX)
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// When the next of what was asked for is due, for who sends no mails.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_links_at(&self) -> Result<Option<Instant>, StoreError> {
        let row = sqlx::query(
            "SELECT MIN(next_try_at) FROM outbox WHERE occasion = 'links_wanted' AND next_try_at IS NOT NULL",
        )
        .fetch_one(self.readers())
        .await?;
        Ok(row.try_get::<Option<i64>, _>(0)?.map(Instant))
    }

    /// Makes the mails that [`Store::ask_for_links`] asked for, one for each coming place of the address; what was asked for is
    /// gone after that. Doing it again does nothing. Returns how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mail_links(&self, wish: &str) -> Result<usize, StoreError> {
        let wish = wish.to_owned();
        self.write(move |tx| {
            Box::pin(async move {
                let row = sqlx::query(
                    "DELETE FROM outbox WHERE id = $1 AND occasion = 'links_wanted' RETURNING recipient",
                )
                .bind(wish)
                .fetch_optional(&mut *tx.conn)
                .await?;
                let recipient = row.map(|row| row.try_get::<String, _>(0)).transpose()?;
                let Some(Ok(email)) = recipient.map(|recipient| EmailAddress::parse(&recipient)) else {
                    return Ok(0);
                };
                let key = email.duplicate_key();
                let found = places(tx, &key).await?;
                // In the order of their ids, so that two who lock several never wait for each other.
                let workshops: BTreeSet<_> = found.iter().map(|(_, workshop)| workshop).collect();
                for workshop in workshops {
                    tx.lock(&workshop.to_string()).await?;
                }
                // What was handed on or has ended until it was locked is somebody else's, or nobody's.
                let left = places(tx, &key).await?;
                let still: Vec<_> = found.iter().filter(|place| left.contains(place)).collect();
                for (id, workshop) in &still {
                    let workshop = load(&mut tx.conn, *workshop).await?;
                    mail_again(tx, &workshop, *id).await?;
                }
                Ok(still.len())
            })
        })
        .await
    }
}

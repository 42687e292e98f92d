//! Sign-in codes by mail: single use, dead after ten minutes or five wrong tries.

use argon2::{Algorithm, Argon2, Params, Version};
use domain::account::{CODE_MINUTES, CODE_TRIES_MAX, CODES_PER_HOUR_MAX, SignInCode};
use domain::contact::EmailAddress;
use domain::ids::{PersonId, SessionId};
use domain::mail::Occasion;
use serde_json::json;
use sqlx::Row;
use tokio::sync::Semaphore;

use super::sessions;
use crate::audit::{self, Actor};
use crate::migrate::hex;
use crate::outbox::{self, Mail};
use crate::read;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// Memory for one hash in KiB. A code lives for ten minutes: trying its 6 × 10¹¹ values against a stolen
/// table would take months at this price.
const HASH_MEMORY_KIB: u32 = 8 * 1_024;
/// Hashes that are computed at once; more wait in turn. However many ask, they take 32 MiB at most, and leave cores to others.
const HASHES_AT_ONCE: usize = 4;

static HASHING: Semaphore = Semaphore::const_new(HASHES_AT_ONCE);

/// A fresh session.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// For the cookie; only its hash is kept.
    pub token: String,
    /// Who signed in.
    pub person: PersonId,
    /// The session.
    pub session: SessionId,
}

impl std::fmt::Debug for SignedIn {
    /// A token never reaches a log.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SignedIn")
            .field("person", &self.person)
            .finish_non_exhaustive()
    }
}

/// Why a code was not taken.
#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    /// Not the code that was mailed last, or none was.
    #[error("wrong code")]
    Wrong,
    /// Older than ten minutes, or used already.
    #[error("code has expired")]
    Expired,
    /// Typed wrongly too often.
    #[error("too many tries")]
    TooManyTries,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Mails a code to an address. What is done is the same for known and unknown addresses; over
    /// [`CODES_PER_HOUR_MAX`] nothing more is mailed, and nobody can tell.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn request_code(&self, email: &EmailAddress) -> Result<(), StoreError> {
        let id = self.ambient().uuid().to_string();
        let code = self.ambient().code();
        let hash = hash(&code, &id).await?;
        let email = email.clone();
        self.write(move |tx| Box::pin(keep_code(tx, id, email, code, hash)))
            .await
    }

    /// Signs in with a code. The account is made at the first time.
    ///
    /// # Errors
    /// See [`CodeError`].
    pub async fn redeem_code(
        &self,
        email: &EmailAddress,
        code: &SignInCode,
        device: &str,
    ) -> Result<SignedIn, CodeError> {
        let row = sqlx::query(
            "SELECT id FROM sign_in_code WHERE email_key = $1 ORDER BY created_at DESC, id DESC LIMIT 1",
        )
        .bind(email.as_str().to_lowercase())
        .fetch_optional(self.readers())
        .await
        .map_err(StoreError::from)?;
        // An address without a code costs the same time as one with.
        let id = match row {
            Some(row) => row.try_get::<String, _>(0).map_err(StoreError::from)?,
            None => self.ambient().uuid().to_string(),
        };
        let hash = hash(code.as_str(), &id).await?;
        let (email, device) = (email.clone(), device.to_owned());
        self.write(move |tx| Box::pin(redeem(tx, id, hash, email, device)))
            .await?
    }
}

/// What is done with the codes of one address is done one after the other: a try that was not counted yet would let another one
/// pass, and so would a code.
async fn lock(tx: &mut Tx, key: &str) -> Result<(), StoreError> {
    tx.lock_name(&format!("codes:{key}")).await
}

async fn keep_code(
    tx: &mut Tx,
    id: String,
    email: EmailAddress,
    code: String,
    hash: String,
) -> Result<(), StoreError> {
    let key = email.as_str().to_lowercase();
    lock(tx, &key).await?;
    let row = sqlx::query("SELECT COUNT(*) FROM sign_in_code WHERE email_key = $1 AND created_at > $2")
        .bind(&key)
        .bind(tx.now.plus_hours(-1).micros())
        .fetch_one(&mut *tx.conn)
        .await?;
    if row.try_get::<i64, _>(0)? >= CODES_PER_HOUR_MAX {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO sign_in_code (id, email_key, email, code_hash, tries, created_at) VALUES ($1, $2, $3, $4, 0, $5)",
    )
    .bind(&id)
    .bind(key)
    .bind(email.as_str().to_owned())
    .bind(hash)
    .bind(tx.now.micros())
    .execute(&mut *tx.conn)
    .await?;
    let until = tx.now.plus_seconds(CODE_MINUTES * 60);
    outbox::enqueue(
        tx,
        Mail {
            occasion: Occasion::SignInCode,
            recipient: email.as_str().to_owned(),
            unique_key: format!("code:{id}"),
            payload: json!({ "code": code, "until": until.micros() }),
            about: None,
        },
    );
    Ok(())
}

async fn redeem(
    tx: &mut Tx,
    id: String,
    hash: String,
    email: EmailAddress,
    device: String,
) -> Result<Result<SignedIn, CodeError>, StoreError> {
    let key = email.as_str().to_lowercase();
    lock(tx, &key).await?;
    let fresh_since = tx.now.plus_seconds(-CODE_MINUTES * 60).micros();
    // Wrong tries count per address, over all codes of the last ten minutes: asking for a new code gives no
    // new guesses.
    let row = sqlx::query(
        "SELECT CAST(COALESCE(SUM(tries), 0) AS BIGINT) FROM sign_in_code WHERE email_key = $1 AND created_at > $2",
    )
    .bind(&key)
    .bind(fresh_since)
    .fetch_one(&mut *tx.conn)
    .await?;
    if row.try_get::<i64, _>(0)? >= CODE_TRIES_MAX {
        return Ok(Err(CodeError::TooManyTries));
    }
    let used = sqlx::query(
        "UPDATE sign_in_code SET redeemed_at = $1
         WHERE id = $2 AND email_key = $3 AND code_hash = $4 AND redeemed_at IS NULL AND created_at > $5",
    )
    .bind(tx.now.micros())
    .bind(&id)
    .bind(&key)
    .bind(&hash)
    .bind(fresh_since)
    .execute(&mut *tx.conn)
    .await?
    .rows_affected();
    if used == 1 {
        let person = find_or_make_person(tx, &email, &key).await?;
        let signed_in = sessions::start(tx, person, device).await?;
        audit::record(
            tx,
            Actor::Person(person),
            "signed_in",
            ("person", &person.to_string()),
            "",
        )
        .await?;
        return Ok(Ok(signed_in));
    }
    let row = sqlx::query("SELECT code_hash FROM sign_in_code WHERE id = $1")
        .bind(&id)
        .fetch_optional(&mut *tx.conn)
        .await?;
    let right_but_old = match row {
        Some(row) => row.try_get::<String, _>(0)? == hash,
        None => false,
    };
    if right_but_old {
        return Ok(Err(CodeError::Expired));
    }
    sqlx::query("UPDATE sign_in_code SET tries = tries + 1 WHERE id = $1")
        .bind(id)
        .execute(&mut *tx.conn)
        .await?;
    Ok(Err(CodeError::Wrong))
}

/// The person of this address; made if it is the first time.
pub(super) async fn find_or_make_person(
    tx: &mut Tx,
    email: &EmailAddress,
    key: &str,
) -> Result<PersonId, StoreError> {
    let row = sqlx::query(
        "INSERT INTO person (id, email, email_key, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (email_key) DO UPDATE SET email_key = excluded.email_key RETURNING id",
    )
    .bind(tx.ambient.uuid().to_string())
    .bind(email.as_str().to_owned())
    .bind(key.to_owned())
    .bind(tx.now.micros())
    .fetch_one(&mut *tx.conn)
    .await?;
    read::id(&row, 0, "person")
}

/// Argon2id of a code, salted with its id, computed outside of any transaction.
async fn hash(code: &str, id: &str) -> Result<String, StoreError> {
    let (code, salt) = (code.to_owned(), id.to_owned());
    let turn = HASHING.acquire().await.map_err(|_| StoreError::Busy)?;
    tokio::task::spawn_blocking(move || {
        // Given back when this is done, whether or not anybody still waits for it.
        let _turn = turn;
        let params = Params::new(HASH_MEMORY_KIB, 1, 1, Some(32))
            .map_err(|error| StoreError::File(error.to_string()))?;
        let mut output = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(code.as_bytes(), salt.as_bytes(), &mut output)
            .map_err(|error| StoreError::File(error.to_string()))?;
        Ok(hex(&output))
    })
    .await
    .map_err(|error| StoreError::File(error.to_string()))?
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn a_hash_waits_while_as_many_as_may_are_computed() {
        let others = HASHING.acquire_many(u32::try_from(HASHES_AT_ONCE).unwrap());
        let others = others.await.unwrap();
        let mut hashing = std::pin::pin!(hash("AAAA2222", "ein Salz dazu"));
        let waits = tokio::time::timeout(Duration::from_secs(1), &mut hashing).await;
        assert!(waits.is_err());
        drop(others);
        assert_eq!(hashing.await.unwrap().len(), 64);
    }
}

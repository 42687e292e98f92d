//! The keys with which certificates are signed: the newest signs, all can be asked for to check by.

use sqlx::Row;

use crate::{Store, StoreError};

/// A key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningKey {
    /// Its name, in the address of its public half.
    pub id: String,
    /// Both halves, as the signer keeps them.
    pub secret: String,
    /// The public half.
    pub public: String,
}

impl Store {
    /// The key that signs, if one was made.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn signing_key(&self) -> Result<Option<SigningKey>, StoreError> {
        let row = sqlx::query("SELECT id, secret, public FROM signing_key ORDER BY made_at DESC, id LIMIT 1")
            .fetch_optional(self.readers())
            .await?;
        let read = |row: &sqlx::any::AnyRow| {
            Ok(SigningKey {
                id: row.try_get(0)?,
                secret: row.try_get(1)?,
                public: row.try_get(2)?,
            })
        };
        row.as_ref().map(read).transpose()
    }

    /// Keeps a key; from now on it signs. What older ones signed can still be checked: if two are made at once, both stay.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_signing_key(&self, secret: String, public: String) -> Result<SigningKey, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let key = SigningKey {
                    id: tx.ambient.token(),
                    secret,
                    public,
                };
                sqlx::query("INSERT INTO signing_key (id, secret, public, made_at) VALUES ($1, $2, $3, $4)")
                    .bind(key.id.clone())
                    .bind(key.secret.clone())
                    .bind(key.public.clone())
                    .bind(tx.now.micros())
                    .execute(&mut *tx.conn)
                    .await?;
                Ok(key)
            })
        })
        .await
    }

    /// The public half of a key.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no key of this name, or the database fails.
    pub async fn public_key(&self, id: &str) -> Result<String, StoreError> {
        let row = sqlx::query("SELECT public FROM signing_key WHERE id = $1")
            .bind(id.to_owned())
            .fetch_one(self.readers())
            .await?;
        Ok(row.try_get(0)?)
    }
}

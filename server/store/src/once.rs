//! A form that makes something makes it once: under its key the first answer is kept, and a repeat gets it.

use std::pin::Pin;

use domain::ids::IdempotencyKey;
use sqlx::Row;

use crate::writer::Tx;
use crate::{Store, StoreError};

/// A change that says what its form is answered.
type Answers<'a> = Pin<Box<dyn Future<Output = Result<String, StoreError>> + Send + 'a>>;

/// Keeps the answer of a form. Fails for a repeat, and so takes back everything that its transaction did.
pub(crate) async fn keep(tx: &mut Tx, key: &str, answer: String) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO idempotency (id, answer, created_at) VALUES ($1, $2, $3)")
        .bind(key.to_owned())
        .bind(answer)
        .bind(tx.now.micros())
        .execute(&mut *tx.conn)
        .await?;
    Ok(())
}

impl Store {
    /// Makes a change once for a form. Returns the answer of the first time, also when that is now.
    pub(crate) async fn write_once<F>(&self, key: IdempotencyKey, change: F) -> Result<String, StoreError>
    where
        F: for<'a> FnOnce(&'a mut Tx) -> Answers<'a> + Send + 'static,
    {
        let key = key.to_string();
        let kept = key.clone();
        let made = self
            .write(move |tx| {
                Box::pin(async move {
                    let answer = change(&mut *tx).await?;
                    keep(tx, &kept, answer.clone()).await?;
                    Ok(answer)
                })
            })
            .await;
        match made {
            Ok(answer) => Ok(answer),
            Err(error) => self.first_answer(&key).await?.ok_or(error),
        }
    }

    /// What the form with this key was answered first.
    pub(crate) async fn first_answer(&self, key: &str) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT answer FROM idempotency WHERE id = $1")
            .bind(key.to_owned())
            .fetch_optional(self.readers())
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }
}

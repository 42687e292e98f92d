//! A form that makes something makes it once: under its key the first answer is kept, and a repeat gets it.

use sqlx::Row;

use crate::writer::Tx;
use crate::{Store, StoreError};

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
    /// What the form with this key was answered first.
    pub(crate) async fn first_answer(&self, key: &str) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT answer FROM idempotency WHERE id = $1")
            .bind(key.to_owned())
            .fetch_optional(self.readers())
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }
}

//! What a form said to a browser without WebAssembly, kept for a quarter of an hour.

use sqlx::Row;

use crate::retention::FORM_REPLY_SECONDS;
use crate::{Store, StoreError};

/// The longest reply that is kept, in bytes.
const REPLY_BYTES_MAX: usize = 64 * 1_024;

impl Store {
    /// Keeps a reply under a random id.
    ///
    /// # Errors
    /// When it is longer than 64 KiB or the database fails.
    pub async fn keep_form_reply(&self, reply: &str) -> Result<String, StoreError> {
        if reply.len() > REPLY_BYTES_MAX {
            return Err(StoreError::File("the form's reply is too long".to_owned()));
        }
        let reply = reply.to_owned();
        self.write(move |tx| {
            Box::pin(async move {
                let id = tx.ambient.token();
                sqlx::query("INSERT INTO form_reply (id, reply, created_at) VALUES ($1, $2, $3)")
                    .bind(&id)
                    .bind(reply)
                    .bind(tx.now.micros())
                    .execute(&mut *tx.conn)
                    .await?;
                Ok(id)
            })
        })
        .await
    }

    /// The reply of this id, while it is kept.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if none is; when the database fails.
    pub async fn kept_form_reply(&self, id: &str) -> Result<String, StoreError> {
        let row = sqlx::query("SELECT reply FROM form_reply WHERE id = $1 AND created_at >= $2")
            .bind(id)
            .bind(self.ambient().now().plus_seconds(-FORM_REPLY_SECONDS).micros())
            .fetch_one(self.readers())
            .await?;
        Ok(row.try_get(0)?)
    }

    /// Removes the replies that nobody can read any more. Returns how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_form_replies(&self) -> Result<u64, StoreError> {
        let before = self.ambient().now().plus_seconds(-FORM_REPLY_SECONDS).micros();
        let any = sqlx::query("SELECT 1 FROM form_reply WHERE created_at < $1 LIMIT 1")
            .bind(before)
            .fetch_optional(self.readers())
            .await?;
        // Mostly there is none: then nobody waits for a change.
        if any.is_none() {
            return Ok(0);
        }
        self.write(move |tx| {
            Box::pin(async move {
                let gone = sqlx::query("DELETE FROM form_reply WHERE created_at < $1")
                    .bind(before)
                    .execute(&mut *tx.conn)
                    .await?;
                Ok(gone.rows_affected())
            })
        })
        .await
    }
}

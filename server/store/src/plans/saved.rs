//! What a person wants, as it stands in the URL of the plan, kept for the account. One per person; it goes with the account.

use domain::ids::PersonId;
use domain::time::Instant;
use sqlx::Row;

use crate::{Store, StoreError};

/// A plan that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedPlan {
    /// The query of the plan's URL.
    pub wish: String,
    /// When it was kept.
    pub saved_at: Instant,
}

impl Store {
    /// The plan that somebody kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn learning_plan(&self, person: PersonId) -> Result<Option<SavedPlan>, StoreError> {
        let row = sqlx::query("SELECT wish, saved_at FROM learning_plan WHERE person_id = $1")
            .bind(person.to_string())
            .fetch_optional(self.readers())
            .await?;
        let read = |row: sqlx::any::AnyRow| {
            Ok(SavedPlan {
                wish: row.try_get(0)?,
                saved_at: Instant(row.try_get(1)?),
            })
        };
        row.map(read).transpose()
    }

    /// Keeps a plan in place of the one before; nothing: forgets it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_learning_plan(&self, person: PersonId, wish: Option<String>) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let now = tx.now.micros();
                let query = match wish {
                    Some(wish) => sqlx::query(
                        "INSERT INTO learning_plan (person_id, wish, saved_at) VALUES ($1, $2, $3)
                         ON CONFLICT (person_id) DO UPDATE SET wish = excluded.wish, saved_at = excluded.saved_at",
                    )
                    .bind(person.to_string())
                    .bind(wish)
                    .bind(now),
                    None => sqlx::query("DELETE FROM learning_plan WHERE person_id = $1").bind(person.to_string()),
                };
                query.execute(&mut *tx.conn).await?;
                Ok(())
            })
        })
        .await
    }
}

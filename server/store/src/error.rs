//! What can go wrong, and the one place that reads the engines' error texts.

use domain::booking::Refusal;

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing of that id, token or name, or nothing that this person may see.
    #[error("not found")]
    NotFound,
    /// The rules forbid it.
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    /// It is there already.
    #[error("already there")]
    Duplicate,
    /// Somebody else has changed it in the meantime.
    #[error("changed in the meantime")]
    Stale,
    /// There are as many as there may be.
    #[error("no room for one more")]
    Full,
    /// Too many requests are waiting; try again in a moment.
    #[error("busy")]
    Busy,
    /// A fault in the code of the change; nothing of it is kept.
    #[error("the change panicked")]
    Panicked,
    /// The database's own library is too old to be trusted with committed writes.
    #[error("SQLite {found} is too old: at least {needed} is needed (WAL-reset bug)")]
    SqliteTooOld {
        /// The library's version.
        found: String,
        /// The oldest version that is taken.
        needed: &'static str,
    },
    /// A row that the code cannot read.
    #[error("unreadable value in {table}.{column}")]
    Inconsistent {
        /// Which table.
        table: &'static str,
        /// Which column.
        column: &'static str,
    },
    /// A file could not be read or written, or does not fit.
    #[error("{0}")]
    File(String),
    /// A migration that was applied has changed since.
    #[error("migration {0} was changed after it was applied")]
    MigrationChanged(String),
    /// A migration was applied that this version does not have.
    #[error("migration {0} is not known to this version: a newer one wrote the database")]
    MigrationUnknown(String),
    /// Anything else the database says.
    #[error("database: {0}")]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::PoolTimedOut => Self::Busy,
            _ if has_waited_too_long(&error) => Self::Busy,
            _ if asks_for_no_text(&error) => Self::NotFound,
            _ if is_unique_violation(&error) => Self::Duplicate,
            _ => Self::Database(error),
        }
    }
}

/// Whether a unique constraint of this name was violated. SQLite does not give names, only the columns:
/// both are matched here and nowhere else.
#[must_use]
pub fn violates(error: &sqlx::Error, constraint: &str, sqlite_columns: &str) -> bool {
    let sqlx::Error::Database(error) = error else {
        return false;
    };
    let message = error.message();
    error.constraint() == Some(constraint)
        || message.contains(&format!("\"{constraint}\""))
        || message.contains(&format!("UNIQUE constraint failed: {sqlite_columns}"))
        || message.contains(&format!("UNIQUE constraint failed: index '{constraint}'"))
}

/// Whether PostgreSQL gave up waiting for a lock (`lock_not_available`).
fn has_waited_too_long(error: &sqlx::Error) -> bool {
    has_code(error, "55P03")
}

/// Whether PostgreSQL was asked for what is no text to it (`character_not_in_repertoire`): a NUL, which stands in none of its
/// rows. SQLite looks, and finds nothing either.
fn asks_for_no_text(error: &sqlx::Error) -> bool {
    has_code(error, "22021")
}

fn has_code(error: &sqlx::Error, wanted: &str) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| code == wanted)
}

fn is_unique_violation(error: &sqlx::Error) -> bool {
    let sqlx::Error::Database(error) = error else {
        return false;
    };
    let message = error.message();
    message.contains("UNIQUE constraint failed")
        || message.contains("duplicate key value violates unique constraint")
}

#[cfg(test)]
mod tests {
    use sqlx::{AnyConnection, Connection};

    use store_testing::{Engine, TestDatabase};

    use super::*;

    #[tokio::test]
    async fn who_waits_for_a_lock_for_too_long_hears_that_others_are_at_it() {
        let database = TestDatabase::new(Engine::Postgres);
        sqlx::any::install_default_drivers();
        let mut other = AnyConnection::connect(&database.url).await.unwrap();
        let holds = "BEGIN; LOCK TABLE person";
        sqlx::raw_sql(holds).execute(&mut other).await.unwrap();
        let waits = "SET lock_timeout = '1ms'; LOCK TABLE person";
        let mut one = AnyConnection::connect(&database.url).await.unwrap();
        let waited = sqlx::raw_sql(waits).execute(&mut one).await.unwrap_err();
        let waited = StoreError::from(waited);
        assert!(matches!(waited, StoreError::Busy), "{waited:?}");
        one.close().await.unwrap();
        other.close().await.unwrap();
    }
}

//! What is erased leaves no trace in the files of SQLite. The writer's connection overwrites what it deletes (`secure_delete`, see
//! [`crate::engine`]). Two places keep it nevertheless: the log has the pages as they were until it is emptied, and pages whose rows
//! were moved to others keep copies of those until the file is written anew. Both are done between two changes, on the one connection
//! that writes. On PostgreSQL the server does it by itself (autovacuum).

use sqlx::{AnyConnection, Row};

use crate::{Engine, Store, StoreError};

/// A larger file is not written anew: whoever writes meanwhile would be told "busy".
const ANEW_BYTES_MAX: i64 = 256 * 1_024 * 1_024;
/// Whoever still reads what the log holds is waited for no longer than this: changes wait, too, and there is a next round.
const SHORT_PATIENCE: &str = "PRAGMA busy_timeout = 250";
/// As the writer has it otherwise.
const PATIENCE: &str = "PRAGMA busy_timeout = 5000";

impl Store {
    /// Brings the log into the file and empties it. False if somebody still reads what it holds: then it is for the next round.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn empty_log(&self) -> Result<bool, StoreError> {
        if self.engine() == Engine::Postgres {
            return Ok(true);
        }
        let mut connection = self.writer().connection().await?;
        empty_log(&mut connection).await
    }

    /// Writes the file anew, with what is there and nothing else. False if it is too large for that.
    ///
    /// # Errors
    /// When the database fails, or there is no room on the disk for both.
    pub async fn write_file_anew(&self) -> Result<bool, StoreError> {
        if self.engine() == Engine::Postgres {
            return Ok(true);
        }
        let mut connection = self.writer().connection().await?;
        let bytes: i64 =
            sqlx::query("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
                .fetch_one(&mut *connection)
                .await?
                .try_get(0)?;
        if bytes > ANEW_BYTES_MAX {
            return Ok(false);
        }
        sqlx::query("VACUUM").execute(&mut *connection).await?;
        // If somebody reads, the next round of emptying brings it into the file.
        empty_log(&mut connection).await?;
        Ok(true)
    }
}

async fn empty_log(connection: &mut AnyConnection) -> Result<bool, StoreError> {
    // Not prepared: such a setting is made when it is, not when it runs, and what is prepared is kept.
    sqlx::raw_sql(SHORT_PATIENCE).execute(&mut *connection).await?;
    let emptied = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(&mut *connection)
        .await;
    // Whatever came of it.
    sqlx::raw_sql(PATIENCE).execute(&mut *connection).await?;
    // The first column says whether somebody was in the way.
    Ok(emptied?.try_get::<i64, _>(0)? == 0)
}

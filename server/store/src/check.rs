//! What `lafast check` asks the database.

use sqlx::Row;

use crate::migrate::{self, Standing};
use crate::{Engine, Store, StoreError};

/// One line of the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub what: &'static str,
    /// What was found.
    pub found: String,
    /// Whether it is as it should be.
    pub fine: bool,
}

impl Store {
    /// Whether the database answers, its tables are those of this build, none missing and none newer, and changes are taken.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn is_ready(&self) -> Result<bool, StoreError> {
        Ok(self.writer().is_alive() && self.migrations().await?.is_current())
    }

    /// What was applied to the database, compared with this build.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn migrations(&self) -> Result<Standing, StoreError> {
        let mut connection = self.readers().acquire().await?;
        migrate::read(&mut connection, self.engine()).await
    }

    /// Looks at the version, the chain of the audit log and, on SQLite, the file.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn findings(&self) -> Result<Vec<Finding>, StoreError> {
        let (sql, name) = match self.engine() {
            Engine::Sqlite => ("SELECT sqlite_version()", "SQLite"),
            Engine::Postgres => ("SELECT current_setting('server_version')", "PostgreSQL"),
        };
        let version: String = sqlx::query(sql).fetch_one(self.readers()).await?.try_get(0)?;
        let chain = self.audit_first_break().await?;
        let mut findings = vec![
            Finding {
                what: "database",
                found: format!("{name} {version}"),
                fine: true,
            },
            Finding {
                what: "audit log",
                found: chain.map_or_else(
                    || "audit log complete".to_owned(),
                    |seq| format!("audit log broken at row {seq}"),
                ),
                fine: chain.is_none(),
            },
        ];
        if self.engine() == Engine::Sqlite {
            let result: String = sqlx::query("PRAGMA quick_check")
                .fetch_one(self.readers())
                .await?
                .try_get(0)?;
            findings.push(Finding {
                what: "file",
                fine: result == "ok",
                found: format!("file {result}"),
            });
        }
        Ok(findings)
    }
}

//! What `lafast check` asks the database.

use sqlx::Row;

use crate::{Engine, Store, StoreError, migrate};

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
    /// Whether the database answers and has all tables of this build, and whether changes are taken.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn is_ready(&self) -> Result<bool, StoreError> {
        if !self.writer().is_alive() {
            return Ok(false);
        }
        let row = sqlx::query("SELECT COUNT(*) FROM migration")
            .fetch_one(self.readers())
            .await?;
        let applied: i64 = row.try_get(0)?;
        Ok(usize::try_from(applied).unwrap_or(0) >= migrate::names().count())
    }

    /// Looks at version, tables and the chain of the audit log.
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
                what: "Datenbank",
                found: format!("{name} {version}"),
                fine: true,
            },
            Finding {
                what: "Migrationen",
                found: format!("{} angewendet", migrate::names().count()),
                fine: self.is_ready().await?,
            },
            Finding {
                what: "Protokoll",
                found: chain.map_or_else(
                    || "Kette vollständig".to_owned(),
                    |seq| format!("Kette bricht bei Zeile {seq}"),
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
                what: "Datei",
                fine: result == "ok",
                found: result,
            });
        }
        Ok(findings)
    }
}

//! Tables of both engines: each file is applied once, in order, in a transaction.
//!
//! Most files are one text for both engines. Where the engines differ on purpose there is one file in each of
//! two folders.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, AnyPool, Row};

use crate::{Engine, StoreError};

/// A step from one shape of the tables to the next.
struct Migration {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

impl Migration {
    fn sql(&self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }

    fn checksum(&self, engine: Engine) -> String {
        hex(&Sha256::digest(self.sql(engine).as_bytes()))
    }
}

const MIGRATIONS: &[Migration] = &[
    both("0001_accounts", include_str!("../migrations/0001_accounts.sql")),
    both("0002_workshops", include_str!("../migrations/0002_workshops.sql")),
    Migration {
        name: "0003_append_only",
        sqlite: include_str!("../migrations/sqlite/0003_append_only.sql"),
        postgres: include_str!("../migrations/postgres/0003_append_only.sql"),
    },
    both("0004_boards", include_str!("../migrations/0004_boards.sql")),
    both("0005_outcomes", include_str!("../migrations/0005_outcomes.sql")),
    both("0006_coding", include_str!("../migrations/0006_coding.sql")),
    both("0007_modules", include_str!("../migrations/0007_modules.sql")),
    Migration {
        name: "0008_versions_stay",
        sqlite: include_str!("../migrations/sqlite/0008_versions_stay.sql"),
        postgres: include_str!("../migrations/postgres/0008_versions_stay.sql"),
    },
    both("0009_runs", include_str!("../migrations/0009_runs.sql")),
    both("0010_plans", include_str!("../migrations/0010_plans.sql")),
    both("0011_demand", include_str!("../migrations/0011_demand.sql")),
    Migration {
        name: "0012_recognition",
        sqlite: include_str!("../migrations/sqlite/0012_recognition.sql"),
        postgres: include_str!("../migrations/postgres/0012_recognition.sql"),
    },
    both("0013_imports", include_str!("../migrations/0013_imports.sql")),
    both(
        "0014_certificates",
        include_str!("../migrations/0014_certificates.sql"),
    ),
    both("0015_access", include_str!("../migrations/0015_access.sql")),
    both("0016_rollover", include_str!("../migrations/0016_rollover.sql")),
    both("0017_last_file", include_str!("../migrations/0017_last_file.sql")),
    both(
        "0018_boards_known",
        include_str!("../migrations/0018_boards_known.sql"),
    ),
    both("0019_mail_log", include_str!("../migrations/0019_mail_log.sql")),
    both(
        "0021_board_removed",
        include_str!("../migrations/0021_board_removed.sql"),
    ),
    both(
        "0022_access_needs",
        include_str!("../migrations/0022_access_needs.sql"),
    ),
    both(
        "0023_mail_occasions",
        include_str!("../migrations/0023_mail_occasions.sql"),
    ),
    both(
        "0024_reserved_seats",
        include_str!("../migrations/0024_reserved_seats.sql"),
    ),
    both(
        "0025_board_term",
        include_str!("../migrations/0025_board_term.sql"),
    ),
    both(
        "0026_board_waiting",
        include_str!("../migrations/0026_board_waiting.sql"),
    ),
    both(
        "0031_board_terms",
        include_str!("../migrations/0031_board_terms.sql"),
    ),
    both(
        "0032_board_waiting_counted",
        include_str!("../migrations/0032_board_waiting_counted.sql"),
    ),
    both(
        "0033_board_marks",
        include_str!("../migrations/0033_board_marks.sql"),
    ),
    Migration {
        name: "0034_seat_of_a_place",
        sqlite: include_str!("../migrations/sqlite/0034_seat_of_a_place.sql"),
        postgres: include_str!("../migrations/postgres/0034_seat_of_a_place.sql"),
    },
    both(
        "0035_boards_anew",
        include_str!("../migrations/0035_boards_anew.sql"),
    ),
    both(
        "0036_board_notes",
        include_str!("../migrations/0036_board_notes.sql"),
    ),
    both("0037_left_over", include_str!("../migrations/0037_left_over.sql")),
    both(
        "0038_cards_counted",
        include_str!("../migrations/0038_cards_counted.sql"),
    ),
    both(
        "0039_mail_bounced",
        include_str!("../migrations/0039_mail_bounced.sql"),
    ),
];

const fn both(name: &'static str, sql: &'static str) -> Migration {
    Migration {
        name,
        sqlite: sql,
        postgres: sql,
    }
}

/// Names of all migrations of this build.
pub fn names() -> impl Iterator<Item = &'static str> {
    MIGRATIONS.iter().map(|migration| migration.name)
}

/// What was applied to a database, compared with this build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Migrations of this build that are not applied.
    pub missing: Vec<&'static str>,
    /// Applied ones that this build does not have: a newer version wrote the database.
    pub unknown: Vec<String>,
    /// Applied ones that say something else in this build.
    pub changed: Vec<&'static str>,
}

impl Standing {
    /// What was applied, checksums by name, compared with this build.
    pub(crate) fn of(mut applied: BTreeMap<String, String>, engine: Engine) -> Self {
        let mut standing = Self::default();
        for migration in MIGRATIONS {
            match applied.remove(migration.name) {
                None => standing.missing.push(migration.name),
                Some(checksum) if checksum == migration.checksum(engine) => {}
                Some(_) => standing.changed.push(migration.name),
            }
        }
        standing.unknown = applied.into_keys().collect();
        standing
    }

    /// Whether the tables are those of this build.
    #[must_use]
    pub fn is_current(&self) -> bool {
        *self == Self::default()
    }

    /// Whether nothing of the platform is there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.missing.len() == MIGRATIONS.len()
    }

    /// Refuses tables of which this build does not know what they are. Those that are only older are fine.
    ///
    /// # Errors
    /// [`StoreError::MigrationUnknown`] or [`StoreError::MigrationChanged`], with the first one.
    pub fn refuse_other(&self) -> Result<(), StoreError> {
        if let Some(name) = self.unknown.first() {
            return Err(StoreError::MigrationUnknown(name.clone()));
        }
        match self.changed.first() {
            Some(name) => Err(StoreError::MigrationChanged((*name).to_owned())),
            None => Ok(()),
        }
    }

    /// As [`Standing::refuse_other`], and refuses a database that holds nothing of the platform.
    ///
    /// # Errors
    /// As [`Standing::refuse_other`], or [`StoreError::File`].
    pub fn refuse_foreign(&self) -> Result<(), StoreError> {
        self.refuse_other()?;
        if self.is_empty() {
            return Err(StoreError::File("it holds no tables of the platform".to_owned()));
        }
        Ok(())
    }
}

/// Reads what was applied, and changes nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn read(connection: &mut AnyConnection, engine: Engine) -> Result<Standing, StoreError> {
    let is_there: i64 = sqlx::query(match engine {
        Engine::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'migration'",
        Engine::Postgres => "SELECT COUNT(to_regclass('migration'))",
    })
    .fetch_one(&mut *connection)
    .await?
    .try_get(0)?;
    let mut applied = BTreeMap::new();
    if is_there > 0 {
        let rows = sqlx::query("SELECT name, checksum FROM migration")
            .fetch_all(&mut *connection)
            .await?;
        for row in rows {
            applied.insert(row.try_get::<String, _>(0)?, row.try_get::<String, _>(1)?);
        }
    }
    Ok(Standing::of(applied, engine))
}

/// Applies what is missing.
///
/// # Errors
/// When a file that was applied has changed since, or is not one of this build, or one cannot be applied; then nothing of it
/// is kept.
pub async fn run(pool: &AnyPool, engine: Engine) -> Result<(), StoreError> {
    let mut connection = pool.acquire().await?;
    sqlx::query(match engine {
        Engine::Sqlite => "BEGIN IMMEDIATE",
        Engine::Postgres => "BEGIN",
    })
    .execute(&mut *connection)
    .await?;
    let outcome = apply_missing(&mut connection, engine).await;
    let end = if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" };
    sqlx::query(end).execute(&mut *connection).await?;
    outcome
}

async fn apply_missing(connection: &mut AnyConnection, engine: Engine) -> Result<(), StoreError> {
    if engine == Engine::Postgres {
        // Several servers may start at once: one of them does the work, the others wait here.
        sqlx::query("SELECT pg_advisory_xact_lock(727001)")
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query(
        "CREATE TABLE IF NOT EXISTS migration (
            name TEXT NOT NULL, checksum TEXT NOT NULL, CONSTRAINT migration_pk PRIMARY KEY (name)
        )",
    )
    .execute(&mut *connection)
    .await?;
    let standing = read(connection, engine).await?;
    standing.refuse_other()?;
    let missing = MIGRATIONS
        .iter()
        .filter(|migration| standing.missing.contains(&migration.name));
    for migration in missing {
        sqlx::raw_sql(migration.sql(engine))
            .execute(&mut *connection)
            .await?;
        sqlx::query("INSERT INTO migration (name, checksum) VALUES ($1, $2)")
            .bind(migration.name)
            .bind(migration.checksum(engine))
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

//! Consistent copy while serving, verified restore.
//!
//! SQLite: `VACUUM INTO` from a connection of its own, then the copy is opened and checked before it gets its
//! name. PostgreSQL has its own tools, which do this better: `pg_dump` and `pg_restore` (docs/operations.md).

use std::path::{Path, PathBuf};

use sqlx::any::AnyPoolOptions;
use sqlx::{AnyPool, Row};

use crate::engine::sqlite_path;
use crate::{Engine, Store, StoreError, migrate};

/// What a verified copy holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackupReport {
    /// Veranstaltungen in the copy.
    pub workshops: i64,
    /// Sign-ups in the copy.
    pub sign_ups: i64,
    /// Bytes of the file.
    pub bytes: u64,
}

impl Store {
    /// Writes a consistent copy into a file that is not there yet, and checks it.
    ///
    /// # Errors
    /// When the file is there, the database is not SQLite, or the copy is not sound; then no file is left.
    pub async fn backup(&self, file: &Path) -> Result<BackupReport, StoreError> {
        if self.engine() != Engine::Sqlite {
            return Err(StoreError::File(
                "PostgreSQL is backed up by its own pg_dump; see docs/operations.md".to_owned(),
            ));
        }
        if file.exists() {
            return Err(StoreError::File(format!("{} is there already", file.display())));
        }
        let partial = file.with_extension("partial");
        remove(&partial)?;
        let target = text(&partial)?;
        let pool = AnyPoolOptions::new()
            .max_connections(1)
            .connect(self.url())
            .await?;
        let copied = sqlx::query("VACUUM INTO $1").bind(target).execute(&pool).await;
        pool.close().await;
        copied?;
        match verify(&partial).await {
            Ok(report) => {
                std::fs::rename(&partial, file).map_err(|error| StoreError::File(error.to_string()))?;
                Ok(report)
            }
            Err(error) => {
                remove(&partial)?;
                Err(error)
            }
        }
    }
}

/// Puts a checked copy in the place of the database of this URL, which must not be in use. What was there is
/// kept beside it as `….before-restore`.
///
/// # Errors
/// When the copy is not sound (then nothing is touched), or a file cannot be moved.
pub async fn restore(url: &str, file: &Path) -> Result<BackupReport, StoreError> {
    sqlx::any::install_default_drivers();
    if !url.starts_with("sqlite:") {
        return Err(StoreError::File(
            "PostgreSQL is restored by its own pg_restore; see docs/operations.md".to_owned(),
        ));
    }
    let report = verify(file).await?;
    let target = Path::new(sqlite_path(url));
    let partial = target.with_extension("restoring");
    let io = |error: std::io::Error| StoreError::File(error.to_string());
    if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(io)?;
    }
    std::fs::copy(file, &partial).map_err(io)?;
    // With its log, which may hold what was committed last, and which must never be read into the new file.
    let kept = target.with_extension("before-restore");
    for suffix in ["", "-wal"] {
        let (from, to) = (with_suffix(target, suffix), with_suffix(&kept, suffix));
        remove(&to)?;
        if from.exists() {
            std::fs::rename(from, to).map_err(io)?;
        }
    }
    remove(&with_suffix(target, "-shm"))?;
    std::fs::rename(&partial, target).map_err(io)?;
    Ok(report)
}

/// Opens a copy and checks pages, references and that all tables of this build are there.
async fn verify(file: &Path) -> Result<BackupReport, StoreError> {
    let url = format!("sqlite:{}?mode=ro", text(file)?);
    let pool = AnyPoolOptions::new().max_connections(1).connect(&url).await?;
    let checked = look(&pool).await;
    pool.close().await;
    let (workshops, sign_ups) = checked?;
    let bytes = std::fs::metadata(file)
        .map_err(|error| StoreError::File(error.to_string()))?
        .len();
    Ok(BackupReport {
        workshops,
        sign_ups,
        bytes,
    })
}

async fn look(pool: &AnyPool) -> Result<(i64, i64), StoreError> {
    let unsound = |what: &str| StoreError::File(format!("the copy is not sound: {what}"));
    let pages: String = sqlx::query("PRAGMA integrity_check")
        .fetch_one(pool)
        .await?
        .try_get(0)?;
    if pages != "ok" {
        return Err(unsound(&pages));
    }
    if sqlx::query("PRAGMA foreign_key_check")
        .fetch_optional(pool)
        .await?
        .is_some()
    {
        return Err(unsound("a reference leads nowhere"));
    }
    let applied: i64 = sqlx::query("SELECT COUNT(*) FROM migration")
        .fetch_one(pool)
        .await?
        .try_get(0)?;
    if usize::try_from(applied).unwrap_or(0) > migrate::names().count() {
        return Err(unsound("it was written by a newer version"));
    }
    let row = sqlx::query("SELECT (SELECT COUNT(*) FROM workshop), (SELECT COUNT(*) FROM sign_up)")
        .fetch_one(pool)
        .await?;
    Ok((row.try_get(0)?, row.try_get(1)?))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn text(path: &Path) -> Result<String, StoreError> {
    path.to_str()
        .map(str::to_owned)
        .ok_or_else(|| StoreError::File("the path is not UTF-8".to_owned()))
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::File(error.to_string()))
        }
        _ => Ok(()),
    }
}

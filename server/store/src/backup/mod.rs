//! Consistent copy while serving, verified restore.
//!
//! - [`sqlite`]: `VACUUM INTO`, and files that change places
//! - [`postgres`]: what PostgreSQL's own `pg_dump` and `pg_restore` do
//!
//! On both a copy is read and checked before it gets its name, and again before it is put back; what is replaced is kept.

mod postgres;
mod sqlite;

use std::path::Path;

use crate::{Engine, Store, StoreError};

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
    /// Writes a consistent copy into a file that is not there yet, and checks it. When this returns, the disk has it.
    ///
    /// # Errors
    /// When the file is there, the database is not one of this build or an older one, PostgreSQL's programs are not there or
    /// fail, or the copy is not sound; then no file of that name is left.
    pub async fn backup(&self, file: &Path) -> Result<BackupReport, StoreError> {
        if file.exists() {
            return Err(StoreError::File(format!("{} is there already", file.display())));
        }
        self.migrations().await?.refuse_foreign()?;
        let partial = file.with_extension("partial");
        remove(&partial)?;
        let copied = match self.engine() {
            Engine::Sqlite => sqlite::copy(self.url(), &partial).await,
            Engine::Postgres => postgres::copy(self.url(), &partial).await,
        };
        let verified = match copied {
            Ok(()) => verify(self.engine(), &partial).await,
            Err(error) => Err(error),
        };
        match verified {
            Ok(report) => {
                sync(&partial)?;
                std::fs::rename(&partial, file).map_err(io)?;
                sync(folder(file))?;
                Ok(report)
            }
            Err(error) => {
                remove(&partial)?;
                Err(error)
            }
        }
    }
}

/// Puts a checked copy in the place of the database of this URL, which nobody may have open. What was there is kept: on SQLite
/// in a file beside it, `….before-restore`, on PostgreSQL in a schema of that database, `before_restore`. When this returns,
/// the disk has it.
///
/// # Errors
/// When the copy is not sound or somebody has the database open (then nothing is touched), a file cannot be moved, or
/// PostgreSQL's programs are not there or fail (then everything is as it was).
pub async fn restore(url: &str, file: &Path) -> Result<BackupReport, StoreError> {
    sqlx::any::install_default_drivers();
    let engine = Engine::of(url);
    let report = verify(engine, file).await?;
    match engine {
        Engine::Sqlite => sqlite::put_back(url, file).await?,
        Engine::Postgres => postgres::put_back(url, file).await?,
    }
    Ok(report)
}

/// Reads a copy and checks it.
async fn verify(engine: Engine, file: &Path) -> Result<BackupReport, StoreError> {
    let (workshops, sign_ups) = match engine {
        Engine::Sqlite => sqlite::verify(file).await?,
        Engine::Postgres => postgres::verify(file).await?,
    };
    let bytes = std::fs::metadata(file).map_err(io)?.len();
    Ok(BackupReport {
        workshops,
        sign_ups,
        bytes,
    })
}

fn unsound(what: &str) -> StoreError {
    StoreError::File(format!("the copy is not sound: {what}"))
}

fn io(error: std::io::Error) -> StoreError {
    StoreError::File(error.to_string())
}

/// Waits until the disk has a file, or the names in a folder.
fn sync(path: &Path) -> Result<(), StoreError> {
    std::fs::File::open(path)
        .and_then(|opened| opened.sync_all())
        .map_err(io)
}

/// The folder in which a file lies.
fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn text(path: &Path) -> Result<String, StoreError> {
    path.to_str()
        .map(str::to_owned)
        .ok_or_else(|| StoreError::File("the path is not UTF-8".to_owned()))
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(io(error)),
        _ => Ok(()),
    }
}

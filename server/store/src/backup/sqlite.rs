//! Consistent copy while serving, verified restore.
//!
//! SQLite: `VACUUM INTO` from a connection of its own, then the copy is opened and checked before it gets its
//! name. PostgreSQL has its own tools, which do this better: `pg_dump` and `pg_restore` (docs/operations.md).

use std::path::{Path, PathBuf};

use sqlx::any::AnyPoolOptions;
use sqlx::{AnyConnection, AnyPool, Connection, Row};

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
    /// Writes a consistent copy into a file that is not there yet, and checks it. When this returns, the disk has it.
    ///
    /// # Errors
    /// When the file is there, the database is not SQLite or not one of this build or an older one, or the copy is not sound;
    /// then no file of that name is left.
    pub async fn backup(&self, file: &Path) -> Result<BackupReport, StoreError> {
        if self.engine() != Engine::Sqlite {
            return Err(StoreError::File(
                "PostgreSQL is backed up by its own pg_dump; see docs/operations.md".to_owned(),
            ));
        }
        if file.exists() {
            return Err(StoreError::File(format!("{} is there already", file.display())));
        }
        self.migrations().await?.refuse_foreign()?;
        let partial = file.with_extension("partial");
        remove(&partial)?;
        let target = text(&partial)?;
        let pool = AnyPoolOptions::new()
            .max_connections(1)
            .connect(self.url())
            .await?;
        let copied = sqlx::query("VACUUM INTO $1").bind(target).execute(&pool).await;
        pool.close().await;
        let verified = match copied {
            Ok(_) => verify(&partial).await,
            Err(error) => Err(error.into()),
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

/// Puts a checked copy in the place of the database of this URL, which nobody may have open. What was there is
/// kept beside it as `….before-restore`. When this returns, the disk has it.
///
/// # Errors
/// When the copy is not sound or somebody has the database open (then nothing is touched), or a file cannot be moved.
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
    std::fs::create_dir_all(folder(target)).map_err(io)?;
    std::fs::copy(file, &partial).map_err(io)?;
    sync(&partial)?;
    let taken = match take(target).await {
        Ok(taken) => taken,
        Err(error) => {
            remove(&partial)?;
            return Err(error);
        }
    };
    let replaced = replace(target, &partial);
    if let Some(connection) = taken {
        drop(connection.close().await);
    }
    replaced?;
    Ok(report)
}

/// Takes a database for this process alone, and brings its log into it. It stays taken while the connection lives. `None` if
/// there is none, or only a damaged one: that is what a copy is put back for, and a server that has it open is noticed all the
/// same, because its log is there.
async fn take(target: &Path) -> Result<Option<AnyConnection>, StoreError> {
    /// Primary result codes of SQLite.
    const BUSY: i32 = 5;
    const CORRUPT: i32 = 11;
    const NOT_A_DATABASE: i32 = 26;
    if !target.exists() {
        return Ok(None);
    }
    let mut connection = AnyConnection::connect(&format!("sqlite:{}?mode=rw", text(target)?)).await?;
    let taken =
        sqlx::raw_sql("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE")
            .execute(&mut connection)
            .await;
    match taken {
        Ok(_) => {
            // Without its log it has an empty journal, which must not lie beside the new file.
            remove(&with_suffix(target, "-journal"))?;
            Ok(Some(connection))
        }
        Err(error) => {
            drop(connection.close().await);
            match result_code(&error) {
                Some(BUSY) => Err(StoreError::File(format!(
                    "{} is in use; stop the server first",
                    target.display()
                ))),
                Some(CORRUPT | NOT_A_DATABASE) => Ok(None),
                _ => Err(error.into()),
            }
        }
    }
}

fn result_code(error: &sqlx::Error) -> Option<i32> {
    let code: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}

/// Keeps what is there, and gives the new file its name. There is a whole database of this name at each moment.
fn replace(target: &Path, partial: &Path) -> Result<(), StoreError> {
    let kept = target.with_extension("before-restore");
    // Logs of a damaged file may hold what was committed last, and must never be read into the new one.
    for suffix in ["-wal", "-journal"] {
        let (from, to) = (with_suffix(target, suffix), with_suffix(&kept, suffix));
        remove(&to)?;
        if from.exists() {
            std::fs::rename(from, to).map_err(io)?;
        }
    }
    remove(&with_suffix(target, "-shm"))?;
    remove(&kept)?;
    // Not every file system can give a file a second name.
    if target.exists() && std::fs::hard_link(target, &kept).is_err() {
        std::fs::rename(target, &kept).map_err(io)?;
    }
    std::fs::rename(partial, target).map_err(io)?;
    sync(folder(target))
}

/// Opens a copy and checks pages, references and that its tables are those of this build or of an older one.
async fn verify(file: &Path) -> Result<BackupReport, StoreError> {
    let url = format!("sqlite:{}?mode=ro", text(file)?);
    let pool = AnyPoolOptions::new().max_connections(1).connect(&url).await?;
    let checked = look(&pool).await;
    pool.close().await;
    let (workshops, sign_ups) = checked?;
    let bytes = std::fs::metadata(file).map_err(io)?.len();
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
    let mut connection = pool.acquire().await?;
    migrate::read(&mut connection, Engine::Sqlite)
        .await?
        .refuse_foreign()?;
    drop(connection);
    let row = sqlx::query("SELECT (SELECT COUNT(*) FROM workshop), (SELECT COUNT(*) FROM sign_up)")
        .fetch_one(pool)
        .await?;
    Ok((row.try_get(0)?, row.try_get(1)?))
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
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(io(error)),
        _ => Ok(()),
    }
}

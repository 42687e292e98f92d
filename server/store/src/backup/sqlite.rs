//! SQLite: `VACUUM INTO` from a connection of its own, and files that change places.

use std::path::{Path, PathBuf};

use sqlx::any::AnyPoolOptions;
use sqlx::{AnyConnection, AnyPool, Connection, Row};

use super::{folder, io, remove, sync, text, unsound};
use crate::engine::sqlite_path;
use crate::{Engine, StoreError, migrate};

/// Writes a copy.
pub(super) async fn copy(url: &str, file: &Path) -> Result<(), StoreError> {
    let target = text(file)?;
    let pool = AnyPoolOptions::new().max_connections(1).connect(url).await?;
    let copied = sqlx::query("VACUUM INTO $1").bind(target).execute(&pool).await;
    pool.close().await;
    copied?;
    Ok(())
}

/// Puts a checked copy in the place of a database, and keeps what was there beside it as `….before-restore`.
pub(super) async fn put_back(url: &str, file: &Path) -> Result<(), StoreError> {
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
    replaced
}

/// Takes a database for this process alone, and brings its log into it. It stays taken while the connection lives. `None` if
/// there is none, or only a damaged one: that is what a copy is put back for. A server that has it open is noticed all the same: by its
/// log, or, when that is empty, by its lock on the file.
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
                Some(BUSY) => Err(in_use(target)),
                Some(CORRUPT | NOT_A_DATABASE) if is_locked(target).map_err(io)? => Err(in_use(target)),
                Some(CORRUPT | NOT_A_DATABASE) => Ok(None),
                _ => Err(error.into()),
            }
        }
    }
}

fn in_use(target: &Path) -> StoreError {
    StoreError::File(format!("{} is in use; stop the server first", target.display()))
}

/// Whether another process holds a lock on a file: SQLite has one on each database that it has open with a log.
#[cfg(unix)]
fn is_locked(target: &Path) -> std::io::Result<bool> {
    use rustix::fs::{FlockOperation, fcntl_lock};
    use rustix::io::Errno;

    let file = std::fs::OpenOptions::new().read(true).write(true).open(target)?;
    // Let go with the file, at the end.
    match fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(false),
        Err(Errno::AGAIN | Errno::ACCESS) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(unix))]
fn is_locked(_target: &Path) -> std::io::Result<bool> {
    Ok(false)
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

/// Opens a copy and checks pages, references and that its tables are those of this build or of an older one. Returns how many
/// Veranstaltungen and sign-ups it holds.
pub(super) async fn verify(file: &Path) -> Result<(i64, i64), StoreError> {
    let url = format!("sqlite:{}?mode=ro", text(file)?);
    let pool = AnyPoolOptions::new().max_connections(1).connect(&url).await?;
    let checked = look(&pool).await;
    pool.close().await;
    checked
}

async fn look(pool: &AnyPool) -> Result<(i64, i64), StoreError> {
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

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

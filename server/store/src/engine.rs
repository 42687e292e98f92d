//! SQLite or PostgreSQL, chosen by the URL.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::{AnyPool, Row};
use tokio::sync::broadcast;
use tokio::task::JoinSet;

use crate::boards::{BoardWord, notice};
use crate::word::Hearers;
use crate::writer::{Answering, Writer};
use crate::{Ambient, StoreError, migrate};

/// The oldest SQLite that is trusted: before it, a checkpoint racing a commit could lose committed writes.
pub const SQLITE_VERSION_MIN: &str = "3.51.3";
/// Connections that read.
const READERS_MAX: u32 = 8;
/// How long somebody waits for a connection before the answer is "busy".
const ACQUIRE_SECONDS_MAX: u64 = 5;

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, one process.
    Sqlite,
    /// A server, any number of processes.
    Postgres,
}

impl Engine {
    pub(crate) fn of(url: &str) -> Self {
        if url.starts_with("sqlite:") {
            Self::Sqlite
        } else {
            Self::Postgres
        }
    }
}

/// The database and everything that can be done with it.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    engine: Engine,
    url: String,
    readers: AnyPool,
    writer: Writer,
    ambient: Ambient,
    hearers: Hearers,
    /// What runs beside, and ends with the store.
    beside: Mutex<JoinSet<()>>,
    locking: Locking,
}

/// Whether sign-ups are decided under the lock. Off only in the tests that show what the lock is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locking {
    /// As it should be.
    On,
    /// Counts are read before the transaction, and nobody is found who has a place already, as a forgotten lock would do.
    Off,
}

impl Store {
    /// Opens the database, makes its folder and file if need be, and brings its tables up to date.
    ///
    /// # Errors
    /// When it cannot be reached, is too old, or a migration fails.
    pub async fn open(url: &str, ambient: Ambient) -> Result<Self, StoreError> {
        Self::open_with(url, ambient, Locking::On).await
    }

    /// Opens a database that is there, to look at it: makes no file, brings no table up to date, and on SQLite takes no
    /// change. Whether its tables are those of this build, [`Store::migrations`] says.
    ///
    /// # Errors
    /// When it is not there, cannot be reached, or is too old.
    pub async fn open_existing(url: &str, ambient: Ambient) -> Result<Self, StoreError> {
        Self::look(url, ambient, SQLITE_VERSION_MIN).await
    }

    /// As [`Store::open`], with the lock of the tests.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_with(url: &str, ambient: Ambient, locking: Locking) -> Result<Self, StoreError> {
        Self::make(url, ambient, locking, Answering::AfterCommit, SQLITE_VERSION_MIN).await
    }

    /// As [`Store::open`], with answers when the tests want them.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_answering(
        url: &str,
        ambient: Ambient,
        answering: Answering,
    ) -> Result<Self, StoreError> {
        Self::make(url, ambient, Locking::On, answering, SQLITE_VERSION_MIN).await
    }

    async fn make(
        url: &str,
        ambient: Ambient,
        locking: Locking,
        answering: Answering,
        sqlite_min: &'static str,
    ) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let engine = Engine::of(url);
        if engine == Engine::Sqlite {
            make_folder(url)?;
        }
        let connected = connection_url(url, engine);
        let writers = pool(&connected, engine, true, sqlite_min).await?;
        migrate::run(&writers, engine).await?;
        let readers = pool(&connected, engine, false, sqlite_min).await?;
        let hearers = Hearers::new(ambient.uuid());
        let writer = Writer::start(engine, writers, ambient.clone(), hearers.clone(), answering);
        let mut beside = JoinSet::new();
        if engine == Engine::Postgres {
            let listener = notice::listener(url).await?;
            beside.spawn(notice::pass_on(url.to_owned(), listener, hearers.clone()));
        }
        let inner = Inner {
            engine,
            url: url.to_owned(),
            readers,
            writer,
            ambient,
            hearers,
            beside: Mutex::new(beside),
            locking,
        };
        let store = Self {
            inner: Arc::new(inner),
        };
        store.count_waiting().await?;
        Ok(store)
    }

    async fn look(url: &str, ambient: Ambient, sqlite_min: &'static str) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let engine = Engine::of(url);
        let existing = existing_url(url, engine);
        let readers = match pool(&existing, engine, false, sqlite_min).await {
            Err(_) if engine == Engine::Sqlite && !Path::new(sqlite_path(url)).exists() => {
                return Err(StoreError::File(format!("there is no file {}", sqlite_path(url))));
            }
            opened => opened?,
        };
        let hearers = Hearers::new(ambient.uuid());
        // Its connections only read, and refuse to do anything else.
        let writer = Writer::start(
            engine,
            readers.clone(),
            ambient.clone(),
            hearers.clone(),
            Answering::AfterCommit,
        );
        let inner = Inner {
            engine,
            url: existing,
            readers,
            writer,
            ambient,
            hearers,
            beside: Mutex::default(),
            locking: Locking::On,
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Which database it is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.inner.engine
    }

    /// Where time and randomness come from.
    #[must_use]
    pub fn ambient(&self) -> &Ambient {
        &self.inner.ambient
    }

    /// The URL it was opened with. May hold a password: never log it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.inner.url
    }

    /// Waits until a mail was put into the outbox by this process.
    pub async fn mail_was_enqueued(&self) {
        self.inner.hearers.mail.notified().await;
    }

    /// Hears of every board on which something was done, on PostgreSQL also by other processes. Who is too slow to hear
    /// of each looks at all.
    #[must_use]
    pub fn boards_changed(&self) -> broadcast::Receiver<BoardWord> {
        self.inner.hearers.boards.subscribe()
    }

    /// Ends all connections, after the writes that are under way.
    pub async fn close(&self) {
        self.inner.writer.close().await;
        self.inner
            .beside
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .abort_all();
        self.inner.readers.close().await;
    }

    pub(crate) fn readers(&self) -> &AnyPool {
        &self.inner.readers
    }

    pub(crate) fn writer(&self) -> &Writer {
        &self.inner.writer
    }

    pub(crate) fn locking(&self) -> Locking {
        self.inner.locking
    }
}

/// Connections of one kind. On SQLite writing has exactly one, and only it makes checkpoints.
async fn pool(
    url: &str,
    engine: Engine,
    writes: bool,
    sqlite_min: &'static str,
) -> Result<AnyPool, StoreError> {
    let max = if engine == Engine::Sqlite && writes {
        1
    } else {
        READERS_MAX
    };
    let options = AnyPoolOptions::new()
        .max_connections(max)
        .acquire_timeout(Duration::from_secs(ACQUIRE_SECONDS_MAX))
        .idle_timeout(None)
        .max_lifetime(None)
        // A file is there; a server may have closed the connection.
        .test_before_acquire(engine == Engine::Postgres)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                let setting = match (engine, writes) {
                    (Engine::Sqlite, true) => {
                        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                         PRAGMA busy_timeout = 5000; PRAGMA journal_size_limit = 67108864; PRAGMA secure_delete = ON"
                    }
                    (Engine::Sqlite, false) => {
                        "PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; PRAGMA wal_autocheckpoint = 0; \
                         PRAGMA query_only = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -16000"
                    }
                    (Engine::Postgres, _) => "SET lock_timeout = '10s'; SET TIME ZONE 'UTC'",
                };
                sqlx::raw_sql(setting).execute(connection).await.map(|_| ())
            })
        });
    let pool = options.connect(url).await?;
    if engine == Engine::Sqlite {
        refuse_old_sqlite(&pool, sqlite_min).await?;
    }
    Ok(pool)
}

/// SQLite makes the file if it is missing.
fn connection_url(url: &str, engine: Engine) -> String {
    if engine == Engine::Sqlite && !url.contains('?') {
        format!("{url}?mode=rwc")
    } else {
        url.to_owned()
    }
}

/// SQLite makes nothing, whatever the URL says.
fn existing_url(url: &str, engine: Engine) -> String {
    match engine {
        Engine::Sqlite if url.contains('?') => url.replace("mode=rwc", "mode=rw"),
        Engine::Sqlite => format!("{url}?mode=rw"),
        Engine::Postgres => url.to_owned(),
    }
}

fn make_folder(url: &str) -> Result<(), StoreError> {
    let path = sqlite_path(url);
    let Some(folder) = Path::new(path)
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    else {
        return Ok(());
    };
    std::fs::create_dir_all(folder)
        .map_err(|error| StoreError::File(format!("cannot make the folder {}: {error}", folder.display())))
}

/// The file of a `sqlite:` URL.
#[must_use]
pub fn sqlite_path(url: &str) -> &str {
    let path = url.strip_prefix("sqlite:").unwrap_or(url);
    let path = path.strip_prefix("//").unwrap_or(path);
    path.split('?').next().unwrap_or(path)
}

async fn refuse_old_sqlite(pool: &AnyPool, needed: &'static str) -> Result<(), StoreError> {
    let row = sqlx::query("SELECT sqlite_version()").fetch_one(pool).await?;
    let found: String = row.try_get(0)?;
    if is_trusted_sqlite(&found, needed) {
        Ok(())
    } else {
        Err(StoreError::SqliteTooOld { found, needed })
    }
}

/// Whether a version is the needed one or newer.
fn is_trusted_sqlite(version: &str, needed: &str) -> bool {
    numbers(version) >= numbers(needed)
}

fn numbers(version: &str) -> Vec<u32> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sqlite_with_the_wal_reset_bug_is_refused() {
        for (version, trusted) in [
            ("3.51.2", false),
            ("3.50.9", false),
            ("3.51.3", true),
            ("3.52.0", true),
            ("4.0.0", true),
        ] {
            assert_eq!(
                is_trusted_sqlite(version, SQLITE_VERSION_MIN),
                trusted,
                "{version}"
            );
        }
    }

    /// What is linked is never too old here: instead, a newer one is asked for.
    #[tokio::test]
    async fn no_database_is_opened_with_a_sqlite_that_is_too_old() {
        const NEEDED: &str = "99.0.0";
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("lafast.db").display());
        let ambient = Ambient::system;
        let made = Store::make(&url, ambient(), Locking::On, Answering::AfterCommit, NEEDED).await;
        assert!(
            matches!(made, Err(StoreError::SqliteTooOld { needed: NEEDED, .. })),
            "{made:?}"
        );
        let store = Store::make(
            &url,
            ambient(),
            Locking::On,
            Answering::AfterCommit,
            SQLITE_VERSION_MIN,
        )
        .await;
        store.unwrap().close().await;
        let looked = Store::look(&url, ambient(), NEEDED).await;
        assert!(
            matches!(looked, Err(StoreError::SqliteTooOld { needed: NEEDED, .. })),
            "{looked:?}"
        );
    }

    #[test]
    fn a_url_for_looking_makes_no_file() {
        for (url, existing) in [
            ("sqlite:data/lafast.db", "sqlite:data/lafast.db?mode=rw"),
            (
                "sqlite:a.db?cache=private&mode=rwc",
                "sqlite:a.db?cache=private&mode=rw",
            ),
            ("sqlite:a.db?mode=ro", "sqlite:a.db?mode=ro"),
        ] {
            assert_eq!(existing_url(url, Engine::Sqlite), existing);
        }
    }

    #[test]
    fn the_path_of_a_url_is_found() {
        assert_eq!(sqlite_path("sqlite:data/lafast.db"), "data/lafast.db");
        assert_eq!(sqlite_path("sqlite:///tmp/a.db?mode=rwc"), "/tmp/a.db");
    }
}

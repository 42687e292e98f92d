//! Databases for tests: a file for SQLite, a private server for PostgreSQL, one database per test.

mod board;
mod fingerprint;
mod form;
mod made;
mod plan;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant as Moment};

use domain::time::Instant;
use sqlx::Connection;
use store::engine::Locking;
use store::{Ambient, Store, StoreError};

pub use board::board_draft;
pub use fingerprint::fingerprint;
pub use form::{command, form};
pub use plan::plan;
/// The engines, for [`TestDatabase::new`].
pub use store::Engine;

/// A database of its own for one test. The folder goes when this is dropped.
#[derive(Debug)]
pub struct TestDatabase {
    /// The URL to open.
    pub url: String,
    /// Which database it is.
    pub engine: Engine,
    _folder: Option<tempfile::TempDir>,
}

impl TestDatabase {
    /// A database with the tables of this build and nothing in them.
    ///
    /// # Panics
    /// As [`TestDatabase::empty`].
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test without a database has failed")]
    pub fn new(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let (database, path) = Self::on_sqlite();
                std::fs::write(path, made::file()).expect("the file is written");
                database
            }
            Engine::Postgres => Self::on_postgres(made::template()),
        }
    }

    /// A database without anything: on SQLite not even the file is there.
    ///
    /// # Panics
    /// When no folder can be made, or PostgreSQL does not start.
    #[must_use]
    pub fn empty(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::on_sqlite().0,
            Engine::Postgres => Self::on_postgres("template0"),
        }
    }

    #[expect(clippy::expect_used, reason = "a test without a database has failed")]
    fn on_sqlite() -> (Self, PathBuf) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("lafast.db");
        let database = Self {
            url: format!("sqlite:{}", path.display()),
            engine: Engine::Sqlite,
            _folder: Some(folder),
        };
        (database, path)
    }

    #[expect(clippy::expect_used, reason = "a test without a database has failed")]
    fn on_postgres(template: &str) -> Self {
        Self {
            url: postgres().database(template).expect("a PostgreSQL database"),
            engine: Engine::Postgres,
            _folder: None,
        }
    }

    /// Opens it with a clock that stands still at `start`.
    ///
    /// # Panics
    /// When it cannot be opened.
    #[expect(clippy::expect_used, reason = "a test without a database has failed")]
    pub async fn open_at(&self, start: Instant) -> Store {
        Store::open(&self.url, Ambient::manual(start))
            .await
            .expect("the database opens")
    }

    /// Opens it with the machine's clock and, for the tests that show what it is for, without the lock.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn open_with(&self, ambient: Ambient, locking: Locking) -> Result<Store, StoreError> {
        Store::open_with(&self.url, ambient, locking).await
    }
}

/// What a test takes away from a database on SQLite, to show that it would notice.
#[derive(Clone, Copy, Debug)]
pub enum Sabotage {
    /// It is forgotten that a sign-in code was used.
    CodesStayUnused,
    /// It is forgotten that a wrong code was tried.
    TriesAreForgotten,
    /// Sign-in codes count as made an hour later than they were.
    CodesStayFresh,
    /// Whoever has a place already waits longer for the answer to a sign-up.
    KnownAddressesTakeLonger,
    /// Whoever has a place waits longer for the answer to a wish for the links.
    KnownLinksTakeLonger,
    /// Whoever has an account waits longer for the answer to a wish for a code.
    KnownAccountsTakeLonger,
}

impl Sabotage {
    fn sql(self) -> &'static str {
        match self {
            Self::CodesStayUnused => {
                "CREATE TRIGGER sabotage AFTER UPDATE OF redeemed_at ON sign_in_code
                 BEGIN UPDATE sign_in_code SET redeemed_at = NULL WHERE id = NEW.id; END"
            }
            Self::TriesAreForgotten => {
                "CREATE TRIGGER sabotage AFTER UPDATE OF tries ON sign_in_code
                 BEGIN UPDATE sign_in_code SET tries = 0 WHERE id = NEW.id; END"
            }
            Self::CodesStayFresh => {
                "CREATE TRIGGER sabotage AFTER INSERT ON sign_in_code
                 BEGIN UPDATE sign_in_code SET created_at = created_at + 3600000000 WHERE id = NEW.id; END"
            }
            Self::KnownAccountsTakeLonger => {
                "CREATE TRIGGER sabotage AFTER INSERT ON sign_in_code
                    WHEN EXISTS (SELECT 1 FROM person WHERE person.email_key = NEW.email_key)
                 BEGIN SELECT COUNT(*) FROM audit AS one, audit AS other WHERE one.hash < other.hash; END"
            }
            Self::KnownLinksTakeLonger => {
                "CREATE TRIGGER sabotage AFTER INSERT ON outbox WHEN NEW.occasion = 'links_wanted'
                    AND EXISTS (SELECT 1 FROM sign_up WHERE LOWER(sign_up.email) = LOWER(NEW.recipient))
                 BEGIN SELECT COUNT(*) FROM audit AS one, audit AS other WHERE one.hash < other.hash; END"
            }
            Self::KnownAddressesTakeLonger => {
                "CREATE TRIGGER sabotage AFTER INSERT ON outbox WHEN NEW.occasion = 'link_again'
                 BEGIN SELECT COUNT(*) FROM audit AS one, audit AS other WHERE one.hash < other.hash; END"
            }
        }
    }

    /// Does it to the database of a store.
    ///
    /// # Panics
    /// When the database does not take it.
    #[expect(clippy::expect_used, reason = "a sabotage that does not work shows nothing")]
    pub async fn of(self, store: &Store) {
        run_sql(store.url(), self.sql())
            .await
            .expect("the sabotage works");
    }
}

/// Runs statements past the writer, on a connection of their own.
///
/// # Errors
/// When the database does not take them.
pub async fn run_sql(url: &str, sql: &'static str) -> Result<(), StoreError> {
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(url).await?;
    sqlx::raw_sql(sql).execute(&mut connection).await?;
    Ok(connection.close().await?)
}

/// Makes two tests of one: on SQLite and on PostgreSQL. The body gets a [`TestDatabase`].
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$attribute:meta])* async fn $name:ident($database:ident: TestDatabase) $body:block)+) => {$(
        $(#[$attribute])*
        mod $name {
            use super::*;

            async fn story($database: $crate::TestDatabase) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                story($crate::TestDatabase::new($crate::Engine::Sqlite)).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                story($crate::TestDatabase::new($crate::Engine::Postgres)).await;
            }
        }
    )+};
}

/// The private PostgreSQL server of this test process.
#[derive(Debug)]
struct Postgres {
    port: u16,
    bin: PathBuf,
    databases: AtomicU32,
    _folder: tempfile::TempDir,
    _watchdog: Child,
}

#[expect(clippy::expect_used, reason = "a test without a database has failed")]
fn postgres() -> &'static Postgres {
    static SERVER: OnceLock<Postgres> = OnceLock::new();
    SERVER.get_or_init(|| Postgres::start().expect("a private PostgreSQL starts"))
}

impl Postgres {
    fn start() -> std::io::Result<Self> {
        let bin = find_bin()?;
        // In /tmp and readable, because the server may have to run as another user.
        let folder = tempfile::Builder::new()
            .prefix("lafast-postgres-")
            .tempdir_in("/tmp")?;
        let data = folder.path().join("data");
        std::fs::create_dir(&data)?;
        let as_root = is_root();
        if as_root {
            run(Command::new("chown").arg("-R").arg("postgres").arg(folder.path()))?;
        }
        run(as_postgres(as_root, &bin.join("initdb"))
            .args([
                "--auth=trust",
                "--username=lafast",
                "--encoding=UTF8",
                "--locale=C",
                "--pgdata",
            ])
            .arg(&data))?;
        let port = free_port()?;
        let log = std::fs::File::create(folder.path().join("log"))?;
        let mut server = as_postgres(as_root, &bin.join("postgres"));
        // Without a locale it does not start on every system.
        server.env("LC_ALL", "C");
        server
            .arg("-D")
            .arg(&data)
            .args([
                "-h",
                "127.0.0.1",
                "-p",
                &port.to_string(),
                "-c",
                "max_connections=300",
                // What these databases hold is gone with the process: nothing is tidied and nothing waits for a disk.
                "-c",
                "autovacuum=off",
                "-c",
                "fsync=off",
            ])
            .arg("-k")
            .arg(folder.path())
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        let server = server.spawn()?;
        // Statics are never dropped: a watchdog ends the server and its folder with this process, however
        // that ends. It waits on a pipe that closes when the process is gone.
        let watchdog = Command::new("sh")
            .arg("-c")
            .arg("cat >/dev/null; kill -INT \"$1\" 2>/dev/null; while kill -0 \"$1\" 2>/dev/null; do sleep 0.1; done; rm -rf \"$2\"")
            .arg("watchdog")
            .arg(server.id().to_string())
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        wait_for_port(port)?;
        Ok(Self {
            port,
            bin,
            databases: AtomicU32::new(0),
            _folder: folder,
            _watchdog: watchdog,
        })
    }

    /// A new database of this server, as a copy of another one.
    fn database(&self, template: &str) -> std::io::Result<String> {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::SeqCst));
        let port = self.port.to_string();
        let end = Moment::now() + Duration::from_secs(30);
        loop {
            let made = run(Command::new(self.bin.join("createdb"))
                // template1 can be in use, by the server's own housekeeping too, and is refused then.
                .args(["-h", "127.0.0.1", "-p", &port, "-U", "lafast", "-T", template])
                .arg(&name));
            // The port is open a moment before the database is, and who has just left a database is in it for a moment.
            let is_for_now =
                |said: &str| said.contains("starting up") || said.contains("accessed by other users");
            match made {
                Err(error) if is_for_now(&error.to_string()) && Moment::now() < end => {}
                made => break made?,
            }
        }
        Ok(format!("postgres://lafast@127.0.0.1:{port}/{name}"))
    }
}

/// The folder with `initdb` and `postgres`: `LAFAST_POSTGRES_BIN`, `PATH`, or where Debian puts it.
fn find_bin() -> std::io::Result<PathBuf> {
    let mut folders = std::env::var_os("LAFAST_POSTGRES_BIN")
        .map(PathBuf::from)
        .into_iter()
        .collect::<Vec<_>>();
    folders.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    for version in (13..=20).rev() {
        folders.push(PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
        for homebrew in ["/opt/homebrew", "/usr/local"] {
            folders.push(PathBuf::from(format!("{homebrew}/opt/postgresql@{version}/bin")));
        }
    }
    folders
        .into_iter()
        .find(|folder| {
            ["initdb", "postgres", "createdb"]
                .iter()
                .all(|program| folder.join(program).is_file())
        })
        .ok_or_else(|| std::io::Error::other("PostgreSQL's initdb was not found; run bin/setup --test"))
}

/// PostgreSQL refuses to run as root.
fn as_postgres(as_root: bool, program: &Path) -> Command {
    if as_root {
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
            .arg(program);
        command.current_dir("/tmp");
        command
    } else {
        Command::new(program)
    }
}

fn is_root() -> bool {
    Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.starts_with(b"0"))
}

fn run(command: &mut Command) -> std::io::Result<()> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() {
        Ok(())
    } else {
        Err(std::io::Error::other(
            String::from_utf8_lossy(&output.stderr).into_owned(),
        ))
    }
}

fn free_port() -> std::io::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn wait_for_port(port: u16) -> std::io::Result<()> {
    let end = Moment::now() + Duration::from_secs(30);
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        if Moment::now() > end {
            return Err(std::io::Error::other(
                "PostgreSQL did not open its port within 30 s",
            ));
        }
        std::thread::yield_now();
    }
    Ok(())
}

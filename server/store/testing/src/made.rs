//! The tables of this build, made once in each test process and copied from then on: to apply every migration takes longer than
//! most stories.

use std::future::Future;
use std::sync::OnceLock;

use domain::time::Instant;
use store::{Ambient, Engine, Store, StoreError};

use crate::{TestDatabase, postgres};

/// The file of a database on SQLite that has the tables and nothing else.
#[expect(clippy::expect_used, reason = "a test without a database has failed")]
pub(super) fn file() -> &'static [u8] {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    FILE.get_or_init(|| {
        let database = TestDatabase::empty(Engine::Sqlite);
        make(&database.url).expect("the tables are made");
        let path = database.url.strip_prefix("sqlite:").unwrap_or_default();
        std::fs::read(path).expect("the file is read")
    })
}

/// The name of a database on the private PostgreSQL that has the tables and nothing else. Nobody is connected to it.
#[expect(clippy::expect_used, reason = "a test without a database has failed")]
pub(super) fn template() -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| {
        let url = postgres().database("template0").expect("a PostgreSQL database");
        make(&url).expect("the tables are made");
        url.rsplit('/').next().unwrap_or_default().to_owned()
    })
}

/// Opens a database and closes it again.
fn make(url: &str) -> Result<(), StoreError> {
    apart(async {
        Store::open(url, Ambient::manual(Instant(0))).await?.close().await;
        Ok(())
    })
}

/// Runs this on a thread with a runtime of its own: the test may be on one already.
#[expect(clippy::expect_used, reason = "a test without a database has failed")]
fn apart<T: Send>(work: impl Future<Output = T> + Send) -> T {
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(work)
    };
    std::thread::scope(|scope| scope.spawn(run).join().expect("the thread ends well"))
}

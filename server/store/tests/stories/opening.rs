//! Opening a database: what is not of this version is refused, and who only looks changes nothing.

use std::path::Path;

use domain::time::Instant;
use sqlx::{AnyConnection, Connection, Row};
use store::audit::Actor;
use store::{Ambient, Engine, Store, StoreError, backup, migrate};
use store_testing::{TestDatabase, plan, run_sql};

fn ambient() -> Ambient {
    Ambient::manual(Instant::from_input("2026-11-09T09:00").unwrap())
}

/// The tables of this version.
async fn made(database: &TestDatabase) {
    Store::open(&database.url, ambient()).await.unwrap().close().await;
}

async fn looks(database: &TestDatabase) -> migrate::Standing {
    let store = Store::open_existing(&database.url, ambient()).await.unwrap();
    let standing = store.migrations().await.unwrap();
    assert_eq!(store.is_ready().await.unwrap(), standing.is_current());
    store.close().await;
    standing
}

const NEWER: &str = "INSERT INTO migration (name, checksum) VALUES ('9999_later', 'x')";

store_testing::on_both_engines! {
    async fn a_migration_that_was_changed_is_refused(database: TestDatabase) {
        made(&database).await;
        assert!(looks(&database).await.is_current());
        run_sql(&database.url, "UPDATE migration SET checksum = 'x' WHERE name = '0002_workshops'").await.unwrap();
        assert_eq!(looks(&database).await.changed, ["0002_workshops"]);
        let opened = Store::open(&database.url, ambient()).await;
        assert!(
            matches!(&opened, Err(StoreError::MigrationChanged(name)) if name == "0002_workshops"),
            "{opened:?}"
        );
    }

    async fn a_migration_of_a_newer_version_is_refused(database: TestDatabase) {
        made(&database).await;
        run_sql(&database.url, NEWER).await.unwrap();
        assert_eq!(looks(&database).await.unknown, ["9999_later"]);
        let opened = Store::open(&database.url, ambient()).await;
        assert!(
            matches!(&opened, Err(StoreError::MigrationUnknown(name)) if name == "9999_later"),
            "{opened:?}"
        );
    }

    async fn who_looks_applies_no_migration(database: TestDatabase) {
        made(&database).await;
        let last = migrate::names().last().unwrap();
        run_sql(&database.url, "DELETE FROM migration WHERE name = (SELECT MAX(name) FROM migration)").await.unwrap();
        for _ in 0..2 {
            assert_eq!(looks(&database).await.missing, [last]);
        }
    }
}

fn file(database: &TestDatabase) -> &Path {
    Path::new(database.url.strip_prefix("sqlite:").unwrap())
}

/// A copy of a database that is closed again.
async fn copied(database: &TestDatabase) -> std::path::PathBuf {
    made(database).await;
    let store = Store::open_existing(&database.url, ambient()).await.unwrap();
    let copy = file(database).with_file_name("copy.db");
    store.backup(&copy).await.unwrap();
    store.close().await;
    copy
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_looks_makes_no_file_and_cannot_write() {
    let database = TestDatabase::empty(Engine::Sqlite);
    let looked = Store::open_existing(&database.url, ambient()).await;
    assert!(matches!(looked, Err(StoreError::File(_))), "{looked:?}");
    assert!(!file(&database).exists());
    made(&database).await;
    let store = Store::open_existing(&database.url, ambient()).await.unwrap();
    let written = store
        .write(|tx| {
            Box::pin(async move {
                sqlx::query("DELETE FROM migration")
                    .execute(&mut *tx.conn)
                    .await?;
                Ok(())
            })
        })
        .await;
    assert!(written.is_err(), "{written:?}");
    store.close().await;
    assert!(looks(&database).await.is_current());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_open_is_not_replaced() {
    let database = TestDatabase::empty(Engine::Sqlite);
    let copy = copied(&database).await;
    let store = Store::open(&database.url, ambient()).await.unwrap();
    let restored = backup::restore(&database.url, &copy).await;
    assert!(
        matches!(&restored, Err(StoreError::File(said)) if said.contains("is in use")),
        "{restored:?}"
    );
    assert!(store.is_ready().await.unwrap());
    store.close().await;
    backup::restore(&database.url, &copy).await.unwrap();
    assert!(looks(&database).await.is_current());
}

/// By then the tables of a copy are there and filled.
const REFUSES_INDEXES: &str = "
    CREATE FUNCTION refuses() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no index today'; END $$;
    CREATE EVENT TRIGGER refuses ON ddl_command_start WHEN TAG IN ('CREATE INDEX') EXECUTE FUNCTION refuses()";

/// Puts a copy back once nobody has the database open any more: PostgreSQL needs a moment to notice that somebody went.
async fn put_back(database: &TestDatabase, copy: &Path) -> Result<backup::BackupReport, StoreError> {
    loop {
        match backup::restore(&database.url, copy).await {
            Err(StoreError::File(said)) if said.contains("is in use") => {}
            done => return done,
        }
    }
}

async fn make_workshop(store: &Store) {
    store
        .create_workshop(Actor::System, &plan(ambient().now(), 30, 12))
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_is_copied_while_it_serves_and_put_back_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("lafast.dump");
    let database = TestDatabase::new(Engine::Postgres);
    let store = Store::open(&database.url, ambient()).await.unwrap();
    make_workshop(&store).await;
    let written = store.backup(&copy).await.unwrap();
    assert_eq!((written.workshops, written.sign_ups), (1, 0));
    assert!(
        matches!(store.backup(&copy).await, Err(StoreError::File(_))),
        "it is there already"
    );
    let restored = backup::restore(&database.url, &copy).await;
    assert!(
        matches!(&restored, Err(StoreError::File(said)) if said.contains("is in use")),
        "{restored:?}"
    );
    make_workshop(&store).await;
    store.close().await;

    // A copy that was touched changes nothing.
    let damaged = folder.path().join("damaged.dump");
    let mut bytes = std::fs::read(&copy).unwrap();
    let last = bytes.len() - 600;
    bytes[last..last + 200].fill(0xff);
    std::fs::write(&damaged, bytes).unwrap();
    let refused = put_back(&database, &damaged).await;
    assert!(
        matches!(&refused, Err(StoreError::File(said)) if said.contains("not sound")),
        "{refused:?}"
    );
    assert_eq!(workshops_in(&database, "public").await, 2);

    // Nor does a sound one that cannot be taken to its end.
    run_sql(&database.url, REFUSES_INDEXES).await.unwrap();
    let refused = put_back(&database, &copy).await;
    assert!(
        matches!(&refused, Err(StoreError::File(said)) if said.contains("no index today")),
        "{refused:?}"
    );
    assert_eq!(workshops_in(&database, "public").await, 2);
    run_sql(&database.url, "DROP EVENT TRIGGER refuses; DROP FUNCTION refuses")
        .await
        .unwrap();

    assert_eq!(put_back(&database, &copy).await.unwrap(), written);
    assert!(looks(&database).await.is_current());
    assert_eq!(workshops_in(&database, "public").await, 1);
    assert_eq!(
        workshops_in(&database, "before_restore").await,
        2,
        "what was there is kept"
    );
    // What was put back is a database like any other, copied and put back again.
    let store = Store::open(&database.url, ambient()).await.unwrap();
    make_workshop(&store).await;
    let again = folder.path().join("again.dump");
    assert_eq!(store.backup(&again).await.unwrap().workshops, 2);
    store.close().await;
    put_back(&database, &again).await.unwrap();
    assert_eq!(workshops_in(&database, "before_restore").await, 2);
    assert_eq!(workshops_in(&database, "public").await, 2);
}

async fn workshops_in(database: &TestDatabase, schema: &str) -> i64 {
    let mut connection = AnyConnection::connect(&database.url).await.unwrap();
    let sql = format!("SELECT COUNT(*) FROM {schema}.workshop");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql))
        .fetch_one(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    row.try_get(0).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_of_a_newer_version_is_not_restored_and_one_over_a_damaged_file_is() {
    let database = TestDatabase::empty(Engine::Sqlite);
    let copy = copied(&database).await;
    let newer = copy.with_file_name("newer.db");
    std::fs::copy(&copy, &newer).unwrap();
    run_sql(&format!("sqlite:{}", newer.display()), NEWER)
        .await
        .unwrap();
    let restored = backup::restore(&database.url, &newer).await;
    assert!(
        matches!(restored, Err(StoreError::MigrationUnknown(_))),
        "{restored:?}"
    );
    std::fs::write(file(&database), "this was a database".repeat(1_000)).unwrap();
    backup::restore(&database.url, &copy).await.unwrap();
    assert!(looks(&database).await.is_current());
    let kept = std::fs::read_to_string(file(&database).with_extension("before-restore")).unwrap();
    assert!(kept.starts_with("this was a database"));
}

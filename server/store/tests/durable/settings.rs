//! What the writer's connection is set to: only what waits for the disk is durable, and only what is overwritten is erased.

use sqlx::Row;
use store::{Ambient, Engine, Store};
use store_testing::{TestDatabase, run_sql};

use crate::at_work;

/// The settings of the writer's connection that make a commit durable, the schema hold and erased texts go, as they have to be.
fn settings(engine: Engine) -> &'static [(&'static str, &'static str)] {
    match engine {
        // https://www.sqlite.org/pragma.html: 2 is FULL.
        Engine::Sqlite => &[
            ("PRAGMA synchronous", "2"),
            ("PRAGMA journal_mode", "wal"),
            ("PRAGMA foreign_keys", "1"),
            // What is erased is overwritten, also in pages that become free; see erased.rs.
            ("PRAGMA secure_delete", "1"),
        ],
        Engine::Postgres => &[("SHOW synchronous_commit", "on")],
    }
}

/// Which of them are otherwise, on the connection that writes.
async fn weaknesses(store: &Store) -> Vec<String> {
    let found = store.write(|tx| {
        Box::pin(async move {
            let mut found = Vec::new();
            for (setting, wanted) in settings(tx.engine) {
                let row = sqlx::query(*setting).fetch_one(&mut *tx.conn).await?;
                let number = row.try_get::<i64, _>(0).map(|number| number.to_string());
                let value = number.or_else(|_| row.try_get::<String, _>(0))?;
                if value != *wanted {
                    found.push(format!("{setting}: {value}"));
                }
            }
            Ok(found)
        })
    });
    found.await.unwrap()
}

/// Changes a setting of the connection that writes, between two transactions.
pub async fn weaken(store: &Store, sql: &'static str) {
    let weakened =
        store.write(move |tx| Box::pin(async move { Ok(sqlx::raw_sql(sql).execute(&mut *tx.conn).await?) }));
    weakened.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_writer_waits_for_the_disk_on_sqlite() {
    let database = TestDatabase::new(Engine::Sqlite);
    let store = at_work(&database).await;
    assert_eq!(weaknesses(&store).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_writer_waits_for_the_disk_on_postgres() {
    let database = TestDatabase::new(Engine::Postgres);
    let store = at_work(&database).await;
    assert_eq!(weaknesses(&store).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sabotage_a_weaker_setting_is_noticed_on_sqlite() {
    let database = TestDatabase::new(Engine::Sqlite);
    let store = at_work(&database).await;
    weaken(
        &store,
        "COMMIT; PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE; SAVEPOINT change",
    )
    .await;
    assert_eq!(weaknesses(&store).await, ["PRAGMA synchronous: 1"]);
    weaken(
        &store,
        "COMMIT; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE; SAVEPOINT change",
    )
    .await;
    assert_eq!(weaknesses(&store).await, ["PRAGMA foreign_keys: 0"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sabotage_a_weaker_setting_is_noticed_on_postgres() {
    let database = TestDatabase::new(Engine::Postgres);
    at_work(&database).await.close().await;
    let weaken = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$";
    run_sql(&database.url, weaken).await.unwrap();
    let store = Store::open(&database.url, Ambient::system()).await.unwrap();
    assert_eq!(weaknesses(&store).await, ["SHOW synchronous_commit: off"]);
}

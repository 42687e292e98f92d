//! R3: the one writer, and the patience of its connection, keep SQLite from refusing anybody. What keeps PostgreSQL from it, the
//! order of locks, is taken away in `stories/at_once.rs`.

use futures::future::join_all;
use sqlx::Connection;
use store::writer::Tx;
use store::{Ambient, Engine, Store, StoreError};
use store_testing::TestDatabase;
use tokio::sync::oneshot;

use crate::at_work;

/// Who writes at the same time, and how often each.
const WRITERS: usize = 8;
const WRITES: usize = 25;
/// A change that writes, and leaves everything as it was.
const CHANGE: &str = "UPDATE audit_head SET seq = seq WHERE id = 1";

async fn change(tx: &mut Tx) -> Result<(), StoreError> {
    sqlx::query(CHANGE).execute(&mut *tx.conn).await?;
    Ok(())
}

/// Changes again and again through the writer of a store. Returns how often it was refused.
async fn through_the_writer(store: Store) -> usize {
    let mut refused = 0;
    for _ in 0..WRITES {
        let outcome = store.write(|tx| Box::pin(change(tx))).await;
        refused += usize::from(outcome.is_err());
    }
    refused
}

/// The same past the writer, on a connection of its own that does not wait for others.
async fn past_the_writer(url: &str) -> usize {
    let mut connection = sqlx::AnyConnection::connect(url).await.unwrap();
    let impatient = sqlx::raw_sql("PRAGMA busy_timeout = 0");
    impatient.execute(&mut connection).await.unwrap();
    let mut refused = 0;
    for _ in 0..WRITES {
        match sqlx::query(CHANGE).execute(&mut connection).await {
            Ok(_) => {}
            Err(error) if error.to_string().contains("database is locked") => refused += 1,
            Err(error) => panic!("{error}"),
        }
    }
    connection.close().await.unwrap();
    refused
}

/// Lets everybody write at once. Returns how often somebody was refused.
async fn at_once<W: Future<Output = usize> + Send + 'static>(writers: impl Iterator<Item = W>) -> usize {
    let writers = join_all(writers.map(tokio::spawn)).await;
    writers.into_iter().map(|refused| refused.unwrap()).sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_refused_because_others_write() {
    let database = TestDatabase::new(Engine::Sqlite);
    let store = at_work(&database).await;
    let writers = (0..WRITERS).map(|_| through_the_writer(store.clone()));
    assert_eq!(at_once(writers).await, 0);
    // Nor where a command writes beside the server.
    let beside = Store::open(&database.url, Ambient::system()).await.unwrap();
    let stores = [store, beside];
    let writers = (0..WRITERS).map(|one| through_the_writer(stores[one % 2].clone()));
    assert_eq!(at_once(writers).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sabotage_past_the_writer_and_without_patience_each_write_is_refused() {
    let database = TestDatabase::new(Engine::Sqlite);
    let store = at_work(&database).await;
    let (begun, has_begun) = oneshot::channel();
    let (end, may_end) = oneshot::channel();
    let writer = store.clone();
    let under_way = tokio::spawn(async move {
        let held = writer.write(move |tx| {
            Box::pin(async move {
                change(tx).await?;
                begun.send(()).unwrap();
                may_end.await.unwrap();
                Ok(())
            })
        });
        held.await
    });
    has_begun.await.unwrap();
    assert_eq!(past_the_writer(&database.url).await, WRITES);
    end.send(()).unwrap();
    under_way.await.unwrap().unwrap();
    // It is the other change that refuses them, nothing else.
    assert_eq!(past_the_writer(&database.url).await, 0);
}

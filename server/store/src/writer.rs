//! Every change goes through here, in a transaction.
//!
//! SQLite has one writer task with one connection. Requests queue; those that wait together are committed
//! together, each in a savepoint of its own; answers go out after the commit. PostgreSQL gives each change a
//! transaction, and rows that are contended for are locked (see [`Tx::lock`]).

use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::time::Instant;
use futures::FutureExt;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyPool, Row};
use tokio::sync::{mpsc, oneshot};

use crate::boards::known::KnownBoards;
use crate::tail::Tail;
use crate::word::{Hearers, Word};
use crate::{Ambient, Engine, Store, StoreError};

/// Changes that may wait; beyond, the answer is "busy".
const QUEUE_MAX: usize = 8_192;
/// Changes that are committed together at most.
const GROUP_MAX: usize = 128;
/// A write-ahead log above this many pages (of 4 KiB) is written back as soon as the queue is empty.
const CHECKPOINT_PAGES: i64 = 2_000;

/// What a change returns while it runs.
pub type WriteFuture<'tx, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'tx>>;

/// A transaction that is under way.
#[derive(Debug)]
pub struct Tx {
    /// The connection, for queries: `&mut *tx.conn`.
    pub conn: PoolConnection<Any>,
    /// Which database it is.
    pub engine: Engine,
    /// Ids and randomness.
    pub ambient: Ambient,
    /// When this change happens: one instant for all its rows.
    pub now: Instant,
    /// Who hears of it after the commit.
    pub(crate) word: Word,
    /// Boards as they were after the last change.
    pub(crate) known: KnownBoards,
    /// Log rows and mails that are written before the commit.
    pub(crate) tail: Tail,
}

impl Tx {
    fn new(conn: PoolConnection<Any>, engine: Engine, ambient: Ambient, known: KnownBoards) -> Self {
        let now = ambient.now();
        Self {
            conn,
            engine,
            ambient,
            now,
            word: Word::default(),
            known,
            tail: Tail::default(),
        }
    }

    async fn execute(&mut self, sql: &'static str) -> Result<(), sqlx::Error> {
        sqlx::query(sql).execute(&mut *self.conn).await.map(|_| ())
    }

    /// Locks the row of a Veranstaltung until the commit. On SQLite the single writer is the lock.
    ///
    /// # Errors
    /// When the row is not there, or the lock was not to be had in time.
    pub async fn lock(&mut self, workshop: &str) -> Result<(), StoreError> {
        self.lock_row("SELECT id FROM workshop WHERE id = $1 FOR UPDATE", workshop)
            .await
    }

    /// As [`Tx::lock`], for a board: its records get their numbers one after another.
    ///
    /// # Errors
    /// As [`Tx::lock`].
    pub async fn lock_board(&mut self, board: &str) -> Result<(), StoreError> {
        self.lock_row("SELECT id FROM board WHERE id = $1 FOR UPDATE", board)
            .await
    }

    /// As [`Tx::lock`], for a module, by its short name.
    ///
    /// # Errors
    /// As [`Tx::lock`].
    pub async fn lock_module(&mut self, code: &str) -> Result<(), StoreError> {
        self.lock_row("SELECT id FROM module WHERE code = $1 FOR UPDATE", code)
            .await
    }

    /// As [`Tx::lock`], for a certificate, by its short name.
    ///
    /// # Errors
    /// As [`Tx::lock`].
    pub async fn lock_programme(&mut self, code: &str) -> Result<(), StoreError> {
        self.lock_row("SELECT id FROM programme WHERE code = $1 FOR UPDATE", code)
            .await
    }

    /// As [`Tx::lock`], for an application for recognition.
    ///
    /// # Errors
    /// As [`Tx::lock`].
    pub async fn lock_recognition(&mut self, recognition: &str) -> Result<(), StoreError> {
        self.lock_row("SELECT id FROM recognition WHERE id = $1 FOR UPDATE", recognition)
            .await
    }

    /// As [`Tx::lock`], for what has no row yet: whoever names the same thing waits.
    ///
    /// # Errors
    /// When the lock was not to be had in time.
    pub async fn lock_name(&mut self, name: &str) -> Result<(), StoreError> {
        // The lock's own answer has no type that every engine's rows can hold.
        self.lock_row(
            "SELECT CAST(pg_advisory_xact_lock(hashtextextended($1, 0)) AS TEXT)",
            name,
        )
        .await
    }

    async fn lock_row(&mut self, sql: &'static str, id: &str) -> Result<(), StoreError> {
        if self.engine == Engine::Postgres {
            sqlx::query(sql).bind(id).fetch_one(&mut *self.conn).await?;
        }
        Ok(())
    }
}

/// When a change is answered. Early only in the tests that show what waiting for the commit is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answering {
    /// As it should be: once it is durable.
    AfterCommit,
    /// As soon as it has run, as a writer would that does not wait for the disk.
    BeforeCommit,
}

/// One change that waits for the writer.
trait Job: Send {
    /// Runs the change and keeps its outcome. Returns whether it worked.
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> Pin<Box<dyn Future<Output = bool> + Send + 'a>>;
    /// Answers, once it is known whether the change is durable. Doing it again does nothing.
    fn finish(&mut self, committed: bool);
}

impl std::fmt::Debug for dyn Job {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Job")
    }
}

/// A change, its outcome, and who waits for it.
struct Change<F, T> {
    change: Option<F>,
    outcome: Option<Result<T, StoreError>>,
    word: Word,
    hearers: Hearers,
    answer: Option<oneshot::Sender<Result<T, StoreError>>>,
}

impl<F, T> Job for Change<F, T>
where
    F: for<'tx> FnOnce(&'tx mut Tx) -> WriteFuture<'tx, T> + Send,
    T: Send,
{
    fn run<'a>(&'a mut self, tx: &'a mut Tx) -> Pin<Box<dyn Future<Output = bool> + Send + 'a>> {
        Box::pin(async move {
            let Some(change) = self.change.take() else {
                return false;
            };
            tx.word = Word::default();
            // A fault in one change is undone with it: it ends neither the writer nor the changes beside it.
            let running = AssertUnwindSafe(async { change(&mut *tx).await });
            let outcome = running.catch_unwind().await.unwrap_or_else(|_| {
                tracing::error!("a change panicked");
                Err(StoreError::Panicked)
            });
            let worked = outcome.is_ok();
            self.word = std::mem::take(&mut tx.word);
            self.outcome = Some(outcome);
            worked
        })
    }

    fn finish(&mut self, committed: bool) {
        let Some(answer) = self.answer.take() else {
            return;
        };
        let outcome = match self.outcome.take() {
            Some(Err(error)) => Err(error),
            Some(Ok(value)) if committed => {
                self.hearers.tell(std::mem::take(&mut self.word));
                Ok(value)
            }
            _ => Err(StoreError::Busy),
        };
        // Nobody may be left to hear the answer: the request was dropped, the change stands.
        drop(answer.send(outcome));
    }
}

/// The way to the database for changes.
#[derive(Debug)]
pub(crate) struct Writer {
    engine: Engine,
    pool: AnyPool,
    ambient: Ambient,
    queue: Option<mpsc::Sender<Box<dyn Job>>>,
    hearers: Hearers,
    commits: Commits,
    answering: Answering,
}

/// How often this process has committed. Counted before anybody hears of a change: who has heard of it and then
/// finds the count as it was before finds the data as they were, too.
#[derive(Clone, Debug, Default)]
struct Commits(Arc<AtomicU64>);

impl Commits {
    fn count(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl Writer {
    /// Starts the writer task (SQLite) or keeps the pool (PostgreSQL).
    pub(crate) fn start(
        engine: Engine,
        pool: AnyPool,
        ambient: Ambient,
        hearers: Hearers,
        answering: Answering,
    ) -> Self {
        let commits = Commits::default();
        let queue = (engine == Engine::Sqlite).then(|| {
            let (sender, receiver) = mpsc::channel(QUEUE_MAX);
            tokio::spawn(write_groups(
                pool.clone(),
                ambient.clone(),
                hearers.known.clone(),
                receiver,
                commits.clone(),
                answering,
            ));
            sender
        });
        Self {
            engine,
            pool,
            ambient,
            queue,
            hearers,
            commits,
            answering,
        }
    }

    /// Whether changes are still taken: on SQLite, whether the writer task lives.
    pub(crate) fn is_alive(&self) -> bool {
        self.queue.as_ref().is_none_or(|queue| !queue.is_closed())
    }

    /// A connection that writes; on SQLite the only one, between two groups of changes: they wait for it.
    pub(crate) async fn connection(&self) -> Result<PoolConnection<Any>, sqlx::Error> {
        self.pool.acquire().await
    }

    /// Ends the connections, after the changes that are under way.
    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }

    /// Hands a change to the writer task, or to a task of its own. It runs to its end even if nobody waits
    /// for it any more, so that no transaction is ever left open.
    async fn write<T, F>(&self, change: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'tx> FnOnce(&'tx mut Tx) -> WriteFuture<'tx, T> + Send + 'static,
    {
        let (answer, outcome) = oneshot::channel();
        let job: Box<dyn Job> = Box::new(Change {
            change: Some(change),
            outcome: None,
            word: Word::default(),
            hearers: self.hearers.clone(),
            answer: Some(answer),
        });
        match &self.queue {
            Some(queue) => queue.try_send(job).map_err(|_| StoreError::Busy)?,
            None => {
                let conn = self.pool.acquire().await?;
                let tx = Tx::new(
                    conn,
                    self.engine,
                    self.ambient.clone(),
                    self.hearers.known.clone(),
                );
                tokio::spawn(write_alone(tx, job, self.commits.clone(), self.answering));
            }
        }
        outcome.await.map_err(|_| StoreError::Busy)?
    }
}

impl Store {
    /// A number that is another one after each change that this process commits. What was read under one number
    /// still holds while the number is the same, as far as this process is concerned.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.writer().commits.0.load(Ordering::SeqCst)
    }

    /// Runs a change in a transaction. It is durable when this returns.
    ///
    /// # Errors
    /// What the change says, or [`StoreError::Busy`] when the queue is full or the commit failed.
    pub async fn write<T, F>(&self, change: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'tx> FnOnce(&'tx mut Tx) -> WriteFuture<'tx, T> + Send + 'static,
    {
        self.writer().write(change).await
    }
}

/// A transaction of its own (PostgreSQL).
async fn write_alone(mut tx: Tx, mut job: Box<dyn Job>, commits: Commits, answering: Answering) {
    let committed = match tx.execute("BEGIN").await {
        Ok(()) => {
            if job.run(&mut tx).await {
                answer_early(std::slice::from_mut(&mut job), answering);
                commit(&mut tx).await
            } else {
                tx.execute("ROLLBACK").await
            }
        }
        Err(error) => Err(error),
    };
    if let Err(error) = &committed {
        tracing::error!(%error, "a change could not be committed");
        // The connection may be in any state: it is not used again.
        drop(tx.conn.detach());
    }
    commits.count();
    job.finish(committed.is_ok());
}

/// The writer task of SQLite: takes what waits, runs it, commits once, answers.
async fn write_groups(
    pool: AnyPool,
    ambient: Ambient,
    known: KnownBoards,
    mut queue: mpsc::Receiver<Box<dyn Job>>,
    commits: Commits,
    answering: Answering,
) {
    let mut group = Vec::with_capacity(GROUP_MAX);
    while queue.recv_many(&mut group, GROUP_MAX).await > 0 {
        let tx = match pool.acquire().await {
            Ok(conn) => {
                let mut tx = Tx::new(conn, Engine::Sqlite, ambient.clone(), known.clone());
                match run_group(&mut tx, &mut group, answering).await {
                    Ok(()) => Some(tx),
                    Err(error) => {
                        tracing::error!(%error, "a group of changes could not be committed");
                        // Harmless if nothing is open.
                        drop(tx.execute("ROLLBACK").await);
                        None
                    }
                }
            }
            Err(error) => {
                tracing::error!(%error, "the writer has no connection");
                None
            }
        };
        commits.count();
        for mut job in group.drain(..) {
            job.finish(tx.is_some());
        }
        if let Some(mut tx) = tx.filter(|_| queue.is_empty()) {
            checkpoint(&mut tx).await;
        }
        if pool.is_closed() {
            return;
        }
    }
}

/// Runs a group in one transaction, each change in a savepoint: one that fails takes no other with it.
async fn run_group(tx: &mut Tx, group: &mut [Box<dyn Job>], answering: Answering) -> Result<(), sqlx::Error> {
    // Each step is a turn of the database's thread, and waiting for it is most of what a change costs: a change that comes alone
    // takes no step more than it needs.
    const BEGIN: &str = "BEGIN IMMEDIATE; SAVEPOINT change";
    const NEXT: &str = "RELEASE change; SAVEPOINT change";
    // The savepoint stays, and serves the next change.
    const UNDO: &str = "ROLLBACK TO change";
    let mut step = BEGIN;
    for job in &mut *group {
        tx.execute(step).await?;
        tx.now = tx.ambient.now();
        let mark = tx.tail.mark();
        if job.run(tx).await {
            step = NEXT;
        } else {
            tx.tail.back_to(mark);
            step = UNDO;
        }
    }
    // What failed last is not committed with the others; what worked last is, with its savepoint open.
    if step == UNDO {
        tx.execute(step).await?;
    }
    answer_early(group, answering);
    commit(tx).await
}

/// What [`Answering::BeforeCommit`] does.
fn answer_early(group: &mut [Box<dyn Job>], answering: Answering) {
    if answering == Answering::BeforeCommit {
        for job in group {
            job.finish(true);
        }
    }
}

async fn commit(tx: &mut Tx) -> Result<(), sqlx::Error> {
    std::mem::take(&mut tx.tail).write(&mut tx.conn).await?;
    tx.execute("COMMIT").await
}

/// Writes the log back while nobody waits. Only the writer does this: a second one that did could trigger the
/// WAL-reset bug of older libraries.
async fn checkpoint(tx: &mut Tx) {
    let log = sqlx::query("PRAGMA wal_checkpoint(NOOP)")
        .fetch_optional(&mut *tx.conn)
        .await;
    let pages = match &log {
        Ok(Some(row)) => row.try_get::<i64, _>(1).unwrap_or(0),
        _ => 0,
    };
    if pages > CHECKPOINT_PAGES
        && let Err(error) = tx.execute("PRAGMA wal_checkpoint(TRUNCATE)").await
    {
        tracing::warn!(%error, "the write-ahead log could not be written back");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store_testing::TestDatabase;

    #[tokio::test]
    async fn a_store_whose_writer_has_ended_is_not_ready_though_it_can_read() {
        let database = TestDatabase::new(store_testing::Engine::Sqlite);
        let opened = Store::open(&database.url, Ambient::manual(Instant(0)));
        let store = opened.await.unwrap();
        assert!(store.is_ready().await.unwrap());
        store.writer().close().await;
        let refused = store.write(|_| Box::pin(async { Ok(()) })).await;
        assert!(refused.is_err());
        let ended = async {
            while store.is_ready().await.unwrap() {
                tokio::task::yield_now().await;
            }
        };
        let patience = std::time::Duration::from_secs(10);
        tokio::time::timeout(patience, ended).await.unwrap();
    }
}

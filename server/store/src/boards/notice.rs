//! Word of a board on which something was done: to who listens in this process, and on PostgreSQL to the other
//! processes on the same database (LISTEN/NOTIFY). It carries the board's id only. A notice that got lost costs time,
//! never a record: the numbers of the records tell what was missed.

use std::sync::Arc;
use std::time::Duration;

use domain::ids::BoardId;
use sqlx::postgres::PgListener;
use tokio::sync::broadcast;

use super::known::{BoardDone, BoardWord};
use crate::writer::Tx;
use crate::{Engine, StoreError};

/// The channel. Part of `pg_notify` in [`give`], too.
const CHANNEL: &str = "lafast_board";
/// Between two tries to listen again.
const TRY_EVERY: Duration = Duration::from_secs(1);

/// Tells everybody as soon as the transaction is committed: this process, which also hears what was done, and the others.
pub(super) async fn give(
    tx: &mut Tx,
    board: BoardId,
    done: Option<Arc<BoardDone>>,
) -> Result<(), StoreError> {
    let boards = &mut tx.word.boards;
    // Two things at once are read from the log.
    let done = done.filter(|_| !boards.contains_key(&board));
    boards.insert(board, done);
    if tx.engine == Engine::Postgres {
        sqlx::query("SELECT CAST(pg_notify('lafast_board', $1) AS TEXT)")
            .bind(board.to_string())
            .execute(&mut *tx.conn)
            .await?;
    }
    Ok(())
}

/// A connection that listens.
///
/// # Errors
/// When there is none to be had.
pub(crate) async fn listener(url: &str) -> Result<PgListener, StoreError> {
    let mut listener = PgListener::connect(url).await?;
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// Passes on what is heard, until the task is ended. A connection that is lost is made anew.
pub(crate) async fn pass_on(url: String, mut listener: PgListener, told: broadcast::Sender<BoardWord>) {
    loop {
        match listener.recv().await {
            Ok(notice) => {
                if let Ok(board) = BoardId::parse(notice.payload()) {
                    // Nobody may be listening.
                    drop(told.send(BoardWord { board, done: None }));
                }
            }
            Err(error) => {
                tracing::warn!(%error, "boards of other processes are heard of later");
                listener = again(&url).await;
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "nothing says when the database is back")]
async fn again(url: &str) -> PgListener {
    loop {
        tokio::time::sleep(TRY_EVERY).await;
        if let Ok(listener) = listener(url).await {
            return listener;
        }
    }
}

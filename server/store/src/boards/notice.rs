//! Word of a board on which something was done: to who listens in this process, and on PostgreSQL to the other
//! processes on the same database (LISTEN/NOTIFY). It carries the board's id, and the process that has told its own already. A notice that got lost costs time,
//! never a record: the numbers of the records tell what was missed.

use std::sync::Arc;
use std::time::Duration;

use domain::ids::BoardId;
use sqlx::postgres::PgListener;
use uuid::Uuid;

use super::known::{BoardDone, BoardWord};
use crate::word::Hearers;
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
            .bind(format!("{board} {}", tx.known.process))
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
pub(crate) async fn pass_on(url: String, mut listener: PgListener, hearers: Hearers) {
    loop {
        match listener.recv().await {
            Ok(notice) => {
                if let Some(board) = of_another(notice.payload(), hearers.known.process) {
                    // Nobody may be listening.
                    drop(hearers.boards.send(BoardWord { board, done: None }));
                }
            }
            Err(error) => {
                tracing::warn!(%error, "boards of other processes are heard of later");
                listener = again(&url).await;
            }
        }
    }
}

/// The board on which another process did something.
fn of_another(notice: &str, own: Uuid) -> Option<BoardId> {
    let (board, process) = notice.split_once(' ')?;
    let is_own = Uuid::parse_str(process).is_ok_and(|process| process == own);
    BoardId::parse(board).ok().filter(|_| !is_own)
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

//! Word of a board on which something was done: to who listens in this process, and on PostgreSQL to the other
//! processes on the same database (LISTEN/NOTIFY). It carries the board's id, the process that has told its own already,
//! and the member whose rights are others now, if that is what was done. A notice that got lost costs time, never a
//! record: the numbers of the records tell what was missed, and lines of who moderates ask for their rights by themselves.

use std::sync::Arc;
use std::time::Duration;

use domain::ids::{BoardId, MemberId};
use sqlx::postgres::PgListener;
use uuid::Uuid;

use super::known::{BoardDone, BoardNews, BoardWord};
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
    let own = tx.known.process;
    notify(tx, format!("{board} {own}")).await
}

/// Tells that a member may do more on a board than before, or less.
pub(super) async fn give_rights(tx: &mut Tx, board: BoardId, member: MemberId) -> Result<(), StoreError> {
    tx.word.rights.insert((board, member));
    let own = tx.known.process;
    notify(tx, format!("{board} {own} {member}")).await
}

async fn notify(tx: &mut Tx, notice: String) -> Result<(), StoreError> {
    if tx.engine == Engine::Postgres {
        sqlx::query("SELECT CAST(pg_notify('lafast_board', $1) AS TEXT)")
            .bind(notice)
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
                if let Some(word) = of_another(notice.payload(), hearers.known.process) {
                    // Nobody may be listening.
                    drop(hearers.boards.send(word));
                }
            }
            Err(error) => {
                tracing::warn!(%error, "boards of other processes are heard of later");
                listener = again(&url).await;
            }
        }
    }
}

/// What another process did on a board.
fn of_another(notice: &str, own: Uuid) -> Option<BoardWord> {
    let mut words = notice.split(' ');
    let board = BoardId::parse(words.next()?).ok()?;
    if Uuid::parse_str(words.next()?).is_ok_and(|process| process == own) {
        return None;
    }
    let news = match words.next() {
        Some(member) => BoardNews::Rights(MemberId::parse(member).ok()?),
        None => BoardNews::InLog,
    };
    Some(BoardWord { board, news })
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

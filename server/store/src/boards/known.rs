//! Boards as this process knows them from its last change: whoever changes one again need not read its log anew.
//!
//! A board is what its log makes of it, and a log only grows: one that is known up to a record lacks the later ones at
//! most, whoever has written them. Where the past is written anew (a text is erased, a name forgotten), the column
//! `rewritten` counts on, and what was known before does not hold any more, in no process.

use std::sync::{Arc, Mutex, PoisonError};

use domain::board::{Board, Record};
use domain::ids::{BoardId, MemberId};
use uuid::Uuid;

/// Boards that are known at the same time. Above, the one that was changed longest ago is forgotten, and read anew when
/// it is changed.
const KNOWN_MAX: usize = 64;

/// What one change has done on a board.
#[derive(Debug)]
pub struct BoardDone {
    /// The number of the last record before it.
    pub before: u64,
    /// What was done, without a gap.
    pub records: Vec<Record>,
    /// The board after it.
    pub board: Arc<Board>,
    /// How often the past of the board has been written anew.
    pub rewritten: i64,
}

impl BoardDone {
    /// Which of two is later: what was written anew holds, whatever its number.
    fn state(&self) -> (i64, u64) {
        (self.rewritten, self.board.sequence)
    }
}

/// Word that something was done on a board.
#[derive(Clone, Debug)]
pub struct BoardWord {
    /// On which.
    pub board: BoardId,
    /// What.
    pub news: BoardNews,
}

/// What was done on a board.
#[derive(Clone, Debug)]
pub enum BoardNews {
    /// This.
    Done(Arc<BoardDone>),
    /// Something: another process did it, or more than one thing was done. The log tells.
    InLog,
    /// A member may do more than before, or less. That is in no log.
    Rights(MemberId),
}

/// A board, and what was done last on it.
type Last = (BoardId, Arc<BoardDone>);

/// What this process knows of boards.
#[derive(Clone, Debug)]
pub(crate) struct KnownBoards {
    /// Its name among the processes on the same database.
    pub process: Uuid,
    /// What was done last on each, the latest at the end.
    done: Arc<Mutex<Vec<Last>>>,
}

impl KnownBoards {
    /// Nothing yet.
    pub fn new(process: Uuid) -> Self {
        Self {
            process,
            done: Arc::default(),
        }
    }

    /// What was done last on a board.
    pub fn find(&self, id: BoardId) -> Option<Arc<BoardDone>> {
        let done = self.lock();
        let known = done.iter().find(|(known, _)| *known == id);
        known.map(|(_, done)| Arc::clone(done))
    }

    /// Takes what was done, once it is durable. Two changes may be told in the wrong order: the later one stays.
    pub fn learn(&self, id: BoardId, new: &Arc<BoardDone>) {
        let mut done = self.lock();
        let old = done.iter().position(|(known, _)| *known == id);
        let latest = match old.map(|at| done.remove(at).1) {
            Some(old) if old.state() > new.state() => old,
            _ => Arc::clone(new),
        };
        if done.len() >= KNOWN_MAX {
            done.remove(0);
        }
        done.push((id, latest));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Last>> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

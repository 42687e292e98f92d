//! Boards as this process knows them from its last change: whoever changes one again need not read its log anew.
//!
//! A board is what its log makes of it, and a log only grows: one that is known up to a record lacks the later ones at
//! most, whoever has written them. Where the past is written anew (a text is erased, a name forgotten), the column
//! `rewritten` counts on, and what was known before does not hold any more, in no process.

use std::sync::{Arc, Mutex, PoisonError};

use domain::board::{Board, Record};
use domain::ids::BoardId;

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

/// Word that something was done on a board.
#[derive(Clone, Debug)]
pub struct BoardWord {
    /// On which.
    pub board: BoardId,
    /// What. Not said where another process did it, or more than one thing was done: the log tells.
    pub done: Option<Arc<BoardDone>>,
}

/// A board that is known.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    id: BoardId,
    /// How often its past had been written anew.
    pub rewritten: i64,
    /// The board, up to its sequence.
    pub board: Arc<Board>,
}

/// The boards that were changed last, the latest at the end.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownBoards(Arc<Mutex<Vec<Known>>>);

impl KnownBoards {
    /// What is known of a board.
    pub fn find(&self, id: BoardId) -> Option<Known> {
        self.lock().iter().find(|known| known.id == id).cloned()
    }

    /// Takes what was done, once it is durable. Two changes may be told in the wrong order: the later one stays.
    pub fn learn(&self, id: BoardId, done: &BoardDone) {
        let mut all = self.lock();
        let new = Known {
            id,
            rewritten: done.rewritten,
            board: Arc::clone(&done.board),
        };
        if let Some(at) = all.iter().position(|known| known.id == id) {
            let old = all.remove(at);
            let is_later = (new.rewritten, new.board.sequence) >= (old.rewritten, old.board.sequence);
            all.push(if is_later { new } else { old });
            return;
        }
        if all.len() >= KNOWN_MAX {
            all.remove(0);
        }
        all.push(new);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

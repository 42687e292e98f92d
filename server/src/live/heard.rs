//! What a room has heard of its board and not shown yet.

use std::sync::Arc;

use domain::board::{Board, Record};
use domain::ids::BoardId;
use store::boards::{BoardDone, BoardWord};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

/// What was heard. What this process has done itself need not be read in the log.
#[derive(Debug, Default)]
pub struct Heard {
    done: Vec<Arc<BoardDone>>,
    /// Whether something was done that only the log tells.
    looks: bool,
}

impl Heard {
    /// Waits for the first word of a board. False when there will be none.
    pub async fn wait(&mut self, told: &mut Receiver<BoardWord>, id: BoardId) -> bool {
        loop {
            match told.recv().await {
                Ok(word) if word.board != id => continue,
                Ok(word) => self.take(word),
                Err(RecvError::Lagged(_)) => self.look(),
                Err(RecvError::Closed) => return false,
            }
            return true;
        }
    }

    /// Takes what was said meanwhile.
    pub fn more(&mut self, told: &mut Receiver<BoardWord>, id: BoardId) {
        loop {
            match told.try_recv() {
                Ok(word) if word.board != id => {}
                Ok(word) => self.take(word),
                Err(TryRecvError::Lagged(_)) => self.look(),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    /// The log has to be looked at.
    pub fn look(&mut self) {
        self.looks = true;
    }

    fn take(&mut self, word: BoardWord) {
        match word.done {
            Some(done) => self.done.push(done),
            None => self.look(),
        }
    }

    /// The board after all that was heard, and what was done since `before`. Nothing if the log has to be looked at, or
    /// something is missing in between.
    #[must_use]
    pub fn after(&self, before: &Arc<Board>) -> Option<(Arc<Board>, Vec<Record>)> {
        if self.looks {
            return None;
        }
        let (mut board, mut records) = (Arc::clone(before), Vec::new());
        for done in &self.done {
            if done.board.sequence <= board.sequence {
                continue;
            }
            if done.before != board.sequence {
                return None;
            }
            records.extend(done.records.iter().cloned());
            board = Arc::clone(&done.board);
        }
        Some((board, records))
    }
}

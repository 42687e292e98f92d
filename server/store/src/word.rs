//! What a change leaves word of, and who hears it once it is durable: also when whoever asked for the change has gone
//! meanwhile.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::ids::BoardId;
use tokio::sync::{Notify, broadcast};

/// Words of boards that may wait for who listens.
const BOARDS_CHANGED_MAX: usize = 1_024;

/// What a change leaves word of.
#[derive(Debug, Default)]
pub(crate) struct Word {
    /// A mail was put into the outbox.
    pub mail: bool,
    /// Something was done on these boards.
    pub boards: BTreeSet<BoardId>,
}

/// Who hears of changes in this process.
#[derive(Clone, Debug)]
pub(crate) struct Hearers {
    /// Who sends mails.
    pub mail: Arc<Notify>,
    /// Who shows boards.
    pub boards: broadcast::Sender<BoardId>,
}

impl Hearers {
    /// Nobody yet.
    pub fn new() -> Self {
        Self {
            mail: Arc::default(),
            boards: broadcast::Sender::new(BOARDS_CHANGED_MAX),
        }
    }

    /// Tells of a change that is durable.
    pub fn tell(&self, word: Word) {
        if word.mail {
            self.mail.notify_one();
        }
        for board in word.boards {
            // Nobody may be listening.
            drop(self.boards.send(board));
        }
    }
}

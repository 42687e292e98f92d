//! What a change leaves word of, and who hears it once it is durable: also when whoever asked for the change has gone
//! meanwhile.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::ids::{BoardId, MemberId};
use tokio::sync::{Notify, broadcast};
use uuid::Uuid;

use crate::boards::known::{BoardDone, BoardNews, BoardWord, KnownBoards};

/// Words of boards that may wait for who listens.
const BOARDS_CHANGED_MAX: usize = 1_024;

/// What a change leaves word of.
#[derive(Debug, Default)]
pub(crate) struct Word {
    /// A mail was put into the outbox.
    pub mail: bool,
    /// Something was done on these boards; what, where that is one thing.
    pub boards: BTreeMap<BoardId, Option<Arc<BoardDone>>>,
    /// Whose rights on a board are others now.
    pub rights: BTreeSet<(BoardId, MemberId)>,
}

/// Who hears of changes in this process.
#[derive(Clone, Debug)]
pub(crate) struct Hearers {
    /// Who sends mails.
    pub mail: Arc<Notify>,
    /// Who shows boards.
    pub boards: broadcast::Sender<BoardWord>,
    /// What is known of boards.
    pub known: KnownBoards,
}

impl Hearers {
    /// Nobody yet, in the process of this name.
    pub fn new(process: Uuid) -> Self {
        Self {
            mail: Arc::default(),
            boards: broadcast::Sender::new(BOARDS_CHANGED_MAX),
            known: KnownBoards::new(process),
        }
    }

    /// Tells of a change that is durable.
    pub fn tell(&self, word: Word) {
        if word.mail {
            self.mail.notify_one();
        }
        for (board, done) in word.boards {
            if let Some(done) = &done {
                self.known.learn(board, done);
            }
            let news = done.map_or(BoardNews::InLog, BoardNews::Done);
            // Nobody may be listening.
            drop(self.boards.send(BoardWord { board, news }));
        }
        for (board, member) in word.rights {
            let news = BoardNews::Rights(member);
            drop(self.boards.send(BoardWord { board, news }));
        }
    }
}

//! What a room has heard of its board and not shown yet.

use std::sync::Arc;

use domain::board::{Board, Record};
use domain::ids::{BoardId, MemberId};
use store::boards::{BoardDone, BoardNews, BoardWord};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

/// What was heard. What this process has done itself need not be read in the log.
#[derive(Debug, Default)]
pub struct Heard {
    done: Vec<Arc<BoardDone>>,
    /// Whether something was done that only the log tells.
    looks: bool,
    /// Members who may do more than before, or less.
    rights: Vec<MemberId>,
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
        match word.news {
            BoardNews::Done(done) => self.done.push(done),
            BoardNews::InLog => self.look(),
            BoardNews::Rights(member) => self.rights.push(member),
        }
    }

    /// Members who may do more than before, or less.
    #[must_use]
    pub fn rights(&self) -> &[MemberId] {
        &self.rights
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

#[cfg(test)]
mod tests {
    use domain::board::{Anonymity, Event, Level, Settings};
    use domain::time::Instant;
    use tokio::sync::broadcast;

    use super::*;

    fn board(sequence: u64) -> Arc<Board> {
        let settings = Settings::new(Level::Off, Anonymity::Anonymous, 3);
        Arc::new(Board {
            sequence,
            ..Board::new(settings, Vec::new())
        })
    }

    fn done(id: BoardId, before: u64, after: u64) -> BoardWord {
        let record = |sequence| Record {
            sequence,
            member: MemberId(uuid::Uuid::nil()),
            at: Instant(0),
            event: Event::Frozen { frozen: true },
        };
        let done = BoardDone {
            before,
            records: (before + 1..=after).map(record).collect(),
            board: board(after),
            rewritten: 0,
        };
        BoardWord {
            board: id,
            news: BoardNews::Done(Arc::new(done)),
        }
    }

    fn heard(words: Vec<BoardWord>) -> Heard {
        let mut heard = Heard::default();
        for word in words {
            heard.take(word);
        }
        heard
    }

    fn sequences(told: Option<(Arc<Board>, Vec<Record>)>) -> Option<(u64, Vec<u64>)> {
        told.map(|(board, records)| {
            let records = records.iter().map(|record| record.sequence);
            (board.sequence, records.collect())
        })
    }

    #[test]
    fn what_was_heard_without_a_gap_is_all_there_is() {
        let id = BoardId(uuid::Uuid::nil());
        // One that is known already is passed over, whenever it is heard.
        let heard = heard(vec![done(id, 7, 8), done(id, 5, 7), done(id, 8, 10)]);
        assert_eq!(sequences(heard.after(&board(7))), Some((10, vec![8, 9, 10])));
        assert_eq!(sequences(heard.after(&board(10))), Some((10, Vec::new())));
    }

    #[test]
    fn what_is_missing_is_read_in_the_log() {
        let id = BoardId(uuid::Uuid::nil());
        let gap = heard(vec![done(id, 8, 9)]);
        assert_eq!(sequences(gap.after(&board(7))), None);
        let of_another_process = BoardWord {
            board: id,
            news: BoardNews::InLog,
        };
        let told = heard(vec![done(id, 7, 8), of_another_process]);
        assert_eq!(sequences(told.after(&board(7))), None);
    }

    #[tokio::test]
    async fn who_was_too_slow_to_hear_looks() {
        let (id, other) = (BoardId(uuid::Uuid::nil()), BoardId(uuid::Uuid::max()));
        let (say, mut told) = broadcast::channel(2);
        for sequence in 0..4 {
            say.send(done(id, sequence, sequence + 1)).unwrap();
        }
        let mut heard = Heard::default();
        assert!(heard.wait(&mut told, id).await);
        heard.more(&mut told, id);
        assert_eq!(sequences(heard.after(&board(0))), None);

        say.send(done(other, 0, 1)).unwrap();
        say.send(done(id, 4, 5)).unwrap();
        let mut heard = Heard::default();
        heard.more(&mut told, id);
        assert_eq!(sequences(heard.after(&board(4))), Some((5, vec![5])));
    }
}

//! One that follows a board: what it may, and what it is told next.

use std::collections::VecDeque;
use std::time::Duration;

use app::boards::device::Asking;
use axum::body::Bytes;
use axum::extract::ws::Utf8Bytes;
use domain::board::{Actor, Audience, Board, Change, News, Touched, view};
use domain::ids::BoardId;
use store::StoreError;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};

use super::asker::Asker;
use super::room::{Following, State};
use crate::state::AppState;

/// A line that says nothing for longer is dead: its other end opens a new one.
pub const ALIVE_EVERY: Duration = Duration::from_secs(15);

/// Who has missed more records is sent the whole board.
const MISSED_RECORDS_MAX: u64 = 500;

/// Who follows, and what they may as far as the line knows.
#[derive(Debug)]
pub struct Who {
    /// Who can be asked.
    pub asker: Asker,
    /// What they may.
    pub asking: Asking,
}

/// The record up to which the other end has the board from an earlier line.
#[derive(Clone, Copy, Debug)]
pub struct Since {
    /// Its number.
    pub sequence: u64,
    /// When it was taken, if the other end knows: under this number another one may stand by now.
    pub at: Option<domain::time::Instant>,
}

/// What goes out to a follower.
#[derive(Debug)]
pub enum Said {
    /// Some news.
    News(News),
    /// Nothing is new, and it is time to see whether the other end is there.
    Alive(News),
    /// Some news, written down for all whom they do not concern.
    Written(Utf8Bytes),
    /// The news of the board, packed. What this follower sees otherwise comes next.
    Packed(Bytes),
    /// Nothing, but what was written to the connection before has to go out first.
    Rest,
}

/// One that follows.
pub struct Follower {
    state: AppState,
    id: BoardId,
    who: Who,
    /// What this one may has to be asked before anything else is said.
    asks: bool,
    following: Following,
    /// The record up to which the other end has the board from an earlier line.
    since: Option<Since>,
    /// When it is told the time. Not measured from the last news: that would cost each of them a new timer.
    alive: Interval,
    /// What is to be sent next: what it sees otherwise than everybody, then the clock.
    next: VecDeque<News>,
    unpacks: bool,
}

impl Follower {
    /// Follows from now on.
    pub fn new(state: AppState, id: BoardId, who: Who, following: Following, since: Option<Since>) -> Self {
        let mut alive = interval_at(Instant::now() + ALIVE_EVERY, ALIVE_EVERY);
        alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            state,
            id,
            who,
            asks: false,
            following,
            since,
            alive,
            next: VecDeque::new(),
            unpacks: false,
        }
    }

    /// The other end can unpack a board.
    #[must_use]
    pub fn unpacking(mut self) -> Self {
        // A moderator sees most of a board otherwise than everybody.
        self.unpacks = !matches!(self.audience(), Audience::Moderator(_));
        self
    }

    fn audience(&self) -> Audience {
        self.following.screen.audience
    }

    fn clock(&self) -> News {
        News::Alive(self.state.store.ambient().now())
    }

    /// The board.
    #[must_use]
    pub fn board(&self) -> BoardId {
        self.id
    }

    /// The device's secret; empty without one.
    #[must_use]
    pub fn device(&self) -> &str {
        self.who.asker.device()
    }

    /// Who acts, with the rights of this moment: who moderates is asked each time, as by POST. Who does not has none to lose,
    /// and costs no look into the database: whether somebody was removed the board itself tells.
    ///
    /// # Errors
    /// When the database cannot say.
    pub async fn acting(&mut self) -> Result<Option<Actor>, StoreError> {
        if !self.who.asking.moderates {
            return Ok(self.who.asking.actor);
        }
        let now = self.who.asker.ask(&self.state.store).await?;
        self.asks |= now != self.who.asking;
        Ok(now.actor)
    }

    /// Looks what this one may by now; whoever may see something else is sent the board anew. Nothing if that cannot be told:
    /// the line ends then, and its other end opens a new one.
    async fn look_again(&mut self) -> Option<()> {
        // Whoever waits for the next word may stop waiting in here and ask again: nothing is noted before this is known.
        let now = self.who.asker.ask_again(&self.state.store).await.ok()?;
        // Where all following has ended nobody begins anew.
        if now.audience() != self.audience() && !self.following.room.is_closed() {
            let screen = self.following.screen.anew(now.audience());
            let following = self.state.rooms.follow(&self.state.store, self.id, screen);
            self.following = following.await.ok()?;
            self.since = None;
            self.unpacks = false;
            self.next.clear();
        }
        self.who.asking = now;
        self.asks = false;
        Some(())
    }

    /// The next thing to send: the board, or what the other end has missed of it; the clock; then what is new. Nothing
    /// when the room is closed. Whoever asks has sent what it was given before.
    pub async fn next(&mut self) -> Option<Said> {
        loop {
            self.asks |= self.following.screen.is_asked();
            if self.asks && !self.following.room.is_closed() {
                // On the heap: it happens seldom, and every line would keep room for it.
                Box::pin(self.look_again()).await?;
            }
            if let Some(news) = self.next.pop_front() {
                // Seldom is anything waiting: ten thousand lines would keep room for it.
                self.next.shrink_to_fit();
                return Some(Said::News(news));
            }
            let Following { room, screen, .. } = &self.following;
            if room.is_closed() {
                return None;
            }
            if !screen.has_begun() {
                let state = room.newest();
                // On the heap: it happens once, and every line would keep room for it.
                return Some(Box::pin(self.begin(&state)).await);
            }
            if let Some(said) = screen.next(room) {
                return Some(said);
            }
            tokio::select! {
                biased;
                () = screen.woken() => {}
                _ = self.alive.tick() => {
                    // Who sees what others do not is asked as often as it is told the time, whatever word of it got lost.
                    self.asks |= self.who.asking.moderates;
                    return Some(Said::Alive(self.clock()));
                }
            }
        }
    }

    /// The first word: the board, or what the other end has missed of it. The clock comes behind it.
    async fn begin(&mut self, state: &State) -> Said {
        let (board, audience) = (&state.board, self.audience());
        // Whoever waits for the next word may stop waiting in here and ask again: nothing is noted before this is read.
        let missed = self.missed(board).await;
        self.since = None;
        self.following.screen.begin(board);
        let packed = if missed.is_none() && self.unpacks {
            state.packed()
        } else {
            None
        };
        let said = match packed {
            Some(packed) => {
                let otherwise = Change::between(&packed.view, &view(board, audience));
                self.next.extend(otherwise.map(News::Change));
                Said::Packed(packed.bytes.clone())
            }
            None => Said::News(missed.unwrap_or_else(|| News::Board(view(board, audience)))),
        };
        self.next.push_back(self.clock());
        said
    }

    /// What the other end has missed. Nothing if it has to be sent the whole board.
    async fn missed(&self, board: &Board) -> Option<News> {
        let Since { sequence, at } = self.since?;
        let missed = board.sequence.checked_sub(sequence)?;
        if missed > MISSED_RECORDS_MAX {
            return None;
        }
        let mut records = Vec::new();
        let mut known_at = board.changed_at;
        if missed > 0 {
            // With the one up to which the other end has the board.
            let before = sequence.saturating_sub(1);
            records = self.state.store.board_records(self.id, before).await.ok()?;
            let known = records.iter().find(|record| record.sequence == sequence);
            known_at = known.map(|record| record.at);
        }
        // Of another history it has the whole board to forget (a backup was put back).
        if at.is_some() && at != known_at {
            return None;
        }
        records.retain(|record| record.sequence > sequence && record.sequence <= board.sequence);
        match Touched::by(board, &records) {
            Touched::Cards(cards) => Some(News::Change(Change::since(board, self.audience(), &cards))),
            Touched::All => None,
        }
    }
}

//! One that follows a board: who it is, and what it is told next.

use std::collections::VecDeque;
use std::time::Duration;

use app::boards::device::Asking;
use app::cookies::Cookie;
use axum::body::Bytes;
use axum::extract::ws::Utf8Bytes;
use axum::http::HeaderMap;
use domain::board::{Actor, Audience, Board, Change, News, Touched, view};
use domain::ids::BoardId;
use store::{Store, StoreError};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};

use super::room::{Following, State};
use crate::state::AppState;

/// A line that says nothing for longer is dead: its other end opens a new one.
pub const ALIVE_EVERY: Duration = Duration::from_secs(15);

/// Who has missed more records is sent the whole board.
const MISSED_RECORDS_MAX: u64 = 500;

/// Who follows: the same device and the same rights as on the pages.
pub async fn asking(state: &AppState, board: BoardId, headers: &HeaderMap) -> Result<Asking, StoreError> {
    let cookies = state.cookies();
    let is_staff = match cookies.session(headers) {
        Some(token) => state
            .store
            .session(&token)
            .await?
            .is_some_and(|viewer| viewer.is_staff()),
        None => false,
    };
    let actor: Option<Actor> = match cookies.find(Cookie::Device, headers) {
        Some(secret) => state.store.known_board_member(board, &secret).await?,
        None => None,
    };
    let moderates = is_staff || actor.is_some_and(|actor| actor.moderates);
    let actor = actor.map(|actor| Actor { moderates, ..actor });
    Ok(Asking { actor, moderates })
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
    store: Store,
    id: BoardId,
    following: Following,
    /// The record up to which the other end has the board from an earlier line.
    since: Option<u64>,
    /// When it is told the time. Not measured from the last news: that would cost each of them a new timer.
    alive: Interval,
    /// What is to be sent next: what it sees otherwise than everybody, then the clock.
    next: VecDeque<News>,
    unpacks: bool,
}

impl Follower {
    /// Follows from now on.
    pub fn new(store: Store, id: BoardId, following: Following, since: Option<u64>) -> Self {
        let mut alive = interval_at(Instant::now() + ALIVE_EVERY, ALIVE_EVERY);
        alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            store,
            id,
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
        News::Alive(self.store.ambient().now())
    }

    /// The next thing to send: the board, or what the other end has missed of it; the clock; then what is new. Nothing
    /// when the room is closed. Whoever asks has sent what it was given before.
    pub async fn next(&mut self) -> Option<Said> {
        loop {
            if let Some(news) = self.next.pop_front() {
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
                _ = self.alive.tick() => return Some(Said::Alive(self.clock())),
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
        let since = self.since?;
        let missed = board.sequence.checked_sub(since)?;
        if missed > MISSED_RECORDS_MAX {
            return None;
        }
        let mut records = match missed {
            0 => Vec::new(),
            _ => self.store.board_records(self.id, since).await.ok()?,
        };
        records.retain(|record| record.sequence <= board.sequence);
        match Touched::by(board, &records) {
            Touched::Cards(cards) => Some(News::Change(Change::since(board, self.audience(), &cards))),
            Touched::All => None,
        }
    }
}

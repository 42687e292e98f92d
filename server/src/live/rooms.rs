//! One task per board that somebody follows. It hears what is new once for everybody, or reads it in the log, and keeps the
//! board as it is; each follower takes from it what it may see, at its own pace: who is slow skips states, never changes.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use domain::board::{Board, Touched, apply};
use domain::ids::BoardId;
use store::boards::BoardWord;
use store::{Store, StoreError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError, broadcast, watch};
use tokio::time::Instant;

use super::heard::Heard;
use super::packed::Packed;
use super::shared::Shared;

/// Boards that are followed at the same time.
const ROOMS_MAX: usize = 1_000;
/// How often the log is looked at without a word: a notice of another process may have got lost.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// A board as it is, and what of it is new.
#[derive(Debug)]
pub struct State {
    /// The board.
    pub board: Arc<Board>,
    /// The board of the state before this one.
    pub before: Arc<Board>,
    /// What was touched since then.
    pub touched: Touched,
    packed: OnceLock<Option<Packed>>,
    shared: OnceLock<Option<Shared>>,
}

impl State {
    fn new(board: Arc<Board>, before: Arc<Board>, touched: Touched) -> Self {
        Self {
            board,
            before,
            touched,
            packed: OnceLock::new(),
            shared: OnceLock::new(),
        }
    }

    /// What is new for all whom it does not concern; nothing, if it may concern everybody.
    #[must_use]
    pub fn shared(&self) -> Option<&Shared> {
        self.shared.get_or_init(|| Shared::of(self)).as_ref()
    }

    /// The board as everybody sees it: made for the first who comes, and kept for the others.
    #[must_use]
    pub fn packed(&self) -> Option<&Packed> {
        self.packed.get_or_init(|| Packed::of(&self.board)).as_ref()
    }
}

/// What followers of a board take it from.
pub type Following = watch::Receiver<Arc<State>>;

/// After something new was shown, more is shown no sooner than this: under load several changes go out together. What
/// comes alone waits for nothing.
const TICK: Duration = Duration::from_millis(25);
/// Sockets that are open at the same time: ten thousand phones (bar P5), and some more.
const SOCKETS_MAX: usize = 12_000;

/// Every board that somebody follows.
#[derive(Debug)]
pub struct Rooms {
    rooms: Mutex<HashMap<BoardId, watch::Sender<Arc<State>>>>,
    places: Arc<Semaphore>,
}

impl Default for Rooms {
    fn default() -> Self {
        Self {
            rooms: Mutex::default(),
            places: Arc::new(Semaphore::new(SOCKETS_MAX)),
        }
    }
}

/// Why a board cannot be followed.
#[derive(Debug, thiserror::Error)]
pub enum RoomError {
    /// Too many boards are followed.
    #[error("too many boards are followed")]
    Full,
    /// The board is not there, or cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Rooms {
    /// Follows a board. The first follower opens its room, after the last one it closes.
    ///
    /// # Errors
    /// See [`RoomError`].
    pub async fn follow(self: &Arc<Self>, store: &Store, id: BoardId) -> Result<Following, RoomError> {
        if let Some(room) = self.lock().get(&id) {
            return Ok(room.subscribe());
        }
        // Subscribed before the board is read: what is done in between is told.
        let told = store.boards_changed();
        let board = Arc::new(store.board(id).await?);
        let untouched = Touched::Cards(BTreeSet::new());
        let state = Arc::new(State::new(Arc::clone(&board), board, untouched));
        let mut rooms = self.lock();
        if let Some(room) = rooms.get(&id) {
            return Ok(room.subscribe());
        }
        if rooms.len() >= ROOMS_MAX {
            return Err(RoomError::Full);
        }
        let (room, following) = watch::channel(state);
        rooms.insert(id, room);
        drop(rooms);
        tokio::spawn(Arc::clone(self).keep(store.clone(), id, told));
        Ok(following)
    }

    /// A place for a socket, until it is dropped.
    ///
    /// # Errors
    /// When too many are open.
    pub fn place(&self) -> Result<OwnedSemaphorePermit, TryAcquireError> {
        Arc::clone(&self.places).try_acquire_owned()
    }

    /// Ends all following, so that the server can stop. Devices come back by themselves.
    pub fn close(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<BoardId, watch::Sender<Arc<State>>>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the room up to date until nobody follows.
    async fn keep(self: Arc<Self>, store: Store, id: BoardId, mut told: broadcast::Receiver<BoardWord>) {
        let mut next_show = Instant::now();
        loop {
            let mut heard = Heard::default();
            let open = tokio::time::timeout(LOOK_EVERY, heard.wait(&mut told, id)).await;
            // Without a word the log is looked at after a while.
            let open = open.unwrap_or_else(|_| {
                heard.look();
                true
            });
            if !open || self.close_if_empty(id) {
                return;
            }
            tokio::time::sleep_until(next_show).await;
            heard.more(&mut told, id);
            match self.show(&store, id, &heard).await {
                Ok(true) => next_show = Instant::now() + TICK,
                Ok(false) => {}
                Err(error) => {
                    tracing::warn!(%error, "a board cannot be read; its followers see it as it was")
                }
            }
        }
    }

    /// Shows what is new. Returns whether there was anything.
    async fn show(&self, store: &Store, id: BoardId, heard: &Heard) -> Result<bool, StoreError> {
        let Some(state) = self.lock().get(&id).map(|room| Arc::clone(&room.borrow())) else {
            return Ok(false);
        };
        let before = Arc::clone(&state.board);
        let (board, records) = match heard.after(&before) {
            Some(told) => told,
            None => {
                let records = store.board_records(id, before.sequence).await?;
                let mut board = Arc::clone(&before);
                if !records.is_empty() {
                    let now = Arc::make_mut(&mut board);
                    for record in &records {
                        apply(now, record);
                    }
                }
                (board, records)
            }
        };
        if records.is_empty() {
            return Ok(false);
        }
        let touched = Touched::by(&board, &records);
        if let Some(room) = self.lock().get(&id) {
            room.send_replace(Arc::new(State::new(board, before, touched)));
        }
        Ok(true)
    }

    fn close_if_empty(&self, id: BoardId) -> bool {
        let mut rooms = self.lock();
        let empty = rooms.get(&id).is_none_or(|room| room.receiver_count() == 0);
        if empty {
            rooms.remove(&id);
        }
        empty
    }
}

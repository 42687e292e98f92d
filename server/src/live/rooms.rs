//! One task per board that somebody follows. It reads what is new in the log once for everybody and keeps the board
//! as it is; each follower takes from it what it may see, at its own pace: who is slow skips states, never changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::board::{Board, apply};
use domain::ids::BoardId;
use store::{Store, StoreError};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

/// Boards that are followed at the same time.
const ROOMS_MAX: usize = 1_000;
/// How often the log is looked at without a word: another process may have written.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// A board as it is, for its followers.
pub type Following = watch::Receiver<Arc<Board>>;

/// Every board that somebody follows.
#[derive(Debug, Default)]
pub struct Rooms {
    rooms: Mutex<HashMap<BoardId, watch::Sender<Arc<Board>>>>,
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
        let mut rooms = self.lock();
        if let Some(room) = rooms.get(&id) {
            return Ok(room.subscribe());
        }
        if rooms.len() >= ROOMS_MAX {
            return Err(RoomError::Full);
        }
        let (room, following) = watch::channel(board);
        rooms.insert(id, room);
        drop(rooms);
        tokio::spawn(Arc::clone(self).keep(store.clone(), id, told));
        Ok(following)
    }

    /// Ends all following, so that the server can stop. Devices come back by themselves.
    pub fn close(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<BoardId, watch::Sender<Arc<Board>>>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the room up to date until nobody follows.
    async fn keep(
        self: Arc<Self>,
        store: Store,
        id: BoardId,
        mut told: tokio::sync::broadcast::Receiver<BoardId>,
    ) {
        loop {
            let mine = async {
                loop {
                    match told.recv().await {
                        Ok(board) if board != id => {}
                        Ok(_) | Err(RecvError::Lagged(_)) => return true,
                        Err(RecvError::Closed) => return false,
                    }
                }
            };
            // Without a word the log is looked at after a while.
            let open = tokio::time::timeout(LOOK_EVERY, mine).await.unwrap_or(true);
            if !open || self.close_if_empty(id) {
                return;
            }
            if let Err(error) = self.read(&store, id).await {
                tracing::warn!(%error, "a board cannot be read; its followers see it as it was");
            }
        }
    }

    async fn read(&self, store: &Store, id: BoardId) -> Result<(), StoreError> {
        let Some(mut board) = self.lock().get(&id).map(|room| Arc::clone(&room.borrow())) else {
            return Ok(());
        };
        let records = store.board_records(id, board.sequence).await?;
        if records.is_empty() {
            return Ok(());
        }
        let now = Arc::make_mut(&mut board);
        for record in &records {
            apply(now, record);
        }
        if let Some(room) = self.lock().get(&id) {
            room.send_replace(board);
        }
        Ok(())
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

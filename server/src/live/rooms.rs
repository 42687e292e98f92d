//! One task per board that somebody follows. It hears what is new once for everybody, or reads it in the log, keeps the
//! board as it is, and tells every screen; who is slow takes the newest state later: it skips states, never changes.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::board::present::Here;
use domain::board::{Board, Event, Touched, apply};
use domain::ids::{BoardId, MemberId};
use store::boards::BoardWord;
use store::{Store, StoreError};
use tokio::sync::broadcast;
use tokio::time::Instant;

use super::heard::Heard;
use super::places::{Place, Places};
use super::room::{Following, Room, State, locked};
use super::screen::Screen;
use crate::security::client::ClientAddress;

/// Boards that are followed at the same time.
const ROOMS_MAX: usize = 1_000;
/// How often the log is looked at without a word: a notice of another process may have got lost.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// After something new was shown, more is shown no sooner than this: under load several changes go out together. What
/// comes alone waits for nothing.
const TICK: Duration = Duration::from_millis(25);

/// Every board that somebody follows.
#[derive(Debug, Default)]
pub struct Rooms {
    rooms: Mutex<HashMap<BoardId, Arc<Room>>>,
    places: Arc<Places>,
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
    /// Follows a board with this screen. The first follower opens its room, after the last one it closes.
    ///
    /// # Errors
    /// See [`RoomError`].
    pub async fn follow(
        self: &Arc<Self>,
        store: &Store,
        id: BoardId,
        screen: Screen,
    ) -> Result<Following, RoomError> {
        if let Some(room) = locked(&self.rooms).get(&id) {
            return Ok(room.enter(screen));
        }
        // Subscribed before the board is read: what is done in between is told.
        let told = store.boards_changed();
        let board = Arc::new(store.board(id).await?);
        let untouched = Touched::Cards(BTreeSet::new());
        let state = State::new(Arc::clone(&board), board, untouched);
        let mut rooms = locked(&self.rooms);
        if let Some(room) = rooms.get(&id) {
            return Ok(room.enter(screen));
        }
        if rooms.len() >= ROOMS_MAX {
            return Err(RoomError::Full);
        }
        let room = Arc::new(Room::new(state));
        rooms.insert(id, Arc::clone(&room));
        let following = room.enter(screen);
        drop(rooms);
        let keep = Arc::clone(self).keep(store.clone(), id, Arc::clone(&room), told);
        tokio::spawn(Arc::clone(self).while_kept(id, room, keep));
        Ok(following)
    }

    /// Whose lines to a board are open here. Other servers on the same database have their own.
    #[must_use]
    pub fn here(&self, id: BoardId) -> Here {
        let room = locked(&self.rooms).get(&id).cloned();
        room.map_or_else(Here::default, |room| room.here())
    }

    /// A place for a line of somebody, until it is dropped. Nothing, when too many are open.
    #[must_use]
    pub fn place(&self, client: Option<ClientAddress>) -> Option<Place> {
        self.places.take(client)
    }

    /// Ends all following, so that the server can stop. Devices come back by themselves.
    pub fn close(&self) {
        let rooms = std::mem::take(&mut *locked(&self.rooms));
        for room in rooms.values() {
            room.close();
        }
    }

    /// The room is open as long as somebody keeps it up to date: also if that ends in a panic, nobody goes on following a board that
    /// stands still. Devices come back by themselves, to a new room.
    async fn while_kept(self: Arc<Self>, id: BoardId, room: Arc<Room>, keep: impl Future<Output = ()>) {
        let _open = Open {
            rooms: &self,
            id,
            room,
        };
        keep.await;
    }

    /// Keeps the room up to date until nobody follows.
    async fn keep(
        self: Arc<Self>,
        store: Store,
        id: BoardId,
        room: Arc<Room>,
        mut told: broadcast::Receiver<BoardWord>,
    ) {
        let mut next_show = Instant::now();
        loop {
            let mut heard = Heard::default();
            let open = tokio::time::timeout(LOOK_EVERY, heard.wait(&mut told, id)).await;
            // Without a word the log is looked at after a while.
            let open = open.unwrap_or_else(|_| {
                heard.look();
                true
            });
            if !open || self.left(id, &room) {
                return;
            }
            tokio::time::sleep_until(next_show).await;
            heard.more(&mut told, id);
            for member in heard.rights() {
                room.ask(*member);
            }
            match news(&store, id, &room.newest().board, &heard).await {
                Ok(Some((state, removed))) => {
                    room.show(state);
                    for member in removed {
                        room.ask(member);
                    }
                    next_show = Instant::now() + TICK;
                }
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(%error, "a board cannot be read; its followers see it as it was")
                }
            }
        }
    }

    /// Whether nobody follows any more. Whoever comes from now on opens a new room.
    fn left(&self, id: BoardId, room: &Arc<Room>) -> bool {
        let mut rooms = locked(&self.rooms);
        let is_left = room.is_closed() || room.is_empty();
        if is_left {
            forget(&mut rooms, id, room);
        }
        is_left
    }
}

/// A room that is open, until this is dropped.
struct Open<'a> {
    rooms: &'a Rooms,
    id: BoardId,
    room: Arc<Room>,
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        let mut rooms = locked(&self.rooms.rooms);
        forget(&mut rooms, self.id, &self.room);
        drop(rooms);
        self.room.close();
    }
}

/// Another room of this board may have been opened since nobody followed in this one: it stays.
fn forget(rooms: &mut HashMap<BoardId, Arc<Room>>, id: BoardId, room: &Arc<Room>) {
    if rooms.get(&id).is_some_and(|open| Arc::ptr_eq(open, room)) {
        rooms.remove(&id);
    }
}

/// What is new since `before`, and who was removed or let back. Nothing if there is nothing.
async fn news(
    store: &Store,
    id: BoardId,
    before: &Arc<Board>,
    heard: &Heard,
) -> Result<Option<(State, Vec<MemberId>)>, StoreError> {
    let (board, records) = match heard.after(before) {
        Some(told) => told,
        None => {
            let records = store.board_records(id, before.sequence).await?;
            let mut board = Arc::clone(before);
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
        return Ok(None);
    }
    let touched = Touched::by(&board, &records);
    let removed = records.iter().filter_map(|record| match record.event {
        Event::Removed { member, .. } => Some(member),
        _ => None,
    });
    let removed = removed.collect();
    Ok(Some((State::new(board, Arc::clone(before), touched), removed)))
}

#[cfg(test)]
mod tests {
    use domain::board::{Anonymity, Audience, Level, Settings};

    use super::*;

    fn room() -> Arc<Room> {
        let settings = Settings::new(Level::Off, Anonymity::Anonymous, 3);
        let board = Arc::new(Board::new(settings, Vec::new()));
        let untouched = Touched::Cards(BTreeSet::new());
        Arc::new(Room::new(State::new(Arc::clone(&board), board, untouched)))
    }

    #[tokio::test]
    async fn after_a_panic_nobody_follows_a_board_that_stands_still() {
        let (rooms, id) = (Arc::new(Rooms::default()), BoardId(uuid::Uuid::max()));
        let room = room();
        locked(&rooms.rooms).insert(id, Arc::clone(&room));
        let following = room.enter(Screen::new(Audience::Everybody, None));
        let keep = Arc::clone(&rooms).while_kept(id, room, async { panic!("a fault") });
        assert!(tokio::spawn(keep).await.unwrap_err().is_panic());
        assert!(following.room.is_closed());
        assert!(locked(&rooms.rooms).is_empty());
    }

    #[tokio::test]
    async fn a_room_that_ends_leaves_the_next_one_open() {
        let (rooms, id) = (Arc::new(Rooms::default()), BoardId(uuid::Uuid::max()));
        let next = room();
        locked(&rooms.rooms).insert(id, Arc::clone(&next));
        Arc::clone(&rooms).while_kept(id, room(), async {}).await;
        assert!(!next.is_closed());
        assert!(locked(&rooms.rooms).contains_key(&id));
    }
}

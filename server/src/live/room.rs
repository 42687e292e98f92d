//! A board that is followed: its newest state, and the screens that show it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use domain::board::present::Here;
use domain::board::{Audience, Board, Touched};
use domain::ids::MemberId;
use tokio::time::Instant;

use super::packed::Packed;
use super::screen::Screen;
use super::shared::Shared;
use super::there::Left;

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
    pub(super) fn new(board: Arc<Board>, before: Arc<Board>, touched: Touched) -> Self {
        Self {
            board,
            before,
            touched,
            packed: OnceLock::new(),
            shared: OnceLock::new(),
        }
    }

    /// Whether this board is the one before this state: who was shown an older one does not know what was touched since.
    #[must_use]
    pub fn follows(&self, before: &Board) -> bool {
        self.before.sequence == before.sequence
    }

    /// What is new for all whom it does not concern, if somebody who was shown this board before is one of them.
    #[must_use]
    pub fn shared_for(&self, audience: Audience, before: &Board) -> Option<&Shared> {
        if !self.follows(before) {
            return None;
        }
        let shared = self.shared.get_or_init(|| Shared::of(self)).as_ref();
        shared.filter(|shared| shared.is_for(audience))
    }

    /// The board as everybody sees it: made for the first who comes, and kept for the others.
    #[must_use]
    pub fn packed(&self) -> Option<&Packed> {
        self.packed.get_or_init(|| Packed::of(&self.board)).as_ref()
    }
}

/// A board that is followed.
#[derive(Debug)]
pub struct Room {
    newest: Mutex<Arc<State>>,
    screens: Mutex<Screens>,
    closed: AtomicBool,
}

/// The screens in a room, by the order in which they came.
#[derive(Debug, Default)]
struct Screens {
    by_number: BTreeMap<u64, Arc<Screen>>,
    next_number: u64,
    left: Left,
}

/// A screen in a room, until it is dropped.
#[derive(Debug)]
pub struct Following {
    /// The room.
    pub room: Arc<Room>,
    /// The screen.
    pub screen: Arc<Screen>,
    number: u64,
}

impl Drop for Following {
    fn drop(&mut self) {
        let mut screens = locked(&self.room.screens);
        screens.by_number.remove(&self.number);
        screens.left.note(self.screen.audience, Instant::now());
    }
}

impl Room {
    pub(super) fn new(state: State) -> Self {
        Self {
            newest: Mutex::new(Arc::new(state)),
            screens: Mutex::default(),
            closed: AtomicBool::new(false),
        }
    }

    pub(super) fn enter(self: &Arc<Self>, screen: Screen) -> Following {
        let screen = Arc::new(screen);
        let mut screens = locked(&self.screens);
        let number = screens.next_number;
        screens.next_number += 1;
        screens.by_number.insert(number, Arc::clone(&screen));
        Following {
            room: Arc::clone(self),
            screen,
            number,
        }
    }

    /// The board as it is, and what is new since the state before.
    #[must_use]
    pub fn newest(&self) -> Arc<State> {
        Arc::clone(&locked(&self.newest))
    }

    /// Tells every screen.
    pub(super) fn show(&self, state: State) {
        let state = Arc::new(state);
        *locked(&self.newest) = Arc::clone(&state);
        for screen in self.screens() {
            screen.tell(&state);
        }
    }

    /// Lets the screens of a member ask what they may show.
    pub(super) fn ask(&self, member: MemberId) {
        for screen in self.screens() {
            if screen.audience.member() == Some(member) {
                screen.ask();
            }
        }
    }

    /// As they are now: nobody who comes or goes waits until all are told.
    fn screens(&self) -> Vec<Arc<Screen>> {
        locked(&self.screens).by_number.values().cloned().collect()
    }

    /// Who is there.
    #[must_use]
    pub fn here(&self) -> Here {
        let screens = locked(&self.screens);
        let open = screens.by_number.values().map(|screen| screen.audience);
        screens.left.here(open, Instant::now())
    }

    pub(super) fn is_empty(&self) -> bool {
        locked(&self.screens).by_number.is_empty()
    }

    /// Whether following has ended.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    /// Ends all following.
    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::Release);
        for screen in self.screens() {
            screen.wake();
        }
    }
}

/// What is kept is whole between two locks, also if somebody panicked.
pub(super) fn locked<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

//! What somebody wants, from the tap to the answer: kept on the device first, shown at once, sent when there is a
//! network, and said again until the server has answered. Nothing that was written is lost on the way.
//!
//! - [`Outbox`]: what this device wants on one board
//! - `choices`: what is chosen beside the text of a new card
//! - `storage`: the device's database
//! - `leaving`: a question before the page is left in which something is that is nowhere else
//! - [`draft`]: what was typed and not sent yet
//! - [`typing`]: a form whose words go into the outbox
//! - [`list`]: what has not arrived yet, on the page
//!
//! On the server there is no device: all of this is empty there.

#[cfg(feature = "hydrate")]
mod choices;
pub mod draft;
#[cfg(feature = "hydrate")]
mod leaving;
pub mod list;
#[cfg(feature = "hydrate")]
mod storage;
pub mod typing;

use domain::board::{Answered, BoardView, Operation, outbox};
use domain::ids::OperationId;
use leptos::prelude::*;

use super::words;

pub use domain::board::outbox::Step;

/// What is wanted, as the page has it.
#[derive(Clone, Debug)]
pub struct What {
    /// As it is sent ([`domain::board::Wanted`]). A browser writes operations and reads none: that is a third less to load.
    wanted: String,
    /// What it is, unless it is from an earlier visit.
    operation: Option<Operation>,
}

/// Something that this device wants, and how far it is.
pub type Waiting = outbox::Waiting<What>;

/// What this device wants on one board. What becomes of it is decided in [`domain::board::outbox`]; here are its signal, the board on
/// the screen, and the device's database.
#[derive(Clone, Copy, Debug)]
pub struct Outbox {
    /// Oldest first.
    pub waiting: RwSignal<outbox::Outbox<What>>,
    /// The board as the server has confirmed it.
    confirmed: StoredValue<BoardView>,
}

impl Outbox {
    /// Nothing is wanted yet.
    #[must_use]
    pub fn new(confirmed: BoardView) -> Self {
        Self {
            waiting: RwSignal::new(outbox::Outbox::default()),
            confirmed: StoredValue::new(confirmed),
        }
    }

    /// Changes what the server has confirmed.
    pub fn confirm(self, change: impl FnOnce(&mut BoardView)) {
        self.confirmed.update_value(change);
        self.arrived();
    }

    /// Forgets what is on the screen now.
    fn arrived(self) {
        let shown = self.sequence();
        self.waiting.maybe_update(|waiting| {
            let arrived = waiting.confirmed(shown);
            let is_any = !arrived.is_empty();
            forget(arrived);
            is_any
        });
    }

    /// Up to which record the server has confirmed the board.
    #[must_use]
    pub fn sequence(self) -> u64 {
        self.confirmed.with_value(|view| view.sequence)
    }

    /// When that record was taken, in microseconds.
    #[must_use]
    pub fn changed_at(self) -> Option<i64> {
        self.confirmed
            .with_value(|view| view.changed_at.map(domain::time::Instant::micros))
    }

    /// The line is another one, perhaps to another history of the board: what is not on the screen yet is said once more.
    pub fn say_again(self) {
        self.waiting.maybe_update(outbox::Outbox::say_again);
    }

    /// The board with all that is wanted as if it were done.
    #[must_use]
    pub fn expected(self) -> BoardView {
        let mut view = self.confirmed.get_value();
        self.waiting.with_untracked(|waiting| {
            let wanted = waiting.iter().filter(|one| !matches!(one.step, Step::Refused(_)));
            for operation in wanted.filter_map(|one| one.what.operation.as_ref()) {
                view.predict(operation);
            }
        });
        view
    }

    /// Takes answers. Returns the sentences that somebody has to read, of what was refused and is not kept.
    pub fn answered(self, answers: &[Answered]) -> Vec<String> {
        let shown = self.sequence();
        let over = self
            .waiting
            .try_update(|waiting| waiting.answered(answers, shown))
            .unwrap_or_default();
        forget(over.forget);
        let refusals = over.refusals.into_iter();
        refusals.map(|refusal| words::refusal(refusal).1).collect()
    }

    /// What waits to be sent, as a message; it counts as on its way from now on.
    #[must_use]
    pub fn message(self) -> Option<String> {
        let next = self.waiting.try_update_untracked(|waiting| {
            let next = waiting.message().into_iter();
            next.map(|one| one.what.wanted.clone()).collect::<Vec<_>>()
        })?;
        (!next.is_empty()).then(|| format!("[{}]", next.join(",")))
    }

    /// What was on its way has not arrived.
    pub fn failed(self) {
        self.waiting.try_update_untracked(outbox::Outbox::failed);
    }

    /// How many seconds to wait before what has failed is tried again.
    #[must_use]
    pub fn patience(self) -> u32 {
        self.waiting.with_untracked(outbox::Outbox::patience)
    }

    /// Forgets something that was refused.
    pub fn drop_one(self, id: OperationId) {
        self.waiting.update(|waiting| waiting.dropped(id));
        forget(vec![id]);
    }
}

/// Takes them out of the device's database.
fn forget(ids: Vec<OperationId>) {
    #[cfg(feature = "hydrate")]
    for id in ids {
        leptos::task::spawn_local(async move {
            // What stays there by a fault is sent once more, and answered as before.
            drop(storage::remove(&id.to_string()).await);
        });
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = ids;
}

/// The half that only devices have.
#[cfg(feature = "hydrate")]
mod device {
    use domain::board::outbox::text;
    use domain::board::{Operation, Wanted};
    use domain::ids::{CardId, OperationId};
    use leptos::prelude::*;
    use leptos::task::spawn_local;

    use super::storage::{self, Entry};
    use super::{Outbox, Waiting, What, leaving};

    /// An id for a new card, made on this device.
    #[must_use]
    pub fn new_card() -> CardId {
        CardId(storage::new_id())
    }

    impl Outbox {
        /// Keeps something that is wanted on the device; it counts from then on. `shown` is called with it in the list.
        pub fn want(self, board: String, operation: Operation, shown: Box<dyn FnOnce()>) {
            let id = OperationId(storage::new_id());
            let text = text(&operation).map(str::to_owned);
            let wanted = Wanted { id, operation };
            // What cannot be written cannot be sent either.
            let Ok(written) = serde_json::to_string(&wanted) else {
                return;
            };
            let entry = Entry {
                board,
                id,
                text,
                wanted: written,
            };
            self.keep(entry, Some(wanted.operation), None, shown);
        }

        fn keep(
            self,
            entry: Entry,
            operation: Option<Operation>,
            instead_of: Option<OperationId>,
            shown: Box<dyn FnOnce()>,
        ) {
            spawn_local(async move {
                let only_here = storage::keep(&entry, instead_of).await.is_err();
                let one = waits(entry, operation, only_here);
                self.waiting.update(|waiting| waiting.want(one, instead_of));
                shown();
            });
        }

        /// Asks before the page is left, for as long as something is in it only.
        pub fn warn(self) {
            let any = Memo::new(move |_| self.waiting.with(|waiting| waiting.is_only_here()));
            Effect::new(move |_| {
                if any.get() {
                    leaving::ask();
                }
            });
        }

        /// Sends something again that was refused, as something new: under its old id the server would repeat its old
        /// answer.
        pub fn again(self, board: String, id: OperationId, shown: Box<dyn FnOnce()>) {
            let refused = self.waiting.with_untracked(|waiting| {
                let mut waiting = waiting.iter();
                waiting.find(|one| one.id == id).cloned()
            });
            let Some(refused) = refused else {
                return;
            };
            let new = OperationId(storage::new_id());
            let entry = Entry {
                board,
                id: new,
                text: refused.text,
                wanted: refused.what.wanted.replace(&id.to_string(), &new.to_string()),
            };
            self.keep(entry, refused.what.operation, Some(id), shown);
        }

        /// Brings back what this device still wants on a board, from an earlier visit.
        pub fn remember(self, board: String, shown: Box<dyn FnOnce()>) {
            spawn_local(async move {
                let kept = storage::all(&board).await.unwrap_or_default();
                let kept = kept.into_iter().map(|entry| waits(entry, None, false)).collect();
                self.waiting.update(|waiting| waiting.remember(kept));
                shown();
            });
        }
    }

    fn waits(entry: Entry, operation: Option<Operation>, only_here: bool) -> Waiting {
        let wanted = entry.wanted;
        Waiting::new(entry.id, entry.text, What { wanted, operation }, only_here)
    }
}

#[cfg(feature = "hydrate")]
pub use device::new_card;

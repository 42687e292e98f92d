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

use domain::board::{Answered, BoardView, Operation, Refusal};
use domain::ids::OperationId;
use leptos::prelude::*;

use super::words;

/// Operations in one message: well below what a message may hold, whatever they say.
const AT_ONCE_MAX: usize = 6;
/// The longest pause before something is tried again.
const PATIENCE_SECONDS_MAX: u32 = 60;

/// Something that this device wants, and how far it is.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Under which id.
    pub id: OperationId,
    /// The words in it, if somebody has written any.
    pub text: Option<String>,
    /// As it is sent ([`domain::board::Wanted`]). A browser writes operations and reads none: that is a third less to load.
    wanted: String,
    /// What it is, unless it is from an earlier visit.
    operation: Option<Operation>,
    /// Whether the device has no place for it.
    only_here: bool,
    /// How far.
    pub step: Step,
}

impl Waiting {
    /// How far something is that waits to be sent.
    fn unsent(only_here: bool) -> Step {
        if only_here { Step::InPage } else { Step::OnDevice }
    }
}

/// How far something is that this device wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Kept here, and sent when there is a network.
    OnDevice,
    /// Only in this page: the device has no place for it.
    InPage,
    /// Taken by the server as this record of the log; not on the screen yet.
    Sent(u64),
    /// Refused. The text stays here until somebody decides what becomes of it.
    Refused(Refusal),
}

/// What this device wants on one board.
#[derive(Clone, Copy, Debug)]
pub struct Outbox {
    /// Oldest first.
    pub waiting: RwSignal<Vec<Waiting>>,
    /// The board as the server has confirmed it.
    confirmed: StoredValue<BoardView>,
    /// Whether something is on its way.
    sending: StoredValue<bool>,
    /// How often in a row what was on its way has not arrived.
    failures: StoredValue<u32>,
}

impl Outbox {
    /// Nothing is wanted yet.
    #[must_use]
    pub fn new(confirmed: BoardView) -> Self {
        Self {
            waiting: RwSignal::new(Vec::new()),
            confirmed: StoredValue::new(confirmed),
            sending: StoredValue::new(false),
            failures: StoredValue::new(0),
        }
    }

    /// Changes what the server has confirmed.
    pub fn confirm(self, change: impl FnOnce(&mut BoardView)) {
        self.confirmed.update_value(change);
        let sequence = self.sequence();
        let arrived = |waiting: &Waiting| matches!(waiting.step, Step::Sent(record) if record <= sequence);
        if self.waiting.with_untracked(|waiting| waiting.iter().any(arrived)) {
            self.waiting.update(|waiting| waiting.retain(|one| !arrived(one)));
        }
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

    /// The server sends the whole board: perhaps it has another history now, because a backup was put back. What it took and is not
    /// on the screen yet is said once more, under its id: what it still has is only answered again.
    pub fn say_again(self) {
        let is_sent = |one: &Waiting| matches!(one.step, Step::Sent(_));
        if self.waiting.with_untracked(|waiting| waiting.iter().any(is_sent)) {
            self.waiting.update(|waiting| {
                for one in waiting.iter_mut().filter(|one| is_sent(one)) {
                    one.step = Waiting::unsent(one.only_here);
                }
            });
        }
    }

    /// The board with all that is wanted as if it were done.
    #[must_use]
    pub fn expected(self) -> BoardView {
        let mut view = self.confirmed.get_value();
        self.waiting.with_untracked(|waiting| {
            let wanted = waiting.iter().filter(|one| !matches!(one.step, Step::Refused(_)));
            for operation in wanted.filter_map(|one| one.operation.as_ref()) {
                view.predict(operation);
            }
        });
        view
    }

    /// Takes answers. Returns the sentences that somebody has to read, of what was refused and is not kept.
    pub fn answered(self, answers: &[Answered]) -> Vec<String> {
        self.sending.set_value(false);
        self.failures.set_value(0);
        let confirmed = self.sequence();
        let mut sentences = Vec::new();
        self.waiting.update(|waiting| {
            for Answered { id, answer } in answers {
                let Some(at) = waiting.iter().position(|one| one.id == *id) else {
                    continue;
                };
                match *answer {
                    Ok(record) if record > confirmed => waiting[at].step = Step::Sent(record),
                    Ok(_) | Err(Refusal::Twice) => {
                        waiting.remove(at);
                    }
                    Err(refusal) if waiting[at].text.is_some() => {
                        waiting[at].step = Step::Refused(refusal);
                        continue;
                    }
                    Err(refusal) => {
                        sentences.push(words::refusal(refusal).1);
                        waiting.remove(at);
                    }
                }
                forget(*id);
            }
        });
        sentences
    }

    /// What waits to be sent, as a message; it counts as on its way from now on. Nothing if there is nothing, or
    /// something is on its way already: nothing overtakes it.
    #[must_use]
    pub fn message(self) -> Option<String> {
        if self.sending.get_value() {
            return None;
        }
        let next: Vec<String> = self.waiting.with_untracked(|waiting| {
            let unsent = waiting
                .iter()
                .filter(|one| matches!(one.step, Step::OnDevice | Step::InPage));
            unsent.map(|one| one.wanted.clone()).take(AT_ONCE_MAX).collect()
        });
        if next.is_empty() {
            return None;
        }
        self.sending.set_value(true);
        Some(format!("[{}]", next.join(",")))
    }

    /// What was on its way has not arrived.
    pub fn failed(self) {
        if self.sending.get_value() {
            self.failures.update_value(|failures| *failures += 1);
        }
        self.sending.set_value(false);
    }

    /// How many seconds to wait before what has failed is tried again: each time twice as long.
    #[must_use]
    pub fn patience(self) -> u32 {
        let failures = self.failures.get_value().saturating_sub(1);
        2_u32.saturating_pow(failures).min(PATIENCE_SECONDS_MAX)
    }

    /// Forgets something that was refused.
    pub fn drop_one(self, id: OperationId) {
        self.waiting.update(|waiting| waiting.retain(|one| one.id != id));
        forget(id);
    }
}

/// Takes it out of the device's database.
fn forget(id: OperationId) {
    #[cfg(feature = "hydrate")]
    leptos::task::spawn_local(async move {
        // What stays there by a fault is sent once more, and answered as before.
        drop(storage::remove(&id.to_string()).await);
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = id;
}

/// The half that only devices have.
#[cfg(feature = "hydrate")]
mod device {
    use domain::board::{Operation, Wanted};
    use domain::ids::{CardId, OperationId};
    use leptos::prelude::*;
    use leptos::task::spawn_local;

    use super::storage::{self, Entry};
    use super::{Outbox, Step, Waiting, leaving};

    /// An id for a new card, made on this device.
    #[must_use]
    pub fn new_card() -> CardId {
        CardId(storage::new_id())
    }

    /// The words that somebody has written.
    fn text(operation: &Operation) -> Option<&str> {
        match operation {
            Operation::Write { text, .. }
            | Operation::Comment { text, .. }
            | Operation::Tell { text, .. } => Some(text),
            _ => None,
        }
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
                self.waiting.update(|waiting| {
                    waiting.retain(|one| Some(one.id) != instead_of);
                    waiting.push(Waiting::of(entry, operation, only_here));
                });
                shown();
            });
        }

        /// Asks before the page is left, for as long as something is in it only.
        pub fn warn(self) {
            let is_only_here = |one: &Waiting| one.only_here && !matches!(one.step, Step::Sent(_));
            let any = Memo::new(move |_| self.waiting.with(|waiting| waiting.iter().any(is_only_here)));
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
                wanted: refused.wanted.replace(&id.to_string(), &new.to_string()),
            };
            self.keep(entry, refused.operation, Some(id), shown);
        }

        /// Brings back what this device still wants on a board, from an earlier visit.
        pub fn remember(self, board: String, shown: Box<dyn FnOnce()>) {
            spawn_local(async move {
                let kept = storage::all(&board).await.unwrap_or_default();
                self.waiting.update(|waiting| {
                    for entry in kept {
                        if waiting.iter().all(|one| one.id != entry.id) {
                            waiting.push(Waiting::of(entry, None, false));
                        }
                    }
                });
                shown();
            });
        }
    }

    impl Waiting {
        fn of(entry: Entry, operation: Option<Operation>, only_here: bool) -> Self {
            Self {
                id: entry.id,
                text: entry.text,
                wanted: entry.wanted,
                operation,
                only_here,
                step: Self::unsent(only_here),
            }
        }
    }
}

#[cfg(feature = "hydrate")]
pub use device::new_card;

//! What somebody wants, from the tap to the answer: kept on the device first, shown at once, sent when there is a
//! network, and said again until the server has answered. Nothing that was written is lost on the way.
//!
//! - [`Outbox`]: what this device wants on one board
//! - `storage`: the device's database
//! - [`draft`]: what was typed and not sent yet
//! - [`typing`]: a form whose words go into the outbox
//! - [`list`]: what has not arrived yet, on the page
//!
//! On the server there is no device: all of this is empty there.

pub mod draft;
pub mod list;
#[cfg(feature = "hydrate")]
mod storage;
pub mod typing;

use domain::board::{Answered, BoardView, Operation, Refusal, Wanted};
use domain::ids::OperationId;
use leptos::prelude::*;

use super::words;

/// Something that this device wants, and how far it is.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// What.
    pub wanted: Wanted,
    /// How far.
    pub step: Step,
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
}

impl Outbox {
    /// Nothing is wanted yet.
    #[must_use]
    pub fn new(confirmed: BoardView) -> Self {
        Self {
            waiting: RwSignal::new(Vec::new()),
            confirmed: StoredValue::new(confirmed),
            sending: StoredValue::new(false),
        }
    }

    /// Changes what the server has confirmed.
    pub fn confirm(self, change: impl FnOnce(&mut BoardView)) {
        self.confirmed.update_value(change);
        let sequence = self.confirmed.with_value(|view| view.sequence);
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

    /// The board with all that is wanted as if it were done.
    #[must_use]
    pub fn expected(self) -> BoardView {
        let mut view = self.confirmed.get_value();
        self.waiting.with_untracked(|waiting| {
            let wanted = waiting.iter().filter(|one| !matches!(one.step, Step::Refused(_)));
            for one in wanted {
                view.predict(&one.wanted.operation);
            }
        });
        view
    }

    /// Takes answers. Returns the sentences that somebody has to read, of what was refused and is not kept.
    pub fn answered(self, answers: &[Answered]) -> Vec<String> {
        self.sending.set_value(false);
        let confirmed = self.confirmed.with_value(|view| view.sequence);
        let mut sentences = Vec::new();
        self.waiting.update(|waiting| {
            for Answered { id, answer } in answers {
                let Some(at) = waiting.iter().position(|one| one.wanted.id == *id) else {
                    continue;
                };
                match *answer {
                    Ok(record) if record > confirmed => waiting[at].step = Step::Sent(record),
                    Ok(_) | Err(Refusal::Twice) => {
                        waiting.remove(at);
                    }
                    Err(refusal) if is_text(&waiting[at].wanted.operation) => {
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

    /// What comes to its own turn: not answered, not on its way.
    fn next(self) -> Vec<Wanted> {
        if self.sending.get_value() {
            return Vec::new();
        }
        self.waiting.with_untracked(|waiting| {
            let unsent = waiting
                .iter()
                .filter(|one| matches!(one.step, Step::OnDevice | Step::InPage));
            unsent.map(|one| one.wanted.clone()).take(AT_ONCE_MAX).collect()
        })
    }

    /// What waits to be sent, as a message; it counts as on its way from now on. Nothing if there is nothing.
    #[must_use]
    pub fn message(self) -> Option<String> {
        let next = self.next();
        if next.is_empty() {
            return None;
        }
        self.sending.set_value(true);
        // What cannot be written cannot be sent either.
        serde_json::to_string(&next).ok()
    }

    /// What was on its way has not arrived.
    pub fn failed(self) {
        self.sending.set_value(false);
    }

    /// Forgets something that was refused.
    pub fn drop_one(self, id: OperationId) {
        self.waiting
            .update(|waiting| waiting.retain(|one| one.wanted.id != id));
        forget(id);
    }

    /// Sends something again that was refused.
    pub fn again(self, id: OperationId) {
        self.waiting.update(|waiting| {
            if let Some(one) = waiting.iter_mut().find(|one| one.wanted.id == id) {
                one.step = Step::OnDevice;
                // Under its old id the server would repeat its old answer.
                #[cfg(feature = "hydrate")]
                {
                    forget(id);
                    one.wanted.id = OperationId(storage::new_id());
                }
            }
        });
    }
}

/// An id for a new card, made on this device.
#[cfg(feature = "hydrate")]
#[must_use]
pub fn new_card() -> domain::ids::CardId {
    domain::ids::CardId(storage::new_id())
}

/// Operations in one message: well below what a message may hold, whatever they say.
const AT_ONCE_MAX: usize = 6;

/// Whether an operation holds words that somebody has written.
fn is_text(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::Write { .. } | Operation::Comment { .. } | Operation::Edit { .. }
    )
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

#[cfg(feature = "hydrate")]
impl Outbox {
    /// Keeps something that is wanted on the device; it counts from then on. `shown` is called with it in the list.
    pub fn want(self, board: String, operation: Operation, shown: impl FnOnce() + 'static) {
        let wanted = Wanted {
            id: OperationId(storage::new_id()),
            operation,
        };
        leptos::task::spawn_local(async move {
            let step = match storage::keep(&board, &wanted).await {
                Ok(()) => Step::OnDevice,
                Err(_) => Step::InPage,
            };
            self.waiting
                .update(|waiting| waiting.push(Waiting { wanted, step }));
            shown();
        });
    }

    /// Brings back what this device still wants on a board, from an earlier visit.
    pub fn remember(self, board: String, shown: impl FnOnce() + 'static) {
        leptos::task::spawn_local(async move {
            let kept = storage::all(&board).await.unwrap_or_default();
            self.waiting.update(|waiting| {
                for wanted in kept {
                    if waiting.iter().all(|one| one.wanted.id != wanted.id) {
                        waiting.push(Waiting {
                            wanted,
                            step: Step::OnDevice,
                        });
                    }
                }
            });
            shown();
        });
    }
}

//! What a device wants on a board, from the tap to the screen: it waits until it is answered, and leaves with an answer or by the
//! person's own hand. Nothing that was written is lost on the way.
//!
//! No signals and no browser: the page keeps its signals around this piece and does the storage that it asks for; the simulation
//! drives the same piece through thousands of rooms.

use super::decide::Refusal;
use super::operation::Operation;
use super::wire::Answered;
use crate::ids::OperationId;

/// Operations in one message: well below what a message may hold, whatever they say.
pub const AT_ONCE_MAX: usize = 6;
/// The longest pause before something is tried again.
pub const PATIENCE_SECONDS_MAX: u32 = 60;

/// Something that a device wants, and how far it is. What is wanted is the business of whoever sends it.
#[derive(Clone, Debug)]
pub struct Waiting<What> {
    /// Under which id.
    pub id: OperationId,
    /// The words in it, if somebody has written any.
    pub text: Option<String>,
    /// What.
    pub what: What,
    /// Whether the device has no place for it.
    pub only_here: bool,
    /// How far.
    pub step: Step,
}

impl<What> Waiting<What> {
    /// Something that was not sent yet.
    #[must_use]
    pub fn new(id: OperationId, text: Option<String>, what: What, only_here: bool) -> Self {
        let step = unsent(only_here);
        Self {
            id,
            text,
            what,
            only_here,
            step,
        }
    }
}

/// How far something is that waits to be sent.
fn unsent(only_here: bool) -> Step {
    if only_here { Step::InPage } else { Step::OnDevice }
}

/// How far something is that a device wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Kept on the device, and sent when there is a network.
    OnDevice,
    /// Only in the page: the device has no place for it.
    InPage,
    /// Taken by the server as this record of the log; not on the screen yet.
    Sent(u64),
    /// Refused. The text stays until somebody decides what becomes of it.
    Refused(Refusal),
}

/// What answers leave to do.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Over {
    /// What the device need not keep any longer.
    pub forget: Vec<OperationId>,
    /// Why something was refused that nobody keeps: somebody has to read it.
    pub refusals: Vec<Refusal>,
}

/// What a device wants on one board.
#[derive(Clone, Debug)]
pub struct Outbox<What> {
    /// Oldest first.
    waiting: Vec<Waiting<What>>,
    /// Whether something is on its way.
    sending: bool,
    /// How often in a row what was on its way has not arrived.
    failures: u32,
}

impl<What> Default for Outbox<What> {
    fn default() -> Self {
        Self {
            waiting: Vec::new(),
            sending: false,
            failures: 0,
        }
    }
}

impl<What> Outbox<What> {
    /// What waits, oldest first.
    pub fn iter(&self) -> std::slice::Iter<'_, Waiting<What>> {
        self.waiting.iter()
    }

    /// Whether something is in this page and nowhere else: until it is on the screen.
    #[must_use]
    pub fn is_only_here(&self) -> bool {
        self.iter().any(|one| one.only_here)
    }

    /// Something is wanted, in place of something that was refused if that is named.
    pub fn want(&mut self, one: Waiting<What>, instead_of: Option<OperationId>) {
        self.waiting.retain(|other| Some(other.id) != instead_of);
        self.waiting.push(one);
    }

    /// Brings back what the device has kept from an earlier visit: it was wanted before all that is wanted in this page.
    pub fn remember(&mut self, mut kept: Vec<Waiting<What>>) {
        kept.retain(|old| self.iter().all(|one| one.id != old.id));
        kept.append(&mut self.waiting);
        self.waiting = kept;
    }

    /// What is sent next; it counts as on its way from now on. Nothing if there is nothing, or something is on its way already:
    /// nothing overtakes it.
    pub fn message(&mut self) -> Vec<&Waiting<What>> {
        let most = if self.sending { 0 } else { AT_ONCE_MAX };
        let unsent = self
            .waiting
            .iter()
            .filter(|one| matches!(one.step, Step::OnDevice | Step::InPage));
        let next: Vec<_> = unsent.take(most).collect();
        self.sending |= !next.is_empty();
        next
    }

    /// Takes answers. `shown` is the record up to which the board is on the screen: what was taken behind it waits until it is there.
    pub fn answered(&mut self, answers: &[Answered], shown: u64) -> Over {
        self.sending = false;
        self.failures = 0;
        let mut over = Over::default();
        for Answered { id, answer } in answers {
            let Some(at) = self.waiting.iter().position(|one| one.id == *id) else {
                continue;
            };
            let one = &mut self.waiting[at];
            match *answer {
                Ok(record) if record > shown => {
                    one.step = Step::Sent(record);
                    continue;
                }
                Ok(_) | Err(Refusal::Twice) => {}
                Err(refusal) if one.text.is_some() => {
                    one.step = Step::Refused(refusal);
                    continue;
                }
                Err(refusal) => over.refusals.push(refusal),
            }
            self.waiting.remove(at);
            over.forget.push(*id);
        }
        over
    }

    /// The board is on the screen up to this record. Returns what has arrived with it: the device need not keep it any longer. It
    /// does until then, for a backup that is put back meanwhile.
    pub fn confirmed(&mut self, shown: u64) -> Vec<OperationId> {
        let mut forget = Vec::new();
        self.waiting.retain(|one| {
            let is_waiting = !matches!(one.step, Step::Sent(record) if record <= shown);
            if !is_waiting {
                forget.push(one.id);
            }
            is_waiting
        });
        forget
    }

    /// The line is another one, and this comes before its first news. What was on its way may not have arrived; and perhaps the board
    /// has another history now, because a backup was put back. What was taken and is not on the screen yet is said once more, under its
    /// id: what the server still has is only answered again. Returns whether there is any.
    pub fn say_again(&mut self) -> bool {
        self.failed();
        let mut is_any = false;
        for one in &mut self.waiting {
            if let Step::Sent(_) = one.step {
                one.step = unsent(one.only_here);
                is_any = true;
            }
        }
        is_any
    }

    /// What was on its way has not arrived.
    pub fn failed(&mut self) {
        self.failures += u32::from(self.sending);
        self.sending = false;
    }

    /// How many seconds to wait before what has failed is tried again: each time twice as long.
    #[must_use]
    pub fn patience(&self) -> u32 {
        let failures = self.failures.saturating_sub(1);
        2_u32.saturating_pow(failures).min(PATIENCE_SECONDS_MAX)
    }

    /// Somebody throws something away that was refused.
    pub fn dropped(&mut self, id: OperationId) {
        self.waiting.retain(|one| one.id != id);
    }
}

/// The words that somebody has written.
#[must_use]
pub fn text(operation: &Operation) -> Option<&str> {
    match operation {
        Operation::Write { text, .. } | Operation::Comment { text, .. } | Operation::Tell { text, .. } => {
            Some(text)
        }
        _ => None,
    }
}

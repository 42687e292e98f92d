//! What the forms of one page answered.

use leptos::prelude::*;

use super::FormReply;

/// What the forms of one page answered: the last answer, how many there were, whether one is on its way.
#[derive(Clone, Copy, Debug)]
pub struct Answers {
    last: RwSignal<Option<FormReply>>,
    /// Answers of the server.
    heard: RwSignal<usize>,
    /// Forms that did not get through, or whose answer did not.
    unheard: RwSignal<usize>,
    /// Where a form went that worked, one entry each time.
    done: StoredValue<Vec<&'static str>>,
    pending: RwSignal<bool>,
    /// Whether a form may leave while another is on its way.
    overlap: bool,
}

impl Answers {
    /// No answer yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            last: RwSignal::new(None),
            heard: RwSignal::new(0),
            unheard: RwSignal::new(0),
            done: StoredValue::new(Vec::new()),
            pending: RwSignal::new(false),
            overlap: false,
        }
    }

    /// No answer yet, of forms of which one may leave while another is on its way: what they do is the same done twice.
    #[must_use]
    pub fn overlapping() -> Self {
        Self {
            overlap: true,
            ..Self::new()
        }
    }

    /// How many answers there were, also that there was no network. What reads this is done again after each.
    #[must_use]
    pub fn count(self) -> usize {
        self.heard.get() + self.unheard.get()
    }

    /// How many answers came from the server: each may have changed what a page shows.
    #[must_use]
    pub fn heard(self) -> usize {
        self.heard.get()
    }

    /// What reads this is done again after each form that got no answer. It stands as it was sent, and nothing is loaded again.
    pub fn follow_unheard(self) {
        self.unheard.track();
    }

    /// How often a form to this address has worked: then what was sent stands in it no longer.
    #[must_use]
    pub fn done(self, to: &'static str) -> usize {
        self.done
            .with_value(|done| done.iter().filter(|one| **one == to).count())
    }

    /// Whether there was an answer.
    #[must_use]
    pub fn is_answered(self) -> bool {
        self.heard.get_untracked() + self.unheard.get_untracked() > 0
    }

    /// The last answer; before the first, what was kept for a browser without WebAssembly. What reads this is
    /// done again after each answer.
    #[must_use]
    pub fn last_or(self, kept: &FormReply) -> FormReply {
        self.last.get().unwrap_or_else(|| kept.clone())
    }

    /// Whether a form is on its way.
    #[must_use]
    pub fn pending(self) -> bool {
        self.pending.get()
    }

    /// A form leaves. False if one is on its way already, and they may not overlap: nothing is sent twice.
    #[must_use]
    pub fn start(self) -> bool {
        if self.pending.get_untracked() && !self.overlap {
            return false;
        }
        self.pending.set(true);
        true
    }

    /// The answer of the server to a form that went to `to`.
    pub fn finish(self, to: &'static str, reply: FormReply) {
        if reply.errors.is_empty() {
            self.done.update_value(|done| done.push(to));
        }
        self.pending.set(false);
        self.last.set(Some(reply));
        self.heard.update(|heard| *heard += 1);
    }

    /// What was answered is about something else than what is shown now.
    pub fn forget(self) {
        if self.last.with_untracked(Option::is_some) {
            self.last.set(None);
        }
    }

    /// No answer came. What was typed comes back with a sentence.
    pub fn give_up(self, reply: FormReply) {
        self.pending.set(false);
        self.last.set(Some(reply));
        self.unheard.update(|unheard| *unheard += 1);
    }
}

impl Default for Answers {
    fn default() -> Self {
        Self::new()
    }
}

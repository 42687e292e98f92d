//! What the forms of one page answered.

use leptos::prelude::*;

use super::FormReply;

/// What the forms of one page answered: the last answer, how many there were, whether one is on its way.
#[derive(Clone, Copy, Debug)]
pub struct Answers {
    last: RwSignal<Option<FormReply>>,
    count: RwSignal<usize>,
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
            count: RwSignal::new(0),
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

    /// How many answers there were. What reads this is done again after each.
    #[must_use]
    pub fn count(self) -> usize {
        self.count.get()
    }

    /// Whether there was an answer.
    #[must_use]
    pub fn is_answered(self) -> bool {
        self.count.get_untracked() > 0
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

    /// Its answer is here.
    pub fn finish(self, reply: FormReply) {
        self.pending.set(false);
        self.last.set(Some(reply));
        self.count.update(|count| *count += 1);
    }
}

impl Default for Answers {
    fn default() -> Self {
        Self::new()
    }
}

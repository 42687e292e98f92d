//! What became of a solution where somebody tried it, and a sentence about how that was.
//!
//! The sentence is a comment of its own kind: so it waits, is hidden, reported and erased as every text of a person is.
//! What became of the solution counts at once, whatever becomes of the sentence. Who takes that back takes the sentence
//! out of sight with it, and brings it back by saying it again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::state::{Board, Card};
use super::words::Outcome;
use crate::district::District;
use crate::ids::{CardId, MemberId};

/// What became of a solution where one member tried it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// What.
    pub outcome: Outcome,
    /// Where that was, if it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<District>,
}

/// What stands beside a sentence about a solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// What became of it. Nothing: its author says nothing about it any more, and nobody else reads the sentence.
    pub outcome: Option<Outcome>,
    /// Where that was, if that was said and may be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<District>,
}

/// What became of a solution in one district.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriedIn {
    /// Where.
    pub district: District,
    /// How many have tried it there, by [`Outcome::ALL`].
    pub counts: [u32; 3],
}

impl Card {
    /// What became of this solution where a member tried it.
    #[must_use]
    pub fn trial_of(&self, member: MemberId) -> Option<Trial> {
        Some(Trial {
            outcome: *self.tried.get(&member)?,
            district: self.tried_in.get(&member).copied(),
        })
    }

    /// Notes what became of this solution where a member tried it, or that the member says nothing about it.
    pub(super) fn set_trial(&mut self, member: MemberId, trial: Option<Trial>) {
        self.tried.remove(&member);
        self.tried_in.remove(&member);
        if let Some(Trial { outcome, district }) = trial {
            self.tried.insert(member, outcome);
            self.tried_in.extend(district.map(|district| (member, district)));
        }
    }
}

impl Board {
    /// What became of the solution of which a sentence tells, as its author says by now: of the card that stands for the
    /// solution, or else of the solution itself.
    #[must_use]
    pub fn trial_told(&self, sentence: &Card) -> Option<Trial> {
        let on = sentence.on?;
        let trial = |card: CardId| self.cards.get(&card)?.trial_of(sentence.author);
        trial(self.root(on)).or_else(|| trial(on))
    }

    /// The sentences that a member has written about a solution, or about one that was brought together with it.
    pub(super) fn told_by(&self, member: MemberId, solution: CardId) -> impl Iterator<Item = &Card> {
        let root = self.root(solution);
        let cards = self.cards.values().map(AsRef::as_ref);
        cards.filter(move |card: &&Card| {
            card.tells && card.author == member && card.on.is_some_and(|on| self.root(on) == root)
        })
    }
}

/// What became of a solution by member, together with what was brought together with it. Who has said something about
/// several of them has said it last about the one that stands for them.
pub(super) fn trials(card: &Card, sources: &[&Card]) -> BTreeMap<MemberId, Trial> {
    let mut trials = BTreeMap::new();
    for one in [card].iter().chain(sources) {
        for member in one.tried.keys() {
            if let Some(trial) = one.trial_of(*member) {
                trials.entry(*member).or_insert(trial);
            }
        }
    }
    trials
}

/// How many have tried it, by [`Outcome::ALL`].
pub(super) fn counts<'a>(trials: impl Iterator<Item = &'a Trial>) -> [u32; 3] {
    let mut counts = [0; 3];
    for trial in trials {
        let at = Outcome::ALL.iter().position(|one| *one == trial.outcome);
        if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    counts
}

/// The same district by district, of those that may be shown.
pub(super) fn counts_by_district(
    trials: &BTreeMap<MemberId, Trial>,
    may_be_shown: impl Fn(District) -> bool,
) -> Vec<TriedIn> {
    if trials.is_empty() {
        return Vec::new();
    }
    let said = |district: &District| trials.values().any(|trial| trial.district == Some(*district));
    let districts = District::ALL.into_iter().filter(said);
    let shown = districts.filter(|district| may_be_shown(*district));
    let shown = shown.map(|district| {
        let here = trials.values().filter(|trial| trial.district == Some(district));
        TriedIn {
            district,
            counts: counts(here),
        }
    });
    shown.collect()
}

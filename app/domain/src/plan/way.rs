//! The shortest way to what is wanted: with everything that has to come before, and of what one can choose between, that
//! with the fewest hours. What was chosen already counts.
//!
//! A search by rising cost (Dijkstra 1959): a node is a set of modules, its cost the hours that are still to be worked.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashSet};

use super::offer::Offers;
use crate::module::{ModuleCode, Requirement};

/// Sets that are looked at before the search ends with what it has.
const SETS_MAX: usize = 4_000;
/// Ways to meet one requirement that are looked at.
const CHOICES_MAX: usize = 300;

/// The modules of a way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// What has to be taken, with what was chosen.
    pub modules: BTreeSet<ModuleCode>,
    /// Whether with these everything is met that has to come before, and the goal is reached.
    pub is_complete: bool,
}

type Codes = BTreeSet<ModuleCode>;

/// The way to a goal and to all that was chosen, by someone who has passed some modules. If there is none, it is what was
/// chosen and no more.
#[must_use]
pub fn shortest(goal: Option<&Requirement>, chosen: &Codes, passed: &Codes, offers: &Offers) -> Way {
    let start: Codes = chosen.difference(passed).cloned().collect();
    let search = Search { goal, passed, offers };
    let mut open = BinaryHeap::from([Reverse((search.hours(&start), start.clone()))]);
    let mut seen = HashSet::new();
    while let Some(Reverse((_, set))) = open.pop() {
        let Some(requirement) = search.unmet(&set) else {
            return Way {
                modules: set,
                is_complete: true,
            };
        };
        if seen.len() == SETS_MAX {
            break;
        }
        for more in search.choices(requirement, &set) {
            let next: Codes = set.union(&more).cloned().collect();
            if seen.insert(next.clone()) {
                open.push(Reverse((search.hours(&next), next)));
            }
        }
    }
    Way {
        modules: start,
        is_complete: false,
    }
}

struct Search<'a> {
    goal: Option<&'a Requirement>,
    passed: &'a Codes,
    offers: &'a Offers,
}

impl Search<'_> {
    fn hours(&self, set: &Codes) -> u32 {
        let of = |code: &ModuleCode| self.offers.get(code).map_or(0, |offer| offer.hours);
        set.iter().map(of).sum()
    }

    fn has(&self, set: &Codes, code: &ModuleCode) -> bool {
        set.contains(code) || self.passed.contains(code)
    }

    /// The first requirement that is not met by a set.
    fn unmet(&self, set: &Codes) -> Option<&Requirement> {
        let of = |code: &ModuleCode| {
            let offer = self.offers.get(code);
            let before = offer.and_then(|offer| offer.requirement.as_ref());
            before
                .into_iter()
                .chain(offer.map(|offer| offer.together.iter()).into_iter().flatten())
        };
        let all = self.goal.into_iter().chain(set.iter().flat_map(of));
        let mut unmet = all.filter(|requirement| !requirement.is_met(&|code| self.has(set, code)));
        unmet.next()
    }

    /// What can be added to a set so that a requirement is met; nothing more than is needed.
    fn choices(&self, requirement: &Requirement, set: &Codes) -> Vec<Codes> {
        if requirement.is_met(&|code| self.has(set, code)) {
            return vec![Codes::new()];
        }
        let mut choices = match requirement {
            Requirement::Module(code) if self.offers.contains_key(code) => vec![Codes::from([code.clone()])],
            Requirement::Module(_) => Vec::new(),
            Requirement::All(parts) => self.some(parts.len(), parts, set),
            Requirement::Any(parts) => self.some(1, parts, set),
            Requirement::Some(count, parts) => self.some(*count, parts, set),
        };
        choices.sort_by_key(|more| self.hours(more));
        choices.dedup();
        choices.truncate(CHOICES_MAX);
        choices
    }

    /// So many of these parts: part by part, taken or left out.
    fn some(&self, count: usize, parts: &[Requirement], set: &Codes) -> Vec<Codes> {
        let Some((first, rest)) = parts.split_first() else {
            return if count == 0 {
                vec![Codes::new()]
            } else {
                Vec::new()
            };
        };
        if count == 0 {
            return vec![Codes::new()];
        }
        if count > parts.len() {
            return Vec::new();
        }
        let mut all = Vec::new();
        for taken in self.choices(first, set) {
            for more in self.some(count - 1, rest, set) {
                all.push(taken.union(&more).cloned().collect());
            }
            if all.len() > CHOICES_MAX {
                return all;
            }
        }
        all.extend(self.some(count, rest, set));
        all
    }
}

//! Modules in semesters: what was fixed stays where it is, everything else comes as early as it can.

use std::collections::{BTreeMap, BTreeSet};

use super::conflict::Conflict;
use super::offer::{Offer, Offers};
use super::term::Term;
use super::way::shortest;
use super::wish::Wish;
use crate::module::{ModuleCode, Requirement};

/// Weeks of a semester in which people study: 26, less four of holidays.
pub const STUDY_WEEKS: u32 = 22;
/// So many semesters a plan looks ahead.
pub const TERMS_MAX: usize = 16;

/// A plan that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Semesters from the first to the last with a module; those between may be empty.
    pub terms: Vec<TermLoad>,
    /// What does not fit.
    pub conflicts: Vec<Conflict>,
    /// What was chosen and has no semester: it is gone, or none was found.
    pub homeless: Vec<ModuleCode>,
}

/// A semester of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermLoad {
    /// Which one.
    pub term: Term,
    /// What is worked on in it, by short name.
    pub modules: Vec<Placed>,
    /// Hours of work a week, rounded up.
    pub hours_a_week: u32,
}

/// A module in a semester.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Which one.
    pub code: ModuleCode,
    /// Whether it was chosen, or something else needs it.
    pub is_chosen: bool,
    /// Whether the semester was chosen for it.
    pub is_fixed: bool,
    /// Whether it began in the semester before.
    pub goes_on: bool,
}

impl Schedule {
    /// The semester after which everything is done.
    #[must_use]
    pub fn finish(&self) -> Option<Term> {
        self.terms.last().map(|load| load.term)
    }
}

/// Plans the shortest way to a goal and to what was chosen, from a semester on.
#[must_use]
pub fn schedule(wish: &Wish, goal: Option<&Requirement>, offers: &Offers) -> Schedule {
    let chosen: BTreeSet<ModuleCode> = wish.chosen.keys().cloned().collect();
    let way = shortest(goal, &chosen, &wish.passed, offers);
    let mut board = Board {
        wish,
        offers,
        all: &way.modules,
        begins: BTreeMap::new(),
        conflicts: Vec::new(),
    };
    if !way.is_complete && goal.is_some() {
        board.conflicts.push(Conflict::OutOfReach);
    }
    let mut free: Vec<&ModuleCode> = Vec::new();
    for code in &way.modules {
        match (offers.get(code), wish.chosen.get(code).copied().flatten()) {
            (None, _) => board.conflicts.push(Conflict::Gone(code.clone())),
            (Some(offer), Some(term)) => board.fix(code, offer, term),
            (Some(_), None) => free.push(code),
        }
    }
    board.fill(free);
    board.check_fixed();
    board.finish()
}

struct Board<'a> {
    wish: &'a Wish,
    offers: &'a Offers,
    /// Everything on the way.
    all: &'a BTreeSet<ModuleCode>,
    begins: BTreeMap<ModuleCode, Term>,
    conflicts: Vec<Conflict>,
}

impl Board<'_> {
    fn fix(&mut self, code: &ModuleCode, offer: &Offer, term: Term) {
        if term < self.wish.from {
            self.conflicts.push(Conflict::Over(code.clone(), term));
        } else if !offer.begins_in(term) {
            self.conflicts.push(Conflict::NotThen(code.clone(), term));
        }
        self.begins.insert(code.clone(), term);
    }

    /// Whether a module is done when a semester begins.
    fn is_done(&self, code: &ModuleCode, term: Term) -> bool {
        let ends_before = |begins: &Term| {
            let terms = self.offers.get(code).map_or(1, Offer::terms);
            begins.later(terms) <= term
        };
        self.wish.passed.contains(code) || self.begins.get(code).is_some_and(ends_before)
    }

    fn is_open_to(&self, requirement: Option<&Requirement>, term: Term) -> bool {
        requirement.is_none_or(|requirement| requirement.is_met(&|code| self.is_done(code, term)))
    }

    /// Hours of work in a semester.
    fn hours(&self, term: Term) -> u32 {
        let of = |(code, begins): (&ModuleCode, &Term)| {
            let offer = self.offers.get(code)?;
            let terms = offer.terms();
            let is_on = *begins <= term && term < begins.later(terms);
            is_on.then(|| share(offer))
        };
        self.begins.iter().filter_map(of).sum()
    }

    /// Semester by semester: first that on which the longest way hangs.
    fn fill(&mut self, mut free: Vec<&ModuleCode>) {
        let rest: BTreeMap<&ModuleCode, usize> = free
            .iter()
            .map(|code| (*code, hangs_on(code, self.all, self.offers, TERMS_MAX)))
            .collect();
        free.sort_by_key(|code| {
            let hours = self.offers.get(*code).map_or(0, |offer| offer.hours);
            std::cmp::Reverse((rest.get(code).copied().unwrap_or(0), hours))
        });
        for term in (0..TERMS_MAX).map(|terms| self.wish.from.later(terms)) {
            free.retain(|code| !self.begin(code, term));
        }
        self.conflicts
            .extend(free.into_iter().cloned().map(Conflict::Nowhere));
    }

    /// Begins a module in a semester, if it can, with all that belong to it. What alone is more than the hours of a semester
    /// has one for itself.
    fn begin(&mut self, code: &ModuleCode, term: Term) -> bool {
        if self.begins.contains_key(code) {
            return true;
        }
        let group: Vec<ModuleCode> = self.group(code).into_iter().collect();
        let offers = group
            .iter()
            .map(|member| self.offers.get(member))
            .collect::<Option<Vec<_>>>();
        let Some(offers) = offers else {
            return false;
        };
        let can_begin =
            |offer: &&Offer| offer.begins_in(term) && self.is_open_to(offer.requirement.as_ref(), term);
        let terms = offers.iter().map(|offer| offer.terms()).max().unwrap_or(1);
        let fits = (0..terms).all(|later| {
            let now = self.hours(term.later(later));
            let running = offers.iter().filter(|offer| later < offer.terms());
            let more: u32 = running.map(|offer| share(offer)).sum();
            now == 0 || now + more <= self.wish.hours_a_week * STUDY_WEEKS
        });
        let can = fits && offers.iter().all(can_begin);
        if can {
            self.begins.extend(group.into_iter().map(|member| (member, term)));
        }
        can
    }

    /// Whether one of two modules asks to be visited with the other one.
    fn belong(&self, one: &ModuleCode, other: &ModuleCode) -> bool {
        let asks = |asking: &ModuleCode, for_it: &ModuleCode| {
            let together = self.offers.get(asking).map(|offer| offer.together.as_slice());
            let mut named = together.unwrap_or_default().iter().flat_map(Requirement::codes);
            named.any(|code| code == for_it)
        };
        asks(one, other) || asks(other, one)
    }

    /// A module and all that have to be visited with it and have no semester yet.
    fn group(&self, code: &ModuleCode) -> BTreeSet<ModuleCode> {
        let mut group = BTreeSet::from([code.clone()]);
        let mut new = vec![code.clone()];
        while let Some(member) = new.pop() {
            for other in self.all.iter().filter(|other| self.belong(&member, other)) {
                if !self.begins.contains_key(other) && group.insert(other.clone()) {
                    new.push(other.clone());
                }
            }
        }
        group
    }

    /// What was fixed too early, or apart from what belongs to it.
    fn check_fixed(&mut self) {
        for (code, term) in &self.begins {
            let together = self.offers.get(code).map(|offer| offer.together.as_slice());
            for other in together.unwrap_or_default().iter().flat_map(Requirement::codes) {
                if self.begins.get(other).is_some_and(|begins| begins != term) {
                    self.conflicts.push(Conflict::Apart(code.clone(), other.clone()));
                }
            }
            let requirement = self.offers.get(code).and_then(|offer| offer.requirement.as_ref());
            if let Some(requirement) = requirement
                && !self.is_open_to(Some(requirement), *term)
            {
                self.conflicts
                    .push(Conflict::TooEarly(code.clone(), requirement.clone()));
            }
        }
    }

    fn finish(mut self) -> Schedule {
        let ends = |(code, begins): (&ModuleCode, &Term)| {
            begins.later(self.offers.get(code).map_or(1, Offer::terms))
        };
        let first = self.begins.values().min().copied();
        let end = self.begins.iter().map(ends).max();
        let mut terms = Vec::new();
        if let (Some(first), Some(end)) = (first, end) {
            for term in (0..end.since(first)).map(|terms| first.later(terms)) {
                let hours_a_week = self.hours(term).div_ceil(STUDY_WEEKS);
                if hours_a_week > self.wish.hours_a_week {
                    self.conflicts.push(Conflict::TooMuch(term, hours_a_week));
                }
                terms.push(TermLoad {
                    term,
                    modules: self.on(term),
                    hours_a_week,
                });
            }
        }
        let homeless = self.all.iter().filter(|code| !self.begins.contains_key(*code));
        Schedule {
            terms,
            homeless: homeless.cloned().collect(),
            conflicts: self.conflicts,
        }
    }

    /// What is worked on in a semester.
    fn on(&self, term: Term) -> Vec<Placed> {
        let placed = |(code, begins): (&ModuleCode, &Term)| {
            let terms = self.offers.get(code).map_or(1, Offer::terms);
            let is_on = *begins <= term && term < begins.later(terms);
            is_on.then(|| Placed {
                code: code.clone(),
                is_chosen: self.wish.chosen.contains_key(code),
                is_fixed: self.wish.chosen.get(code).is_some_and(Option::is_some),
                goes_on: *begins < term,
            })
        };
        self.begins.iter().filter_map(placed).collect()
    }
}

/// The hours of a module in each of its semesters.
fn share(offer: &Offer) -> u32 {
    offer.hours.div_ceil(u32::try_from(offer.terms()).unwrap_or(1))
}

/// How many semesters the longest way takes that begins with a module; no longer than `most`.
fn hangs_on(code: &ModuleCode, all: &BTreeSet<ModuleCode>, offers: &Offers, most: usize) -> usize {
    let Some(offer) = offers.get(code).filter(|_| most > 0) else {
        return 0;
    };
    let needs_it = |other: &&ModuleCode| {
        let requirement = offers.get(*other).and_then(|offer| offer.requirement.as_ref());
        requirement.is_some_and(|requirement| requirement.codes().contains(code))
    };
    let behind = all.iter().filter(needs_it);
    let longest = behind.map(|other| hangs_on(other, all, offers, most - 1)).max();
    offer.terms() + longest.unwrap_or(0)
}

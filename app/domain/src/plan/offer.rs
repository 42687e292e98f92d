//! What a plan needs to know of a module.

use std::collections::{BTreeMap, BTreeSet};

use super::term::Term;
use crate::module::field::Field;
use crate::module::{Content, ModuleCode, Requirement};

/// Weeks of a semester.
pub const TERM_WEEKS: u32 = 26;

/// How often a module is taught.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// Each semester.
    EachTerm,
    /// Each winter.
    Winter,
    /// Each summer.
    Summer,
    /// Once a year, in which half is not said.
    Yearly,
    /// When enough people ask for it.
    OnDemand,
}

/// What a plan needs to know of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Hours of work in all.
    pub hours: u32,
    /// Weeks from the first date to the examination.
    pub weeks: u32,
    /// How often it is taught.
    pub frequency: Frequency,
    /// What has to be passed before.
    pub requirement: Option<Requirement>,
    /// What has to be visited at the same time, or to be passed before.
    pub together: Vec<Requirement>,
    /// Semesters in which a run begins whose dates are known.
    pub dated: BTreeSet<Term>,
    /// The semester that begins next: without a known date nothing begins before.
    pub next: Term,
}

/// The catalogue, as a plan sees it.
pub type Offers = BTreeMap<ModuleCode, Offer>;

impl Offer {
    /// What the record of a module says, and when its runs begin.
    #[must_use]
    pub fn of(content: &Content, dated: BTreeSet<Term>, next: Term) -> Self {
        Self {
            hours: content.hours(),
            weeks: content.number(Field::Weeks).unwrap_or(TERM_WEEKS),
            frequency: match content.get(Field::Frequency) {
                "each_semester" => Frequency::EachTerm,
                "winter" => Frequency::Winter,
                "summer" => Frequency::Summer,
                "yearly" => Frequency::Yearly,
                _ => Frequency::OnDemand,
            },
            requirement: content.requirement(),
            together: codes(content.get(Field::Together)),
            dated,
            next,
        }
    }

    /// Whether one can begin it in this semester: in the one that runs now only with a run that is still to come. A run with dates is stronger than what is said in general, and of what
    /// comes once a year a run says in which half.
    #[must_use]
    pub fn begins_in(&self, term: Term) -> bool {
        if self.dated.contains(&term) {
            return true;
        }
        if term < self.next {
            return false;
        }
        match self.frequency {
            Frequency::EachTerm | Frequency::OnDemand => true,
            Frequency::Winter => term.is_winter(),
            Frequency::Summer => !term.is_winter(),
            Frequency::Yearly => {
                self.dated.is_empty() || self.dated.iter().any(|run| run.is_winter() == term.is_winter())
            }
        }
    }

    /// How many semesters it takes, at least one.
    #[must_use]
    pub fn terms(&self) -> usize {
        usize::try_from(self.weeks.div_ceil(TERM_WEEKS).max(1)).unwrap_or(1)
    }
}

/// Codes with commas between them.
fn codes(written: &str) -> Vec<Requirement> {
    let codes = written.split(',').filter_map(|code| ModuleCode::parse(code).ok());
    codes.map(Requirement::Module).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_says_in_which_half_comes_what_is_taught_once_a_year() {
        let term = |text: &str| Term::parse(text).unwrap();
        let mut offer = Offer {
            hours: 150,
            weeks: 30,
            frequency: Frequency::Yearly,
            requirement: None,
            together: Vec::new(),
            dated: BTreeSet::new(),
            next: term("2027S"),
        };
        assert!(!offer.begins_in(term("2026W")), "that semester has begun");
        assert!(offer.begins_in(term("2027S")) && offer.begins_in(term("2027W")));
        offer.dated.insert(term("2027S"));
        assert!(offer.begins_in(term("2028S")) && !offer.begins_in(term("2027W")));
        offer.frequency = Frequency::Winter;
        assert!(offer.begins_in(term("2027S")) && !offer.begins_in(term("2028S")));
        assert_eq!(offer.terms(), 2);
    }
}

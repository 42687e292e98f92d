//! What a person wants, as it stands in the URL: `ziel`, `m` (with a semester behind an @), `hat`, `stunden`, `ab`.

use std::collections::{BTreeMap, BTreeSet};

use super::term::Term;
use crate::module::ModuleCode;

/// Modules that can be chosen, and modules that were passed.
pub const CODES_MAX: usize = 40;
/// Hours a week, if nothing is said: an evening and a bit of the weekend beside work.
pub const HOURS_A_WEEK: u32 = 8;
/// The least and the most hours a week.
pub const HOURS_A_WEEK_MIN: u32 = 1;
/// See [`HOURS_A_WEEK_MIN`].
pub const HOURS_A_WEEK_MAX: u32 = 40;

/// What a person wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The short name of the certificate.
    pub goal: Option<ModuleCode>,
    /// Modules that were chosen, some with a semester.
    pub chosen: BTreeMap<ModuleCode, Option<Term>>,
    /// Modules that were passed or credited.
    pub passed: BTreeSet<ModuleCode>,
    /// Hours of work a week.
    pub hours_a_week: u32,
    /// The first semester.
    pub from: Term,
}

impl Wish {
    /// What stands in the pairs of a query, for someone who could begin in this semester. What cannot be read is passed
    /// over; more than [`CODES_MAX`] codes, too.
    #[must_use]
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>, next: Term) -> Self {
        let mut wish = Self {
            goal: None,
            chosen: BTreeMap::new(),
            passed: BTreeSet::new(),
            hours_a_week: HOURS_A_WEEK,
            from: next,
        };
        for (name, value) in pairs {
            match name {
                "ziel" => wish.goal = ModuleCode::parse(value).ok().or(wish.goal),
                "m" => wish.choose(value),
                "hat" if wish.passed.len() < CODES_MAX => wish.passed.extend(ModuleCode::parse(value)),
                "stunden" => {
                    let hours = value.trim().parse().unwrap_or(HOURS_A_WEEK);
                    wish.hours_a_week = u32::clamp(hours, HOURS_A_WEEK_MIN, HOURS_A_WEEK_MAX);
                }
                "ab" => wish.from = Term::parse(value).unwrap_or(wish.from),
                _ => {}
            }
        }
        wish
    }

    fn choose(&mut self, value: &str) {
        let (code, term) = value.split_once('@').unwrap_or((value, ""));
        if let Ok(code) = ModuleCode::parse(code)
            && (self.chosen.len() < CODES_MAX || self.chosen.contains_key(&code))
        {
            let term = Term::parse(term);
            let kept = self.chosen.entry(code).or_insert(term);
            // A choice of a semester comes beside the mark that it was chosen.
            *kept = term.or(*kept);
        }
    }

    /// The pairs that [`Wish::read`] reads again.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        pairs.extend(self.goal.as_ref().map(|code| ("ziel", code.to_string())));
        for (code, term) in &self.chosen {
            let term = term.map(|term| format!("@{term}")).unwrap_or_default();
            pairs.push(("m", format!("{code}{term}")));
        }
        pairs.extend(self.passed.iter().map(|code| ("hat", code.to_string())));
        pairs.push(("stunden", self.hours_a_week.to_string()));
        pairs.push(("ab", self.from.to_string()));
        pairs
    }

    /// Whether nothing is wanted yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.goal.is_none() && self.chosen.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Wish {
        Wish::read(pairs.iter().copied(), Term::new(2027, false))
    }

    #[test]
    fn what_is_written_is_read_again() {
        let wish = read(&[
            ("ziel", "fsa-z1"),
            ("m", "FSA-101"),
            ("m", "FSA-102@2027W"),
            ("hat", "AKL-1"),
            ("stunden", "12"),
            ("ab", "2028S"),
        ]);
        assert_eq!(wish.chosen.len(), 2);
        let pairs = wish.pairs();
        let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(Wish::read(pairs, Term::new(2000, false)), wish);
    }

    #[test]
    fn what_cannot_be_read_is_passed_over() {
        let wish = read(&[
            ("m", "?"),
            ("m", "FSA-101@bald"),
            ("stunden", "99999"),
            ("ab", "x"),
            ("ziel", ""),
        ]);
        assert_eq!(wish.chosen.len(), 1);
        assert_eq!(
            (wish.hours_a_week, wish.from),
            (HOURS_A_WEEK_MAX, Term::new(2027, false))
        );
        assert_eq!(read(&[("stunden", "viele")]).hours_a_week, HOURS_A_WEEK);
        let many: Vec<String> = (0..100).map(|number| format!("A{number:02}")).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|code| ("m", code.as_str())).collect();
        assert_eq!(read(&many).chosen.len(), CODES_MAX);
    }

    #[test]
    fn a_semester_and_the_mark_beside_it_are_one_choice() {
        let both = read(&[("m", "FSA-101"), ("m", "FSA-101@2027W"), ("m", "FSA-101")]);
        assert_eq!(
            both.chosen.values().copied().collect::<Vec<_>>(),
            [Term::parse("2027W")]
        );
    }
}

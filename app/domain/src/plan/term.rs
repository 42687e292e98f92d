//! Semesters, as universities of applied sciences in Saxony count them: summer from 1 March, winter from 1 September.

use std::fmt;

use crate::time::Instant;

/// Months of a year, from which the summer and the winter begin.
const SUMMER_MONTH: i8 = 3;
const WINTER_MONTH: i8 = 9;
/// Years that a plan can speak of.
const YEARS: std::ops::RangeInclusive<u16> = 2000..=2199;

/// A semester.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// Half-years since the year 0; even: summer.
    half_years: u16,
}

impl Term {
    /// The summer of a year, or the winter that begins in it.
    #[must_use]
    pub fn new(year: u16, is_winter: bool) -> Self {
        Self {
            half_years: year.clamp(*YEARS.start(), *YEARS.end()) * 2 + u16::from(is_winter),
        }
    }

    /// The semester in which this instant lies.
    #[must_use]
    pub fn of(instant: Instant) -> Self {
        let date = instant.berlin().date();
        let year = u16::try_from(date.year()).unwrap_or(*YEARS.start());
        match date.month() {
            month if month < SUMMER_MONTH => Self::new(year - 1, true),
            month => Self::new(year, month >= WINTER_MONTH),
        }
    }

    /// Reads `2027S` or `2027W`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, half) = text.split_at_checked(4)?;
        let year = year.parse::<u16>().ok().filter(|year| YEARS.contains(year))?;
        match half {
            "S" => Some(Self::new(year, false)),
            "W" => Some(Self::new(year, true)),
            _ => None,
        }
    }

    /// The semester that begins when so many others have passed.
    #[must_use]
    pub fn later(self, terms: usize) -> Self {
        let terms = u16::try_from(terms).unwrap_or(u16::MAX);
        Self {
            half_years: self.half_years.saturating_add(terms),
        }
    }

    /// How many semesters lie between another one and this one; none if this one is not later.
    #[must_use]
    pub fn since(self, other: Self) -> usize {
        usize::from(self.half_years.saturating_sub(other.half_years))
    }

    /// Whether it is a winter.
    #[must_use]
    pub fn is_winter(self) -> bool {
        self.half_years % 2 == 1
    }

    /// "Sommersemester 2027", "Wintersemester 2027/28"
    #[must_use]
    pub fn words(self) -> String {
        let year = self.half_years / 2;
        if self.is_winter() {
            format!("Wintersemester {year}/{:02}", (year + 1) % 100)
        } else {
            format!("Sommersemester {year}")
        }
    }
}

impl fmt::Display for Term {
    /// As it is read.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let half = if self.is_winter() { 'W' } else { 'S' };
        write!(formatter, "{}{half}", self.half_years / 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_lies_in_its_semester() {
        for (day, term) in [
            ("2027-02-28", "2026W"),
            ("2027-03-01", "2027S"),
            ("2027-08-31", "2027S"),
            ("2027-09-01", "2027W"),
            ("2027-12-31", "2027W"),
        ] {
            let noon = Instant::from_input(&format!("{day}T12:00")).unwrap();
            assert_eq!(Term::of(noon).to_string(), term, "{day}");
        }
    }

    #[test]
    fn semesters_follow_each_other_and_have_names() {
        let summer = Term::parse("2099S").unwrap();
        assert_eq!(summer.words(), "Sommersemester 2099");
        assert_eq!(summer.later(1).words(), "Wintersemester 2099/00");
        assert_eq!(summer.later(3).to_string(), "2100W");
        assert_eq!(summer.later(3).since(summer), 3);
        assert_eq!(summer.since(summer.later(3)), 0);
    }

    #[test]
    fn what_is_no_semester_is_none() {
        for text in ["", "2027", "2027X", "27S", "1999S", "9999W", "2027SS", "20ä7S"] {
            assert_eq!(Term::parse(text), None, "{text}");
        }
    }
}

//! Each semester anew: what is published is said again to hold, and runs are taught again.

use super::term::Term;
use crate::time::Instant;

/// Days from the beginning of a semester in which it is asked what still holds.
const EARLY_DAYS: i64 = 28;
/// Weeks from a run to the next one, in the order in which they are tried: half a year, on the same day of the week.
const WEEKS: [i64; 5] = [26, 25, 27, 24, 28];

/// Whether somebody has to say again that what was said then still holds: another semester has begun since.
#[must_use]
pub fn is_due(said_at: Instant, now: Instant) -> bool {
    Term::of(said_at) < Term::of(now)
}

/// Whether a semester has begun less than four weeks ago: then it is asked what still holds.
#[must_use]
pub fn is_early(now: Instant) -> bool {
    Term::of(now.plus_hours(-EARLY_DAYS * 24)) != Term::of(now)
}

/// When what began then begins in the next semester: about half a year later, on the same day of the week at the same hour.
#[must_use]
pub fn next_start(start: Instant) -> Instant {
    let next = Term::of(start).later(1);
    let later = |weeks: i64| {
        let clock = start.berlin().datetime();
        let moved = jiff::Span::new()
            .try_weeks(weeks)
            .map(|span| clock.saturating_add(span));
        moved.map_or(start, Instant::from_berlin)
    };
    let mut starts = WEEKS.into_iter().map(later);
    starts
        .find(|begins| Term::of(*begins) == next)
        .unwrap_or_else(|| later(26))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::from_input(text).unwrap()
    }

    #[test]
    fn what_was_said_holds_until_the_next_semester_begins() {
        assert!(!is_due(at("2026-09-01T08:00"), at("2027-02-28T20:00")));
        assert!(is_due(at("2026-08-31T08:00"), at("2026-09-01T08:00")));
        assert!(is_due(at("2026-10-01T08:00"), at("2027-03-01T00:30")));
        assert!(is_early(at("2027-03-01T08:00")) && is_early(at("2027-03-28T08:00")));
        assert!(!is_early(at("2027-03-30T08:00")));
    }

    #[test]
    fn the_next_run_begins_in_the_next_semester_on_the_same_day_at_the_same_hour() {
        for start in [
            "2026-10-09T09:00",
            "2026-09-01T17:00",
            "2027-02-26T09:00",
            "2027-03-05T09:00",
            "2027-08-27T09:00",
        ] {
            let (start, next) = (at(start), next_start(at(start)));
            assert_eq!(Term::of(next), Term::of(start).later(1), "{start:?}");
            assert_eq!(next.berlin().date().weekday(), start.berlin().date().weekday());
            assert_eq!(next.berlin().time(), start.berlin().time());
        }
    }
}

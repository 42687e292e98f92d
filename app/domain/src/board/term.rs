//! How long what was written on a board stays.

use crate::names::names;
use crate::time::Instant;

names! {
    /// After how long without anything new what was written on a board is erased. A board without a term keeps it.
    Term {
        /// A quarter.
        Days90 = "90", "Nach 90 Tagen ohne Neues";
        /// Half a year.
        Days180 = "180", "Nach 180 Tagen ohne Neues";
        /// A year.
        Days365 = "365", "Nach einem Jahr ohne Neues";
        /// Two years.
        Days730 = "730", "Nach zwei Jahren ohne Neues";
    }
}

names! {
    /// What goes when the term of a board is over.
    Goes {
        /// What was written, and what was found about it.
        All = "all", "Beiträge und Ergebnisse";
        /// What people wrote, and who they were. What the office has found about it stays.
        Posts = "posts", "nur Beiträge, die Ergebnisse bleiben";
    }
}

impl Term {
    /// In days of 24 hours.
    #[must_use]
    pub fn days(self) -> i64 {
        match self {
            Self::Days90 => 90,
            Self::Days180 => 180,
            Self::Days365 => 365,
            Self::Days730 => 730,
        }
    }

    /// The term of so many days.
    #[must_use]
    pub fn of_days(days: i64) -> Option<Self> {
        Self::ALL.iter().copied().find(|term| term.days() == days)
    }

    /// When it is over if nothing more happens. It begins with the last thing that happened on the board or the end of its
    /// Veranstaltung, and not before it was set: nobody is surprised by a term that is over already.
    #[must_use]
    pub fn ends(self, last: Instant, set: Instant) -> Instant {
        last.max(set).plus_hours(self.days() * 24)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_called_by_its_days() {
        for term in Term::ALL {
            assert_eq!(term.key(), term.days().to_string());
            assert_eq!(Term::of_days(term.days()), Some(*term));
        }
        assert_eq!(Term::of_days(7), None);
    }

    #[test]
    fn a_term_begins_with_what_happened_last_and_not_before_it_was_set() {
        let day = |number: i64| Instant(0).plus_hours(24 * number);
        assert_eq!(Term::Days90.ends(day(10), day(1)), day(100));
        assert_eq!(Term::Days90.ends(day(10), day(400)), day(490));
    }
}

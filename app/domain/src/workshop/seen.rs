//! What somebody saw of a Veranstaltung who changes it.

use std::fmt;

use crate::booking::{ModeRules, SeatRules};

/// What a form for changing a Veranstaltung was made of: its version, and the seats that were kept back then. Nobody has to edit it
/// for these to move: who leaves such a seat gives it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The version.
    pub version: i64,
    /// Seats kept back in the room.
    pub reserved_on_site: u32,
    /// Seats kept back by video.
    pub reserved_online: u32,
}

/// Seats that are kept back have moved since, and the form wants another number of them than it was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved;

impl Seen {
    /// What is to be seen of a version with these seats.
    #[must_use]
    pub fn of(version: i64, seats: &SeatRules) -> Self {
        Self {
            version,
            reserved_on_site: seats.on_site.reserved,
            reserved_online: seats.online.reserved,
        }
    }

    /// Reads what [`fmt::Display`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split('.');
        let seen = Self {
            version: numbers.next()?.parse().ok()?,
            reserved_on_site: numbers.next()?.parse().ok()?,
            reserved_online: numbers.next()?.parse().ok()?,
        };
        numbers.next().is_none().then_some(seen)
    }

    /// Takes over into a form what has moved since it was made: who left the field as it was keeps back as many seats as are kept
    /// back by now, and never more than there are.
    ///
    /// # Errors
    /// [`Moved`] if the field was changed, too: nobody can tell which seats are meant then.
    pub fn carry(self, typed: &mut SeatRules, by_now: &SeatRules) -> Result<(), Moved> {
        carry(self.reserved_on_site, &mut typed.on_site, by_now.on_site)?;
        carry(self.reserved_online, &mut typed.online, by_now.online)
    }
}

fn carry(seen: u32, typed: &mut ModeRules, by_now: ModeRules) -> Result<(), Moved> {
    if typed.reserved == seen {
        typed.reserved = by_now.reserved.min(typed.capacity);
        Ok(())
    } else if typed.capacity == 0 || [seen, typed.reserved].contains(&by_now.reserved) {
        Ok(())
    } else {
        Err(Moved)
    }
}

impl fmt::Display for Seen {
    /// For a hidden field of the form.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            version,
            reserved_on_site,
            reserved_online,
        } = self;
        write!(formatter, "{version}.{reserved_on_site}.{reserved_online}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_travels_as_text() {
        let seen = Seen {
            version: 7,
            reserved_on_site: 2,
            reserved_online: 0,
        };
        assert_eq!(seen.to_string(), "7.2.0");
        assert_eq!(Seen::parse("7.2.0"), Some(seen));
        for wrong in ["", "7", "7.2", "7.2.0.1", "7.-1.0", "a.b.c"] {
            assert_eq!(Seen::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn seats_that_went_back_since_stay_kept_back_unless_the_field_was_changed() {
        let mode = |capacity, reserved| ModeRules { capacity, reserved };
        for (seen, typed, by_now, kept) in [
            // Nothing moved: what was typed counts.
            (2, mode(5, 2), 2, Ok(2)),
            (2, mode(5, 0), 2, Ok(0)),
            // One went back, and somebody edits something else.
            (1, mode(5, 1), 2, Ok(2)),
            (1, mode(1, 1), 2, Ok(1)),
            (2, mode(5, 2), 1, Ok(1)),
            // Both moved: to the same, and apart.
            (1, mode(5, 2), 2, Ok(2)),
            (1, mode(5, 0), 2, Err(Moved)),
            // Without seats there is nothing to keep back.
            (1, mode(0, 0), 2, Ok(0)),
        ] {
            let mut form = typed;
            let outcome = carry(seen, &mut form, mode(5, by_now)).map(|()| form.reserved);
            assert_eq!(outcome, kept, "{seen} {typed:?} {by_now}");
        }
    }
}

//! Instants, and how they look on a clock in Saxony.

use std::sync::LazyLock;

use jiff::{Timestamp, Zoned, civil, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// The clock of Europe/Berlin as a POSIX rule (EU directive 2000/84/EC), so that no time zone database has
/// to travel to the browser. Right for every date since 1996.
const BERLIN: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// An instant: microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Instant(pub i64);

impl Instant {
    /// Microseconds since the Unix epoch.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0
    }

    /// This many seconds later (earlier, if negative).
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds * 1_000_000)
    }

    /// This many hours of 3,600 seconds later.
    #[must_use]
    pub fn plus_hours(self, hours: i64) -> Self {
        self.plus_seconds(hours * 3_600)
    }

    /// What a clock in Saxony shows.
    #[must_use]
    pub fn berlin(self) -> Zoned {
        let timestamp = Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH);
        timestamp.to_zoned(berlin_zone())
    }

    /// The instant at which a clock in Saxony shows this. In the hour that is skipped in March it is the
    /// hour after, in the doubled hour of October the first of the two.
    #[must_use]
    pub fn from_berlin(clock: civil::DateTime) -> Self {
        clock
            .to_zoned(berlin_zone())
            .map_or(Self(0), |zoned| Self(zoned.timestamp().as_microsecond()))
    }

    /// This instant, moved as far on the clock in Saxony as one instant is from another: what begins at nine begins at nine, on
    /// either side of the change to summer time.
    #[must_use]
    pub fn along(self, from: Self, to: Self) -> Self {
        let moved = to.berlin().datetime() - from.berlin().datetime();
        Self::from_berlin(self.berlin().datetime().saturating_add(moved))
    }

    /// Reads the value of `<input type="datetime-local">` (`2026-12-03T10:00`) as Saxon clock time.
    #[must_use]
    pub fn from_input(value: &str) -> Option<Self> {
        value
            .trim()
            .parse::<civil::DateTime>()
            .ok()
            .map(Self::from_berlin)
    }

    /// The value of `<input type="datetime-local">` for this instant.
    #[must_use]
    pub fn to_input(self) -> String {
        self.berlin().datetime().strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// RFC 3339 in UTC, for `<time datetime>`, feeds and JSON.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        Timestamp::from_microsecond(self.0)
            .unwrap_or(Timestamp::UNIX_EPOCH)
            .to_string()
    }
}

/// The time zone of Saxony, read once.
fn berlin_zone() -> TimeZone {
    static ZONE: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::posix(BERLIN).unwrap_or(TimeZone::UTC));
    ZONE.clone()
}

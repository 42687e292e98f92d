//! Working days and working hours in Saxony: a deadline never runs out on a day on which nobody works.

use crate::time::Instant;
use jiff::{ToSpan, civil};

/// A working day begins (clock hour in Saxony).
pub const WORKING_DAY_STARTS_HOUR: i8 = 8;
/// A working day ends (clock hour in Saxony).
pub const WORKING_DAY_ENDS_HOUR: i8 = 18;
/// When somebody is written to on a working morning (clock hour in Saxony).
pub const MORNING_HOUR: i8 = 9;

/// The public holidays of Saxony in a year (SächsSFG § 1; Fronleichnam is a holiday in a few municipalities
/// only and not among them).
#[must_use]
pub fn holidays(year: i16) -> Vec<civil::Date> {
    let fixed = [(1, 1), (5, 1), (10, 3), (10, 31), (12, 25), (12, 26)];
    let mut days = fixed
        .into_iter()
        .filter_map(|(month, day)| civil::Date::new(year, month, day).ok())
        .collect::<Vec<_>>();
    let easter = easter(year);
    // Karfreitag, Ostermontag, Christi Himmelfahrt, Pfingstmontag.
    days.extend(
        [-2, 1, 39, 50]
            .into_iter()
            .filter_map(|offset| easter.checked_add(offset.days()).ok()),
    );
    days.extend(repentance_day(year));
    days.sort_unstable();
    days
}

/// Whether people work on this day: not on a weekend, not on a public holiday.
#[must_use]
pub fn is_working_day(date: civil::Date) -> bool {
    !matches!(date.weekday(), civil::Weekday::Saturday | civil::Weekday::Sunday)
        && !holidays(date.year()).contains(&date)
}

/// The instant at which this many working hours have passed. Hours count from
/// [`WORKING_DAY_STARTS_HOUR`] to [`WORKING_DAY_ENDS_HOUR`] on working days; the result lies inside such a
/// window.
#[must_use]
pub fn plus_working_hours(from: Instant, hours: u32) -> Instant {
    let mut left = i64::from(hours) * 3_600_000_000;
    let mut date = from.berlin().date();
    loop {
        if is_working_day(date) {
            let opens = Instant::from_berlin(date.at(WORKING_DAY_STARTS_HOUR, 0, 0, 0));
            let closes = Instant::from_berlin(date.at(WORKING_DAY_ENDS_HOUR, 0, 0, 0));
            let begins = opens.max(from);
            let available = closes.micros() - begins.micros();
            if available > 0 {
                if left <= available {
                    return Instant(begins.micros() + left);
                }
                left -= available;
            }
        }
        match date.tomorrow() {
            Ok(next) => date = next,
            Err(_) => return from,
        }
    }
}

/// The last moment at or before this instant at which people work.
#[must_use]
pub fn last_working_moment(until: Instant) -> Instant {
    let mut date = until.berlin().date();
    loop {
        let opens = Instant::from_berlin(date.at(WORKING_DAY_STARTS_HOUR, 0, 0, 0));
        if is_working_day(date) && opens <= until {
            return until.min(Instant::from_berlin(date.at(WORKING_DAY_ENDS_HOUR, 0, 0, 0)));
        }
        match date.yesterday() {
            Ok(before) => date = before,
            Err(_) => return until,
        }
    }
}

/// The first morning of a working day after this instant, at [`MORNING_HOUR`]: when people read their mail.
#[must_use]
pub fn next_working_morning(after: Instant) -> Instant {
    let mut date = after.berlin().date();
    loop {
        let morning = Instant::from_berlin(date.at(MORNING_HOUR, 0, 0, 0));
        if morning > after && is_working_day(date) {
            return morning;
        }
        match date.tomorrow() {
            Ok(next) => date = next,
            Err(_) => return after,
        }
    }
}

/// Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876, as printed by Meeus).
fn easter(year: i16) -> civil::Date {
    let year32 = i32::from(year);
    let golden = year32 % 19;
    let century = year32 / 100;
    let rest = year32 % 100;
    let moon = (century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 19 * golden + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let shift = (golden + 11 * moon + 22 * weekday) / 451;
    let sum = moon + weekday - 7 * shift + 114;
    let month = i8::try_from(sum / 31).unwrap_or(4);
    let day = i8::try_from(sum % 31 + 1).unwrap_or(1);
    civil::Date::new(year, month, day).unwrap_or(civil::Date::ZERO)
}

/// Buß- und Bettag: the Wednesday before 23 November.
fn repentance_day(year: i16) -> Option<civil::Date> {
    let last = civil::Date::new(year, 11, 22).ok()?;
    let back = (last.weekday().to_monday_zero_offset() - 2).rem_euclid(7);
    last.checked_sub(i64::from(back).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::from_input(text).unwrap()
    }

    fn date(text: &str) -> civil::Date {
        text.parse().unwrap()
    }

    #[test]
    fn easter_falls_where_the_church_says() {
        for (year, day) in [
            (2024, "2024-03-31"),
            (2025, "2025-04-20"),
            (2026, "2026-04-05"),
            (2038, "2038-04-25"),
        ] {
            assert_eq!(easter(year), date(day));
        }
    }

    #[test]
    fn saxony_keeps_its_own_holidays() {
        for day in [
            "2026-10-31",
            "2026-11-18",
            "2027-11-17",
            "2025-11-19",
            "2026-04-03",
            "2026-05-14",
            "2026-05-25",
        ] {
            assert!(holidays(date(day).year()).contains(&date(day)), "{day}");
        }
        assert!(!is_working_day(date("2026-11-18")));
        assert!(is_working_day(date("2026-11-11")));
        assert!(
            is_working_day(date("2026-06-04")),
            "Fronleichnam is a working day"
        );
    }

    #[test]
    fn an_offer_made_on_friday_evening_leaves_two_working_days() {
        assert_eq!(
            plus_working_hours(at("2026-11-27T19:00"), 20),
            at("2026-12-01T18:00")
        );
        assert_eq!(
            plus_working_hours(at("2026-11-26T15:00"), 20),
            at("2026-11-30T15:00")
        );
    }

    #[test]
    fn a_holiday_in_the_week_does_not_count() {
        assert_eq!(
            plus_working_hours(at("2026-11-17T12:00"), 10),
            at("2026-11-19T12:00")
        );
    }

    #[test]
    fn the_last_moment_of_work_lies_before_a_night_a_weekend_and_a_holiday() {
        for (until, last) in [
            ("2026-11-27T12:00", "2026-11-27T12:00"),
            ("2026-11-27T08:00", "2026-11-27T08:00"),
            ("2026-11-27T18:01", "2026-11-27T18:00"),
            ("2026-11-27T07:59", "2026-11-26T18:00"),
            ("2026-11-29T23:59", "2026-11-27T18:00"),
            // Buß- und Bettag, and the night after it.
            ("2026-11-18T12:00", "2026-11-17T18:00"),
            ("2026-11-19T00:30", "2026-11-17T18:00"),
            // The clock is put back in the night of Sunday; Monday is a working day.
            ("2026-10-26T06:00", "2026-10-23T18:00"),
        ] {
            assert_eq!(last_working_moment(at(until)), at(last), "{until}");
        }
    }

    #[test]
    fn a_morning_is_one_on_which_people_work() {
        for (after, morning) in [
            ("2026-11-12T15:00", "2026-11-13T09:00"),
            ("2026-11-13T08:59", "2026-11-13T09:00"),
            // A Friday, and the evening before Buß- und Bettag.
            ("2026-11-13T09:00", "2026-11-16T09:00"),
            ("2026-11-17T18:00", "2026-11-19T09:00"),
            // The clock is put back in the night of Sunday.
            ("2026-10-23T15:00", "2026-10-26T09:00"),
        ] {
            assert_eq!(next_working_morning(at(after)), at(morning), "{after}");
        }
    }

    #[test]
    fn the_change_of_the_clock_moves_no_deadline() {
        assert_eq!(
            plus_working_hours(at("2026-10-23T12:00"), 10),
            at("2026-10-26T12:00")
        );
    }
}

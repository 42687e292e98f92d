//! Dates, times and counts as people in Saxony say them. `\u{a0}` is a space at which no line breaks.

use crate::time::Instant;
use jiff::{Zoned, civil};

const WEEKDAYS: [&str; 7] = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"];
const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// "Do, 3. Dezember"
#[must_use]
pub fn day(instant: Instant) -> String {
    date(instant.berlin().date(), false)
}

/// "Do, 3. Dezember 2026"
#[must_use]
pub fn day_year(instant: Instant) -> String {
    date(instant.berlin().date(), true)
}

/// "Dezember 2026"
#[must_use]
pub fn month_year(instant: Instant) -> String {
    let date = instant.berlin().date();
    format!("{} {}", month(date), date.year())
}

/// "14:30 Uhr", on the hour "14 Uhr"
#[must_use]
pub fn clock(instant: Instant) -> String {
    format!("{}\u{a0}Uhr", digits(&instant.berlin()))
}

/// "Do, 3. Dezember 2026, 14:30 Uhr"
#[must_use]
pub fn moment(instant: Instant) -> String {
    format!("{}, {}", day_year(instant), clock(instant))
}

/// "Do, 3. Dezember 2026, 10–15 Uhr"; over several days both ends in full.
#[must_use]
pub fn span(start: Instant, end: Instant) -> String {
    let (from, to) = (start.berlin(), end.berlin());
    if from.date() == to.date() {
        format!("{}, {}–{}\u{a0}Uhr", day_year(start), digits(&from), digits(&to))
    } else {
        format!("{} bis {}", moment(start), moment(end))
    }
}

/// What [`span`] says, for a page: no line ends inside the hours. Mails and files keep the plain text.
#[must_use]
pub fn unbroken(span: &str) -> String {
    span.replace('–', "\u{2060}–\u{2060}")
}

/// The name of a Träger, for a page: no line ends inside "e. V.".
#[must_use]
pub fn unbroken_name(name: &str) -> String {
    name.replace("e. V.", "e.\u{a0}V.")
}

/// "1 Platz", "3 Plätze"
#[must_use]
pub fn count(n: u32, singular: &str, plural: &str) -> String {
    format!("{}\u{a0}{}", number(n), if n == 1 { singular } else { plural })
}

/// "12.345"
#[must_use]
pub fn number(n: u32) -> String {
    let plain = n.to_string();
    let mut grouped = String::with_capacity(plain.len() + plain.len() / 3);
    for (index, digit) in plain.chars().enumerate() {
        if index > 0 && (plain.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

fn date(date: civil::Date, with_year: bool) -> String {
    let weekday = WEEKDAYS
        .get(usize::from(date.weekday().to_monday_zero_offset().unsigned_abs()))
        .copied();
    let base = format!(
        "{},\u{a0}{}.\u{a0}{}",
        weekday.unwrap_or_default(),
        date.day(),
        month(date)
    );
    if with_year {
        format!("{base} {}", date.year())
    } else {
        base
    }
}

fn month(date: civil::Date) -> &'static str {
    MONTHS
        .get(usize::from(date.month().unsigned_abs()).wrapping_sub(1))
        .copied()
        .unwrap_or_default()
}

fn digits(zoned: &Zoned) -> String {
    if zoned.minute() == 0 {
        zoned.hour().to_string()
    } else {
        format!("{}:{:02}", zoned.hour(), zoned.minute())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::from_input(text).unwrap()
    }

    #[test]
    fn a_date_reads_as_people_say_it() {
        assert_eq!(day(at("2026-12-03T10:00")), "Do,\u{a0}3.\u{a0}Dezember");
        assert_eq!(
            moment(at("2026-03-29T14:30")),
            "So,\u{a0}29.\u{a0}März 2026, 14:30\u{a0}Uhr"
        );
        assert_eq!(month_year(at("2027-01-01T00:00")), "Januar 2027");
    }

    #[test]
    fn a_span_within_one_day_names_the_day_once() {
        let span = span(at("2026-12-03T10:00"), at("2026-12-03T15:15"));
        assert_eq!(span, "Do,\u{a0}3.\u{a0}Dezember 2026, 10–15:15\u{a0}Uhr");
    }

    #[test]
    fn a_span_over_two_days_names_both() {
        let text = span(at("2026-12-03T10:00"), at("2026-12-04T12:00"));
        assert_eq!(
            text,
            "Do,\u{a0}3.\u{a0}Dezember 2026, 10\u{a0}Uhr bis Fr,\u{a0}4.\u{a0}Dezember 2026, 12\u{a0}Uhr"
        );
    }

    #[test]
    fn on_a_page_no_line_ends_inside_the_hours() {
        let span = span(at("2026-12-03T10:00"), at("2026-12-03T15:15"));
        assert_eq!(
            unbroken(&span),
            "Do,\u{a0}3.\u{a0}Dezember 2026, 10\u{2060}–\u{2060}15:15\u{a0}Uhr"
        );
    }

    #[test]
    fn on_a_page_no_line_ends_inside_what_kind_of_body_it_is() {
        assert_eq!(unbroken_name("Brücke Mulde e. V."), "Brücke Mulde e.\u{a0}V.");
        assert_eq!(unbroken_name("Stadt Plauen"), "Stadt Plauen");
    }

    #[test]
    fn numbers_are_german_and_one_is_singular() {
        assert_eq!(number(1_234_567), "1.234.567");
        assert_eq!(count(1, "Platz", "Plätze"), "1\u{a0}Platz");
        assert_eq!(count(0, "Platz", "Plätze"), "0\u{a0}Plätze");
    }
}

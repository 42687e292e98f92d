//! From where a paper is, and of which day.

use domain::time::Instant;
use paper::Date;

/// From where it is.
pub const ABOUT: &str = "Landesfachstelle Flüchtlingssozialarbeit/Migrationssozialarbeit Sachsen";

/// The day on which a clock in Saxony shows this instant.
pub fn paper_day(instant: Instant) -> Date {
    let day = instant.berlin().date();
    let number = |number: i8| u8::try_from(number).unwrap_or(1);
    Date {
        year: u16::try_from(day.year()).unwrap_or(0),
        month: number(day.month()),
        day: number(day.day()),
    }
}

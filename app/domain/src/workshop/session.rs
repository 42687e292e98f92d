//! The dates of a Veranstaltung that has more than one: a run of a module over several days.

use serde::{Deserialize, Serialize};

use crate::german;
use crate::time::Instant;

/// The most dates of one Veranstaltung.
pub const SESSIONS_MAX: usize = 60;

/// One date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// When it starts.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
}

/// What is wrong with a list of dates; lines are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum SessionError {
    /// A line is no date with two times.
    #[error("line {line} is no date with start and end")]
    NotADate {
        /// Which line.
        line: usize,
    },
    /// A date ends before it starts.
    #[error("line {line} ends before it starts")]
    EndsBeforeStart {
        /// Which line.
        line: usize,
    },
    /// A date begins before the one above it is over.
    #[error("line {line} begins before the line above it ends")]
    Overlaps {
        /// Which line.
        line: usize,
    },
    /// Too many.
    #[error("at most {SESSIONS_MAX} dates")]
    TooMany,
}

impl Session {
    /// "Do, 3. Dezember, 10–15 Uhr"
    #[must_use]
    pub fn words(&self) -> String {
        german::span(self.starts_at, self.ends_at)
    }

    /// The line that [`parse`] reads again: `03.12.2026 10:00–15:00`.
    #[must_use]
    pub fn line(&self) -> String {
        let (start, end) = (self.starts_at.to_input(), self.ends_at.to_input());
        let (day, from) = start.split_once('T').unwrap_or((&start, ""));
        let to = end.split_once('T').map_or("", |(_, clock)| clock);
        let mut parts: Vec<&str> = day.split('-').collect();
        parts.reverse();
        format!("{} {from}–{to}", parts.join("."))
    }

    /// The same, this much later, in microseconds.
    #[must_use]
    pub fn later(self, micros: i64) -> Self {
        Self {
            starts_at: Instant(self.starts_at.micros() + micros),
            ends_at: Instant(self.ends_at.micros() + micros),
        }
    }
}

/// Reads one date per line: `03.12.2026 10:00–15:00`, also `Do, 3.12.2026, 10 bis 15 Uhr` and `2026-12-03 10:00-15:00`.
/// Empty lines are passed over.
///
/// # Errors
/// The first line that is wrong.
pub fn parse(text: &str) -> Result<Vec<Session>, SessionError> {
    let mut sessions: Vec<Session> = Vec::new();
    for (line, typed) in text.lines().enumerate().map(|(place, typed)| (place + 1, typed)) {
        if typed.trim().is_empty() {
            continue;
        }
        let session = one(typed).ok_or(SessionError::NotADate { line })?;
        if session.ends_at <= session.starts_at {
            return Err(SessionError::EndsBeforeStart { line });
        }
        if sessions
            .last()
            .is_some_and(|before| session.starts_at < before.ends_at)
        {
            return Err(SessionError::Overlaps { line });
        }
        if sessions.len() == SESSIONS_MAX {
            return Err(SessionError::TooMany);
        }
        sessions.push(session);
    }
    Ok(sessions)
}

fn one(typed: &str) -> Option<Session> {
    // A weekday before the date, and "Uhr" behind it, say nothing new; "bis" is a dash.
    let plain = typed.replace("bis", "-").replace(['–', '—'], "-");
    let numbers: String = plain
        .chars()
        .map(|character| {
            if character.is_alphabetic() || character == ',' {
                ' '
            } else {
                character
            }
        })
        .collect();
    let numbers = numbers.trim_start_matches([' ', '.']);
    let (date, times) = numbers.split_once(' ')?;
    let (year, month, day) = match date.split(['.', '-']).collect::<Vec<_>>().as_slice() {
        [day, month, year] if year.len() == 4 => (*year, *month, *day),
        [year, month, day] if year.len() == 4 => (*year, *month, *day),
        _ => return None,
    };
    let number = |text: &str| text.parse::<u32>().ok();
    let date = format!("{:04}-{:02}-{:02}", number(year)?, number(month)?, number(day)?);
    let (from, to) = times.split_once('-')?;
    Some(Session {
        starts_at: at(&date, from)?,
        ends_at: at(&date, to)?,
    })
}

/// `9`, `9:30`, `9.30`
fn at(date: &str, clock: &str) -> Option<Instant> {
    let clock = clock.trim();
    let (hour, minute) = clock.split_once([':', '.']).unwrap_or((clock, "0"));
    let number = |text: &str| text.trim().parse::<u32>().ok();
    Instant::from_input(&format!("{date}T{:02}:{:02}", number(hour)?, number(minute)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<String>, SessionError> {
        Ok(parse(text)?.iter().map(Session::line).collect())
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for typed in [
            "03.12.2026 10:00–15:30",
            "3.12.2026, 10-15.30",
            "Do, 3.12.2026, 10 bis 15:30 Uhr",
            "Do. 03.12.2026 10:00 - 15:30 Uhr",
            "2026-12-03 10:00-15:30",
        ] {
            assert_eq!(
                read(typed),
                Ok(vec!["03.12.2026 10:00–15:30".to_owned()]),
                "{typed}"
            );
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = "05.03.2027 09:00–16:00\n27.03.2027 09:00–16:00\n02.04.2027 09:00–12:15";
        assert_eq!(read(text).map(|lines| lines.join("\n")), Ok(text.to_owned()));
    }

    #[test]
    fn the_line_that_is_wrong_is_named() {
        assert_eq!(parse("\nbald"), Err(SessionError::NotADate { line: 2 }));
        assert_eq!(parse("31.02.2027 9-12"), Err(SessionError::NotADate { line: 1 }));
        assert_eq!(
            parse("1.2.2027 12-9"),
            Err(SessionError::EndsBeforeStart { line: 1 })
        );
        let twice = "1.2.2027 9-12\n1.2.2027 11-13";
        assert_eq!(parse(twice), Err(SessionError::Overlaps { line: 2 }));
        let many = (0..=SESSIONS_MAX).map(|hour| format!("1.{}.{} 9-10\n", hour % 12 + 1, 2027 + hour / 12));
        assert_eq!(parse(&many.collect::<String>()), Err(SessionError::TooMany));
    }
}

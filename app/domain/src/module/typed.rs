//! What is typed into a field: read into the one way in which it is written down, so that the same is never two things.

use super::code::ModuleCode;
use super::exam;
use super::field::{Field, Takes};
use super::outcome;
use super::requirement::{self, Requirement};
use crate::text::{TextError, bounded, one_line};

/// Codes of one field.
pub const CODES_MAX: usize = 12;

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// Too short or too long.
    #[error("{0}")]
    Text(TextError),
    /// Not a number of this kind: whole, or with these steps of hundredths.
    #[error("not a number")]
    NotANumber,
    /// Less or more than this.
    #[error("not from {0} to {1}")]
    OutOfRange(u32, u32),
    /// More than this, in hundredths, or not in these steps.
    #[error("more than {most} hundredths, or not in steps of {step}")]
    OutOfSteps {
        /// The most, in hundredths.
        most: u32,
        /// The steps, in hundredths.
        step: u32,
    },
    /// A spreadsheet could not compute it.
    #[error("not computed")]
    NotComputed,
    /// None of the list.
    #[error("none of the list")]
    NotInList,
    /// More lines than are taken.
    #[error("more than {0}")]
    TooMany(usize),
    /// This line, from 1, is too short or too long.
    #[error("line {0}: {1}")]
    Line(usize, TextError),
    /// This outcome, counted from 1.
    #[error("outcome {0}: {1:?}")]
    Outcome(usize, outcome::Wrong),
    /// This part of the examination, counted from 1.
    #[error("part {0}: {1:?}")]
    Exam(usize, exam::Wrong),
    /// What has to be passed before.
    #[error("requirement: {0:?}")]
    Requirement(requirement::Wrong),
    /// This is not a code.
    #[error("“{0}” is not a code")]
    Code(String),
}

/// Reads what was typed. Nothing is nothing: a draft may have gaps.
///
/// # Errors
/// What is wrong with it.
pub fn parse(field: Field, typed: &str) -> Result<String, Wrong> {
    if typed.trim().is_empty() {
        return Ok(String::new());
    }
    match field.facts().takes {
        Takes::Line(min, max) => one_line(typed, min, max).map_err(Wrong::Text),
        Takes::Text(min, max) => bounded(typed, min, max).map_err(Wrong::Text),
        Takes::Whole(min, max) => whole(typed, min, max),
        Takes::Decimal { most, step } => decimal(typed, most, step),
        Takes::Choice(choices) => choice(typed, choices),
        Takes::Entries(count, characters) => entries(typed, count, characters),
        Takes::Outcomes => outcome::parse(typed)
            .map(|outcomes| outcome::write(&outcomes))
            .map_err(|(line, wrong)| Wrong::Outcome(line, wrong)),
        Takes::Exam => exam::parse(typed)
            .map(|parts| exam::write(&parts))
            .map_err(|(line, wrong)| Wrong::Exam(line, wrong)),
        Takes::Requirement => Requirement::parse(typed)
            .map(|requirement| requirement.to_string())
            .map_err(Wrong::Requirement),
        Takes::Codes => codes(typed).map(|codes| write_codes(&codes)),
    }
}

fn whole(typed: &str, min: u32, max: u32) -> Result<String, Wrong> {
    let number: u32 = typed.trim().parse().map_err(|_| Wrong::NotANumber)?;
    if (min..=max).contains(&number) {
        Ok(number.to_string())
    } else {
        Err(Wrong::OutOfRange(min, max))
    }
}

fn decimal(typed: &str, most: u32, step: u32) -> Result<String, Wrong> {
    let hundredths = hundredths(typed).ok_or(Wrong::NotANumber)?;
    if hundredths > most || !hundredths.is_multiple_of(step) {
        return Err(Wrong::OutOfSteps { most, step });
    }
    Ok(write_hundredths(hundredths))
}

/// Reads "7,5" or "7.5" as 750.
#[must_use]
pub fn hundredths(typed: &str) -> Option<u32> {
    let typed = typed.trim().trim_end_matches('€').trim_end().replace('.', ",");
    let (whole, part) = typed.split_once(',').unwrap_or((&typed, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let part: u32 = format!("{part:0<2}").parse().ok()?;
    whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(part)
}

/// Writes 750 as "7,5".
#[must_use]
pub fn write_hundredths(hundredths: u32) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    match part {
        0 => whole.to_string(),
        part if part.is_multiple_of(10) => format!("{whole},{}", part / 10),
        part => format!("{whole},{part:02}"),
    }
}

/// Takes the key, and in files also the German word.
fn choice(typed: &str, choices: &[(&'static str, &'static str)]) -> Result<String, Wrong> {
    let typed = typed.trim().to_lowercase();
    let found = choices
        .iter()
        .find(|(key, label)| key.to_lowercase() == typed || label.to_lowercase() == typed);
    found.map(|(key, _)| (*key).to_owned()).ok_or(Wrong::NotInList)
}

fn entries(typed: &str, count: usize, characters: usize) -> Result<String, Wrong> {
    let mut entries: Vec<String> = Vec::new();
    let lines = typed.lines().filter(|line| !line.trim().is_empty());
    for (number, line) in lines.enumerate() {
        let entry = one_line(line, 2, characters).map_err(|error| Wrong::Line(number + 1, error))?;
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    if entries.len() > count {
        return Err(Wrong::TooMany(count));
    }
    Ok(entries.join("\n"))
}

/// Reads codes with commas, semicolons, spaces or lines between them.
///
/// # Errors
/// When there is something else between them, or too many.
pub fn codes(typed: &str) -> Result<Vec<ModuleCode>, Wrong> {
    let mut codes = Vec::new();
    for word in typed
        .split(|character: char| matches!(character, ',' | ';') || character.is_whitespace())
        .filter(|word| !word.is_empty())
    {
        let code = ModuleCode::parse(word).map_err(|_| Wrong::Code(word.to_owned()))?;
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    if codes.len() > CODES_MAX {
        return Err(Wrong::TooMany(CODES_MAX));
    }
    Ok(codes)
}

fn write_codes(codes: &[ModuleCode]) -> String {
    let codes: Vec<_> = codes.iter().map(ModuleCode::as_str).collect();
    codes.join(", ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_same_is_written_down_in_one_way() {
        for (field, typed, written) in [
            (
                Field::Title,
                "  Asyl-  und\nAufenthaltsrecht ",
                "Asyl- und Aufenthaltsrecht",
            ),
            (Field::Ects, "7.50", "7,5"),
            (Field::Ects, "5,0", "5"),
            (Field::Fee, "120,05 €", "120,05"),
            (Field::Fee, "0", "0"),
            (Field::Weeks, " 12 ", "12"),
            (Field::Grading, "Benotet", "graded"),
            (Field::Licence, "cc-by-4.0", "CC-BY-4.0"),
            (Field::Keywords, "§ 60a\n\n Duldung \n§ 60a", "§ 60a\nDuldung"),
            (Field::Recommends, "fsa-101; FSA-102 fsa-101", "FSA-101, FSA-102"),
            (Field::Requires, "", ""),
        ] {
            assert_eq!(parse(field, typed), Ok(written.to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_with_the_reason() {
        for (field, typed, wrong) in [
            (Field::Title, "Ab", Wrong::Text(TextError::TooShort { min: 5 })),
            (Field::Weeks, "zwölf", Wrong::NotANumber),
            (Field::Weeks, "0", Wrong::OutOfRange(1, 104)),
            (Field::Weeks, "-3", Wrong::NotANumber),
            (
                Field::Ects,
                "7,3",
                Wrong::OutOfSteps {
                    most: 6_000,
                    step: 50,
                },
            ),
            (
                Field::Ects,
                "61",
                Wrong::OutOfSteps {
                    most: 6_000,
                    step: 50,
                },
            ),
            (Field::Ects, "1,234", Wrong::NotANumber),
            (Field::Fee, "99999999999", Wrong::NotANumber),
            (Field::Mode, "hybrid", Wrong::NotInList),
            (
                Field::Keywords,
                "ab\nx",
                Wrong::Line(2, TextError::TooShort { min: 2 }),
            ),
            (Field::Recommends, "FSA-101, Asyl", Wrong::Code("Asyl".to_owned())),
        ] {
            assert_eq!(parse(field, typed), Err(wrong), "{typed}");
        }
        let many: String = (0..21).map(|number| format!("Wort {number}\n")).collect();
        assert_eq!(parse(Field::Keywords, &many), Err(Wrong::TooMany(20)));
    }

    proptest! {
        /// What was written down is read as the same: nothing drifts when a version is saved, exported or imported again.
        #[test]
        fn what_is_written_down_is_read_as_the_same(typed in "[ -~äöüß\n;:,|\\[\\]()0-9]{0,200}") {
            for field in Field::ALL {
                if let Ok(written) = parse(*field, &typed) {
                    prop_assert_eq!(parse(*field, &written), Ok(written), "{:?}", field);
                }
            }
        }
    }
}

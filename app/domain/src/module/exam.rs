//! The parts of an examination, one a line: `Falldarstellung; 10 Seiten; 60 %`.

use crate::text::{TextError, one_line};

/// Parts of an examination, at most.
pub const PARTS_MAX: usize = 6;
/// Characters of form and extent, each.
pub const CHARACTERS_MAX: usize = 120;

/// A part of an examination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExamPart {
    /// What it is.
    pub form: String,
    /// How long it is, or takes.
    pub extent: String,
    /// How much of the grade it is, in percent, if that is said.
    pub share: Option<u32>,
}

/// What is wrong with a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Form or extent are too short or too long, or missing.
    Text(TextError),
    /// Not a share of 1 to 100 percent.
    Share,
    /// More than three things.
    TooManySemicolons,
    /// More than [`PARTS_MAX`].
    TooMany,
}

/// Reads parts, one a line.
///
/// # Errors
/// Which one is wrong, counted from 1, and what is wrong with it.
pub fn parse(typed: &str) -> Result<Vec<ExamPart>, (usize, Wrong)> {
    let lines: Vec<&str> = typed.lines().filter(|line| !line.trim().is_empty()).collect();
    if lines.len() > PARTS_MAX {
        return Err((PARTS_MAX + 1, Wrong::TooMany));
    }
    let numbered = lines.iter().enumerate();
    numbered
        .map(|(place, line)| part(line).map_err(|wrong| (place + 1, wrong)))
        .collect()
}

fn part(line: &str) -> Result<ExamPart, Wrong> {
    let mut cells = line.split(';').map(str::trim);
    let (form, extent, share) = (cells.next(), cells.next(), cells.next());
    if cells.next().is_some() {
        return Err(Wrong::TooManySemicolons);
    }
    let share = share.filter(|share| !share.is_empty()).map(|share| {
        let percent = share.trim_end_matches('%').trim().parse::<u32>().ok();
        percent
            .filter(|percent| (1..=100).contains(percent))
            .ok_or(Wrong::Share)
    });
    Ok(ExamPart {
        form: one_line(form.unwrap_or_default(), 3, CHARACTERS_MAX).map_err(Wrong::Text)?,
        extent: one_line(extent.unwrap_or_default(), 0, CHARACTERS_MAX).map_err(Wrong::Text)?,
        share: share.transpose()?,
    })
}

/// Writes parts as they are read.
#[must_use]
pub fn write(parts: &[ExamPart]) -> String {
    let line = |part: &ExamPart| match (part.extent.as_str(), part.share) {
        ("", None) => part.form.clone(),
        (extent, None) => format!("{}; {extent}", part.form),
        (extent, Some(share)) => format!("{}; {extent}; {share} %", part.form),
    };
    parts.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Whether no part says its share, or all together are 100 percent.
#[must_use]
pub fn adds_up(parts: &[ExamPart]) -> bool {
    let shares: Vec<u32> = parts.iter().filter_map(|part| part.share).collect();
    shares.is_empty() || (shares.len() == parts.len() && shares.iter().sum::<u32>() == 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_and_add_up() {
        let parts = parse(" Falldarstellung ;10 Seiten; 60%\nGespräch; 20 Minuten; 40 %").unwrap();
        assert_eq!(
            write(&parts),
            "Falldarstellung; 10 Seiten; 60 %\nGespräch; 20 Minuten; 40 %"
        );
        assert!(adds_up(&parts) && !adds_up(&parts[..1]));
        assert!(adds_up(&parse("Lerntagebuch").unwrap()) && adds_up(&[]));
        assert!(!adds_up(&parse("Klausur; 90 Minuten; 100 %\nReferat").unwrap()));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (line, wrong) in [
            ("; 10 Seiten", Wrong::Text(TextError::TooShort { min: 3 })),
            ("Klausur; 90 Minuten; viel", Wrong::Share),
            ("Klausur; 90 Minuten; 101 %", Wrong::Share),
            ("Klausur; 90 Minuten; 50 %; 50 %", Wrong::TooManySemicolons),
        ] {
            assert_eq!(parse(&format!("Referat\n{line}")), Err((2, wrong)), "{line}");
        }
    }
}

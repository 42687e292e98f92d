//! Learning outcomes: records with a number that stays, a level, and what they touch in frameworks of competence.
//!
//! One a line: `L3 anwenden: Sie legen fristgerecht Rechtsmittel ein. [SozArb-E, HQR-2]`. The number may be left out; it is
//! given once and belongs to the outcome from then on, so that other records can point to it.

use crate::names::names;
use crate::text::{TextError, one_line};

/// Outcomes of a module, at most.
pub const OUTCOMES_MAX: usize = 25;
/// Characters of an outcome.
pub const OUTCOME_CHARACTERS_MAX: usize = 300;
/// Characters of an outcome, at least.
const OUTCOME_CHARACTERS_MIN: usize = 10;
/// The highest number of an outcome.
const NUMBER_MAX: u32 = 999;

names! {
    /// How deep it goes: the six levels of the revised taxonomy of Bloom (Anderson and Krathwohl 2001).
    Depth {
        /// Recall.
        Remember = "wissen", "wissen";
        /// Explain.
        Understand = "verstehen", "verstehen";
        /// Use.
        Apply = "anwenden", "anwenden";
        /// Take apart.
        Analyse = "analysieren", "analysieren";
        /// Judge.
        Evaluate = "bewerten", "bewerten";
        /// Make something new.
        Create = "gestalten", "gestalten";
    }
}

/// An area of a framework of competence: its name only, the texts are with who publishes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// How it is written: framework and area.
    pub key: &'static str,
    /// The framework, with its version.
    pub framework: &'static str,
    /// The name of the area.
    pub label: &'static str,
}

const SOCIAL_WORK: &str =
    "Qualifikationsrahmen Soziale Arbeit, Version 6.0 (Fachbereichstag Soziale Arbeit, 2016)";
const HIGHER_EDUCATION: &str = "Qualifikationsrahmen für deutsche Hochschulabschlüsse (KMK und HRK, 2017)";

/// The areas that an outcome can touch.
pub const AREAS: [Area; 11] = [
    area("SozArb-A", SOCIAL_WORK, "Wissen und Verstehen"),
    area("SozArb-B", SOCIAL_WORK, "Beschreibung, Analyse und Bewertung"),
    area("SozArb-C", SOCIAL_WORK, "Planung und Konzeption"),
    area("SozArb-D", SOCIAL_WORK, "Recherche und Forschung"),
    area(
        "SozArb-E",
        SOCIAL_WORK,
        "Organisation, Durchführung und Evaluation",
    ),
    area(
        "SozArb-F",
        SOCIAL_WORK,
        "Professionelle allgemeine Fähigkeiten und Haltungen",
    ),
    area("SozArb-G", SOCIAL_WORK, "Persönlichkeit und Haltungen"),
    area("HQR-1", HIGHER_EDUCATION, "Wissen und Verstehen"),
    area(
        "HQR-2",
        HIGHER_EDUCATION,
        "Einsatz, Anwendung und Erzeugung von Wissen",
    ),
    area("HQR-3", HIGHER_EDUCATION, "Kommunikation und Kooperation"),
    area(
        "HQR-4",
        HIGHER_EDUCATION,
        "Wissenschaftliches Selbstverständnis, Professionalität",
    ),
];

const fn area(key: &'static str, framework: &'static str, label: &'static str) -> Area {
    Area {
        key,
        framework,
        label,
    }
}

/// What one can do afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearningOutcome {
    /// Its number, which stays.
    pub number: u32,
    /// How deep it goes.
    pub depth: Depth,
    /// What one can do.
    pub text: String,
    /// What it touches, in the order of [`AREAS`].
    pub areas: Vec<Area>,
}

/// What is wrong with an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// No level stands before it.
    NoDepth,
    /// Too short or too long.
    Text(TextError),
    /// No such area.
    NoArea(String),
    /// Another one has the number.
    NumberTaken(u32),
    /// More than [`OUTCOMES_MAX`].
    TooMany,
}

/// Reads outcomes, one a line.
///
/// # Errors
/// Which one is wrong, counted from 1, and what is wrong with it.
pub fn parse(typed: &str) -> Result<Vec<LearningOutcome>, (usize, Wrong)> {
    let lines: Vec<&str> = typed.lines().filter(|line| !line.trim().is_empty()).collect();
    if lines.len() > OUTCOMES_MAX {
        return Err((OUTCOMES_MAX + 1, Wrong::TooMany));
    }
    let mut read = Vec::with_capacity(lines.len());
    for (place, line) in lines.iter().enumerate() {
        read.push(outcome(line).map_err(|wrong| (place + 1, wrong))?);
    }
    let mut taken: Vec<u32> = Vec::new();
    for (place, (number, _)) in read.iter().enumerate() {
        if let Some(number) = number {
            if taken.contains(number) {
                return Err((place + 1, Wrong::NumberTaken(*number)));
            }
            taken.push(*number);
        }
    }
    let mut next = taken.iter().copied().max().unwrap_or(0) + 1;
    let numbered = read.into_iter().map(|(number, outcome)| {
        let number = number.unwrap_or_else(|| {
            next += 1;
            next - 1
        });
        LearningOutcome { number, ..outcome }
    });
    Ok(numbered.collect())
}

fn outcome(line: &str) -> Result<(Option<u32>, LearningOutcome), Wrong> {
    let (head, text) = line.split_once(':').ok_or(Wrong::NoDepth)?;
    let mut words = head.split_whitespace();
    let first = words.next().ok_or(Wrong::NoDepth)?;
    let (number, depth) = match number(first) {
        Some(number) => (Some(number), words.next().ok_or(Wrong::NoDepth)?),
        None => (None, first),
    };
    let depth = Depth::parse(&depth.to_lowercase()).ok_or(Wrong::NoDepth)?;
    if words.next().is_some() {
        return Err(Wrong::NoDepth);
    }
    let (text, areas) = match text
        .trim_end()
        .strip_suffix(']')
        .and_then(|text| text.rsplit_once('['))
    {
        Some((text, areas)) => (text, read_areas(areas)?),
        None => (text, Vec::new()),
    };
    let text = one_line(text, OUTCOME_CHARACTERS_MIN, OUTCOME_CHARACTERS_MAX).map_err(Wrong::Text)?;
    let outcome = LearningOutcome {
        number: 0,
        depth,
        text,
        areas,
    };
    Ok((number, outcome))
}

fn number(word: &str) -> Option<u32> {
    let digits = word.strip_prefix(['L', 'l'])?;
    let number = digits.parse().ok()?;
    (1..=NUMBER_MAX).contains(&number).then_some(number)
}

fn read_areas(typed: &str) -> Result<Vec<Area>, Wrong> {
    let named: Vec<&str> = typed
        .split([',', ';'])
        .map(str::trim)
        .filter(|area| !area.is_empty())
        .collect();
    for name in &named {
        if !AREAS.iter().any(|area| area.key.eq_ignore_ascii_case(name)) {
            return Err(Wrong::NoArea((*name).to_owned()));
        }
    }
    let is_named = |area: &Area| named.iter().any(|name| area.key.eq_ignore_ascii_case(name));
    Ok(AREAS.into_iter().filter(is_named).collect())
}

/// Writes outcomes as they are read.
#[must_use]
pub fn write(outcomes: &[LearningOutcome]) -> String {
    let line = |outcome: &LearningOutcome| {
        let areas: Vec<_> = outcome.areas.iter().map(|area| area.key).collect();
        let areas = if areas.is_empty() {
            String::new()
        } else {
            format!(" [{}]", areas.join(", "))
        };
        format!(
            "L{} {}: {}{areas}",
            outcome.number,
            outcome.depth.key(),
            outcome.text
        )
    };
    outcomes.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_given_once_and_stays() {
        let first =
            parse("anwenden: Sie legen Rechtsmittel ein. [hqr-2; SozArb-E]\nWissen: Sie kennen die Fristen.")
                .unwrap();
        assert_eq!(
            write(&first),
            "L1 anwenden: Sie legen Rechtsmittel ein. [SozArb-E, HQR-2]\nL2 wissen: Sie kennen die Fristen."
        );
        let later =
            parse("bewerten: Sie beurteilen Aussichten.\nL2 wissen: Sie kennen alle Fristen.").unwrap();
        let numbers: Vec<_> = later.iter().map(|outcome| outcome.number).collect();
        assert_eq!(
            numbers,
            [3, 2],
            "the number of what was taken out is not given to something else"
        );
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let good = "wissen: Sie kennen die Fristen.";
        for (line, wrong) in [
            ("Sie kennen die Fristen.", Wrong::NoDepth),
            ("können: Sie kennen die Fristen.", Wrong::NoDepth),
            ("wissen: kurz", Wrong::Text(TextError::TooShort { min: 10 })),
            (
                "wissen: Sie kennen die Fristen. [QR-X]",
                Wrong::NoArea("QR-X".to_owned()),
            ),
            ("L1 wissen: Sie kennen alle Fristen.", Wrong::NumberTaken(1)),
        ] {
            let typed = format!("L1 {good}\n{line}");
            assert_eq!(parse(&typed), Err((2, wrong)), "{line}");
        }
        let many = format!("{good}\n").repeat(OUTCOMES_MAX + 1);
        assert_eq!(parse(&many), Err((OUTCOMES_MAX + 1, Wrong::TooMany)));
    }
}

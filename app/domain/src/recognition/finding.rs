//! What a reviewer finds, outcome by outcome, and what follows from it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::module::LearningOutcome;
use crate::text::{TextError, bounded, one_line};

use super::kind::Evidence;

/// Characters of a reason.
pub const REASON_CHARACTERS_MAX: usize = 1_000;
/// Characters of a reason, at least: nobody decides without one.
pub const REASON_CHARACTERS_MIN: usize = 15;
/// Characters of the sentence that others read.
pub const PRECEDENT_CHARACTERS_MAX: usize = 300;

/// What a reviewer finds about one outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Whether it counts as reached.
    pub granted: bool,
    /// By what it is shown, or what was looked at.
    pub by: Evidence,
    /// In which files, by their numbers.
    pub files: BTreeSet<u32>,
    /// Why. The applicant reads it.
    pub reason: String,
    /// What others may learn from it, without names, places and dates; empty: nothing.
    pub precedent: String,
}

/// What was found, by the number of the outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Findings(pub BTreeMap<u32, Finding>);

/// What is typed about one outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// The number of the outcome.
    pub outcome: u32,
    /// "yes" or "no".
    pub granted: String,
    /// The key of an [`Evidence`].
    pub by: String,
    /// Numbers of files with commas between them.
    pub files: String,
    /// Why.
    pub reason: String,
    /// What others may learn from it.
    pub precedent: String,
}

/// What is wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Neither yes nor no.
    NotDecided,
    /// No kind of evidence.
    NoEvidence,
    /// There is no such file.
    NoSuchFile,
    /// It counts, and no file shows it.
    Unshown,
    /// The reason is too short or too long.
    Reason(TextError),
    /// The sentence for others is too long.
    Precedent(TextError),
}

impl Findings {
    /// Reads what was typed about each outcome of a module, with the numbers of the files that are there.
    ///
    /// # Errors
    /// Every outcome with which something is wrong; an outcome about which nothing was typed is [`Wrong::NotDecided`].
    pub fn parse(
        typed: &[Typed],
        outcomes: &[LearningOutcome],
        files: &BTreeSet<u32>,
    ) -> Result<Self, Vec<(u32, Wrong)>> {
        let mut findings = BTreeMap::new();
        let mut wrong = Vec::new();
        for outcome in outcomes {
            let nothing = Typed::default();
            let about = typed.iter().find(|one| one.outcome == outcome.number);
            match finding(about.unwrap_or(&nothing), files) {
                Ok(finding) => drop(findings.insert(outcome.number, finding)),
                Err(error) => wrong.push((outcome.number, error)),
            }
        }
        if wrong.is_empty() {
            Ok(Self(findings))
        } else {
            Err(wrong)
        }
    }

    /// What follows for a module with these outcomes.
    #[must_use]
    pub fn outcome(&self, outcomes: &[LearningOutcome]) -> Outcome {
        let is_granted =
            |outcome: &&LearningOutcome| self.0.get(&outcome.number).is_some_and(|finding| finding.granted);
        let granted = outcomes.iter().filter(is_granted).count();
        match outcomes.len() - granted {
            0 if granted > 0 => Outcome::Full,
            _ if granted == 0 => Outcome::Nothing,
            _ => Outcome::Part(
                outcomes
                    .iter()
                    .filter(|outcome| !is_granted(outcome))
                    .map(|outcome| outcome.number)
                    .collect(),
            ),
        }
    }
}

fn finding(typed: &Typed, files: &BTreeSet<u32>) -> Result<Finding, Wrong> {
    let granted = match typed.granted.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Wrong::NotDecided),
    };
    let by = Evidence::parse(&typed.by).ok_or(Wrong::NoEvidence)?;
    let named = typed.files.split([',', ' ', ';']).filter(|part| !part.is_empty());
    let named: BTreeSet<u32> = named
        .map(|part| part.parse().map_err(|_| Wrong::NoSuchFile))
        .collect::<Result<_, _>>()?;
    if !named.is_subset(files) {
        return Err(Wrong::NoSuchFile);
    }
    if granted && named.is_empty() {
        return Err(Wrong::Unshown);
    }
    Ok(Finding {
        granted,
        by,
        files: named,
        reason: bounded(&typed.reason, REASON_CHARACTERS_MIN, REASON_CHARACTERS_MAX)
            .map_err(Wrong::Reason)?,
        precedent: one_line(&typed.precedent, 0, PRECEDENT_CHARACTERS_MAX).map_err(Wrong::Precedent)?,
    })
}

/// What follows from the findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The module counts as passed, without a grade.
    Full,
    /// Some outcomes count; these are still to be learned.
    Part(Vec<u32>),
    /// None counts.
    Nothing,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::outcome;

    fn outcomes() -> Vec<LearningOutcome> {
        outcome::parse("L1 wissen: Sie kennen die Fristen.\nL4 anwenden: Sie legen Rechtsmittel ein.")
            .unwrap()
    }

    fn typed(outcome: u32, granted: &str) -> Typed {
        Typed {
            outcome,
            granted: granted.to_owned(),
            by: "practice".to_owned(),
            files: "1".to_owned(),
            reason: "Drei Jahre Beratung, vom Träger bestätigt.".to_owned(),
            precedent: String::new(),
        }
    }

    fn read(typed: &[Typed]) -> Result<Findings, Vec<(u32, Wrong)>> {
        Findings::parse(typed, &outcomes(), &BTreeSet::from([1, 2]))
    }

    #[test]
    fn what_follows_is_said_outcome_by_outcome() {
        let outcome = |one: &str, other: &str| {
            read(&[typed(1, one), typed(4, other)])
                .unwrap()
                .outcome(&outcomes())
        };
        assert_eq!(outcome("yes", "yes"), Outcome::Full);
        assert_eq!(outcome("yes", "no"), Outcome::Part(vec![4]));
        assert_eq!(outcome("no", "no"), Outcome::Nothing);
        assert_eq!(Findings::default().outcome(&[]), Outcome::Nothing);
    }

    #[test]
    fn nobody_decides_half_without_evidence_or_without_a_reason() {
        assert_eq!(read(&[typed(1, "yes")]), Err(vec![(4, Wrong::NotDecided)]));
        for (change, wrong) in [
            (
                Typed {
                    by: String::new(),
                    ..typed(4, "yes")
                },
                Wrong::NoEvidence,
            ),
            (
                Typed {
                    files: "3".to_owned(),
                    ..typed(4, "yes")
                },
                Wrong::NoSuchFile,
            ),
            (
                Typed {
                    files: "eins".to_owned(),
                    ..typed(4, "yes")
                },
                Wrong::NoSuchFile,
            ),
            (
                Typed {
                    files: String::new(),
                    ..typed(4, "yes")
                },
                Wrong::Unshown,
            ),
            (
                Typed {
                    reason: "kurz".to_owned(),
                    ..typed(4, "no")
                },
                Wrong::Reason(TextError::TooShort {
                    min: REASON_CHARACTERS_MIN,
                }),
            ),
        ] {
            assert_eq!(read(&[typed(1, "yes"), change]), Err(vec![(4, wrong)]));
        }
        let refused = Typed {
            files: String::new(),
            ..typed(4, "no")
        };
        assert!(
            read(&[typed(1, "yes"), refused]).is_ok(),
            "what is refused may have no file"
        );
    }
}

//! What stands in all fields of a version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ModuleCode;
use super::exam::{self, ExamPart};
use super::field::{Field, Takes};
use super::outcome::{self, LearningOutcome};
use super::requirement::Requirement;
use super::typed::{self, Wrong};

/// What stands in all fields of a version, each as it is written down ([`typed::parse`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Content(BTreeMap<Field, String>);

impl Content {
    /// Writes into a field what was typed.
    ///
    /// # Errors
    /// What is wrong with it. The field stays as it was.
    pub fn write(&mut self, field: Field, typed: &str) -> Result<(), Wrong> {
        let written = typed::parse(field, typed)?;
        if written.is_empty() {
            self.0.remove(&field);
        } else {
            self.0.insert(field, written);
        }
        Ok(())
    }

    /// What stands in a field; nothing is an empty text.
    #[must_use]
    pub fn get(&self, field: Field) -> &str {
        self.0.get(&field).map(String::as_str).unwrap_or_default()
    }

    /// Whether something stands in a field.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.0.contains_key(&field)
    }

    /// What stands in a field, as people read it: the word of a choice, not its key.
    #[must_use]
    pub fn shown(&self, field: Field) -> String {
        let written = self.get(field);
        match field.facts().takes {
            Takes::Choice(choices) => choices
                .iter()
                .find(|(key, _)| *key == written)
                .map_or_else(String::new, |(_, label)| (*label).to_owned()),
            _ => written.to_owned(),
        }
    }

    /// The number in a field.
    #[must_use]
    pub fn number(&self, field: Field) -> Option<u32> {
        self.get(field).parse().ok()
    }

    /// The number in a field, in hundredths.
    #[must_use]
    pub fn hundredths(&self, field: Field) -> Option<u32> {
        typed::hundredths(self.get(field))
    }

    /// The lines of a field.
    pub fn lines(&self, field: Field) -> impl Iterator<Item = &str> {
        self.get(field).lines().filter(|line| !line.is_empty())
    }

    /// The codes in a field.
    #[must_use]
    pub fn codes(&self, field: Field) -> Vec<ModuleCode> {
        typed::codes(self.get(field)).unwrap_or_default()
    }

    /// The learning outcomes.
    #[must_use]
    pub fn outcomes(&self) -> Vec<LearningOutcome> {
        outcome::parse(self.get(Field::Outcomes)).unwrap_or_default()
    }

    /// What shows that somebody can do what this outcome says.
    #[must_use]
    pub fn evidence(&self, outcome: u32) -> Option<&str> {
        let start = format!("L{outcome}:");
        self.lines(Field::Evidence)
            .find_map(|line| line.strip_prefix(start.as_str()))
            .map(str::trim)
    }

    /// The parts of the examination.
    #[must_use]
    pub fn exam(&self) -> Vec<ExamPart> {
        exam::parse(self.get(Field::Exam)).unwrap_or_default()
    }

    /// What has to be passed before.
    #[must_use]
    pub fn requirement(&self) -> Option<Requirement> {
        Requirement::parse(self.get(Field::Requires)).ok()
    }

    /// All hours together: with others, alone, in practice, for the examination.
    #[must_use]
    pub fn hours(&self) -> u32 {
        [
            Field::HoursContact,
            Field::HoursAlone,
            Field::HoursPractice,
            Field::HoursExam,
        ]
        .into_iter()
        .filter_map(|field| self.number(field))
        .sum()
    }
}

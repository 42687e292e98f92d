//! Certificates that are made of modules, with the rule by which they are.

use serde::{Deserialize, Serialize};

use crate::module::{ModuleCode, Requirement, requirement};
use crate::text::{TextError, bounded, one_line};

/// Characters of a title.
pub const TITLE_CHARACTERS_MAX: usize = 120;
/// Characters of what it is, in plain language.
pub const LEAD_CHARACTERS_MAX: usize = 400;
/// Characters of what one gets.
pub const AWARD_CHARACTERS_MAX: usize = 400;

/// What is said of a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    /// The title.
    pub title: String,
    /// What it is, in plain language.
    pub lead: String,
    /// Which modules have to be passed, as [`Requirement`] reads it.
    pub rule: String,
    /// What one gets.
    pub award: String,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Too long, or nothing.
    Text(TextError),
    /// The rule cannot be read.
    Rule(requirement::Wrong),
    /// The rule names a module that is not published.
    Unknown(ModuleCode),
}

impl Programme {
    /// Reads what was typed, with the modules that are taught.
    ///
    /// # Errors
    /// Every field that is wrong, with the reason.
    pub fn parse(
        typed: &Self,
        is_taught: impl Fn(&ModuleCode) -> bool,
    ) -> Result<Self, Vec<(&'static str, Wrong)>> {
        let mut errors = Vec::new();
        let mut keep = |field: &'static str, read: Result<String, TextError>| {
            read.unwrap_or_else(|error| {
                errors.push((field, Wrong::Text(error)));
                String::new()
            })
        };
        let title = keep("title", one_line(&typed.title, 3, TITLE_CHARACTERS_MAX));
        let lead = keep("lead", bounded(&typed.lead, 10, LEAD_CHARACTERS_MAX));
        let award = keep("award", one_line(&typed.award, 3, AWARD_CHARACTERS_MAX));
        let rule = match Requirement::parse(&typed.rule) {
            Ok(rule) => {
                let unknown = rule.codes().into_iter().find(|code| !is_taught(code)).cloned();
                errors.extend(unknown.map(|code| ("rule", Wrong::Unknown(code))));
                rule.to_string()
            }
            Err(wrong) => {
                errors.push(("rule", Wrong::Rule(wrong)));
                String::new()
            }
        };
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Self {
            title,
            lead,
            rule,
            award,
        })
    }

    /// Which modules have to be passed.
    #[must_use]
    pub fn requirement(&self) -> Option<Requirement> {
        Requirement::parse(&self.rule).ok()
    }

    /// The same in sentences; as it is written down, if it cannot be read.
    #[must_use]
    pub fn rule_in_words(&self) -> String {
        let Some(rule) = self.requirement() else {
            return self.rule.clone();
        };
        let parts = match rule {
            Requirement::All(parts) => parts,
            one => vec![one],
        };
        let (musts, choices): (Vec<_>, Vec<_>) = parts
            .into_iter()
            .partition(|part| matches!(part, Requirement::Module(_)));
        let must = (!musts.is_empty()).then(|| format!("Pflicht: {}.", listed(&musts)));
        let choices = choices.iter().enumerate().map(|(place, part)| {
            let is_first = must.is_none() && place == 0;
            format!("{} {}.", if is_first { "Nötig:" } else { "Dazu" }, choice(part))
        });
        let sentences: Vec<String> = must.iter().cloned().chain(choices).collect();
        sentences.join(" ")
    }
}

/// What one can choose between.
fn choice(part: &Requirement) -> String {
    match part {
        Requirement::Any(parts) => format!("eines von: {}", listed(parts)),
        Requirement::Some(2, parts) => format!("zwei von: {}", listed(parts)),
        Requirement::Some(3, parts) => format!("drei von: {}", listed(parts)),
        Requirement::Some(count, parts) => format!("{count} von: {}", listed(parts)),
        other => other.to_string(),
    }
}

fn listed(parts: &[Requirement]) -> String {
    let parts: Vec<_> = parts.iter().map(ToString::to_string).collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Programme {
        Programme {
            title: " Grundlagen ".to_owned(),
            lead: "Der Einstieg in die Arbeit.".to_owned(),
            rule: "fsa-101, fsa-102".to_owned(),
            award: "Zertifikat".to_owned(),
        }
    }

    #[test]
    fn a_rule_names_modules_that_are_taught() {
        let read = Programme::parse(&typed(), |_| true).unwrap();
        assert_eq!(
            (read.title.as_str(), read.rule.as_str()),
            ("Grundlagen", "FSA-101 und FSA-102")
        );
        assert_eq!(read.requirement().unwrap().codes().len(), 2);
        let gone = ModuleCode::parse("FSA-102").unwrap();
        let errors = Programme::parse(&typed(), |code| *code != gone).unwrap_err();
        assert_eq!(errors, [("rule", Wrong::Unknown(gone))]);
    }

    #[test]
    fn a_rule_is_read_as_sentences() {
        for (rule, said) in [
            ("FSA-101", "Pflicht: FSA-101."),
            (
                "FSA-101 und FSA-102 und 2 von (HMS-13, AKL-1, AKL-2)",
                "Pflicht: FSA-101, FSA-102. Dazu zwei von: HMS-13, AKL-1, AKL-2.",
            ),
            ("FSA-101 oder FSA-102", "Nötig: eines von: FSA-101, FSA-102."),
            (
                "FSA-101 und (FSA-201 oder FSA-202) und 4 von (A-1, A-2, A-3, A-4, A-5)",
                "Pflicht: FSA-101. Dazu eines von: FSA-201, FSA-202. Dazu 4 von: A-1, A-2, A-3, A-4, A-5.",
            ),
        ] {
            let programme = Programme {
                rule: rule.to_owned(),
                ..typed()
            };
            assert_eq!(programme.rule_in_words(), said);
        }
    }

    #[test]
    fn each_wrong_field_is_named() {
        let nothing = Programme {
            title: String::new(),
            lead: String::new(),
            rule: String::new(),
            award: String::new(),
        };
        let errors = Programme::parse(&nothing, |_| true).unwrap_err();
        let fields: Vec<_> = errors.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["title", "lead", "award", "rule"]);
    }
}

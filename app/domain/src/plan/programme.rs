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

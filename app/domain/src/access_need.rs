//! What somebody needs in order to take part: a closed list to tick, beside the free text.

use serde::{Deserialize, Serialize};

/// One kind of need. Which language, or which food, goes into the free text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessNeed {
    /// A way without steps.
    StepFree,
    /// Interpreting into sign language.
    SignLanguage,
    /// Live text of what is said.
    Captions,
    /// Short words and sentences.
    EasyLanguage,
    /// Interpreting into another language.
    Translation,
    /// Somebody who looks after children.
    Childcare,
    /// Something special to eat.
    Food,
}

impl AccessNeed {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 7] = [
        Self::StepFree,
        Self::SignLanguage,
        Self::Captions,
        Self::EasyLanguage,
        Self::Translation,
        Self::Childcare,
        Self::Food,
    ];

    /// The name in forms and the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::StepFree => "step_free",
            Self::SignLanguage => "sign_language",
            Self::Captions => "captions",
            Self::EasyLanguage => "easy_language",
            Self::Translation => "translation",
            Self::Childcare => "childcare",
            Self::Food => "food",
        }
    }

    /// The German words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::StepFree => "Stufenloser Zugang",
            Self::SignLanguage => "Gebärdensprache",
            Self::Captions => "Schriftmitschrift oder Untertitel",
            Self::EasyLanguage => "Einfache Sprache",
            Self::Translation => "Übersetzung",
            Self::Childcare => "Kinderbetreuung",
            Self::Food => "Besonderes beim Essen",
        }
    }

    /// The name of its box in a form.
    #[must_use]
    pub fn field(self) -> String {
        format!("needs[{}]", self.key())
    }

    /// Reads the name in forms and the database.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|need| need.key() == key)
    }
}

/// The needs of one person: each at most once, in the order of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccessNeeds(Vec<AccessNeed>);

impl AccessNeeds {
    /// Reads keys: those of a form, or those of [`AccessNeeds::keys`]. Nothing, if one of them is not in the list.
    #[must_use]
    pub fn parse<'a>(keys: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        keys.into_iter().map(AccessNeed::parse).collect()
    }

    /// Reads the text of [`AccessNeeds::keys`].
    #[must_use]
    pub fn parse_text(text: &str) -> Option<Self> {
        Self::parse(text.split(',').filter(|key| !key.is_empty()))
    }

    /// The keys as one text, as it is kept.
    #[must_use]
    pub fn keys(&self) -> String {
        self.joined(AccessNeed::key, ",")
    }

    /// Whether this is one of them.
    #[must_use]
    pub fn contains(&self, need: AccessNeed) -> bool {
        self.0.contains(&need)
    }

    /// What was ticked and what was typed, in one text; empty, if nothing is needed.
    #[must_use]
    pub fn with_text(&self, typed: &str) -> String {
        let ticked = self.joined(AccessNeed::label, ", ");
        if ticked.is_empty() || typed.is_empty() {
            ticked + typed
        } else {
            format!("{ticked}. {typed}")
        }
    }

    fn joined(&self, word: fn(AccessNeed) -> &'static str, between: &str) -> String {
        self.0
            .iter()
            .map(|need| word(*need))
            .collect::<Vec<_>>()
            .join(between)
    }
}

impl FromIterator<AccessNeed> for AccessNeeds {
    fn from_iter<I: IntoIterator<Item = AccessNeed>>(needs: I) -> Self {
        let mut needs = needs.into_iter().collect::<Vec<_>>();
        needs.sort_unstable();
        needs.dedup();
        Self(needs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back_each_once_and_in_order() {
        let needs = AccessNeeds::parse(["food", "step_free", "food"]).unwrap();
        assert_eq!(needs.keys(), "step_free,food");
        assert_eq!(AccessNeeds::parse_text(&needs.keys()), Some(needs));
        assert_eq!(AccessNeeds::parse_text(""), Some(AccessNeeds::default()));
        for need in AccessNeed::ALL {
            assert_eq!(AccessNeed::parse(need.key()), Some(need));
        }
    }

    #[test]
    fn what_is_not_in_the_list_is_not_taken() {
        assert_eq!(AccessNeeds::parse(["food", "Bett"]), None);
        assert_eq!(AccessNeeds::parse_text("step_free, food"), None);
    }

    #[test]
    fn ticked_and_typed_read_as_one_text() {
        let needs = AccessNeeds::parse(["step_free", "food"]).unwrap();
        assert_eq!(
            needs.with_text("vegan"),
            "Stufenloser Zugang, Besonderes beim Essen. vegan"
        );
        assert_eq!(needs.with_text(""), "Stufenloser Zugang, Besonderes beim Essen");
        assert_eq!(AccessNeeds::default().with_text("vegan"), "vegan");
        assert_eq!(AccessNeeds::default().with_text(""), "");
    }
}

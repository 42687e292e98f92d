//! Träger, public bodies, universities.

use crate::text::{TextError, one_line};
use serde::{Deserialize, Serialize};

/// The longest name that is taken, in characters.
pub const ORGANISATION_CHARACTERS_MAX: usize = 160;

/// What kind of organisation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    /// Landkreis, city, state office.
    PublicBody,
    /// Independent provider of refugee social work.
    IndependentProvider,
    /// Migrationsberatung für erwachsene Zugewanderte.
    Mbe,
    /// Jugendmigrationsdienst.
    Jmd,
    /// General social services.
    RegularService,
    /// University.
    University,
    /// Anything else.
    Other,
}

impl OrganisationKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::PublicBody,
        Self::IndependentProvider,
        Self::Mbe,
        Self::Jmd,
        Self::RegularService,
        Self::University,
        Self::Other,
    ];

    /// The name in forms and the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::PublicBody => "public_body",
            Self::IndependentProvider => "independent_provider",
            Self::Mbe => "mbe",
            Self::Jmd => "jmd",
            Self::RegularService => "regular_service",
            Self::University => "university",
            Self::Other => "other",
        }
    }

    /// Reads the name in forms and the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == text)
    }

    /// The German term.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::PublicBody => "Öffentlicher Träger",
            Self::IndependentProvider => "Freier Träger der FSA",
            Self::Mbe => "MBE",
            Self::Jmd => "JMD",
            Self::RegularService => "Regeldienst",
            Self::University => "Hochschule",
            Self::Other => "Sonstige",
        }
    }
}

/// The name of an organisation as its people write it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationName(String);

impl OrganisationName {
    /// Reads a name of 2 to [`ORGANISATION_CHARACTERS_MAX`] characters.
    ///
    /// # Errors
    /// When it is shorter or longer.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        one_line(text, 2, ORGANISATION_CHARACTERS_MAX).map(Self)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// One key per Träger, however it is written: lower case letters and digits, umlauts spelt out, legal
    /// forms dropped.
    #[must_use]
    pub fn key(&self) -> String {
        let folded = fold(&self.0);
        let kept = folded
            .split(|character: char| !character.is_alphanumeric())
            .filter(|word| !word.is_empty() && !LEGAL_FORMS.contains(word))
            .collect::<String>();
        if kept.is_empty() { folded } else { kept }
    }
}

/// Words that say nothing about who it is.
const LEGAL_FORMS: [&str; 8] = ["ev", "e", "v", "ggmbh", "gmbh", "gag", "ag", "der"];

fn fold(text: &str) -> String {
    text.to_lowercase()
        .replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue")
        .replace('ß', "ss")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_organisation_has_one_key_however_it_is_written() {
        let key = |text: &str| OrganisationName::parse(text).unwrap().key();
        assert_eq!(key("Brücke Mulde e. V."), key("bruecke  mulde eV"));
        assert_eq!(key("Brücke-Mulde gGmbH"), key("Brücke Mulde"));
        assert_ne!(key("Brücke Mulde"), key("Brücke Elbe"));
        assert!(!key("e.V.").is_empty());
    }
}

//! Accounts: roles and sign-in codes.

use serde::{Deserialize, Serialize};

/// Characters of a sign-in code.
pub const CODE_CHARACTERS: usize = 8;
/// How long a code can be redeemed, in minutes.
pub const CODE_MINUTES: i64 = 10;
/// How often a code can be typed wrongly before it is dead.
pub const CODE_TRIES_MAX: i64 = 5;
/// Codes that one address can ask for within an hour.
pub const CODES_PER_HOUR_MAX: i64 = 5;
/// What codes are made of: no letters or digits that are mistaken for each other.
pub const CODE_ALPHABET: &str = "ABCDEFGHJKMNPQRSTVWXYZ23456789";

/// What a person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Signs up and takes part.
    Participant,
    /// Curates the modules of an organisation.
    Curator,
    /// Works at the office.
    Staff,
    /// Gives roles.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [Self::Participant, Self::Curator, Self::Staff, Self::Admin];

    /// The name on the command line and in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Participant => "participant",
            Self::Curator => "curator",
            Self::Staff => "staff",
            Self::Admin => "admin",
        }
    }

    /// Reads the name on the command line and in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == text)
    }
}

/// A sign-in code as it is compared: capitals and digits of [`CODE_ALPHABET`].
#[derive(Clone, PartialEq, Eq)]
pub struct SignInCode(String);

impl SignInCode {
    /// Reads what was typed, in capitals or not, with or without spaces and hyphens.
    #[must_use]
    pub fn normalise(text: &str) -> Option<Self> {
        let code = text
            .chars()
            .filter(|character| !character.is_whitespace() && *character != '-')
            .map(|character| character.to_ascii_uppercase())
            .collect::<String>();
        let fits = code.chars().count() == CODE_CHARACTERS && code.chars().all(|c| CODE_ALPHABET.contains(c));
        fits.then_some(Self(code))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SignInCode {
    /// A code never reaches a log.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SignInCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        assert_eq!(SignInCode::normalise(" abcd-2345 ").unwrap().as_str(), "ABCD2345");
        assert!(SignInCode::normalise("ABCD234").is_none());
        assert!(SignInCode::normalise("ABCD234I").is_none());
    }

    #[test]
    fn a_code_never_reaches_a_log() {
        let code = SignInCode::normalise("ABCD2345").unwrap();
        assert!(!format!("{code:?}").contains("ABCD"));
    }
}

//! The short name of a module, as it stands in the URL, on certificates and in what other modules require.

use serde::{Deserialize, Serialize};

/// The longest code, in characters.
pub const CODE_CHARACTERS_MAX: usize = 20;
/// The shortest code, in characters.
pub const CODE_CHARACTERS_MIN: usize = 3;

/// Capital letters, digits and single hyphens, with at least one letter and one digit: `FSA-101`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ModuleCode(String);

/// Not a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a code has {CODE_CHARACTERS_MIN} to {CODE_CHARACTERS_MAX} capital letters, digits and hyphens")]
pub struct NotACode;

impl ModuleCode {
    /// Reads a code, in capitals or not.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, NotACode> {
        let code = text.trim().to_ascii_uppercase();
        let length = (CODE_CHARACTERS_MIN..=CODE_CHARACTERS_MAX).contains(&code.len());
        let letters = code.bytes().any(|byte| byte.is_ascii_uppercase());
        let digits = code.bytes().any(|byte| byte.is_ascii_digit());
        let allowed = code
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
        let hyphens = !code.starts_with('-') && !code.ends_with('-') && !code.contains("--");
        if length && letters && digits && allowed && hyphens {
            Ok(Self(code))
        } else {
            Err(NotACode)
        }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ModuleCode {
    type Error = NotACode;

    fn try_from(text: String) -> Result<Self, NotACode> {
        Self::parse(&text)
    }
}

impl From<ModuleCode> for String {
    fn from(code: ModuleCode) -> Self {
        code.0
    }
}

impl std::fmt::Display for ModuleCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_short_and_plain() {
        assert_eq!(ModuleCode::parse(" fsa-101 ").unwrap().as_str(), "FSA-101");
        for wrong in [
            "",
            "F1",
            "FSA",
            "101",
            "FSA--1",
            "-FSA1",
            "FSÄ-1",
            "FSA 1",
            "../FSA1",
            "FSA-123456789012345678",
        ] {
            assert!(ModuleCode::parse(wrong).is_err(), "{wrong}");
        }
    }
}

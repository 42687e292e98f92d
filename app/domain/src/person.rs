//! Names of people.

use crate::text::{TextError, one_line};
use serde::{Deserialize, Serialize};

/// The longest name that is taken, in characters.
pub const NAME_CHARACTERS_MAX: usize = 120;

/// A person's name as they want to be called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName(String);

impl PersonName {
    /// Reads a name of 2 to [`NAME_CHARACTERS_MAX`] characters.
    ///
    /// # Errors
    /// When it is shorter or longer.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        one_line(text, 2, NAME_CHARACTERS_MAX).map(Self)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

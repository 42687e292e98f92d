//! With whose eyes a board is shown.

use serde::{Deserialize, Serialize};

/// With whose eyes a board is shown, whoever looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Eyes {
    /// One's own.
    #[default]
    Own,
    /// Those of a participant, also where a moderator looks.
    Participant,
    /// Those of a stranger: the room looks at the projector, whoever has opened the page.
    Everybody,
}

impl Eyes {
    /// The word for it in an address.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Own => "",
            Self::Participant => "teilnehmende",
            Self::Everybody => "leinwand",
        }
    }

    /// What the word in an address says.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        let other = [Self::Participant, Self::Everybody];
        other
            .into_iter()
            .find(|eyes| eyes.word() == word)
            .unwrap_or_default()
    }

    /// A board's name in the URL, and behind a `?` with whose eyes it is to be seen.
    #[must_use]
    pub fn on(self, slug: String) -> String {
        match self {
            Self::Own => slug,
            Self::Participant | Self::Everybody => format!("{slug}?{}", self.word()),
        }
    }
}

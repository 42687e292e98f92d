//! Which cards of a board an address asks for: `?art=problem`, or `?art=offen` for those that are still to be discussed. Whoever wants
//! to keep a choice keeps the address.

use domain::board::{CardKind, CardView};

/// What is still to be discussed, in an address.
const OPEN: &str = "offen";

/// Which cards are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Those of one kind.
    Kind(CardKind),
    /// Those that the room has not discussed yet.
    Open,
}

impl Filter {
    /// What an address says. Nothing: all are shown.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        if key == OPEN {
            return Some(Self::Open);
        }
        CardKind::parse(key).map(Self::Kind)
    }

    /// Its word in an address.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.key(),
            Self::Open => OPEN,
        }
    }

    /// What the way to it is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.label(),
            Self::Open => "Noch nicht besprochen",
        }
    }

    /// Whether a card is one of them.
    #[must_use]
    pub fn takes(self, card: &CardView) -> bool {
        match self {
            Self::Kind(kind) => card.kind == kind,
            Self::Open => !card.discussed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_one_choice_and_another_word_none() {
        let kinds = CardKind::ALL.iter().map(|kind| Filter::Kind(*kind));
        for filter in kinds.chain([Filter::Open]) {
            assert_eq!(Filter::parse(filter.key()), Some(filter));
        }
        for word in ["", "alle", "Offen", "offen "] {
            assert_eq!(Filter::parse(word), None, "{word}");
        }
    }
}

//! What the document of a card can hold beside what the card says.

/// A part of the document of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What was found, and who takes it on.
    Finding,
    /// What the room says about it in numbers.
    Weight,
    /// Comments and answers.
    Comments,
    /// When it was written and changed, and how it went on.
    History,
    /// From where it comes.
    Lineage,
    /// What moderators did with it, for moderators.
    Moderation,
}

impl Part {
    /// All, in the order of the document.
    pub const ALL: [Self; 6] = [
        Self::Finding,
        Self::Weight,
        Self::Comments,
        Self::History,
        Self::Lineage,
        Self::Moderation,
    ];

    /// Its word in an address.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Finding => "ergebnis",
            Self::Weight => "stimmen",
            Self::Comments => "kommentare",
            Self::History => "verlauf",
            Self::Lineage => "herkunft",
            Self::Moderation => "moderation",
        }
    }

    /// The heading above it, and what ticking it says.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Finding => "Ergebnis",
            Self::Weight => "Stimmen und Erfahrungen",
            Self::Comments => "Kommentare",
            Self::History => "Verlauf",
            Self::Lineage => "Herkunft",
            Self::Moderation => "Protokoll und interne Notiz (nur Moderation)",
        }
    }

    /// The part of this word.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.key() == key)
    }

    /// Whether somebody may have it of a card that they see.
    #[must_use]
    pub fn is_for(self, moderates: bool) -> bool {
        moderates || self != Self::Moderation
    }

    /// What somebody may have of a card that they see.
    pub fn all_for(moderates: bool) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |part| part.is_for(moderates))
    }
}

#[cfg(test)]
mod tests {
    use super::Part;

    #[test]
    fn each_part_has_its_own_word() {
        for part in Part::ALL {
            assert_eq!(Part::parse(part.key()), Some(part));
        }
        assert_eq!(Part::parse("text"), None);
    }

    #[test]
    fn what_moderators_did_is_for_them() {
        assert_eq!(Part::all_for(true).count(), Part::ALL.len());
        assert!(!Part::all_for(false).any(|part| part == Part::Moderation));
    }
}

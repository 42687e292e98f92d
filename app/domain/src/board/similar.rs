//! Cards that may say the same: a hint for the moderator, never a decision.

use std::collections::BTreeSet;

/// Two texts are taken for alike from this share of common parts on.
const ALIKE_MIN: f32 = 0.4;
/// Letters of a part: short enough that endings do not matter, long enough that words do.
const PART: usize = 4;
/// Words that say nothing about what a text is about.
const COMMON: [&str; 28] = [
    "aber", "als", "auch", "auf", "aus", "bei", "beim", "das", "dem", "den", "der", "die", "ein", "eine",
    "einen", "einer", "fehlt", "fehlen", "für", "gibt", "ist", "mit", "nicht", "oder", "sind", "und", "von",
    "wir",
];

/// The parts of the words of a text, to compare it with many others: each is a few letters in one number, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts(Vec<u128>);

impl Parts {
    /// The parts of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut parts = BTreeSet::new();
        for word in text.split(|character: char| !character.is_alphanumeric()) {
            let word = word.to_lowercase();
            let letters: Vec<char> = word.chars().collect();
            if letters.len() < 3 || COMMON.contains(&word.as_str()) {
                continue;
            }
            parts.extend(letters.windows(letters.len().min(PART)).map(number));
        }
        Self(parts.into_iter().collect())
    }

    /// How alike two texts are, from 0 to 1: the share of their parts that both have.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f32 {
        let common = self.0.iter().filter(|part| other.0.binary_search(part).is_ok());
        let common = common.count();
        let all = self.0.len() + other.0.len() - common;
        if all == 0 {
            return 0.0;
        }
        // Few hundred parts at most: exact in this type.
        #[expect(clippy::cast_precision_loss, reason = "a text has a few hundred parts")]
        let share = common as f32 / all as f32;
        share
    }

    /// Whether two texts may say the same.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.likeness(other) >= ALIKE_MIN
    }
}

/// Whether two texts may say the same.
#[must_use]
pub fn alike(one: &str, other: &str) -> bool {
    Parts::of(one).is_like(&Parts::of(other))
}

/// A few letters as one number: each has its own.
fn number(letters: &[char]) -> u128 {
    const LETTER_BITS: u32 = 21;
    letters.iter().fold(0, |number, letter| {
        (number << LETTER_BITS) | u128::from(u32::from(*letter))
    })
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn the_same_thing_in_other_words_is_alike() {
        assert!(alike(
            "Dolmetscher fehlen beim Jugendamt.",
            "Beim Jugendamt gibt es keine Dolmetscher."
        ));
        assert!(alike(
            "Die Wartezeiten der Ausländerbehörde sind zu lang",
            "Wartezeit bei der Ausländerbehörde zu lang!"
        ));
    }

    #[test]
    fn another_thing_is_not() {
        assert!(!alike(
            "Dolmetscher fehlen beim Jugendamt.",
            "Beim Sozialamt fehlen Termine."
        ));
        assert!(!alike("", ""));
        assert!(!alike("Es ist so.", "Und wie ist es?"));
    }
}

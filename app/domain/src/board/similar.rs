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

/// How alike two texts are, from 0 to 1: the share of their parts of words that both have.
#[must_use]
pub fn likeness(one: &str, other: &str) -> f32 {
    let (one, other) = (parts(one), parts(other));
    let common = one.intersection(&other).count();
    let all = one.len() + other.len() - common;
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
pub fn alike(one: &str, other: &str) -> bool {
    likeness(one, other) >= ALIKE_MIN
}

fn parts(text: &str) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    for word in text.split(|character: char| !character.is_alphanumeric()) {
        let word = word.to_lowercase();
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < 3 || COMMON.contains(&word.as_str()) {
            continue;
        }
        if letters.len() <= PART {
            parts.insert(word);
        } else {
            parts.extend(letters.windows(PART).map(|part| part.iter().collect::<String>()));
        }
    }
    parts
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

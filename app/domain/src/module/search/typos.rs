//! The word that was meant.

use strsim::damerau_levenshtein;

/// Letters of a word in which a mistake is looked for, at least: in shorter ones too many others are near.
const LETTERS_MIN: usize = 5;
/// Letters from which on two mistakes are looked for.
const TWO_MISTAKES_LETTERS_MIN: usize = 9;

/// The word that is nearest, and near enough; of several that are as near, the one that is used more often. Both without
/// umlauts ([`super::words::plain`]). Words with digits are taken as they are.
#[must_use]
pub fn meant<'a>(word: &str, known: impl Iterator<Item = (&'a str, usize)>) -> Option<&'a str> {
    let letters = word.chars().count();
    if letters < LETTERS_MIN || !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let mistakes_max = if letters < TWO_MISTAKES_LETTERS_MIN { 1 } else { 2 };
    known
        .filter(|(other, _)| other.chars().count().abs_diff(letters) <= mistakes_max)
        .filter_map(|(other, uses)| {
            let mistakes = damerau_levenshtein(word, other);
            (mistakes <= mistakes_max).then_some((mistakes, usize::MAX - uses, other))
        })
        .min()
        .map(|(_, _, other)| other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_forgiven_in_long_words_only() {
        let known = [("asylrecht", 3), ("duldung", 2), ("dolmetschen", 1), ("hilfe", 9)];
        let meant = |word| meant(word, known.into_iter());
        assert_eq!(meant("asylrehct"), Some("asylrecht"));
        assert_eq!(meant("dudlung"), Some("duldung"));
        assert_eq!(meant("dolmetchn"), Some("dolmetschen"));
        assert_eq!(meant("dulxyng"), None);
        assert_eq!(meant("hlfe"), None);
        assert_eq!(meant("60a"), None);
    }
}

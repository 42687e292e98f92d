//! Of which words a word is put together. Only words of the catalogue itself and of the field are parts: a general
//! dictionary finds parts where there are none. Parts are for finding, never for showing.

use std::collections::BTreeSet;

use super::words::plain;

/// Letters of a part, at least.
const PART_LETTERS_MIN: usize = 4;
/// Letters of a word that is taken apart, at least.
const WORD_LETTERS_MIN: usize = 9;
/// What may stand between two parts.
const JOINTS: [&str; 7] = ["", "s", "es", "n", "en", "e", "er"];

/// Words of the field of which others are put together.
const OF_THE_FIELD: [&str; 72] = [
    "abschiebung",
    "alltag",
    "amt",
    "anerkennung",
    "anhörung",
    "ankommen",
    "antrag",
    "arbeit",
    "arbeits",
    "asyl",
    "aufenthalt",
    "aufnahme",
    "ausbildung",
    "ausländer",
    "behörde",
    "beratung",
    "berufs",
    "bescheid",
    "betreuung",
    "bildung",
    "bleibe",
    "dolmetschen",
    "duldung",
    "ehrenamt",
    "einrichtung",
    "erst",
    "fall",
    "familie",
    "familien",
    "finanzierung",
    "flucht",
    "flüchtling",
    "flüchtlings",
    "frauen",
    "frist",
    "führung",
    "geflüchtete",
    "gemein",
    "gesetz",
    "gespräch",
    "gesundheit",
    "gewalt",
    "gruppe",
    "gruppen",
    "haft",
    "heim",
    "hilfe",
    "integration",
    "jugend",
    "kinder",
    "klage",
    "konflikt",
    "kranken",
    "kultur",
    "leistung",
    "markt",
    "migration",
    "nachzug",
    "pflege",
    "praxis",
    "projekt",
    "psycho",
    "recht",
    "rechts",
    "schule",
    "schutz",
    "sozial",
    "sprache",
    "trauma",
    "verfahren",
    "wohnen",
    "wohnung",
];

/// Endings that look like words, and are none.
const NO_PARTS: [&str; 9] = [
    "lich", "keit", "heit", "schaft", "ungen", "innen", "eren", "iere", "ende",
];

/// The words of which others are put together.
#[derive(Clone, Debug, Default)]
pub struct Parts(BTreeSet<String>);

impl Parts {
    /// The words of a catalogue, and those of the field.
    #[must_use]
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let words = words.into_iter().chain(OF_THE_FIELD).map(plain);
        let fits = |word: &String| {
            word.chars().count() >= PART_LETTERS_MIN
                && !NO_PARTS.contains(&word.as_str())
                && word.chars().all(char::is_alphabetic)
        };
        Self(words.filter(fits).collect())
    }

    /// The words of which a word is put together, two or more; none if it is not. The longest first part that works out
    /// wins.
    #[must_use]
    pub fn split(&self, word: &str) -> Vec<String> {
        let word = plain(word);
        let is_word = word.chars().all(char::is_alphabetic);
        if !is_word || !word.is_ascii() || word.len() < WORD_LETTERS_MIN {
            return Vec::new();
        }
        self.rest(&word, true).unwrap_or_default()
    }

    fn rest(&self, word: &str, is_whole: bool) -> Option<Vec<String>> {
        if !is_whole && self.is_part(word) {
            return Some(vec![word.to_owned()]);
        }
        let longest = word.len().checked_sub(PART_LETTERS_MIN)?;
        for end in (PART_LETTERS_MIN..=longest).rev() {
            let (first, behind) = word.split_at(end);
            if !self.0.contains(first) {
                continue;
            }
            for joint in JOINTS {
                if let Some(rest) = behind.strip_prefix(joint).and_then(|rest| self.rest(rest, false)) {
                    return Some([vec![first.to_owned()], rest].concat());
                }
            }
        }
        None
    }

    /// Whether the end of a word is a part, also inflected.
    fn is_part(&self, word: &str) -> bool {
        let known = |word: &str| self.0.contains(word);
        known(word)
            || ["s", "es", "n", "en", "e", "er", "ern"]
                .iter()
                .filter_map(|ending| word.strip_suffix(ending))
                .any(|stem| stem.len() >= PART_LETTERS_MIN && known(stem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_apart_by_the_catalogues_own_words() {
        let parts = Parts::of(["Traumapädagogik", "pädagogik", "unbegleitete", "minderjährige"]);
        for (word, split) in [
            ("asylrecht", "asyl recht"),
            ("asylverfahrensberatung", "asyl verfahren beratung"),
            ("flüchtlingssozialarbeit", "fluchtlings sozial arbeit"),
            ("krankenbehandlung", ""),
            ("traumapädagogik", "trauma padagogik"),
            ("aufenthaltsgesetz", "aufenthalt gesetz"),
            ("familiennachzug", "familien nachzug"),
            ("gemeinsam", ""),
            ("ehemals", ""),
            ("arbeitslosigkeit", ""),
            ("recht", ""),
        ] {
            assert_eq!(parts.split(word).join(" "), split, "{word}");
        }
    }
}

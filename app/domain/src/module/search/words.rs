//! Texts as words, and what is the same in all forms of a word.

use rust_stemmers::{Algorithm, Stemmer};

/// Words that say nothing about what is looked for.
const STOP_WORDS: [&str; 58] = [
    "aber", "alle", "als", "am", "an", "auch", "auf", "aus", "bei", "beim", "bin", "bis", "da", "das",
    "dass", "dem", "den", "der", "des", "die", "durch", "ein", "eine", "einem", "einen", "einer", "eines",
    "er", "es", "für", "fuer", "hat", "ich", "ihr", "im", "in", "ist", "mein", "meine", "mit", "nach",
    "nicht", "oder", "sich", "sie", "sind", "über", "um", "und", "uns", "vom", "von", "was", "wer", "wie",
    "wir", "zu", "zum",
];

/// A text as words in lower case. Of "Kolleg*innen" only the first half is kept: what is behind the sign changes nothing
/// about what is meant.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    written(text).map(str::to_lowercase)
}

/// As [`words`], as they are written.
pub fn written(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric() && !matches!(character, '*' | ':' | '_'))
        .filter_map(|word| word.split(['*', ':', '_']).find(|part| !part.is_empty()))
}

/// Whether a word says nothing about what is looked for.
#[must_use]
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(&word)
}

/// What is the same in all forms of a word: its stem (Snowball's algorithm for German), however its umlauts are spelt.
#[must_use]
pub fn key(word: &str) -> String {
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        return word.to_owned();
    }
    let stemmer = Stemmer::create(Algorithm::German);
    plain(&stemmer.stem(&umlauts(word)))
}

/// A word as it is compared letter by letter: without umlauts.
#[must_use]
pub fn plain(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for character in umlauts(word).chars() {
        match character {
            'ä' => plain.push('a'),
            'ö' => plain.push('o'),
            'ü' => plain.push('u'),
            'ß' => plain.push_str("ss"),
            other => plain.push(other),
        }
    }
    plain
}

/// Umlauts as letters of their own, also where they were spelt out. Not after a vowel or q, where they are two sounds
/// ("neue", "Quelle"), as in Snowball's variant "German2".
fn umlauts(word: &str) -> String {
    let mut letters: Vec<char> = Vec::with_capacity(word.len());
    for character in word.chars() {
        let umlaut = match (letters.last(), character) {
            (Some('a'), 'e') => Some('ä'),
            (Some('o'), 'e') => Some('ö'),
            (Some('u'), 'e') => Some('ü'),
            _ => None,
        };
        let before = letters.len().checked_sub(2).and_then(|place| letters.get(place));
        let is_two_sounds = before.is_some_and(|before| "aeiouäöüq".contains(*before));
        match umlaut {
            Some(umlaut) if !is_two_sounds => {
                letters.pop();
                letters.push(umlaut);
            }
            _ => letters.push(character),
        }
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_words_without_endings_behind_a_sign() {
        let words: Vec<_> = words("Quereinsteiger*innen, Kolleg:innen – § 60a AufenthG").collect();
        assert_eq!(words, ["quereinsteiger", "kolleg", "60a", "aufenthg"]);
    }

    #[test]
    fn forms_and_spellings_of_a_word_have_one_key() {
        for forms in [
            &[
                "flüchtling",
                "fluechtling",
                "fluchtling",
                "flüchtlinge",
                "flüchtlingen",
                "fluechtlinge",
            ] as &[&str],
            &["asylverfahren", "asylverfahrens"],
            &["beratung", "beratungen"],
            &["strasse", "straße", "straßen"],
            &["bescheid", "bescheide", "bescheiden", "bescheids"],
            &["kind", "kinder", "kindern", "kindes"],
            &["neue", "neuen", "neuer"],
            &["quelle", "quellen"],
        ] {
            let first = key(forms[0]);
            for form in forms {
                assert_eq!(key(form), first, "{form}");
            }
        }
        assert_ne!(key("recht"), key("rechnen"));
    }
}

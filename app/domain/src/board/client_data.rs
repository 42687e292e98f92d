//! Signs that a text holds data of clients: a hint for who types, and what lets a card wait where the moderator
//! wants to look at such cards first. It finds shapes, not people: no name without a title, and nothing with
//! certainty.

/// What a text seems to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// "Herr …", "Frau …", "Familie …".
    Name,
    /// A day with its year, as dates of birth are written.
    Date,
    /// A number that is long enough to belong to one person: of a file, of the register of foreigners, of a phone.
    Number,
    /// A mail address.
    Mail,
}

/// Digits from which a number is taken for a person's.
const DIGITS_MIN: usize = 7;
const TITLES: [&str; 4] = ["herr", "herrn", "frau", "familie"];

/// The first sign in a text.
#[must_use]
pub fn sign(text: &str) -> Option<Sign> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .iter()
        .enumerate()
        .find_map(|(index, word)| of_word(word, words.get(index + 1).copied()))
        .or_else(|| long_number(text).then_some(Sign::Number))
}

/// Whether there is any sign.
#[must_use]
pub fn looks_like(text: &str) -> bool {
    sign(text).is_some()
}

fn of_word(word: &str, next: Option<&str>) -> Option<Sign> {
    let bare = word.trim_matches(is_around_words);
    if is_date(bare) {
        return Some(Sign::Date);
    }
    if let Some((name, host)) = bare.split_once('@')
        && !name.is_empty()
        && host.contains('.')
    {
        return Some(Sign::Mail);
    }
    let title = TITLES.iter().any(|title| bare.eq_ignore_ascii_case(title));
    let named = next.is_some_and(|next| begins_as_names_do(next.trim_start_matches(is_around_words)));
    (title && named).then_some(Sign::Name)
}

/// Punctuation, quotation marks and dashes. Without the tables of all scripts, which a browser would have to load.
fn is_around_words(character: char) -> bool {
    character.is_ascii_punctuation() || matches!(character, '«' | '»' | '\u{2010}'..='\u{203a}')
}

/// With a capital letter, or one of another script or language, as far as German does not begin words with it.
fn begins_as_names_do(word: &str) -> bool {
    word.chars().next().is_some_and(|first| {
        first.is_ascii_uppercase()
            || (('\u{c0}'..'\u{2000}').contains(&first) && !matches!(first, 'ä' | 'ö' | 'ü' | 'ß'))
    })
}

/// `12.3.1990`, `12.03.90`, `1990-03-12`, `12/03/1990`.
fn is_date(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['.', '/', '-']).collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let &[first, second, third] = parts.as_slice() else {
        return false;
    };
    [first, second, third].iter().all(digits)
        && (first.len() <= 2 || first.len() == 4)
        && second.len() <= 2
        && matches!(third.len(), 1 | 2 | 4)
        && first.len() + third.len() >= 3
}

/// Digits in a row, with the signs between them with which numbers are written.
fn long_number(text: &str) -> bool {
    let mut count = 0;
    for character in text.chars() {
        if character.is_ascii_digit() {
            count += 1;
            if count >= DIGITS_MIN {
                return true;
            }
        } else if !matches!(character, ' ' | '/' | '-' | '.' | '+' | '(' | ')') {
            count = 0;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Sign, sign};

    #[test]
    fn signs_are_found() {
        for (text, expected) in [
            ("Frau K. wartet seit Monaten", Sign::Name),
            ("geboren am 12.03.1990.", Sign::Date),
            ("geb. 1990-03-12", Sign::Date),
            ("AZR 120 459 876", Sign::Number),
            ("Tel. 0351/1234567", Sign::Number),
            ("bitte an anna@traeger.example", Sign::Mail),
        ] {
            assert_eq!(sign(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_everybody_writes_is_none() {
        for text in [
            "Wohnungssuche in Dresden dauert 2026 im Schnitt 14 Monate.",
            "§ 24 AufenthG, § 1a AsylbLG",
            "Sprechzeit 9-12 Uhr, Raum 2.14",
            "Die Frau wird nicht ernst genommen",
            "seit 2015 rund 120.000 Menschen",
        ] {
            assert_eq!(sign(text), None, "{text}");
        }
    }
}

//! Text that people type: trimmed, bounded, without control characters.

use serde::{Deserialize, Serialize};

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum TextError {
    /// Nothing, or less than is needed.
    #[error("too short: at least {min} characters")]
    TooShort {
        /// The fewest characters that are taken.
        min: usize,
    },
    /// More than is taken.
    #[error("too long: at most {max} characters")]
    TooLong {
        /// The most characters that are taken.
        max: usize,
    },
}

/// Cleans a text and checks its length in characters.
///
/// Line ends become `\n`, control characters and the marks that turn text round are dropped, outer white
/// space goes.
///
/// # Errors
/// When fewer than `min` or more than `max` characters are left.
pub fn bounded(text: &str, min: usize, max: usize) -> Result<String, TextError> {
    let cleaned = clean(text);
    let length = cleaned.chars().count();
    if length < min {
        Err(TextError::TooShort { min })
    } else if length > max {
        Err(TextError::TooLong { max })
    } else {
        Ok(cleaned)
    }
}

/// One line: as [`bounded`], with every run of white space as one space.
///
/// # Errors
/// When fewer than `min` or more than `max` characters are left.
pub fn one_line(text: &str, min: usize, max: usize) -> Result<String, TextError> {
    let joined = clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
    bounded(&joined, min, max)
}

fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|character| !is_dropped(*character))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Control characters, and the Unicode marks that reorder or hide text (Trojan Source, CVE-2021-42574).
fn is_dropped(character: char) -> bool {
    (character.is_control() && character != '\n' && character != '\t')
        || matches!(character, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_and_loses_control_characters() {
        assert_eq!(
            bounded("  Wohnen\r\nund\0 Recht \u{202e}", 1, 40),
            Ok("Wohnen\nund Recht".to_owned())
        );
        assert_eq!(one_line(" Anna \n Muster ", 1, 40), Ok("Anna Muster".to_owned()));
    }

    #[test]
    fn length_is_counted_in_characters_not_bytes() {
        assert_eq!(bounded("äöü", 3, 3), Ok("äöü".to_owned()));
        assert_eq!(bounded("äöüß", 0, 3), Err(TextError::TooLong { max: 3 }));
        assert_eq!(bounded("   ", 1, 3), Err(TextError::TooShort { min: 1 }));
    }
}

//! What is printed on a certificate, to check it by: sixteen letters and digits in four groups. 80 random bits: nobody finds
//! one by trying.

use serde::{Deserialize, Serialize};

/// Letters and digits without those that look alike (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters and digits of a code.
pub const CODE_CHARACTERS: usize = 16;
/// Characters of a group.
const GROUP: usize = 4;

/// A code, as it is kept: without hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CertificateCode(String);

impl CertificateCode {
    /// The code of these random bytes; of each five bits count.
    #[must_use]
    pub fn of_bytes(random: [u8; CODE_CHARACTERS]) -> Self {
        let letter = |byte: u8| ALPHABET.get(usize::from(byte % 32)).copied().unwrap_or(b'0');
        Self(random.into_iter().map(|byte| char::from(letter(byte))).collect())
    }

    /// Reads what somebody typed: upper or lower case, with or without hyphens; O for 0, I and L for 1.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let read = |character: char| match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let code: String = signs(typed).map(read).collect();
        let is_one = code.len() == CODE_CHARACTERS && code.bytes().all(|byte| ALPHABET.contains(&byte));
        is_one.then_some(Self(code))
    }

    /// The code as it is kept, and stands in addresses.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code as it is printed.
    #[must_use]
    pub fn printed(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        let groups: Vec<String> = letters
            .chunks(GROUP)
            .map(|group| group.iter().collect())
            .collect();
        groups.join("-")
    }
}

/// What of a typed text counts for a code.
fn signs(typed: &str) -> impl Iterator<Item = char> {
    typed
        .chars()
        .filter(|character| !character.is_whitespace() && *character != '-')
}

/// How many letters and digits somebody typed, if a code has another number of them.
#[must_use]
pub fn other_length(typed: &str) -> Option<usize> {
    Some(signs(typed).count()).filter(|length| *length != CODE_CHARACTERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = CertificateCode::of_bytes([0, 1, 2, 3, 10, 11, 12, 13, 30, 31, 32, 33, 63, 64, 254, 255]);
        assert_eq!(code.printed(), "0123-ABCD-YZ01-Z0YZ");
        for typed in [
            code.printed(),
            code.as_str().to_lowercase(),
            " o123 abcd-yzol zoyz ".replace("yzol", "yz0l"),
        ] {
            assert_eq!(CertificateCode::parse(&typed), Some(code.clone()), "{typed}");
        }
        for wrong in ["", "0123-ABCD", "0123-ABCD-YZ01-Z0YU", "0123-ABCD-YZ01-Z0YZ-0"] {
            assert_eq!(CertificateCode::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_code_of_another_length_is_counted_without_its_hyphens() {
        for (typed, length) in [
            ("0000", Some(4)),
            ("0123-ABCD yz01-z0yz", None),
            ("0123-ABCD-YZ01-Z0YZ-0", Some(17)),
        ] {
            assert_eq!(other_length(typed), length, "{typed}");
        }
    }
}

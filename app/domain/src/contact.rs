//! Mail addresses.

use serde::{Deserialize, Serialize};

/// The longest address that mail can carry (RFC 5321, 4.5.3.1.3, less the angle brackets).
pub const EMAIL_CHARACTERS_MAX: usize = 254;

/// A mail address, as typed but for outer white space, a lower-case domain, and letters outside ASCII in lower case: of
/// those SQLite knows no capitals, and the same person would be found on one database and not on the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum EmailError {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// Longer than [`EMAIL_CHARACTERS_MAX`].
    #[error("too long")]
    TooLong,
    /// Not of the form `name@domain.tld`.
    #[error("not an address")]
    NotAnAddress,
}

impl EmailAddress {
    /// Reads an address.
    ///
    /// Stricter than RFC 5322 and looser than most: one `@`, a dotted ASCII domain, no white space, quotes or
    /// control characters, so that it can stand in a mail header as it is.
    ///
    /// # Errors
    /// See [`EmailError`].
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        // What is kept is what is looked at: a letter can become several in lower case, longer ones, or none that may stand here.
        let text = lowered(text.trim());
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        if text.chars().count() > EMAIL_CHARACTERS_MAX {
            return Err(EmailError::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(EmailError::NotAnAddress)?;
        if !is_local_part(local) || !is_domain(domain) {
            return Err(EmailError::NotAnAddress);
        }
        Ok(Self(text))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// One key per person: lower case, without a `+alias`.
    #[must_use]
    pub fn duplicate_key(&self) -> String {
        let lower = self.0.to_lowercase();
        match lower.rsplit_once('@') {
            Some((local, domain)) => {
                let plain = local
                    .split('+')
                    .next()
                    .filter(|part| !part.is_empty())
                    .unwrap_or(local);
                format!("{plain}@{domain}")
            }
            None => lower,
        }
    }

    /// The address that was probably meant, if the domain is a known slip of the finger.
    #[must_use]
    pub fn typo_hint(&self) -> Option<String> {
        let (local, domain) = self.0.rsplit_once('@')?;
        let meant = SLIPS
            .iter()
            .find(|(slip, _)| *slip == domain)
            .map(|(_, meant)| *meant)?;
        Some(format!("{local}@{meant}"))
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = EmailError;

    fn try_from(text: String) -> Result<Self, EmailError> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

/// Domains that are one slip away from those of the large German providers.
const SLIPS: [(&str, &str); 10] = [
    ("gmial.com", "gmail.com"),
    ("gmai.com", "gmail.com"),
    ("gmail.de", "gmail.com"),
    ("gmail.con", "gmail.com"),
    ("gxm.de", "gmx.de"),
    ("gmx.dee", "gmx.de"),
    ("wed.de", "web.de"),
    ("web.dee", "web.de"),
    ("t-onlin.de", "t-online.de"),
    ("tonline.de", "t-online.de"),
];

/// As an address is kept. Beyond ASCII the domain is left as it is, and refused.
fn lowered(text: &str) -> String {
    match text.rsplit_once('@') {
        Some((local, domain)) => {
            let local: String = local.chars().flat_map(lower_beyond_ascii).collect();
            format!("{local}@{}", domain.to_ascii_lowercase())
        }
        None => text.to_owned(),
    }
}

fn lower_beyond_ascii(character: char) -> Vec<char> {
    if character.is_ascii() {
        vec![character]
    } else {
        character.to_lowercase().collect()
    }
}

fn is_local_part(local: &str) -> bool {
    !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local
            .chars()
            .all(|character| character.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(character))
}

fn is_domain(domain: &str) -> bool {
    let labels = domain.split('.').collect::<Vec<_>>();
    labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .chars()
                    .all(|character| character.is_ascii_alphanumeric() || character == '-')
        })
        && labels
            .last()
            .is_some_and(|last| last.len() >= 2 && last.chars().any(|c| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_addresses_are_taken() {
        for text in [
            "a@b.de",
            " fachkraft+team@traeger.example ",
            "vor.nach@sub.stadt-dresden.example",
        ] {
            assert!(EmailAddress::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_could_break_a_mail_header_is_refused() {
        for text in [
            "a@b",
            "a b@c.de",
            "a@b.de\r\nBcc: x@y.de",
            "\"a\"@b.de",
            "a@@b.de",
            "<a@b.de>",
            "a@b..de",
            "a@-b.de",
        ] {
            assert_eq!(
                EmailAddress::parse(text),
                Err(EmailError::NotAnAddress),
                "{text:?}"
            );
        }
    }

    #[test]
    fn one_person_has_one_key() {
        let key = |text: &str| EmailAddress::parse(text).unwrap().duplicate_key();
        assert_eq!(key("Anna+lafast@Traeger.Example"), "anna@traeger.example");
        assert_eq!(key("+x@traeger.example"), "+x@traeger.example");
    }

    #[test]
    fn capitals_outside_ascii_are_none() {
        let address = EmailAddress::parse("Änne.MÜLLER@Traeger.example").unwrap();
        assert_eq!(address.as_str(), "änne.MüLLER@traeger.example");
        let again = EmailAddress::parse(address.as_str()).unwrap();
        assert_eq!(again, address);
    }

    #[test]
    fn what_could_not_be_read_again_is_refused() {
        // In lower case a mark stands behind the i, which is no letter.
        for text in ["\u{130}x@b.de", "x\u{130}@b.de"] {
            assert_eq!(EmailAddress::parse(text), Err(EmailError::NotAnAddress), "{text}");
        }
        // 64 bytes as typed, 96 as kept.
        let long = format!("{}@b.de", "\u{23A}".repeat(32));
        assert_eq!(EmailAddress::parse(&long), Err(EmailError::NotAnAddress));
        // A domain does not become one by being written small.
        let kelvin = EmailAddress::parse("a@b.\u{212A}de");
        assert_eq!(kelvin, Err(EmailError::NotAnAddress));
    }

    #[test]
    fn each_letter_is_kept_so_that_it_is_read_as_the_same() {
        for letter in '\0'..=char::MAX {
            for text in [format!("{letter}@b.de"), format!("a{letter}a@b.de")] {
                if let Ok(kept) = EmailAddress::parse(&text) {
                    assert_eq!(EmailAddress::parse(kept.as_str()), Ok(kept), "{text:?}");
                }
            }
        }
    }

    proptest! {
        /// Among the letters are some that become longer in lower case, so that lengths around the limit come up, too.
        #[test]
        fn what_is_kept_is_read_as_the_same(
            local in "[a-zA-Z.+@ \u{130}\u{23A}\u{212A}\u{1E9E}äÄßΣ]{1,70}",
            domain in "[a-zA-Z0-9.\u{212A}-]{1,12}\\.[A-Za-z]{1,3}",
        ) {
            if let Ok(kept) = EmailAddress::parse(&format!("{local}@{domain}")) {
                prop_assert_eq!(EmailAddress::parse(kept.as_str()), Ok(kept));
            }
        }
    }

    #[test]
    fn slips_of_the_finger_get_a_hint() {
        let hint = EmailAddress::parse("anna@gmial.com").unwrap().typo_hint();
        assert_eq!(hint.as_deref(), Some("anna@gmail.com"));
    }
}

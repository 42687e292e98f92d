//! The name of a Veranstaltung in its URL: ASCII, stable, made once.

use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// The longest slug, in characters.
pub const SLUG_CHARACTERS_MAX: usize = 80;

/// A name of lower-case ASCII letters, digits and single hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Slug(String);

impl Slug {
    /// Makes a slug from a title and the day on which it starts: `wohnen-nach-der-anerkennung-2026-12-03`.
    #[must_use]
    pub fn from_title(title: &str, starts_at: Instant) -> Self {
        let mut slug = String::new();
        for character in title.to_lowercase().chars() {
            let spelt: &str = match character {
                'ä' => "ae",
                'ö' => "oe",
                'ü' => "ue",
                'ß' => "ss",
                'a'..='z' | '0'..='9' => {
                    slug.push(character);
                    continue;
                }
                // The gender asterisk joins: "Kolleg*innen" is one word.
                '*' => continue,
                _ if slug.is_empty() || slug.ends_with('-') => continue,
                _ => "-",
            };
            slug.push_str(spelt);
        }
        let date = starts_at.berlin().date();
        let date = format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
        slug.truncate(SLUG_CHARACTERS_MAX - date.len() - 1);
        let base = slug.trim_matches('-');
        Self(if base.is_empty() {
            date
        } else {
            format!("{base}-{date}")
        })
    }

    /// Reads a slug from a URL.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = !text.is_empty()
            && text.len() <= SLUG_CHARACTERS_MAX + 8
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        fits.then(|| Self(text.to_owned()))
    }

    /// The same name with a number, for when it is taken.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Self {
        Self(format!("{}-{number}", self.0))
    }

    /// The slug.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_ascii_and_ends_with_the_day() {
        let starts_at = Instant::from_input("2026-12-03T10:00").unwrap();
        let slug = |title: &str| Slug::from_title(title, starts_at).as_str().to_owned();
        assert_eq!(
            slug("Für Kolleg*innen: „Übergänge“ & Maß"),
            "fuer-kolleginnen-uebergaenge-mass-2026-12-03"
        );
        assert_eq!(slug("???"), "2026-12-03");
        assert!(slug(&"lang ".repeat(60)).len() <= SLUG_CHARACTERS_MAX);
    }
}

//! Whom to ask about a Veranstaltung: what is typed there may hold a mail address, which then is a link.

use domain::contact::EmailAddress;

use super::dto::encode;

/// Marks that stand around an address in a sentence, and are no part of it.
const AROUND: [char; 9] = ['.', ',', ';', ':', '(', ')', '<', '>', '!'];

/// The text in pieces: words, and where they lead. No path: they are words alone.
#[must_use]
pub fn pieces(text: &str) -> Vec<(String, String)> {
    let mut pieces: Vec<(String, String)> = Vec::new();
    let mut words = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim().trim_matches(AROUND);
        let Some((path, (before, after))) = mail_to(bare).zip(word.split_once(bare)) else {
            words.push_str(word);
            continue;
        };
        words.push_str(before);
        if !words.is_empty() {
            pieces.push((std::mem::take(&mut words), String::new()));
        }
        pieces.push((bare.to_owned(), path));
        words.push_str(after);
    }
    if !words.trim().is_empty() {
        pieces.push((words, String::new()));
    }
    pieces
}

/// Where one asks: the first address of the contact, else the page that says who runs the platform.
#[must_use]
pub fn path(contact: &str) -> String {
    let mut paths = pieces(contact).into_iter().map(|(_, path)| path);
    paths
        .find(|path| !path.is_empty())
        .unwrap_or_else(|| "/impressum".to_owned())
}

/// Where a mail to this address is written. Nothing: it is none.
fn mail_to(word: &str) -> Option<String> {
    let address = EmailAddress::parse(word).ok()?;
    let (local, domain) = address.as_str().rsplit_once('@')?;
    // What means something in an address of the web is none of its meaning here.
    Some(format!("mailto:{}@{domain}", encode(local)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(words: &str, path: &str) -> (String, String) {
        (words.to_owned(), path.to_owned())
    }

    #[test]
    fn only_an_address_is_a_link() {
        assert_eq!(
            pieces("Tagungsbüro: tagung@lafast.example, Mo bis Fr"),
            [
                piece("Tagungsbüro: ", ""),
                piece("tagung@lafast.example", "mailto:tagung@lafast.example"),
                piece(", Mo bis Fr", ""),
            ]
        );
        assert_eq!(
            pieces("a@b.example\nc?d=e@f.example"),
            [
                piece("a@b.example", "mailto:a@b.example"),
                piece("\n", ""),
                piece("c?d=e@f.example", "mailto:c%3Fd%3De@f.example"),
            ]
        );
        for words in ["Frau Beispiel, 0351 000 00", "a@", "javascript:alert(1)@x"] {
            assert_eq!(pieces(words), [piece(words, "")]);
        }
        assert!(pieces(" ").is_empty());
    }

    #[test]
    fn who_has_no_address_is_found_in_the_imprint() {
        assert_eq!(path("Büro <buero@haus.example>"), "mailto:buero@haus.example");
        assert_eq!(path("0351 000 00"), "/impressum");
        assert_eq!(path(""), "/impressum");
    }
}

//! Signs that somebody should look at a text first: data of clients, insults, links. A hint for who types, which stops nobody, and
//! what lets a card wait where the moderator wants to look at such cards first. It finds shapes and words, not people or what they
//! mean: no name without a title, and nothing with certainty. Who quotes an insult is hinted at, too.

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
    /// A word that insults.
    Insult,
    /// An address of the web.
    Link,
}

/// Digits from which a number is taken for a person's.
const DIGITS_MIN: usize = 7;
/// Words that insult whoever is called so: whole words, small. None that people use for what they work with: who writes of
/// "Asylbewerber", "Obdachlose" or of how somebody was treated finds no hint.
const INSULTS: &str = "arschloch arschlöcher abschaum bastard bastarde blödmann deppen drecksau dreckskerl dreckspack drecksack \
    dummkopf dummköpfe fotze gesindel hurensohn hurensöhne idiot idioten idiotin idiotinnen kanake kanaken kanacke kanacken \
    miststück missgeburt nigger neger penner sauhund schlampe schlampen schmarotzer schwachkopf schwachköpfe schwuchtel \
    schwuchteln sozialschmarotzer spast spasti spasten trottel untermensch untermenschen vollidiot vollidioten vollpfosten \
    wichser zigeuner";
/// Ends of the addresses that people type without "www.".
const ENDS: [&str; 13] = [
    "app", "at", "ch", "com", "de", "eu", "info", "io", "me", "net", "org", "ru", "ly",
];
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
    if is_insult(bare) {
        return Some(Sign::Insult);
    }
    if is_link(bare) {
        return Some(Sign::Link);
    }
    let title = TITLES.iter().any(|title| bare.eq_ignore_ascii_case(title));
    let named = next.is_some_and(|next| begins_as_names_do(next.trim_start_matches(is_around_words)));
    (title && named).then_some(Sign::Name)
}

/// Whether a word is one of the list, however it is written large and small.
fn is_insult(word: &str) -> bool {
    INSULTS
        .split(' ')
        .any(|insult| word.chars().map(small).eq(insult.chars()))
}

/// Without the tables of all scripts, as above.
fn small(letter: char) -> char {
    match letter {
        'Ä' => 'ä',
        'Ö' => 'ö',
        'Ü' => 'ü',
        _ => letter.to_ascii_lowercase(),
    }
}

/// `https://…`, `www.…`, `traeger.example/…` with an end that is known.
fn is_link(word: &str) -> bool {
    let begins = |with: &str| {
        word.get(..with.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    let host = word.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_host = |(name, end): (&str, &str)| {
        let ends = ENDS.iter().any(|known| end.eq_ignore_ascii_case(known));
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        ends && letters.count() >= 2 && !name.contains(is_foreign_to_hosts)
    };
    begins("http://") || begins("https://") || begins("www.") || host.rsplit_once('.').is_some_and(is_host)
}

/// What stands in no name of a host.
fn is_foreign_to_hosts(character: char) -> bool {
    is_around_words(character) && !matches!(character, '.' | '-')
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
            ("Alles dazu: https://traeger.example/ankommen", Sign::Link),
            ("(www.traeger.example)", Sign::Link),
            ("siehe traeger-bautzen.de/termine?ort=1.", Sign::Link),
            ("HTTP://TRAEGER.EXAMPLE", Sign::Link),
            ("Der ist ein Idiot!", Sign::Insult),
            ("„KANAKEN“ steht an der Tür", Sign::Insult),
            ("Solche Dummköpfe", Sign::Insult),
            ("DUMMKÖPFE", Sign::Insult),
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
            "z.B. beim Amt, d.h. vor Ort, u.a. in Pirna",
            "Das dauert.Danach geht es weiter",
            "Klient*innen/Angehörige, und/oder Träger",
            "Am Idiotenhügel wohnen 40 Familien",
            "Obdachlose, Asylbewerber und Sinti und Roma werden beschimpft",
            "Er gilt als dumm, faul und frech und wird so behandelt",
            "Ab 1.12. um 9.30 Uhr",
            "§ 3 Abs.2 Nr.1 SGB.II",
        ] {
            assert_eq!(sign(text), None, "{text}");
        }
    }
}

//! Where lines break: between words, within German words where they are divided, and anywhere in what has no such place.

use hypher::{Lang, hyphenate};

use crate::document::Run;
use crate::typeface::{SOFT_HYPHEN, Typeface};

/// Letters of a word that is divided, at least: shorter ones read better whole.
const DIVIDED_LETTERS_MIN: usize = 8;

/// Words between two spaces, in one or more weights.
struct Word {
    runs: Vec<Run>,
    /// Whether a new line begins before it, whatever fits.
    on_new_line: bool,
}

/// Breaks words into lines of this width. A line keeps the space at its end, so that words stay apart when it is read aloud
/// or copied.
pub fn lines(typeface: &Typeface, runs: &[Run], size: f32, width: f32) -> Vec<Vec<Run>> {
    let mut setting = Setting {
        typeface,
        size,
        width,
        lines: Vec::new(),
        line: Vec::new(),
        left: width,
    };
    for word in words(runs) {
        if word.on_new_line {
            setting.end_line();
        }
        setting.set(word.runs);
    }
    setting.end_line();
    setting.lines
}

fn words(runs: &[Run]) -> Vec<Word> {
    let mut words = vec![Word {
        runs: Vec::new(),
        on_new_line: false,
    }];
    for run in runs {
        for (number, line) in run.text.split('\n').enumerate() {
            for (place, part) in line.split([' ', '\t', '\r']).enumerate() {
                let begins = place > 0 || number > 0;
                if begins {
                    words.push(Word {
                        runs: Vec::new(),
                        on_new_line: place == 0 && number > 0,
                    });
                }
                let part: String = part.chars().filter(|character| !character.is_control()).collect();
                if let (Some(word), false) = (words.last_mut(), part.is_empty()) {
                    word.runs.push(Run {
                        text: part,
                        is_bold: run.is_bold,
                    });
                }
            }
        }
    }
    words
        .into_iter()
        .filter(|word| !word.runs.is_empty() || word.on_new_line)
        .collect()
}

/// Lines while they are being set.
struct Setting<'a> {
    typeface: &'a Typeface,
    size: f32,
    width: f32,
    lines: Vec<Vec<Run>>,
    line: Vec<Run>,
    left: f32,
}

impl Setting<'_> {
    fn wide(&self, runs: &[Run]) -> f32 {
        runs.iter().map(|run| self.typeface.width(run, self.size)).sum()
    }

    fn set(&mut self, mut word: Vec<Run>) {
        while !word.is_empty() {
            let space = self.space(&word);
            let wide = self.wide(&word);
            if space + wide <= self.left {
                self.put(word);
                return;
            }
            let room = self.left - space;
            match self.divide(&word, room) {
                Some((first, rest)) => {
                    self.put(vec![first]);
                    self.end_line();
                    word = rest;
                }
                None if !self.line.is_empty() => {
                    self.push(" ", self.ends_bold());
                    self.end_line();
                }
                None => {
                    let (first, rest) = self.cut(&word);
                    self.put(first);
                    self.end_line();
                    word = rest;
                }
            }
        }
    }

    /// How wide the space before a word is.
    fn space(&self, word: &[Run]) -> f32 {
        if self.line.is_empty() {
            return 0.0;
        }
        let space = Run {
            text: " ".to_owned(),
            is_bold: self.is_bold_before(word),
        };
        self.typeface.width(&space, self.size)
    }

    /// Between bold words the space is bold, too.
    fn is_bold_before(&self, word: &[Run]) -> bool {
        self.ends_bold() && word.first().is_some_and(|run| run.is_bold)
    }

    fn ends_bold(&self) -> bool {
        self.line.last().is_some_and(|run| run.is_bold)
    }

    fn put(&mut self, word: Vec<Run>) {
        self.left -= self.space(&word) + self.wide(&word);
        if !self.line.is_empty() {
            self.push(" ", self.is_bold_before(&word));
        }
        for run in word {
            self.push(&run.text, run.is_bold);
        }
    }

    fn push(&mut self, text: &str, is_bold: bool) {
        match self.line.last_mut() {
            Some(last) if last.is_bold == is_bold => last.text.push_str(text),
            _ => self.line.push(Run {
                text: text.to_owned(),
                is_bold,
            }),
        }
    }

    fn end_line(&mut self) {
        if !self.line.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
        self.left = self.width;
    }

    /// The most of a word that fits with a hyphen, and the rest.
    fn divide(&self, word: &[Run], room: f32) -> Option<(Run, Vec<Run>)> {
        let [run] = word else {
            return None;
        };
        let letters = run
            .text
            .trim_matches(|character: char| !character.is_alphabetic());
        if letters.chars().count() < DIVIDED_LETTERS_MIN || !letters.chars().all(char::is_alphabetic) {
            return None;
        }
        let before = run.text.find(letters)?;
        let mut best = None;
        let mut end = before;
        for syllable in hyphenate(letters, Lang::German) {
            end += syllable.len();
            if end >= before + letters.len() {
                break;
            }
            let first = Run {
                text: format!("{}{SOFT_HYPHEN}", run.text.get(..end)?),
                is_bold: run.is_bold,
            };
            // What comes behind it is wider still: a long word is not measured to its end for each line.
            if self.typeface.width(&first, self.size) > room {
                break;
            }
            best = Some((first, end));
        }
        let (first, end) = best?;
        let rest = Run {
            text: run.text.get(end..)?.to_owned(),
            is_bold: run.is_bold,
        };
        Some((first, vec![rest]))
    }

    /// As many letters as fit on a line of their own, at least one, and the rest.
    fn cut(&self, word: &[Run]) -> (Vec<Run>, Vec<Run>) {
        let (mut first, mut rest): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
        let mut left = self.width;
        for run in word {
            for character in run.text.chars() {
                let advance = self.typeface.face(run.is_bold).letter(character).advance * self.size;
                let fits = rest.is_empty() && (first.is_empty() || advance <= left);
                left -= advance;
                let side = if fits { &mut first } else { &mut rest };
                match side.last_mut() {
                    Some(last) if last.is_bold == run.is_bold => last.text.push(character),
                    _ => side.push(Run {
                        text: character.to_string(),
                        is_bold: run.is_bold,
                    }),
                }
            }
        }
        (first, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, width: f32) -> Vec<String> {
        let typeface = Typeface::load().unwrap();
        let lines = lines(&typeface, &[Run::plain(text)], 10.0, width);
        for line in &lines {
            let wide: f32 = line
                .iter()
                .map(|run| typeface.width(&Run::plain(run.text.trim_end()), 10.0))
                .sum();
            assert!(
                wide <= width || line[0].text.chars().count() == 1,
                "{line:?} is too wide"
            );
        }
        let text = |line: &Vec<Run>| line.iter().map(|run| run.text.as_str()).collect();
        lines.iter().map(text).collect()
    }

    #[test]
    fn what_fits_stays_on_one_line_and_line_breaks_are_kept() {
        assert_eq!(set("Ein  kurzer Satz.", 500.0), ["Ein kurzer Satz."]);
        assert_eq!(set("Eins\nZwei", 500.0), ["Eins", "Zwei"]);
        assert_eq!(set("", 500.0), Vec::<String>::new());
    }

    #[test]
    fn nothing_is_lost_whatever_the_width() {
        let text = "Die Schulaufnahmeuntersuchung ist das Nadelöhr: ein Termin im Monat, siehe https://beispiel.example/sehr/lang.";
        for width in [15.0, 40.0, 80.0, 120.0, 300.0] {
            let said: String = set(text, width).concat().replace(SOFT_HYPHEN, "");
            assert_eq!(said, text, "{width}");
        }
    }

    #[test]
    fn german_words_are_divided_where_they_are_divided() {
        let lines = set("Schulaufnahmeuntersuchung", 75.0);
        assert!(lines.len() > 1 && lines[0].ends_with(SOFT_HYPHEN), "{lines:?}");
        assert!(lines[0].starts_with("Schul"), "{lines:?}");
    }

    #[test]
    fn a_word_of_any_length_is_set() {
        let law = "Asylbewerberleistungsgesetzänderungsverordnungen";
        assert!(law.len() > hypher::MAX_INLINE_SIZE);
        let divided = set(law, 120.0);
        assert!(divided[0].ends_with(SOFT_HYPHEN), "{divided:?}");
        for word in [law.to_owned(), "x".repeat(46), format!("h{}lt", "a".repeat(400))] {
            let text = format!("Nach einem langen Satz steht noch {word} an.");
            for width in [40.0, 120.0, 300.0] {
                let said: String = set(&text, width).concat().replace(SOFT_HYPHEN, "");
                assert_eq!(said, text, "{width}");
            }
        }
    }

    #[test]
    fn weights_stay_apart_also_within_a_line() {
        let typeface = Typeface::load().unwrap();
        let runs = [Run::bold("12 · Problem:"), Run::plain(" Der Bus fährt nicht.")];
        let lines = lines(&typeface, &runs, 10.0, 500.0);
        assert_eq!(lines.len(), 1);
        let bold: Vec<_> = lines[0]
            .iter()
            .map(|run| (run.text.as_str(), run.is_bold))
            .collect();
        assert_eq!(bold, [("12 · Problem:", true), (" Der Bus fährt nicht.", false)]);
    }
}

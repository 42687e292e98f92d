//! A catalogue, ready to be asked.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::compounds::Parts;
use super::words::{is_stop_word, key, plain, words, written};
use super::{synonyms, typos};

/// Words of a question that are read.
pub const WORDS_MAX: usize = 12;
/// Letters of a word from which on its beginning finds.
const BEGINNING_LETTERS_MIN: usize = 4;
/// Letters of a word from which on it is found as the end of another.
const ENDING_LETTERS_MIN: usize = 5;

/// Where a word stands. What it is worth there was set by the table of questions in the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In the code.
    Code,
    /// In the title.
    Title,
    /// Among the keywords.
    Keyword,
    /// Among the situations.
    Situation,
    /// In the short text.
    Lead,
    /// In an outcome.
    Outcome,
    /// In the contents.
    Contents,
}

impl Place {
    fn worth(self) -> f64 {
        match self {
            Self::Code => 12.0,
            Self::Title => 8.0,
            Self::Keyword => 6.0,
            Self::Situation => 5.0,
            Self::Lead => 3.0,
            Self::Outcome => 2.0,
            Self::Contents => 1.5,
        }
    }

    /// The German word.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Code => "Kürzel",
            Self::Title => "Titel",
            Self::Keyword => "Schlagwort",
            Self::Situation => "Arbeitssituation",
            Self::Lead => "Kurztext",
            Self::Outcome => "Lernergebnis",
            Self::Contents => "Inhalt",
        }
    }
}

/// What is searched: texts and where they stand.
pub type Document = Vec<(Place, String)>;

/// A word of a document.
#[derive(Clone, Debug)]
struct Use {
    document: usize,
    place: Place,
    /// The word as it stands there.
    written: String,
    /// The same in lower case.
    form: String,
    /// Whether it is only a part of that word.
    is_part: bool,
}

/// A catalogue, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct Index {
    documents: usize,
    /// By the key of the word.
    uses: BTreeMap<String, Vec<Use>>,
    /// Words without umlauts, and how often they are used.
    forms: BTreeMap<String, usize>,
    parts: Parts,
}

/// What a question found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The documents, the best first.
    pub hits: Vec<Hit>,
    /// What was meant, if a word was misspelt: this was looked for.
    pub meant: Option<String>,
    /// Whether no document has all words, so that those are given that have some.
    pub is_partial: bool,
}

/// A document that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Which one, by its place in what [`Index::of`] was given.
    pub document: usize,
    /// How well it fits; only good for comparing.
    pub score: f64,
    /// Why: where which word stands, the best first.
    pub why: Vec<(Place, String)>,
}

impl Index {
    /// Reads a catalogue.
    #[must_use]
    pub fn of(documents: &[Document]) -> Self {
        let mut forms: BTreeMap<String, usize> = BTreeMap::new();
        let mut all: Vec<(usize, Place, &str, String)> = Vec::new();
        for (document, texts) in documents.iter().enumerate() {
            for (place, text) in texts {
                for word in written(text) {
                    let form = word.to_lowercase();
                    if !is_stop_word(&form) {
                        *forms.entry(plain(&form)).or_default() += 1;
                        all.push((document, *place, word, form));
                    }
                }
            }
        }
        let parts = Parts::of(all.iter().map(|(_, _, _, form)| form.as_str()));
        let mut index = Self {
            documents: documents.len(),
            uses: BTreeMap::new(),
            forms,
            parts,
        };
        for (document, place, word, form) in all {
            let split = index.parts.split(&form);
            let whole = std::iter::once((key(&form), false));
            for (key, is_part) in whole.chain(split.iter().map(|part| (key(part), true))) {
                index.uses.entry(key).or_default().push(Use {
                    document,
                    place,
                    written: word.to_owned(),
                    form: form.clone(),
                    is_part,
                });
            }
        }
        index
    }

    /// The documents that a question means.
    #[must_use]
    pub fn find(&self, question: &str) -> Found {
        let asked: Vec<String> = words(question).take(WORDS_MAX).collect();
        let telling: Vec<String> = asked.iter().filter(|word| !is_stop_word(word)).cloned().collect();
        let asked = if telling.is_empty() { asked } else { telling };
        if asked.is_empty() {
            return Found::default();
        }
        let mut looked_for = Vec::with_capacity(asked.len());
        let mut is_corrected = false;
        let mut answers = Vec::with_capacity(asked.len());
        for word in asked {
            let mut answer = self.word(&word);
            let mut said = word.clone();
            if answer.is_empty() {
                let forms = self.forms.iter().map(|(form, uses)| (form.as_str(), *uses));
                if let Some(meant) = typos::meant(&plain(&word), forms) {
                    answer = self.word(meant);
                    said = self.as_written(meant);
                    is_corrected = true;
                }
            }
            looked_for.push(said);
            answers.push(answer);
        }
        self.together(&answers, is_corrected.then(|| looked_for.join(" ")))
    }

    /// A word as the catalogue writes it, with umlauts.
    fn as_written(&self, plain_form: &str) -> String {
        let uses = self.uses.get(&key(plain_form)).into_iter().flatten();
        let found = uses.into_iter().find(|one| plain(&one.form) == plain_form);
        found.map_or_else(|| plain_form.to_owned(), |one| one.written.clone())
    }

    /// Documents in which all words are; without such a one, those with the most.
    fn together(&self, answers: &[BTreeMap<usize, Answer>], meant: Option<String>) -> Found {
        let mut found: BTreeMap<usize, (usize, Hit)> = BTreeMap::new();
        for answer in answers {
            for (document, answer) in answer {
                let (words, hit) = found.entry(*document).or_insert_with(|| {
                    let hit = Hit {
                        document: *document,
                        score: 0.0,
                        why: Vec::new(),
                    };
                    (0, hit)
                });
                *words += 1;
                hit.score += answer.score;
                if !hit.why.contains(&answer.why) {
                    hit.why.push(answer.why.clone());
                }
            }
        }
        let most = found.values().map(|(words, _)| *words).max().unwrap_or(0);
        // Less than half of a question is not an answer to it.
        let is_enough = most * 2 >= answers.len();
        let mut hits: Vec<Hit> = found
            .into_values()
            .filter(|(words, _)| is_enough && *words == most)
            .map(|(_, hit)| hit)
            .collect();
        hits.sort_by(|one, other| {
            other
                .score
                .total_cmp(&one.score)
                .then(one.document.cmp(&other.document))
        });
        for hit in &mut hits {
            hit.why.sort();
        }
        Found {
            is_partial: !hits.is_empty() && most < answers.len(),
            meant: meant.filter(|_| !hits.is_empty()),
            hits,
        }
    }

    /// Where a word is found, best way first: itself, another form, inside a compound, what else it is called, as the
    /// beginning of a word; a compound by its parts; as the end of a word.
    fn word(&self, word: &str) -> BTreeMap<usize, Answer> {
        let mut answers = BTreeMap::new();
        let key = key(word);
        let plain_word = plain(word);
        self.take(&mut answers, &key, 1.0, |one| {
            match (one.is_part, plain(&one.form) == plain_word) {
                (false, true) => 1.0,
                (false, false) => 0.85,
                (true, _) => 0.5,
            }
        });
        for other in synonyms::of(word) {
            self.all(&mut answers, &other, 0.55);
        }
        if answers.is_empty() {
            let parts: Vec<String> = self
                .parts
                .split(word)
                .iter()
                .map(|part| self::key(part))
                .collect();
            self.all(&mut answers, &parts, 0.6);
        }
        if answers.is_empty() && plain_word.chars().count() >= ENDING_LETTERS_MIN {
            let ends = self.forms.keys().filter(|form| form.ends_with(&plain_word));
            for form in ends {
                self.take(&mut answers, &self::key(form), 0.45, |one| {
                    if one.is_part { 0.0 } else { 1.0 }
                });
            }
        }
        if plain_word.chars().count() >= BEGINNING_LETTERS_MIN {
            let begins = self
                .uses
                .range(plain_word.clone()..)
                .take_while(|(other, _)| other.starts_with(&plain_word));
            let keys: Vec<&String> = begins.map(|(other, _)| other).collect();
            for other in keys {
                self.take(
                    &mut answers,
                    other,
                    0.4,
                    |one| if one.is_part { 0.5 } else { 1.0 },
                );
            }
        }
        answers
    }

    /// Documents that have the words of all these keys.
    fn all(&self, answers: &mut BTreeMap<usize, Answer>, keys: &[String], factor: f64) {
        let with = |key: &String| -> BTreeSet<usize> {
            self.uses
                .get(key)
                .into_iter()
                .flatten()
                .map(|one| one.document)
                .collect()
        };
        let Some(everywhere) = keys.iter().map(with).reduce(|one, other| &one & &other) else {
            return;
        };
        for key in keys {
            let share = f64::from(u32::try_from(keys.len()).unwrap_or(u32::MAX));
            self.take(answers, key, factor / share, |one| {
                if !everywhere.contains(&one.document) {
                    0.0
                } else if one.is_part {
                    0.7
                } else {
                    1.0
                }
            });
        }
    }

    /// Adds the best use of a word in each document. A word that is everywhere says less.
    fn take(
        &self,
        answers: &mut BTreeMap<usize, Answer>,
        key: &str,
        factor: f64,
        worth: impl Fn(&Use) -> f64,
    ) {
        let Some(uses) = self.uses.get(key) else {
            return;
        };
        let documents: BTreeSet<usize> = uses.iter().map(|one| one.document).collect();
        let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        let rare = (1.0 + count(self.documents) / count(documents.len())).ln();
        for one in uses {
            let score = worth(one) * factor * one.place.worth() * rare;
            if score <= 0.0 {
                continue;
            }
            let answer = Answer {
                score,
                why: (one.place, one.written.clone()),
            };
            match answers.get_mut(&one.document) {
                // A second place confirms the first.
                Some(best) if best.score < score => {
                    *best = Answer {
                        score: score + best.score * 0.1,
                        ..answer
                    };
                }
                Some(best) => best.score += score * 0.1,
                None => {
                    answers.insert(one.document, answer);
                }
            }
        }
    }
}

/// How well a word of the question is in a document.
#[derive(Clone, Debug)]
struct Answer {
    score: f64,
    why: (Place, String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index {
        let module = |code: &str, title: &str, contents: &str| {
            vec![
                (Place::Code, code.to_owned()),
                (Place::Title, title.to_owned()),
                (Place::Contents, contents.to_owned()),
            ]
        };
        Index::of(&[
            module(
                "FSA-101",
                "Asylverfahren begleiten",
                "Anhörung, Bescheid, Klage. Beratung vor der Anhörung.",
            ),
            module("FSA-102", "Asylrecht", "Grundlagen des Rechts für die Praxis."),
            module("FSA-201", "Arbeit mit Sprachmittlung", "Gespräche zu dritt."),
        ])
    }

    fn found(question: &str) -> Vec<usize> {
        index()
            .find(question)
            .hits
            .iter()
            .map(|hit| hit.document)
            .collect()
    }

    #[test]
    fn words_are_found_in_any_form_as_parts_and_by_other_names() {
        assert_eq!(found("Anhörungen"), [0]);
        assert_eq!(found("anhoerung"), [0]);
        assert_eq!(found("Recht"), [1]);
        assert_eq!(found("dolmetschen"), [2]);
        assert_eq!(found("Asylverfahrensberatung"), [0]);
        assert_eq!(found("fsa-201"), [2]);
        assert_eq!(found("Anhö"), [0]);
        assert_eq!(found("die Klage gegen den Bescheid"), [0]);
    }

    #[test]
    fn a_misspelt_word_is_corrected_and_nonsense_finds_nothing() {
        let found = index().find("Bescheit");
        assert_eq!(
            (found.hits[0].document, found.meant.as_deref()),
            (0, Some("Bescheid"))
        );
        for nonsense in ["Quantenphysik", "xyz", "", "   ", "§", "der die das"] {
            assert_eq!(index().find(nonsense).hits, [], "{nonsense}");
        }
    }

    #[test]
    fn a_hit_says_why() {
        let found = index().find("beraten asyl");
        let why: Vec<_> = found.hits[0]
            .why
            .iter()
            .map(|(place, form)| (*place, form.as_str()))
            .collect();
        assert_eq!(
            why,
            [(Place::Title, "Asylverfahren"), (Place::Contents, "Beratung")]
        );
    }
}

//! What has to be passed before: codes of modules with "und", "oder", parentheses and "2 von (…)".
//!
//! ```text
//! FSA-101 und (FSA-201 oder FSA-202)
//! 2 von (FSA-101, FSA-102, FSA-103)
//! ```

use std::collections::BTreeSet;
use std::fmt;

use super::code::ModuleCode;

/// Codes in a requirement, each time they are named.
pub const NAMED_MAX: usize = 20;
/// Parentheses inside each other.
const DEPTH_MAX: usize = 4;

/// What has to be passed before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// This module.
    Module(ModuleCode),
    /// All of these, two or more.
    All(Vec<Self>),
    /// One of these, two or more.
    Any(Vec<Self>),
    /// So many of these, fewer than there are.
    Some(usize, Vec<Self>),
}

/// What is wrong with a requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// This is neither a code nor a word that belongs here.
    Unexpected(String),
    /// Something is missing at the end.
    Unfinished,
    /// "und" and "oder" side by side, without parentheses.
    Mixed,
    /// "2 von" fewer than two, or none.
    Count,
    /// More than [`NAMED_MAX`] codes, or too many parentheses.
    TooLong,
}

impl Requirement {
    /// Reads a requirement.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, Wrong> {
        let words = words(typed);
        let mut reader = Reader {
            words: &words,
            named: 0,
        };
        let requirement = reader.joined(0)?;
        match reader.words.first() {
            Some(word) => Err(Wrong::Unexpected(word.clone())),
            None => Ok(requirement),
        }
    }

    /// Every code that is named.
    #[must_use]
    pub fn codes(&self) -> BTreeSet<&ModuleCode> {
        match self {
            Self::Module(code) => BTreeSet::from([code]),
            Self::All(parts) | Self::Any(parts) | Self::Some(_, parts) => {
                parts.iter().flat_map(Self::codes).collect()
            }
        }
    }

    /// Whether it is met by what was passed.
    #[must_use]
    pub fn is_met(&self, passed: &impl Fn(&ModuleCode) -> bool) -> bool {
        match self {
            Self::Module(code) => passed(code),
            Self::All(parts) => parts.iter().all(|part| part.is_met(passed)),
            Self::Any(parts) => parts.iter().any(|part| part.is_met(passed)),
            Self::Some(count, parts) => parts.iter().filter(|part| part.is_met(passed)).count() >= *count,
        }
    }

    fn write(&self, formatter: &mut fmt::Formatter<'_>, is_inside: bool) -> fmt::Result {
        let (parts, between) = match self {
            Self::Module(code) => return write!(formatter, "{code}"),
            Self::Some(count, parts) => {
                write!(formatter, "{count} von (")?;
                for (place, part) in parts.iter().enumerate() {
                    formatter.write_str(if place > 0 { ", " } else { "" })?;
                    part.write(formatter, true)?;
                }
                return formatter.write_str(")");
            }
            Self::All(parts) => (parts, " und "),
            Self::Any(parts) => (parts, " oder "),
        };
        formatter.write_str(if is_inside { "(" } else { "" })?;
        for (place, part) in parts.iter().enumerate() {
            formatter.write_str(if place > 0 { between } else { "" })?;
            part.write(formatter, true)?;
        }
        formatter.write_str(if is_inside { ")" } else { "" })
    }
}

impl fmt::Display for Requirement {
    /// As it is read.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(formatter, false)
    }
}

/// Codes, words, parentheses and commas.
fn words(typed: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for character in typed.chars() {
        let is_sign = matches!(character, '(' | ')' | ',');
        if (is_sign || character.is_whitespace()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if is_sign {
            words.push(character.to_string());
        } else if !character.is_whitespace() {
            word.push(character);
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// Reads words from left to right.
struct Reader<'a> {
    words: &'a [String],
    named: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Result<&str, Wrong> {
        let (first, rest) = self.words.split_first().ok_or(Wrong::Unfinished)?;
        self.words = rest;
        Ok(first)
    }

    fn takes(&mut self, word: &str) -> bool {
        let is_next = self
            .words
            .first()
            .is_some_and(|next| next.eq_ignore_ascii_case(word));
        if is_next {
            self.words = self.words.get(1..).unwrap_or_default();
        }
        is_next
    }

    fn expect(&mut self, word: &str) -> Result<(), Wrong> {
        if self.takes(word) {
            return Ok(());
        }
        Err(self
            .next()
            .map_or(Wrong::Unfinished, |word| Wrong::Unexpected(word.to_owned())))
    }

    /// Parts with "und" between them, or with "oder".
    fn joined(&mut self, depth: usize) -> Result<Requirement, Wrong> {
        let first = self.part(depth)?;
        let mut parts = vec![first];
        let mut is_all = None;
        loop {
            let and = self.takes("und") || (depth == 0 && self.takes(","));
            if !and && !self.takes("oder") {
                break;
            }
            if is_all.is_some_and(|is_all| is_all != and) {
                return Err(Wrong::Mixed);
            }
            is_all = Some(and);
            parts.push(self.part(depth)?);
        }
        Ok(match is_all {
            Some(true) => all(parts),
            Some(false) => any(parts),
            None => parts.swap_remove(0),
        })
    }

    fn part(&mut self, depth: usize) -> Result<Requirement, Wrong> {
        if depth > DEPTH_MAX {
            return Err(Wrong::TooLong);
        }
        if self.takes("(") {
            let inside = self.joined(depth + 1)?;
            self.expect(")")?;
            return Ok(inside);
        }
        let word = self.next()?.to_owned();
        if let Ok(count) = word.parse::<usize>() {
            return self.some(count, depth);
        }
        self.named += 1;
        if self.named > NAMED_MAX {
            return Err(Wrong::TooLong);
        }
        let code = ModuleCode::parse(&word).map_err(|_| Wrong::Unexpected(word))?;
        Ok(Requirement::Module(code))
    }

    /// What comes behind "2".
    fn some(&mut self, count: usize, depth: usize) -> Result<Requirement, Wrong> {
        self.expect("von")?;
        self.expect("(")?;
        let mut parts = vec![self.joined(depth + 1)?];
        while self.takes(",") {
            parts.push(self.joined(depth + 1)?);
        }
        self.expect(")")?;
        match count {
            1 if parts.len() > 1 => Ok(any(parts)),
            count if count == parts.len() && count > 1 => Ok(all(parts)),
            count if count > 1 && count < parts.len() => Ok(Requirement::Some(count, parts)),
            _ => Err(Wrong::Count),
        }
    }
}

/// All of them; what is "all" inside is no part of its own.
fn all(parts: Vec<Requirement>) -> Requirement {
    let flat = parts.into_iter().flat_map(|part| match part {
        Requirement::All(inside) => inside,
        other => vec![other],
    });
    Requirement::All(flat.collect())
}

/// One of them; what is "any" inside is no part of its own.
fn any(parts: Vec<Requirement>) -> Requirement {
    let flat = parts.into_iter().flat_map(|part| match part {
        Requirement::Any(inside) => inside,
        other => vec![other],
    });
    Requirement::Any(flat.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> String {
        Requirement::parse(typed).unwrap().to_string()
    }

    #[test]
    fn a_requirement_is_written_as_it_is_read() {
        assert_eq!(read("fsa-101"), "FSA-101");
        assert_eq!(read("FSA-101, FSA-102"), "FSA-101 und FSA-102");
        assert_eq!(
            read("A1B und (B2C ODER (C3D oder D4E))"),
            "A1B und (B2C oder C3D oder D4E)"
        );
        assert_eq!(
            read("2 von (A1B, B2C und C3D, D4E)"),
            "2 von (A1B, (B2C und C3D), D4E)"
        );
        assert_eq!(read("1 von (A1B, B2C)"), "A1B oder B2C");
        assert_eq!(read("(2 von (A1B, B2C))"), "A1B und B2C");
    }

    #[test]
    fn what_does_not_fit_is_refused_with_the_reason() {
        let unexpected = |word: &str| Wrong::Unexpected(word.to_owned());
        for (typed, wrong) in [
            ("A1B und B2C oder C3D", Wrong::Mixed),
            ("A1B und", Wrong::Unfinished),
            ("(A1B", Wrong::Unfinished),
            ("A1B)", unexpected(")")),
            ("A1B B2C", unexpected("B2C")),
            ("Asylrecht", unexpected("Asylrecht")),
            ("3 von (A1B, B2C)", Wrong::Count),
            ("0 von (A1B, B2C)", Wrong::Count),
            ("2 aus (A1B, B2C)", unexpected("aus")),
            ("((((((A1B))))))", Wrong::TooLong),
        ] {
            assert_eq!(Requirement::parse(typed), Err(wrong), "{typed}");
        }
        let many = ["A1B"; NAMED_MAX + 1].join(" und ");
        assert_eq!(Requirement::parse(&many), Err(Wrong::TooLong));
    }

    #[test]
    fn it_is_met_by_what_was_passed() {
        let requirement = Requirement::parse("A1B und 2 von (B2C, C3D, D4E)").unwrap();
        let met = |passed: &[&str]| requirement.is_met(&|code| passed.contains(&code.as_str()));
        assert!(met(&["A1B", "B2C", "D4E"]));
        assert!(!met(&["A1B", "B2C"]) && !met(&["B2C", "C3D", "D4E"]));
    }
}

//! What is typed, with its limits.

use crate::text::{TextError, bounded, one_line};

/// Characters of a title, of a codebook or of its use.
pub const TITLE_CHARACTERS_MAX: usize = 120;
/// Characters of the name of a code.
pub const NAME_CHARACTERS_MAX: usize = 60;
/// Characters of what a code means, and of an example for it.
pub const DEFINITION_CHARACTERS_MAX: usize = 600;
/// Characters of a memo.
pub const MEMO_CHARACTERS_MAX: usize = 2_000;
/// Codes of a codebook, those that are not given any more included.
pub const CODES_MAX: usize = 60;
/// Boards that are read together.
pub const BOARDS_MAX: usize = 20;

/// What is wrong with a field.
pub type Wrong = Vec<(&'static str, TextError)>;

/// A codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodebookDraft {
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub description: String,
}

impl CodebookDraft {
    /// Reads what was typed.
    ///
    /// # Errors
    /// What is wrong, by field, in the order of the form.
    pub fn parse(title: &str, description: &str) -> Result<Self, Wrong> {
        let title = one_line(title, 3, TITLE_CHARACTERS_MAX);
        let description = bounded(description, 0, DEFINITION_CHARACTERS_MAX);
        match (title, description) {
            (Ok(title), Ok(description)) => Ok(Self { title, description }),
            (title, description) => Err(wrong([
                ("title", title.err()),
                ("description", description.err()),
            ])),
        }
    }
}

/// A code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeDraft {
    /// What it is called.
    pub name: String,
    /// When it is given, and when not.
    pub definition: String,
    /// A sentence for which it is given.
    pub example: String,
}

impl CodeDraft {
    /// Reads what was typed.
    ///
    /// # Errors
    /// What is wrong, by field, in the order of the form.
    pub fn parse(name: &str, definition: &str, example: &str) -> Result<Self, Wrong> {
        let name = one_line(name, 2, NAME_CHARACTERS_MAX);
        let definition = bounded(definition, 3, DEFINITION_CHARACTERS_MAX);
        let example = bounded(example, 0, DEFINITION_CHARACTERS_MAX);
        match (name, definition, example) {
            (Ok(name), Ok(definition), Ok(example)) => Ok(Self {
                name,
                definition,
                example,
            }),
            (name, definition, example) => Err(wrong([
                ("name", name.err()),
                ("definition", definition.err()),
                ("example", example.err()),
            ])),
        }
    }
}

/// The use of a codebook on some boards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodingDraft {
    /// What it is called.
    pub title: String,
}

impl CodingDraft {
    /// Reads what was typed.
    ///
    /// # Errors
    /// What is wrong with the title.
    pub fn parse(title: &str) -> Result<Self, Wrong> {
        one_line(title, 3, TITLE_CHARACTERS_MAX)
            .map(|title| Self { title })
            .map_err(|error| vec![("title", error)])
    }
}

/// Reads a memo.
///
/// # Errors
/// When it is too long.
pub fn memo(text: &str) -> Result<String, TextError> {
    bounded(text, 0, MEMO_CHARACTERS_MAX)
}

fn wrong<const N: usize>(fields: [(&'static str, Option<TextError>); N]) -> Wrong {
    fields
        .into_iter()
        .filter_map(|(field, error)| Some((field, error?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_wrong_is_said_at_once_in_the_order_of_the_form() {
        let wrong = CodeDraft::parse("", "  ", &"x".repeat(601)).unwrap_err();
        let fields: Vec<_> = wrong.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["name", "definition", "example"]);
        assert_eq!(
            CodeDraft::parse(" Zugang ", "Wege zu Ämtern", "").unwrap().name,
            "Zugang"
        );
        assert!(CodebookDraft::parse("ab", "").is_err() && CodingDraft::parse("").is_err());
        assert!(memo(&"x".repeat(MEMO_CHARACTERS_MAX + 1)).is_err());
    }
}

//! Finding modules by German words: whatever the umlauts, the inflection and the compounds, with what people of the field
//! say for the same thing, and with a suggestion where a word is misspelt. The same in the browser and on the server.
//!
//! - [`words`]: texts as words, and what is the same in all forms of a word
//! - [`compounds`]: of which words a word is put together
//! - [`synonyms`]: what people of the field say for the same thing
//! - [`typos`]: the word that was meant
//! - [`index`]: all of that for a catalogue, and questions to it

pub mod compounds;
pub mod index;
pub mod synonyms;
pub mod typos;
pub mod words;

use super::content::Content;
use super::{Field, ModuleCode};

pub use index::{Document, Found, Hit, Index, Place};

/// What of a module is searched.
#[must_use]
pub fn document(code: &ModuleCode, content: &Content) -> Document {
    let mut document = vec![(Place::Code, code.to_string())];
    for (place, field) in [
        (Place::Title, Field::Title),
        (Place::Keyword, Field::Keywords),
        (Place::Situation, Field::Situations),
        (Place::Lead, Field::Lead),
        (Place::Contents, Field::Contents),
    ] {
        document.push((place, content.get(field).to_owned()));
    }
    let outcomes = content.outcomes().into_iter();
    document.extend(outcomes.map(|outcome| (Place::Outcome, outcome.text)));
    document
}

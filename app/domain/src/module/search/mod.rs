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

pub use index::{Document, Found, Hit, Index, Place};

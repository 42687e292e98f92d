//! Documents on paper, also for who does not see them: tagged PDF after PDF/UA-1 (ISO 14289-1).
//!
//! What a line is (a heading, an item of a list, a cell of a table) is in the file, in the order in which one reads; so are
//! the language and the title. What repeats on each page is marked as no part of the text. Works without input or output:
//! a [`Document`] goes in, bytes come out.
//! The same document can be had as a file to write on in, and as a text with marks.
//!
//! - [`document`]: what a document is made of
//! - [`write`](mod@write): the file
//! - [`odt`](mod@odt): the same as OpenDocument text
//! - [`markdown`](mod@markdown): the same as Markdown
//! - `typeface`: letters, and how wide they are
//! - `lines`: where lines break
//! - `layout`: what stands where on which page
//! - `structure`: what each line is part of

pub mod document;
mod layout;
mod lines;
pub mod markdown;
pub mod odt;
mod structure;
mod typeface;
pub mod write;

pub use document::{Block, Date, Document, Item, Level, Run, Table};
pub use markdown::markdown;
pub use odt::odt;
pub use write::{PaperError, write};

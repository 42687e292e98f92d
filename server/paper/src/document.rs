//! What a document is made of.

/// A document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Its title: the first heading, and the name of the window in which it is read.
    pub title: String,
    /// A sentence or two under the title.
    pub lead: String,
    /// From where it is: at the foot of each page.
    pub about: String,
    /// The day on which it was made.
    pub made_on: Date,
    /// Whether it says on each page that it is a draft.
    pub is_draft: bool,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Date {
    /// The year.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading below the title.
    Heading(Level, String),
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// A paragraph in small print.
    Small(String),
    /// A list.
    List(Vec<Item>),
    /// A table.
    Table(Table),
}

/// How far a heading is below the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// A chapter.
    Chapter,
    /// A section of a chapter.
    Section,
}

/// Words in one weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The words. A line break in them is one on paper.
    pub text: String,
    /// Whether they are bold.
    pub is_bold: bool,
}

impl Run {
    /// Words as usual.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_bold: false,
        }
    }

    /// Words that stand out.
    #[must_use]
    pub fn bold(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_bold: true,
        }
    }
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it says.
    pub text: Vec<Run>,
    /// The list below it.
    pub items: Vec<Item>,
}

impl Item {
    /// An item of words as usual, with nothing below it.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: vec![Run::plain(text)],
            items: Vec::new(),
        }
    }
}

/// A table. Its first row stands on each page.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What stands above the columns.
    pub headings: Vec<String>,
    /// How wide the columns are, in shares of the page.
    pub shares: Vec<f32>,
    /// The cells, row by row.
    pub rows: Vec<Vec<String>>,
}

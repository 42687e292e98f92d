//! What travels to these pages. Words and figures are made on the server.

use serde::{Deserialize, Serialize};

/// Codebooks, and where they are used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codings {
    /// Id, title, and how many codes in which version.
    pub codebooks: Vec<(String, String, String)>,
    /// Id, title, and how far it is.
    pub codings: Vec<(String, String, String)>,
    /// Boards that can be read: id, title, how many cards.
    pub boards: Vec<(String, String)>,
    /// The key of the forms.
    pub key: String,
}

/// A codebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodebookView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// Which version it is.
    pub version: i64,
    /// Its codes.
    pub codes: Vec<CodeView>,
    /// The key of the form for a new code.
    pub key: String,
}

/// A code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// When it is given, and when not.
    pub definition: String,
    /// A sentence for which it is given.
    pub example: String,
    /// Since which version it is there.
    pub since: i64,
    /// Since which version it is not given any more, if so.
    pub retired: Option<i64>,
}

/// The reading of some boards with one codebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodingView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Id and title of the codebook.
    pub codebook: (String, String),
    /// How many cards there are to read.
    pub cards: u32,
    /// How many of them the viewer has read.
    pub mine: u32,
    /// Where the viewer goes on.
    pub next: Option<String>,
    /// Who has read how many, and how many were agreed on, in words.
    pub progress: Vec<String>,
    /// How far two readings agree.
    pub pairs: Vec<Pair>,
    /// Where readings differ: path, card, text, whether something was agreed on since.
    pub differ: Vec<(String, String, String, bool)>,
}

/// How far the readings of two people agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// Who, and how many cards both have read.
    pub title: String,
    /// Code by code, and all together last.
    pub rows: Vec<PairRow>,
    /// How the figures are read.
    pub hint: String,
}

/// How far two readings agree on one code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairRow {
    /// Which code.
    pub code: String,
    /// Given by both, by the first only, by the second only, by neither.
    pub counts: [u32; 4],
    /// How often the same was made, in percent.
    pub share: String,
    /// Cohen's kappa.
    pub kappa: String,
}

/// One card to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardToRead {
    /// Id and title of the coding.
    pub coding: (String, String),
    /// The ids of board and card.
    pub ids: (String, String),
    /// Which one of how many, and from which board.
    pub place: String,
    /// Its number and what it is.
    pub head: String,
    /// What it says.
    pub text: String,
    /// The codes: id, name, definition, whether the viewer gave it.
    pub codes: Vec<(String, String, String, bool)>,
    /// What the viewer noted.
    pub memo: String,
    /// Whether the viewer is done with it.
    pub is_done: bool,
    /// What others made of it, once the viewer is done: who, codes, memo.
    pub others: Vec<(String, String, String)>,
    /// The ids of the codes that were agreed on, if any were, and who wrote it down.
    pub agreed: Option<(Vec<String>, String)>,
    /// The card before this one.
    pub previous: Option<String>,
    /// The card behind this one.
    pub next: Option<String>,
    /// This page.
    pub path: String,
}

//! What travels to these pages. Words and dates are made on the server.

use serde::{Deserialize, Serialize};

/// What a room has found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    /// The board's name in the URL.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub lead: String,
    /// Title and path of the Veranstaltung to which it belongs.
    pub workshop: Option<(String, String)>,
    /// How many cards, people and findings, in a sentence.
    pub facts: String,
    /// Whether only those see it who take part.
    pub is_hidden: bool,
    /// Whether the viewer may write on.
    pub moderates: bool,
    /// Whether the term of the board is over: only the results have stayed.
    pub is_emptied: bool,
    /// How far it is: key, word, how many. Those of which there are any.
    pub steps: Vec<(String, String, u32)>,
    /// What was found, by who can settle it: each of them, also with nothing.
    pub levels: Vec<(String, Vec<Topic>)>,
}

/// A topic about which something was found.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Topic {
    /// The card's id.
    pub card: String,
    /// Its number.
    pub number: u32,
    /// What it is.
    pub kind: String,
    /// What it says.
    pub text: String,
    /// What it weighs, in words.
    pub weight: String,
    /// What was found.
    pub finding: String,
    /// Who takes it on.
    pub taker: String,
    /// Who can settle it: key.
    pub level: String,
    /// How far it is: key and word.
    pub progress: (String, String),
    /// What was so, the last first: since when, how far, and what was found if that was another text.
    pub way: Vec<(String, String, String)>,
}

/// A card, to take along as a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardPaper {
    /// The board's name in the URL.
    pub slug: String,
    /// The board's title.
    pub board: String,
    /// The card's number.
    pub number: u32,
    /// What it is and from whom, in words.
    pub about: String,
    /// What it says.
    pub text: String,
    /// What the document can hold beside that: key, words, and whether it is ticked in advance.
    pub parts: Vec<(String, String, bool)>,
    /// What moderators note about it for each other; for them alone.
    pub note: Option<CardNote>,
}

/// What moderators note about a card for each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardNote {
    /// The card's id.
    pub card: String,
    /// What stands there; empty: nothing.
    pub text: String,
}

/// Something that was found on some board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The board's name in the URL.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The number of the card.
    pub number: u32,
    /// What the card says.
    pub topic: String,
    /// What was found.
    pub finding: String,
    /// Who takes it on, and who can settle it.
    pub taker: String,
    /// How far it is: key and word.
    pub progress: (String, String),
    /// Since when.
    pub since: String,
}

/// The templates, and whether the viewer may make one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateList {
    /// Name in the URL, title, lead, and how many boards, in words.
    pub templates: Vec<(String, String, String, String)>,
    /// The key of the form for a new one, for who may make one.
    pub key: Option<String>,
}

/// The boards of a template, side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The template's name in the URL.
    pub slug: String,
    /// The title.
    pub title: String,
    /// What the boards are about.
    pub lead: String,
    /// The boards of districts, and the one for all last.
    pub boards: Vec<Compared>,
    /// What stands above the columns, each with what every board of a district has in it.
    pub columns: Vec<(String, Vec<ComparedColumn>)>,
    /// For who may make boards.
    pub tools: Option<Tools>,
}

/// A board among others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Its name in the URL.
    pub slug: String,
    /// From where it is.
    pub place: String,
    /// How many cards, people and findings, in words.
    pub facts: String,
}

/// What a board has in one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedColumn {
    /// The board's name in the URL.
    pub slug: String,
    /// From where it is.
    pub place: String,
    /// How many cards.
    pub count: u32,
    /// What weighs most.
    pub strongest: Vec<ComparedCard>,
}

/// A card among those of other boards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedCard {
    /// The ids of board and card.
    pub key: String,
    /// Its number.
    pub number: u32,
    /// What it says.
    pub text: String,
    /// What it weighs, in words.
    pub weight: String,
    /// Whether it stands on the board for all, too.
    pub is_brought: bool,
}

/// What staff can do with a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tools {
    /// Of which boards can be made: key and words.
    pub districts: Vec<(String, String)>,
    /// To which Veranstaltungen they can belong: id and title.
    pub workshops: Vec<(String, String)>,
    /// Whether there is a board for all, onto which cards can be brought.
    pub has_all: bool,
    /// Those of the strongest cards that are not there yet.
    pub not_brought: Vec<String>,
}

//! What travels to these pages. Words and figures are made on the server.

use serde::{Deserialize, Serialize};

/// How it goes, and one's own applications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Whether somebody is signed in.
    pub is_signed_in: bool,
    /// One's own applications: path, title, words.
    pub own: Vec<(String, String, String)>,
    /// Modules for which one can apply: path, title, how many outcomes say what shows them.
    pub modules: Vec<(String, String, String)>,
}

/// One module, for who can do it already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationView {
    /// The module's short name.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Who offers it.
    pub by: String,
    /// The outcomes.
    pub outcomes: Vec<OutcomeView>,
    /// Earlier decisions: what it was about, and the sentence.
    pub precedents: Vec<(String, String)>,
    /// Whether somebody is signed in.
    pub is_signed_in: bool,
    /// The viewer's application, the newest.
    pub own: Option<OwnView>,
    /// Whether the viewer can begin one.
    pub begins: bool,
    /// The two procedures: key, words, and what they are.
    pub procedures: Vec<(String, String, String)>,
}

/// An outcome, what shows it, what the person says, what was found.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OutcomeView {
    /// Its number.
    pub number: u32,
    /// What one can do.
    pub text: String,
    /// What shows it.
    pub evidence: Option<String>,
    /// How well, by the person's own judgement: the key.
    pub grasp: String,
    /// The same as a word.
    pub grasp_words: String,
    /// From where.
    pub said: String,
    /// What was found: words and reason.
    pub finding: Option<(String, String)>,
}

/// One's own application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnView {
    /// Its id.
    pub id: String,
    /// Which procedure.
    pub procedure: String,
    /// How far it is.
    pub state: String,
    /// What that means, and what comes next.
    pub standing: String,
    /// What was asked for.
    pub note: String,
    /// What was decided, in a sentence.
    pub result: Option<String>,
    /// Whether it can be written on.
    pub writes: bool,
    /// What can be done: key, label, whether it destroys something.
    pub deeds: Vec<(String, String, bool)>,
    /// What is missing before it can be handed in: where on the page, and the sentence.
    pub gaps: Vec<(String, String)>,
    /// The evidence.
    pub files: Vec<FileView>,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    /// Its number in the application.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// How large it is.
    pub size: String,
    /// Where it can be had; nothing, when its term is over.
    pub path: Option<String>,
}

/// What waits for who curates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// Applications: path, title, words, how far it is.
    pub waiting: Vec<(String, String, String, String)>,
}

/// An application, for who decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecideView {
    /// The module: short name and title.
    pub title: String,
    /// Its id, `@`, and when what is shown was handed in, in microseconds: what is decided is what was seen.
    pub seen: String,
    /// Who asks.
    pub applicant: String,
    /// Procedure, version, when it was handed in.
    pub facts: String,
    /// How far it is.
    pub state: String,
    /// Whether the viewer can decide or ask for more.
    pub decides: bool,
    /// Why not.
    pub why_not: Option<String>,
    /// The outcomes.
    pub outcomes: Vec<OutcomeView>,
    /// The evidence.
    pub files: Vec<FileView>,
    /// Earlier decisions.
    pub precedents: Vec<(String, String)>,
    /// Kinds of evidence: key and words.
    pub kinds: Vec<(String, String)>,
}

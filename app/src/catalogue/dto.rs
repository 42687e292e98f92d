//! What travels to these pages. Words and figures are made on the server.

use serde::{Deserialize, Serialize};

/// How much a module is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemandRow {
    /// Its page.
    pub path: String,
    /// Short name and title.
    pub title: String,
    /// How many, and where.
    pub words: String,
}

use crate::modules::dto::ChangeView;

/// All modules, and what waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    /// What waits for the viewer: path and words.
    pub tasks: Vec<(String, String)>,
    /// The modules: path, title, words.
    pub modules: Vec<(String, String, String)>,
    /// For which institutions the viewer can make a module: id and name.
    pub institutions: Vec<(String, String)>,
    /// The key of the form.
    pub key: String,
}

/// A version, for who curates it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionDesk {
    /// The module's short name.
    pub code: String,
    /// The title.
    pub title: String,
    /// Who offers it.
    pub by: String,
    /// Its number.
    pub number: i64,
    /// How far it is.
    pub state: String,
    /// What that means, and what comes next.
    pub standing: String,
    /// Why changes were asked for, or why it was withdrawn.
    pub reason: Option<String>,
    /// What keeps it from being published: path and sentence.
    pub gaps: Vec<(String, String)>,
    /// Which standards are served how far: name and words.
    pub standards: Vec<(String, String)>,
    /// The fields, in groups.
    pub groups: Vec<(String, Vec<FieldRow>)>,
    /// What the viewer can do: key, label, whether it takes a reason.
    pub deeds: Vec<(String, String, bool)>,
    /// Whether the viewer can write on it.
    pub writes: bool,
    /// Whether the viewer can begin a new version.
    pub begins: bool,
    /// Who agreed, and whose agreement is missing.
    pub agreements: Vec<String>,
    /// What differs from what is published.
    pub changes: Vec<ChangeView>,
    /// Where everybody reads what is published.
    pub public: Option<String>,
}

/// A field of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldRow {
    /// Where it is written.
    pub path: String,
    /// Its label.
    pub label: String,
    /// What stands in it.
    pub lines: Vec<String>,
    /// What is to be said of it: "fehlt", "2 offene Anmerkungen".
    pub remark: Option<String>,
}

/// One field of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldDesk {
    /// The module's short name.
    pub code: String,
    /// The module's title.
    pub title: String,
    /// The number of the version.
    pub number: i64,
    /// The field's name.
    pub field: String,
    /// Its label.
    pub label: String,
    /// What helps to fill it in.
    pub hint: String,
    /// Who asks for it, and who looks at a change.
    pub asked_by: String,
    /// How it is filled in.
    pub input: Input,
    /// What stands in it.
    pub value: String,
    /// Whether the viewer can write in it.
    pub writes: bool,
    /// Whether the viewer can say something about it.
    pub comments: bool,
    /// What was said about it.
    pub said: Vec<CommentView>,
    /// The field after this one.
    pub next: Option<String>,
    /// The key of the form for a comment.
    pub key: String,
}

/// How a field is filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Input {
    /// One line of at most so many characters.
    Line(u32),
    /// Several lines: how many are shown, and at most so many characters.
    Lines(u32, u32),
    /// One of these: key and words.
    Choice(Vec<(String, String)>),
}

/// What was said about a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentView {
    /// Its id.
    pub id: String,
    /// Who, and when.
    pub head: String,
    /// What.
    pub said: String,
    /// Whether it waits for an answer.
    pub is_open: bool,
}

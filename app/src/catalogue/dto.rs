//! What travels to these pages. Words and figures are made on the server.

use serde::{Deserialize, Serialize};

use crate::modules::dto::ChangeView;
use crate::workshops::dto::Tone;

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

/// All modules, and what waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    /// What waits for the viewer: path and words.
    pub tasks: Vec<(String, String)>,
    /// The modules: path, title, words, how far it is while that is not published.
    pub modules: Vec<(String, String, String, Option<StateView>)>,
    /// For which institutions the viewer can make a module: id and name.
    pub institutions: Vec<(String, String)>,
    /// With which others a module can be offered: id and name.
    pub partners: Vec<(String, String)>,
    /// The key of the form.
    pub key: String,
}

/// How far a version is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StateView {
    /// In a word.
    pub words: String,
    /// In a colour.
    pub tone: Tone,
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
    pub state: StateView,
    /// What that means, and what comes next.
    pub standing: String,
    /// Why changes were asked for, or why it was withdrawn.
    pub reason: Option<String>,
    /// What keeps it from being published: path and sentence.
    pub gaps: Vec<(String, String)>,
    /// Fields about which somebody said something that is not settled: path and label.
    pub open: Vec<(String, String)>,
    /// Which standards are served how far.
    pub standards: Vec<StandardRow>,
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
    /// Which version that is compared with: a heading.
    pub against: String,
    /// What differs from what is published.
    pub changes: Vec<ChangeView>,
    /// Where everybody reads what is published.
    pub public: Option<String>,
    /// Its runs: path and words.
    pub runs: Vec<(String, String)>,
}

/// How far a version serves a standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardRow {
    /// What it is called.
    pub name: String,
    /// How many of its fields are filled in.
    pub words: String,
    /// Fields that are missing, if they are few: path and label.
    pub missing: Vec<(String, String)>,
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
    /// Whether nobody asks for it.
    pub is_free: bool,
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

/// Tables of modules that the viewer brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imports {
    /// The newest first.
    pub items: Vec<ImportItem>,
}

/// A table of modules that was brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportItem {
    /// Its id.
    pub id: String,
    /// Its page, if there is still something to see.
    pub path: Option<String>,
    /// The name of the file.
    pub name: String,
    /// What became of it.
    pub words: String,
    /// Whether it can be taken back.
    pub undoes: bool,
}

/// What a table would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DryRunView {
    /// Its id.
    pub id: String,
    /// The name of the file.
    pub name: String,
    /// Whether it is written.
    pub standing: String,
    /// How much it would do, in a sentence.
    pub sum: String,
    /// What was looked at, in a word.
    pub digest: String,
    /// Whether it can be written.
    pub writes: bool,
    /// Whether it can be taken back.
    pub undoes: bool,
    /// Columns that nobody knows.
    pub unknown: Vec<String>,
    /// Modules that it does not name.
    pub missing: Vec<String>,
    /// Rows.
    pub lines: Vec<LineView>,
    /// How many rows are not shown, in words.
    pub more: Option<String>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineView {
    /// Its number in the file, in words.
    pub place: String,
    /// The module.
    pub module: String,
    /// Where the module is, if the viewer curates it.
    pub path: Option<String>,
    /// Why it goes nowhere.
    pub wrong: Option<String>,
    /// Cells that do something.
    pub cells: Vec<CellView>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellView {
    /// The field.
    pub label: String,
    /// New, changed, or wrong.
    pub fate: String,
    /// What stands there.
    pub before: Option<String>,
    /// What would stand there.
    pub after: Option<String>,
    /// What is wrong.
    pub wrong: Option<String>,
}

/// Each module against each standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LintView {
    /// The standards.
    pub standards: Vec<String>,
    /// How many are red.
    pub sum: String,
    /// The modules.
    pub rows: Vec<LintRow>,
}

/// A module against each standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LintRow {
    /// Its page.
    pub path: String,
    /// Short name and title.
    pub title: String,
    /// How much of it does not arrive elsewhere, in words; nothing if all of it does.
    pub summary: String,
    /// One for each standard.
    pub verdicts: Vec<Verdict>,
}

/// What we hand out of a module, held against a standard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The standard.
    pub standard: String,
    /// Where it asks for something else.
    pub faults: Vec<String>,
    /// What of the module it cannot carry.
    pub lost: Vec<String>,
}

/// What still holds in this semester, and which runs are taught again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SemesterView {
    /// This semester.
    pub term: String,
    /// The next one.
    pub next: String,
    /// How much is to be confirmed, in a sentence.
    pub sum: String,
    /// Modules that are to be confirmed.
    pub due: Vec<SemesterItem>,
    /// Runs of this semester.
    pub runs: Vec<SemesterItem>,
}

/// A module or a run of a semester.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SemesterItem {
    /// Short name or id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Since when, when, or what became of it.
    pub words: String,
    /// Where it can be read: path and words.
    pub link: Option<(String, String)>,
    /// Whether something is to be done.
    pub is_open: bool,
}

//! What travels to these pages. Words and figures are made on the server.

use serde::{Deserialize, Serialize};

use crate::workshops::dto::{TeaserView, encode};

/// What the list shows, as it stands in the URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ModuleQuery {
    /// Words to find.
    pub suche: String,
    /// The id of an institution.
    pub von: String,
    /// A mode's key.
    pub form: String,
    /// The key of an area of competence.
    pub bereich: String,
    /// `frei`: only what costs nothing.
    pub kosten: String,
    /// `1`: only what has a run that is coming.
    pub termin: String,
}

impl ModuleQuery {
    /// The query string with these values; empty ones are left out.
    #[must_use]
    pub fn to_query(&self) -> String {
        let pairs = [
            ("suche", &self.suche),
            ("von", &self.von),
            ("form", &self.form),
            ("bereich", &self.bereich),
            ("kosten", &self.kosten),
            ("termin", &self.termin),
        ];
        let filled = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let joined: Vec<_> = filled
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        if joined.is_empty() {
            String::new()
        } else {
            format!("?{}", joined.join("&"))
        }
    }
}

/// The list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleList {
    /// The modules, the best first if something was looked for.
    pub teasers: Vec<ModuleTeaser>,
    /// What can be chosen in each filter: key, words with how many there are.
    pub institutions: Vec<(String, String)>,
    /// On site, online, both.
    pub modes: Vec<(String, String)>,
    /// Areas of competence.
    pub areas: Vec<(String, String)>,
    /// How many cost nothing.
    pub free: u32,
    /// How many have a run that is coming.
    pub dated: u32,
    /// What was meant, if a word was misspelt.
    pub meant: Option<String>,
    /// Whether no module has all words.
    pub is_partial: bool,
    /// Situations from work, to begin with.
    pub situations: Vec<String>,
    /// The same list for programs (schema.org), ready to stand in the page.
    pub structured: String,
}

/// A module in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleTeaser {
    /// Its short name.
    pub code: String,
    /// The title.
    pub title: String,
    /// What it is, in plain language.
    pub lead: String,
    /// Who offers it.
    pub by: String,
    /// Hours, credit points, mode, fee.
    pub facts: String,
    /// When the next run begins, and whether there is a seat; or nothing.
    pub next: Option<String>,
    /// Where the words that were looked for stand: place and word.
    pub why: Vec<(String, String)>,
    /// Whether it is an example.
    pub demo: bool,
}

/// What a viewer said of where a module is needed. Three cases with names: as options in each other two of them would be
/// the same in JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DemandView {
    /// Nobody is signed in.
    #[default]
    SignIn,
    /// Nothing yet.
    Open,
    /// In this district: its slug.
    In(String),
}

/// One version of a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleView {
    /// Its short name.
    pub code: String,
    /// The title.
    pub title: String,
    /// What it is, in plain language.
    pub lead: String,
    /// Who offers it.
    pub by: String,
    /// Which version, and since when.
    pub version: String,
    /// If it is not the one that counts: what it is, and the path to the one that does.
    pub notice: Option<(String, Option<String>)>,
    /// What one wants to know first: heading and words.
    pub facts: Vec<(String, String)>,
    /// Everything else, in groups.
    pub groups: Vec<(String, Vec<FieldView>)>,
    /// What it requires, with links.
    pub requires: Vec<Piece>,
    /// What it opens the way to: path and words.
    pub opens: Vec<(String, String)>,
    /// The way around it as a picture; the words stand beside it.
    pub picture: Option<PictureView>,
    /// Runs that are coming: a run, and the version it holds to if that is not this one.
    pub runs: Vec<(TeaserView, Option<String>)>,
    /// What the viewer said of where the module is needed.
    pub demand: DemandView,
    /// Where the office enters a run, for who may.
    pub new_run: Option<String>,
    /// Other versions: path and words.
    pub versions: Vec<(String, String)>,
    /// What changed since the version before.
    pub changes: Vec<ChangeView>,
    /// The module for programs (schema.org, JSON-LD), safe inside a script element.
    pub structured: String,
    /// Whether it is an example.
    pub demo: bool,
}

/// The way around a module, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureView {
    /// Width and height.
    pub size: (u32, u32),
    /// Short name, upper left corner, and whether it is the module of the page.
    pub boxes: Vec<(String, u32, u32, bool)>,
    /// Path of each line (SVG), and whether there is a choice.
    pub lines: Vec<(String, bool)>,
}

/// A field and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldView {
    /// The label.
    pub label: String,
    /// Its lines; more than one: a list.
    pub lines: Vec<String>,
}

/// A piece of a sentence: words, or a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Where they lead.
    pub path: Option<String>,
}

/// What changed in a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeView {
    /// Its label.
    pub label: String,
    /// Words: -1 taken out, 0 kept, 1 put in.
    pub words: Vec<(i8, String)>,
}

/// Modules side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompareView {
    /// Path, short name and title of each.
    pub modules: Vec<(String, String, String)>,
    /// Label, and what each says.
    pub rows: Vec<(String, Vec<String>)>,
}

//! What travels to these pages. Words and figures are made on the server.

use domain::certificate::Element;
use serde::{Deserialize, Serialize};

/// A certificate, for who checks it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateView {
    /// What is printed on it.
    pub code: String,
    /// Its path, from which its files hang.
    pub path: String,
    /// The title of the module.
    pub title: String,
    /// Whether it counts, in a sentence.
    pub standing: String,
    /// Whether it was revoked.
    pub is_revoked: bool,
    /// Whether it belongs to the demo.
    pub demo: bool,
    /// The elements but the title, which is the heading.
    pub elements: Vec<Element>,
    /// The version of the module that was taught: path and words.
    pub version: (String, String),
}

/// A run, for who says who passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Module, version, dates.
    pub facts: String,
    /// Whether certificates can be issued, or why not.
    pub standing: String,
    /// Whether certificates can be issued.
    pub issues: bool,
    /// Who took part and has none: id and name.
    pub without: Vec<(String, String)>,
    /// Who has one.
    pub with: Vec<IssuedView>,
}

/// A certificate of a run.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IssuedView {
    /// Who has it.
    pub holder: String,
    /// What is printed on it.
    pub code: String,
    /// Its path.
    pub path: String,
    /// Since when, or that it was revoked.
    pub words: String,
    /// Whether it can be revoked.
    pub counts: bool,
}

//! What travels to these pages. Words and figures are made on the server.

use serde::{Deserialize, Serialize};

/// A plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanView {
    /// Certificates to choose from.
    pub goals: Vec<GoalView>,
    /// The short name of the one that was chosen.
    pub goal: String,
    /// Hours a week.
    pub hours: String,
    /// The first semester.
    pub from: String,
    /// Semesters to begin with: key and words.
    pub terms: Vec<(String, String)>,
    /// Whether anything is wanted yet.
    pub is_empty: bool,
    /// How long it takes, in a sentence.
    pub summary: Option<String>,
    /// What does not fit: words, and where more can be read.
    pub conflicts: Vec<ConflictView>,
    /// Semesters with what is worked on in them.
    pub loads: Vec<LoadView>,
    /// What was chosen and has no semester.
    pub homeless: Vec<StepView>,
    /// What was passed: short name and title.
    pub passed: Vec<(String, String)>,
    /// What counts for the viewer because it could be done already: in words.
    pub credited: Vec<String>,
    /// How much of the certificate is credited, in a sentence.
    pub share: Option<String>,
    /// What else there is: short name, title, facts.
    pub others: Vec<(String, String, String)>,
    /// The query of this plan, as it is kept.
    pub query: String,
    /// The calendar of this plan, if a run in it has dates.
    pub calendar: Option<String>,
    /// The query of the plan that the account keeps.
    pub saved: Option<String>,
    /// Whether somebody is signed in.
    pub is_signed_in: bool,
}

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GoalView {
    /// The short name.
    pub code: String,
    /// The title.
    pub title: String,
    /// What it is, in plain language.
    pub lead: String,
    /// Which modules, in words.
    pub rule: String,
    /// What one gets.
    pub award: String,
    /// Whether it is an example.
    pub demo: bool,
}

/// What does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictView {
    /// What it is about and what can be done.
    pub words: String,
    /// Path and words of a page that helps.
    pub link: Option<(String, String)>,
}

/// A semester of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadView {
    /// "Sommersemester 2027"
    pub term: String,
    /// "7 Stunden in der Woche"
    pub load: String,
    /// What is worked on.
    pub steps: Vec<StepView>,
}

/// A module in a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepView {
    /// Its short name.
    pub code: String,
    /// The title.
    pub title: String,
    /// Hours, credit points, mode, fee.
    pub facts: String,
    /// Why it is there, if it was not chosen; or that it goes on.
    pub why: Option<String>,
    /// A run that begins in this semester: path and words.
    pub run: Option<(String, String)>,
    /// What can be chosen for it: value and words; nothing, if it is not taught any more.
    pub choices: Vec<(String, String)>,
    /// What is chosen.
    pub choice: String,
    /// Whether it has its controls in an earlier semester.
    pub goes_on: bool,
    /// The plan without it, if it was chosen.
    pub without: Option<String>,
}

/// Certificates, for who writes them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeDesk {
    /// Those that are there.
    pub programmes: Vec<ProgrammeView>,
}

/// A certificate with the figures that the office needs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ProgrammeView {
    /// What everybody sees.
    pub goal: GoalView,
    /// The rule as it is typed.
    pub rule: String,
    /// Which version, since when, and how many hours the shortest way takes.
    pub standing: String,
}

//! What comes out of boards.
//!
//! - [`results`]: `/themen/{slug}/ergebnisse`, what a room has found, who takes it on, and how it went on
//! - [`card`]: `/themen/{slug}/karten/{number}`, one card as a document; `part`: what it can hold
//! - [`findings`]: `/verwaltung/ergebnisse`, the same of all boards, for the office
//! - [`templates`]: `/vorlagen`, the same questions for several districts
//! - [`comparison`]: `/vorlagen/{slug}`, the boards of a template side by side
//! - [`dto`]: what travels to the pages
//! - [`actions`]: server functions; `desk`: what they do

pub mod actions;
pub mod card;
pub mod comparison;
#[cfg(feature = "ssr")]
mod desk;
pub mod dto;
pub mod findings;
#[cfg(feature = "ssr")]
pub mod part;
pub mod results;
pub mod templates;

pub use card::CardPaperPage;
pub use comparison::ComparisonPage;
pub use findings::FindingsPage;
pub use results::ResultsPage;
pub use templates::TemplatesPage;

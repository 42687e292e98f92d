//! Modules of the Nachqualifizierung: what a version says, what has to come before it, who has to agree before it is
//! published, and how one finds it.
//!
//! - [`code`]: the short name of a module
//! - [`field`]: everything that a version says, field by field, with the standards that ask for it
//! - [`typed`]: what is typed into a field, and what is wrong with it
//! - [`outcome`], [`exam`], [`requirement`]: fields that are more than a text
//! - [`content`]: what stands in all fields of a version
//! - [`gap`]: what keeps a version from being published
//! - [`demand`]: who would take a module, in sums
//! - [`differ`]: what changed between two versions
//! - [`graph`]: what leads to what
//! - [`picture`]: the way around a module, as a picture
//! - [`review`]: drafts, who looks at them, publication
//! - [`sheet`]: modules as a table, and what a table would change
//! - [`search`]: finding modules by German words

pub mod code;
pub mod content;
pub mod demand;
pub mod differ;
pub mod exam;
pub mod field;
pub mod gap;
pub mod graph;
pub mod outcome;
pub mod picture;
pub mod requirement;
pub mod review;
pub mod search;
pub mod sheet;
pub mod typed;

pub use code::ModuleCode;
pub use content::Content;
pub use exam::ExamPart;
pub use field::Field;
pub use outcome::LearningOutcome;
pub use requirement::Requirement;

/// Modules of a catalogue, at most: several universities have tens each, and a table brings [`sheet::ROWS_MAX`] at once.
pub const MODULES_MAX: u32 = 10_000;

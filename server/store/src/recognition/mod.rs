//! Recognition of prior learning: applications with their evidence, decisions, and what others may learn from them.
//!
//! - [`row`]: an application as it is kept
//! - [`act`]: beginning, writing, handing in, deciding
//! - [`evidence`] of what one can do: files
//! - [`precedent`]: what others may learn from a decision
//! - [`credited`]: what counts for a person

pub mod act;
pub mod credited;
pub mod evidence;
pub mod precedent;
pub mod row;

pub use act::Change;
pub use credited::{Because, Credited};
pub use evidence::{FileContent, Uploaded};
pub use precedent::Precedent;
pub use row::{FileRow, RecognitionRow};

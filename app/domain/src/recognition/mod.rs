//! Recognition of prior learning: what somebody can already do counts for a module, outcome by outcome.
//!
//! - [`kind`]: the two procedures, and kinds of evidence
//! - [`claim`]: what a person says of herself
//! - [`file`]: evidence that is uploaded: how much, and what it really is
//! - [`finding`]: what a reviewer finds, outcome by outcome, and what follows from it
//! - [`state`]: how far an application is, and who may do what
//! - [`share`]: how much of a certificate is credited; at most half of it

pub mod claim;
pub mod file;
pub mod finding;
pub mod kind;
pub mod share;
pub mod state;

pub use claim::{Claim, Claims, Grasp};
pub use file::{FileKind, FileName};
pub use finding::{Finding, Findings, Outcome};
pub use kind::{Evidence, Procedure};
pub use share::Share;
pub use state::{Act, Application, Refusal, State};

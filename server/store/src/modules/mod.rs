//! The catalogue: modules, their versions, who wrote them, who agreed to them, what was said about them.
//!
//! - [`row`]: a module and its versions as they are kept
//! - [`catalogue`]: what counts now, or counted on a day
//! - [`changes`]: what everybody sees, in the order in which it became so
//! - [`create`]: a new module, a new version
//! - [`write`]: a field of a version
//! - [`review`]: handing in, agreeing, publishing, withdrawing
//! - [`demand`]: who would take a module if it were taught near them
//! - [`import`]: modules from a file
//! - [`comments`]: what was said about a field
//! - `standing`: how a version stands, for the rules that decide

pub mod catalogue;
pub mod changes;
pub mod comments;
pub mod create;
pub mod demand;
pub mod import;
pub mod remind;
pub mod review;
pub mod row;
pub(crate) mod standing;
pub mod write;

pub use catalogue::Listed;
pub use changes::{CHANGES_MAX, ModuleChange};
pub use comments::Comment;
pub use create::ModuleDraft;
pub use import::{ImportRow, Undone};
pub use row::{ModuleRow, VersionRow};
pub use write::{Conflict, Written};

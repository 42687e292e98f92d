//! What does not fit in a plan. Nothing is taken out of it for that.

use super::term::Term;
use crate::module::{ModuleCode, Requirement};

/// What does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// No module of this short name is taught any more.
    Gone(ModuleCode),
    /// What it requires is not passed by then.
    TooEarly(ModuleCode, Requirement),
    /// Both belong into the same semester.
    Apart(ModuleCode, ModuleCode),
    /// It does not begin in the semester that was chosen for it.
    NotThen(ModuleCode, Term),
    /// The semester that was chosen for it is over.
    Over(ModuleCode, Term),
    /// A semester has more work than there are hours: so many a week.
    TooMuch(Term, u32),
    /// No semester could be found for it within the years that a plan looks ahead.
    Nowhere(ModuleCode),
    /// More of the goal is credited than may be: so many percent.
    TooMuchCredited(u32),
    /// The goal cannot be reached with what is taught.
    OutOfReach,
}

//! The way to a certificate: which modules, in which semester, with how much work each week.
//!
//! What a person chose stays as it was chosen; what does not fit is said, and why.
//!
//! - [`mod@term`]: the semesters
//! - [`offer`]: what a plan needs to know of a module
//! - [`programme`]: certificates, and the rules by which they are made of modules
//! - [`way`]: the shortest way to what is wanted, with everything that comes before
//! - [`wish`]: what a person wants, as it stands in the URL
//! - [`schedule`]: modules in semesters
//! - [`conflict`]: what does not fit

pub mod conflict;
pub mod fresh;
pub mod offer;
pub mod programme;
pub mod schedule;
pub mod term;
pub mod way;
pub mod wish;

pub use conflict::Conflict;
pub use offer::{Frequency, Offer, Offers};
pub use programme::Programme;
pub use schedule::{Placed, Schedule, TermLoad, schedule};
pub use term::Term;
pub use way::{Way, shortest};
pub use wish::Wish;

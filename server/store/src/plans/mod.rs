//! Certificates, and plans of people.
//!
//! - [`programme`]: certificates made of modules, in versions
//! - [`saved`]: what a person wants, kept for the account

pub mod programme;
pub mod saved;

pub use programme::ProgrammeRow;
pub use saved::SavedPlan;

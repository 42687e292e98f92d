//! Veranstaltungen: what is kept of them, and what staff do with them.
//!
//! - [`row`]: one Veranstaltung as it is kept
//! - `counted`: one with its counts, for every decision
//! - [`find`]: lists with filters and counts, by slug, by id, district by district
//! - [`create`]: a new one
//! - [`copy`]: a copy, a series across districts
//! - [`edit`]: change the description, the seats, the dates
//! - [`run`]: runs of modules
//! - [`publish`]: show it to everybody
//! - [`cancel`]: it does not take place
//! - [`discard`]: a draft that nobody needs goes

pub mod cancel;
pub mod copy;
pub(crate) mod counted;
pub mod create;
pub mod discard;
pub mod edit;
pub mod find;
pub mod publish;
pub mod rollover;
pub mod row;
pub mod run;

pub use copy::COPIES_MAX;
pub use find::{DistrictCoverage, PAGE_MAX, WorkshopCard, WorkshopFilter};
pub use rollover::RolledOver;
pub use row::WorkshopRow;
pub use run::{PastRun, Run};

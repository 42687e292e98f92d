//! The way to a certificate.
//!
//! - [`page`]: `/lernweg`, the plan
//! - [`remember`]: a plan that this device remembers
//! - [`programmes`]: `/katalog/zertifikate`, certificates and their rules, for the office
//! - [`dto`]: what travels to the pages
//! - [`actions`]: server functions; `desk`: what they do

pub mod actions;
#[cfg(feature = "ssr")]
pub(crate) mod desk;
pub mod dto;
pub mod page;
pub mod programmes;
pub mod remember;

#[cfg(feature = "ssr")]
pub use desk::made;
pub use page::PlanPage;
pub use programmes::ProgrammesPage;

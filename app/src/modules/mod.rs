//! The catalogue of modules, for everybody.
//!
//! - [`list`]: `/module`, find and filter
//! - [`quick`]: finding while one types, on the device
//! - [`detail`]: `/module/{code}` and `/module/{code}/fassung/{n}`, one version
//! - [`compare`]: `/module/vergleich`, two to four side by side
//! - [`changes`]: what changed between two versions, word by word
//! - [`dto`]: what travels to the pages
//! - [`actions`]: server functions; `desk`: what they do

pub mod actions;
pub mod changes;
pub mod compare;
#[cfg(feature = "ssr")]
pub(crate) mod desk;
pub mod detail;
pub mod dto;
pub mod list;
pub mod quick;

pub use compare::ComparePage;
#[cfg(feature = "ssr")]
pub use desk::structured;
pub use detail::{ModulePage, VersionPage};
pub use list::ModulesPage;
pub use quick::QuickModule;

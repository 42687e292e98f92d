//! The catalogue, for who curates it: drafts, field by field, what is said about them, who agrees, publication.
//!
//! - [`overview`]: `/katalog`, all modules and what waits
//! - [`version`]: `/katalog/{code}`, the version that is being written or counts
//! - [`field`]: `/katalog/{code}/feld/{name}`, one field and what is said about it
//! - [`import`]: `/katalog/import`, tables of modules, out and in
//! - [`dry_run`]: `/katalog/import/{id}`, what a table would do
//! - [`demand`]: `/katalog/bedarf`, what is asked for
//! - [`dto`]: what travels to the pages
//! - [`actions`]: server functions; `desk`: what they do

pub mod actions;
pub mod demand;
#[cfg(feature = "ssr")]
pub(crate) mod desk;
pub mod dry_run;
pub mod dto;
pub mod field;
pub mod import;
pub mod overview;
pub mod version;

pub use demand::DemandPage;
#[cfg(feature = "ssr")]
pub use desk::{as_reviewer, of as reviewer};
pub use dry_run::DryRunPage;
pub use field::FieldPage;
pub use import::ImportsPage;
pub use overview::CataloguePage;
pub use version::VersionDeskPage;

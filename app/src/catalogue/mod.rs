//! The catalogue, for who curates it: drafts, field by field, what is said about them, who agrees, publication.
//!
//! - [`overview`]: `/katalog`, all modules and what waits
//! - [`version`]: `/katalog/{code}`, the version that is being written or counts
//! - [`field`]: `/katalog/{code}/feld/{name}`, one field and what is said about it
//! - [`import`]: `/katalog/import`, tables of modules, out and in
//! - [`dry_run`]: `/katalog/import/{id}`, what a table would do
//! - [`lint`]: `/katalog/pruefung`, each module against each standard
//! - [`semester`]: `/katalog/semester`, what still holds, and which runs are taught again
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
pub mod lint;
pub mod overview;
pub mod semester;
pub mod version;

pub use demand::DemandPage;
#[cfg(feature = "ssr")]
pub use desk::{as_reviewer, lint::Judge, of as reviewer};
pub use dry_run::DryRunPage;
#[cfg(feature = "ssr")]
pub use dto::Verdict;
pub use field::FieldPage;
pub use import::ImportsPage;
pub use lint::LintPage;
pub use overview::CataloguePage;
pub use semester::SemesterPage;
pub use version::VersionDeskPage;

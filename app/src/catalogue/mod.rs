//! The catalogue, for who curates it: drafts, field by field, what is said about them, who agrees, publication.
//!
//! - [`overview`]: `/katalog`, all modules and what waits
//! - [`version`]: `/katalog/{code}`, the version that is being written or counts
//! - [`field`]: `/katalog/{code}/feld/{name}`, one field and what is said about it
//! - [`demand`]: `/katalog/bedarf`, what is asked for
//! - [`dto`]: what travels to the pages
//! - [`actions`]: server functions; `desk`: what they do

pub mod actions;
pub mod demand;
#[cfg(feature = "ssr")]
pub(crate) mod desk;
pub mod dto;
pub mod field;
pub mod overview;
pub mod version;

pub use demand::DemandPage;
pub use field::FieldPage;
pub use overview::CataloguePage;
pub use version::VersionDeskPage;

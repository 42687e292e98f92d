//! Certificates of modules that were passed: issued by who curates, checked by everybody.
//!
//! - [`check`]: `/nachweis` and `/nachweis/{code}`, what a certificate says and whether it counts
//! - [`run`]: `/katalog/durchgang/{id}`, who passed a run
//! - [`dto`]: what travels to the pages
//! - [`actions`]: server functions; `desk`: what they do

pub mod actions;
pub mod check;
#[cfg(feature = "ssr")]
pub(crate) mod desk;
pub mod dto;
pub mod run;

pub use check::{CheckPage, CodePage};
pub use run::RunPage;

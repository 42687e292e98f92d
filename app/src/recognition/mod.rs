//! Recognition of prior learning: what somebody can do already counts for a module.
//!
//! - [`overview`]: `/anrechnung`, how it goes, and one's own applications
//! - [`application`]: `/anrechnung/{code}`, one module outcome by outcome
//! - [`evidence`]: the files of an application
//! - [`queue`]: `/katalog/anrechnung`, what waits for who curates
//! - [`decide`]: `/katalog/anrechnung/{id}`, one application, to be decided
//! - [`dto`]: what travels to the pages
//! - [`actions`]: server functions; `desk`: what they do

pub mod actions;
pub mod application;
pub mod decide;
#[cfg(feature = "ssr")]
pub(crate) mod desk;
pub mod dto;
pub mod evidence;
pub mod overview;
pub mod queue;

pub use application::ApplicationPage;
pub use decide::DecidePage;
pub use overview::RecognitionsPage;
pub use queue::QueuePage;

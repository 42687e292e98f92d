//! Programs of other institutions, for who curates: tokens, webhooks, and what they were told.
//!
//! - [`page`]: the page `/katalog/zugaenge`
//! - [`dto`]: what travels to the page
//! - [`actions`]: server functions; `desk`: what they do

pub mod actions;
#[cfg(feature = "ssr")]
pub(crate) mod desk;
pub mod dto;
pub mod page;

#[cfg(feature = "ssr")]
pub use desk::MayPrivate;
pub use page::AccessPage;

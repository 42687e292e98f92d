//! Coding of cards, for staff: what cards say, in the terms of a codebook, read by two people.
//!
//! - [`overview`]: `/verwaltung/auswertung`, codebooks and where they are used
//! - [`codebook`]: `/verwaltung/auswertung/codebuch/{id}`, its codes
//! - [`project`]: `/verwaltung/auswertung/{id}`, how far it is, how far two readings agree, where they differ
//! - [`card`]: `/verwaltung/auswertung/{id}/karte/{board}/{number}`, one card to read
//! - [`dto`]: what travels to the pages
//! - [`actions`]: server functions; `desk`: what they do

pub mod actions;
pub mod card;
pub mod codebook;
#[cfg(feature = "ssr")]
mod desk;
pub mod dto;
pub mod overview;
pub mod project;

pub use card::CardPage;
pub use codebook::CodebookPage;
#[cfg(feature = "ssr")]
pub use desk::work;
pub use overview::CodingsPage;
pub use project::CodingPage;

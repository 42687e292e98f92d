//! My place: view, change, cancel, hand on, by a personal link and without an account.
//!
//! - [`place`] at `/anmeldung/{token}`
//! - [`fellows`]: who else takes part
//! - [`link_again`] at `/anmeldung`, the lost link
//! - [`actions`]: the server functions
//! - [`dto`]: what travels between server and browser
//! - [`words`]: states and history in plain words

#[expect(
    missing_docs,
    reason = "arguments of server functions are the fields of their forms"
)]
pub mod actions;
pub mod dto;
mod fellows;
mod link_again;
mod place;
#[cfg(feature = "ssr")]
pub mod words;

pub use link_again::LinkAgainPage;
pub use place::PlacePage;

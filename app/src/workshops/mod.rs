//! Veranstaltungen: find one, read about it, sign up.
//!
//! - [`list`]: `/veranstaltungen`, filters in the URL
//! - [`detail`]: `/veranstaltungen/{slug}`, everything one needs, and the form
//! - [`form`]: the sign-up form
//! - `ask`: whom to ask, and how
//! - `line`: who has to wait, and how the line moves
//! - [`needs`]: what somebody needs, to tick and to type
//! - `votes`: the topics that matter to somebody, to tick
//! - `seats`: how many there are, in a few words
//! - [`signed_up`]: what happens next
//! - `typed`: what was typed, in words, where there is no form any more
//! - [`teaser`]: one Veranstaltung in a list
//! - [`actions`]: the server functions
//! - [`dto`]: what travels between server and browser

#[expect(
    missing_docs,
    clippy::too_many_arguments,
    reason = "arguments of server functions are the fields of their forms"
)]
pub mod actions;
#[cfg(feature = "ssr")]
mod ask;
mod detail;
pub mod dto;
mod form;
#[cfg(feature = "ssr")]
mod line;
mod list;
pub mod needs;
mod seats;
mod signed_up;
pub mod teaser;
#[cfg(feature = "ssr")]
mod typed;
mod votes;

pub use detail::DetailPage;
pub use list::ListPage;
pub use signed_up::SignedUpPage;

//! Accounts without passwords.
//!
//! - [`codes`]: sign-in codes by mail
//! - [`sessions`]: devices that are signed in
//! - [`people`]: a person's own data, deletion
//! - `addresses`: under which of them somebody is known
//! - [`export`]: everything that is kept about a person
//! - [`roles`]: what a person may do

pub(crate) mod addresses;
mod codes;
mod export;
mod people;
mod roles;
mod sessions;

pub use codes::{CodeError, SignedIn};
pub use people::{MyPlace, Profile};
pub(crate) use sessions::token_hash;
pub use sessions::{
    PARTICIPANT_IDLE_HOURS, PARTICIPANT_SESSION_HOURS, STAFF_IDLE_HOURS, STAFF_SESSION_HOURS, SessionRow,
    Viewer,
};

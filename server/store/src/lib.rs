//! Everything that is kept: all SQL, the migrations, the single writer.
//!
//! - [`engine`]: SQLite or PostgreSQL, chosen by the URL
//! - [`writer`]: every change, in a transaction; on SQLite in groups
//! - `word`: who hears of a change once it is durable
//! - [`traces`]: what is erased is not in the files either
//! - `tail`: log rows and mails, written together before a commit
//! - `read`: values as they stand in a row
//! - `slugs`: names in URLs that nobody has yet
//! - [`migrate`]: tables of both engines
//! - [`ambient`]: the clock, ids and randomness, passed in
//! - [`access`]: programs of other institutions, and what they are told
//! - [`accounts`], [`organisations`]: people and where they work
//! - [`workshops`], [`signups`], [`topics`]: Veranstaltungen and who comes
//! - [`boards`]: what rooms do, as a log
//! - [`modules`]: the catalogue, version by version
//! - [`plans`]: certificates, and plans of people
//! - [`certificates`]: who passed what, and the keys with which that is signed
//! - [`recognition`]: what people can do already, and what of it counts
//! - [`outbox`]: mails that go out after the commit
//! - [`audit`]: who did what, append-only and chained
//! - [`form_replies`]: what a form said, kept for a quarter of an hour
//! - [`retention`]: how long personal data stays
//! - [`backup`]: consistent copy while serving, verified restore

pub mod access;
pub mod accounts;
pub mod ambient;
pub mod audit;
pub mod backup;
pub mod boards;
pub mod certificates;
pub mod check;
pub mod coding;
pub mod engine;
pub mod error;
pub mod form_replies;
pub mod migrate;
pub mod modules;
mod once;
pub mod organisations;
pub mod outbox;
pub mod plans;
pub(crate) mod read;
pub mod recognition;
pub mod retention;
pub mod signups;
pub(crate) mod slugs;
pub(crate) mod tail;
pub mod topics;
pub mod traces;
pub(crate) mod word;
pub mod workshops;
pub mod writer;

pub use ambient::Ambient;
pub use engine::{Engine, Store};
pub use error::StoreError;

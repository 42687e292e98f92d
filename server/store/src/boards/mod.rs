//! Boards: what a room does, kept as a log.
//!
//! - [`row`]: a board as it is found: by its name, by its code, in the list
//! - [`create`]: a new one
//! - [`correct`]: what staff corrects of it later
//! - [`members`]: somebody on a board, known by a device's secret
//! - [`state`]: the board that the log makes
//! - `forget`: what a board forgets in time
//! - [`term`]: how long what was written stays, and that it goes for good then
//! - `notice`: word of it, to this process and to others
//! - [`found`]: what was found, on all boards, and how it went on
//! - `waiting`: what waits on boards that were there before that was counted
//! - [`templates`]: what boards of several districts are made of
//! - [`topics`]: topics of a Veranstaltung that become cards
//! - `notes`: what moderators note about cards for each other
//! - [`copies`]: cards that were brought from other boards
//! - `several`: several boards in one transaction
//! - `archive`: boards on which nothing happens any more
//! - [`known`]: boards as this process knows them from its last change
//! - `held`: a board that is changed
//! - [`act`]: an operation: decided, numbered, kept and answered in one transaction

pub mod act;
pub(crate) mod archive;
pub mod copies;
pub mod correct;
pub mod create;
pub(crate) mod forget;
pub mod found;
pub(crate) mod held;
pub mod known;
pub mod members;
mod notes;
pub(crate) mod notice;
pub mod row;
pub(crate) mod several;
pub mod state;
pub mod templates;
pub mod term;
pub mod topics;
mod waiting;

pub use act::{Answer, Push};
pub use copies::Brought;
pub use create::BoardDraft;
pub use found::{FindingFilter, FoundRow};
pub use known::{BoardDone, BoardNews, BoardWord};
pub use row::BoardRow;
pub use templates::{Template, TemplateDraft};

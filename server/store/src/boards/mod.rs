//! Boards: what a room does, kept as a log.
//!
//! - [`row`]: a board as it is found: by its name, by its code, in the list
//! - [`create`]: a new one
//! - [`members`]: somebody on a board, known by a device's secret
//! - [`state`]: the board that the log makes
//! - `forget`: what a board forgets in time
//! - `notice`: word of it, to this process and to others
//! - [`act`]: an operation: decided, numbered, kept and answered in one transaction

pub mod act;
pub mod create;
pub(crate) mod forget;
pub mod members;
pub(crate) mod notice;
pub mod row;
pub mod state;

pub use act::{Answer, Push};
pub use create::BoardDraft;
pub use row::BoardRow;

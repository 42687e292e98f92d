//! What a device and the server say to each other. The same over a WebSocket, and over server-sent events and POST.

use serde::{Deserialize, Serialize};

use super::change::Change;
use super::decide::Refusal;
use super::operation::Operation;
use super::view::BoardView;
use crate::ids::OperationId;
use crate::time::Instant;

/// Operations in one message.
pub const WANTED_MAX: usize = 50;
/// Cards that a moderator decides on at once.
pub const CARDS_AT_ONCE_MAX: usize = 200;
/// Bytes of one message of a device.
pub const MESSAGE_BYTES_MAX: usize = 16 * 1024;

/// Something that a device wants to be done. It says so until it is answered; the same id again is the same thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Made on the device.
    pub id: OperationId,
    /// What.
    pub operation: Operation,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Of which operation.
    pub id: OperationId,
    /// The number of its record, or why there is none.
    pub answer: Result<u64, Refusal>,
}

/// What goes out to a device that follows a board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// The board as it is: when the device comes, and when it comes back.
    Board(BoardView),
    /// What is new since the last news.
    Change(Change),
    /// What became of what this device wanted.
    Answers(Vec<Answered>),
    /// Too much was wanted at once: the device keeps it, and says it again after so many seconds.
    Busy(u32),
    /// Nothing is new, and the line is alive. What the server's clock shows.
    Alive(Instant),
}

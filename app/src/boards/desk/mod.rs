//! What the server functions of boards do.
//!
//! - [`read`]: the list, one board
//! - [`make`]: a new board
//! - [`act`]: what somebody wants to do on a board, from a form to an operation
//! - [`perform`]: the operation, and what is said then

mod act;
mod make;
mod perform;
mod read;

pub use act::{act, edit, join, put, refuse, write};
pub use make::create;
pub use read::{data, list};

//! What the server functions of boards do.
//!
//! - [`read`]: the list, one board
//! - [`make`]: a new board
//! - [`correct`]: what is corrected of it later
//! - [`code`]: what is said to a code of no board
//! - [`conclude`]: what was found about a card
//! - [`act`]: what somebody wants to do on a board, from a form to an operation
//! - [`rules`]: the board's own rules
//! - [`term`]: how long what was written stays
//! - [`present`]: who is in a room
//! - [`log`]: what moderators did; [`log_page`]: a part of it, for their page
//! - [`tools`]: what the moderator does with one card, or with the board
//! - [`perform`]: the operation, and what is said then

mod act;
mod code;
mod conclude;
pub mod correct;
pub mod log;
pub mod log_page;
mod make;
mod perform;
pub mod present;
mod read;
mod rules;
mod tell;
mod term;
mod tools;

pub use act::{act, comment, edit, join, put, refuse, write};
pub use code::{UNKNOWN_CODE, unknown_code};
pub use conclude::{Concluding, conclude};
pub use make::{beginning, create, wrong_plan};
pub use perform::{enter, push};
pub use read::{coming, data, list, workshop_of};
pub use rules::set_rules;
pub use tell::{Trying, tell};
pub use term::{set_term, stays};
pub use tools::{approve, count_hands, decide_several, hand_over, merge, set_column, set_timer, split, undo};

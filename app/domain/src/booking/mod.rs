//! Seats and waiting lists: who gets a place, who waits, who moves up.
//!
//! - [`place`]: one person's place and its states
//! - [`rules`]: what staff set for a Veranstaltung (capacity, window, limits)
//! - [`tally`]: what is taken, held, offered, waiting; what is free for the public
//! - [`admit`]: a newcomer gets a seat or the waiting list
//! - [`seats`]: numbered seats
//! - [`settle`]: after every change: expire, then promote
//! - [`verbs`]: what a person or staff can do to one place
//! - [`transfer`]: a mode that has no seats any more is left by everybody
//! - [`change`]: what a decision changes

pub mod admit;
pub mod change;
pub mod place;
pub mod rules;
pub mod seats;
pub mod settle;
pub mod tally;
pub mod transfer;
pub mod verbs;

pub use admit::{Admission, Refusal, admit};
pub use change::{Change, Reason};
pub use place::{Mode, Place, PlaceState};
pub use rules::{ModeRules, SeatRules};
pub use settle::settle;
pub use tally::Tally;

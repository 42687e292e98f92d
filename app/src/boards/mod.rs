//! Boards: what a room writes, and one moderator who is in control.
//!
//! - [`list`]: `/themen`, every board
//! - [`new_board`]: staff makes one
//! - [`correct`]: `/themen/{slug}/bearbeiten`, staff corrects one
//! - [`board`]: `/themen/{slug}`, one board for everybody who takes part
//! - [`console`]: `/themen/{slug}/moderation`, the moderator's side of it
//! - [`screen`]: `/themen/{slug}/leinwand`, for the projector
//! - [`present`]: `/themen/{slug}/anwesend`, who is in the room; `in_room`: from where the pages know it
//! - [`log`]: `/themen/{slug}/protokoll`, what moderators did
//! - [`card`]: one card, and what can be done with it
//! - [`announce`]: new cards, said aloud now and then
//! - [`shown`]: a board on its page, and what changes of it meanwhile
//! - [`filter`]: which cards the address asks for
//! - [`frame`]: what holds for the whole board; [`pieces`]: the cards, one by one
//! - [`parts`]: what several of these pages show
//! - [`typed`]: texts while they are typed
//! - [`clock`]: the time that runs
//! - `focus`: where the focus goes when its card goes
//! - [`deed`]: a button that does one thing on a board
//! - `pushed`: what a device wants, read entry by entry
//! - [`pressed`]: a button says at once that it was pressed
//! - [`undo`]: what a moderator has just done with a card, and the way back
//! - [`waiting`]: what waits for a moderator, said wherever that one is
//! - [`outbox`]: what somebody wants, from the tap to the answer
//! - [`live`]: what happens meanwhile, as it happens
//! - `device`: who a device is, without an account; [`eyes`]: with whose eyes a board is shown
//! - `door`: whether one more device may come
//! - [`words`]: how the rules speak
//! - [`dto`]: what travels to the pages
//! - [`actions`]: server functions; `desk`: what they do

pub mod actions;
pub mod announce;
pub mod board;
pub mod card;
pub mod clock;
pub mod console;
pub mod correct;
pub mod deed;
#[cfg(feature = "ssr")]
pub(crate) mod desk;
#[cfg(feature = "ssr")]
pub mod device;
#[cfg(feature = "ssr")]
pub mod door;
pub mod dto;
pub mod eyes;
pub mod filter;
#[cfg(feature = "hydrate")]
mod focus;
pub mod frame;
#[cfg(feature = "ssr")]
pub mod in_room;
pub mod list;
pub mod live;
pub mod log;
pub mod new_board;
pub mod outbox;
pub mod parts;
pub mod pieces;
pub mod present;
pub mod pressed;
#[cfg(feature = "ssr")]
pub mod pushed;
pub mod screen;
pub mod shown;
pub mod typed;
pub mod undo;
pub mod waiting;
pub mod words;

pub use board::BoardPage;
pub use console::ConsolePage;
pub use correct::CorrectPage;
#[cfg(feature = "ssr")]
pub use desk::{
    UNKNOWN_CODE,
    log::{HEADINGS as LOG_HEADINGS, of_board as moderation_log},
};
pub use list::BoardsPage;
pub use log::LogPage;
pub use present::PresentPage;
pub use screen::ScreenPage;

//! Boards: cards that a room writes, and one moderator who is in control.
//!
//! The server orders what people want to do and keeps it as a log; the state is what the log makes of an empty
//! board. The same code decides on the server and, ahead of it, on the device.
//!
//! - [`words`]: kinds of cards, levels of moderation, phases
//! - [`state`]: the board, its columns, cards and members
//! - [`operation`]: what somebody wants to do: absolute, so that doing it twice is doing it once
//! - [`signs`]: signs that somebody should look at a text first: data of clients, insults, links
//! - [`reserved`]: names that are the moderators'
//! - [`decide`]: whether it may be done, and what it becomes
//! - [`event`]: what was done, as the log keeps it
//! - [`apply`]: what that makes of the board
//! - [`three_way`]: two changes of one text, brought together
//! - [`similar`]: cards that may say the same
//! - [`note`]: what moderators note about a card for each other
//! - [`order`]: keys between two keys, for the order of cards
//! - [`label`]: what an anonymous card says of who wrote it
//! - [`plan`]: what a new board is to be
//! - [`correct`]: what is corrected of it later
//! - [`present`]: who is in a room
//! - [`results`]: what was found, and how it went on
//! - [`term`]: how long what was written stays
//! - [`trial`]: what became of a solution where somebody tried it, and a sentence about it
//! - [`view`]: what each audience may see
//! - [`change`]: what is new in what an audience sees
//! - [`touched`]: where something new is looked for
//! - [`concerned`]: whom something new concerns; all others see the same of it
//! - [`wire`]: what a device and the server say to each other
//! - [`outbox`]: what a device wants, from the tap to the screen
//! - [`predict`]: what a device shows before the server has answered
//! - [`undo`]: what takes back what a moderator has done with a card

pub mod apply;
pub mod change;
pub mod concerned;
pub mod correct;
pub mod decide;
pub mod event;
pub mod label;
pub mod note;
pub mod operation;
pub mod order;
pub mod outbox;
pub mod plan;
pub mod predict;
pub mod present;
pub mod reserved;
pub mod results;
pub mod signs;
pub mod similar;
pub mod state;
pub mod term;
pub mod three_way;
pub mod touched;
pub mod trial;
pub mod undo;
pub mod view;
pub mod wire;
pub mod words;

pub use apply::apply;
pub use change::Change;
pub use concerned::{concerned, votes_left};
pub use correct::{
    Called, Correction, CorrectionForm, CorrectionRefusal, correct, has_votes, times_corrected,
};
pub use decide::{Actor, Refusal, bring, decide, propose};
pub use event::{Event, Record};
pub use operation::Operation;
pub use results::{Found, Kept, Step};
pub use state::{Board, Card, Column, Earlier, Editor, Finding, Member, Origin, Settings, Stage, Standing};
pub use term::{Goes, Term};
pub use touched::Touched;
pub use trial::{Told, Trial, TriedIn};
pub use view::{Audience, BoardView, CardView, EarlierView, Source, published_count, view, waiting_count};
pub use wire::{Answered, News, Wanted};
pub use words::{Anonymity, CardKind, Level, MemberRole, Outcome, Phase, Progress, Responsibility};

//! Whether an operation may be done, and what it becomes.
//!
//! - [`refusal`]: why not
//! - `rights`: who may do what at all, and to what
//! - `write`: cards and comments: written, changed, split
//! - `stand`: who sees a card: published, refused, hidden, taken back, reported, brought together
//! - `column`: columns: made, called otherwise, put elsewhere, taken away
//! - `place`: where a card stands among others
//! - `tell`: a sentence about a solution that one has tried
//! - `weigh`: votes, and what a room says about a card
//! - `stage`: what the moderator sets for the whole board
//! - `undo`: what is taken back while it still is as it was done

mod column;
mod place;
pub mod refusal;
mod rights;
mod stage;
mod stand;
mod tell;
mod undo;
mod weigh;
mod write;

pub use refusal::Refusal;
pub use rights::Actor;
pub use write::{bring, propose};

use super::event::Event;
use super::operation::Operation;
use super::state::Board;
use super::trial::Trial;

/// Decides. Looks at nothing but the board; changes nothing.
///
/// # Errors
/// Why it is not done.
pub fn decide(board: &Board, actor: Actor, operation: &Operation) -> Result<Event, Refusal> {
    rights::may_act(board, actor, operation)?;
    match operation {
        Operation::Join { name, district, role } => {
            write::join(board, actor, name.as_deref(), (*district, *role))
        }
        Operation::Write {
            card,
            column,
            kind,
            text,
        } => write::card(board, actor, (*card, *column, *kind), text),
        Operation::Comment { card, on, text } => write::comment(board, actor, *card, *on, text),
        Operation::Edit { card, base, text } => write::edit(board, actor, *card, *base, text),
        Operation::Split { card, from, text } => write::split(board, actor, *card, *from, text),
        Operation::Erase { card } => write::erase(board, actor, *card),
        Operation::Stand {
            card,
            standing,
            version,
        } => stand::stand(board, actor, *card, standing, *version),
        Operation::Report { card, given } => stand::report(board, actor, *card, *given),
        Operation::Claim { card, claimed } => stand::claim(board, actor, *card, *claimed),
        Operation::Merge { card, into } => stand::merge(board, actor, *card, *into),
        Operation::Remove { card, removed } => stand::remove(board, actor, *card, *removed),
        Operation::Undo { done, back } => undo::undo(board, actor, done.as_deref(), back),
        Operation::Move { card, column, after } => place::put(board, actor, *card, *column, *after),
        Operation::Pin { card, pinned } => place::pin(board, actor, *card, *pinned),
        Operation::Discuss { card, discussed } => weigh::discuss(board, actor, *card, *discussed),
        Operation::Lock { card, locked } => place::lock(board, actor, *card, *locked),
        Operation::LockColumn { column, locked } => place::lock_column(board, actor, *column, *locked),
        Operation::AddColumn { column, title } => column::add(board, actor, *column, title),
        Operation::RenameColumn { column, title } => column::rename(board, actor, *column, title),
        Operation::MoveColumn { column, after } => column::put(board, actor, *column, *after),
        Operation::RemoveColumn { column } => column::remove(board, actor, *column),
        Operation::Vote { card, given } => weigh::vote(board, actor, *card, *given),
        Operation::SameHere { card, given } => weigh::same_here(board, actor, *card, *given),
        Operation::Tried {
            card,
            outcome,
            district,
        } => weigh::tried(board, actor, *card, (*outcome, *district)),
        Operation::Tell {
            card,
            on,
            outcome,
            district,
            text,
        } => {
            let trial = Trial {
                outcome: *outcome,
                district: *district,
            };
            tell::tell(board, actor, (*card, *on), trial, text)
        }
        Operation::Follow { card, given } => weigh::follow(board, *card, *given),
        Operation::Hands { card, count } => weigh::hands(board, actor, *card, *count),
        Operation::Conclude { card, finding, base } => {
            weigh::conclude(board, actor, *card, (finding.as_ref(), base.as_deref()))
        }
        Operation::Freeze { .. }
        | Operation::Pause { .. }
        | Operation::Curtain { .. }
        | Operation::Spotlight { .. }
        | Operation::Timer { .. }
        | Operation::GoTo { .. }
        | Operation::Moderate { .. }
        | Operation::HideVotes { .. }
        | Operation::HideFindings { .. }
        | Operation::Rules { .. }
        | Operation::RenewCode
        | Operation::Archive { .. } => stage::set(board, actor, operation),
    }
}

//! What is new on a board, written once for all whom it does not concern: in a room of two hundred that is almost everybody.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use axum::extract::ws::Utf8Bytes;
use domain::board::{Audience, Change, News, concerned};
use domain::ids::MemberId;

use super::rooms::State;

/// What is new, in the words that most followers are told it in.
#[derive(Debug)]
pub struct Shared {
    concerned: BTreeSet<MemberId>,
    /// By how many votes somebody has left; nothing, if there is nothing to tell.
    written: Mutex<HashMap<Option<u32>, Option<Utf8Bytes>>>,
}

impl Shared {
    /// Nothing, if what is new may concern everybody.
    #[must_use]
    pub fn of(state: &State) -> Option<Self> {
        Some(Self {
            concerned: concerned(&state.before, &state.board, &state.touched)?,
            written: Mutex::default(),
        })
    }

    /// Whether somebody is told the same as all others: who moderates never is.
    #[must_use]
    pub fn is_for(&self, audience: Audience) -> bool {
        match audience {
            Audience::Everybody => true,
            Audience::Member(member) => !self.concerned.contains(&member),
            Audience::Moderator(_) => false,
        }
    }

    /// What somebody is told whom it does not concern; nothing, if there is nothing to tell.
    #[must_use]
    pub fn written(&self, state: &State, audience: Audience, votes_left: Option<u32>) -> Option<Utf8Bytes> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let write = || {
            let change = Change::of(&state.before, &state.board, audience, &state.touched)?;
            // What cannot be written is passed over; the follower hears of it with the next board.
            serde_json::to_string(&News::Change(change))
                .ok()
                .map(Utf8Bytes::from)
        };
        written.entry(votes_left).or_insert_with(write).clone()
    }
}

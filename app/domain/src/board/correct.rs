//! What staff corrects of a board after it was made: its title, what it is about, how many votes each member may give.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::event::Event;
use super::plan::{self, PlanError, kept};
use super::state::Board;

/// How a board is called since that was corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    /// The title.
    pub title: String,
    /// What it is about.
    pub lead: String,
    /// How often something about the board was corrected: by that a form knows of what it was made.
    pub times: u32,
}

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CorrectionForm {
    /// The title.
    pub title: String,
    /// What it is about.
    pub lead: String,
    /// Votes that each member may give; nothing: the form did not ask, and they stay.
    pub votes: Option<String>,
}

/// What a board shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The title.
    pub title: String,
    /// What it is about.
    pub lead: String,
    /// Votes that each member may give; nothing: as many as before.
    pub votes: Option<u32>,
}

impl Correction {
    /// Reads what was typed.
    ///
    /// # Errors
    /// What is wrong, by field, in the order of the form.
    pub fn parse(form: &CorrectionForm) -> Result<Self, Vec<(&'static str, PlanError)>> {
        let mut wrong = Vec::new();
        let title = kept(&mut wrong, "title", plan::title(&form.title));
        let lead = kept(&mut wrong, "lead", plan::lead(&form.lead));
        let votes = form.votes.as_deref().map(plan::votes).transpose();
        let votes = kept(&mut wrong, "votes", votes);
        match (title, lead, votes) {
            (Some(title), Some(lead), Some(votes)) => Ok(Self { title, lead, votes }),
            _ => Err(wrong),
        }
    }
}

/// Why nothing is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionRefusal {
    /// Somebody else has corrected something since the form was made.
    #[error("corrected since the form was made")]
    ChangedSince,
    /// Somebody has voted: another number of votes would take some of them away, or be unfair.
    #[error("votes are given")]
    VotesGiven,
    /// Topics of its Veranstaltung stand on the board: whoever erases one there erases it here, too.
    #[error("topics of its Veranstaltung stand on it")]
    TopicsThere,
}

/// How often something about a board was corrected.
#[must_use]
pub fn times_corrected(board: &Board) -> u32 {
    board.settings.called.as_ref().map_or(0, |called| called.times)
}

/// Whether somebody has given a vote. As long as nobody has, there can be more of them, or fewer.
#[must_use]
pub fn has_votes(board: &Board) -> bool {
    let mut cards = board.cards.values().map(Arc::as_ref);
    cards.any(|card| !card.votes.is_empty())
}

/// Decides about a correction. `seen` is how often something had been corrected when the form was made.
///
/// # Errors
/// Why nothing is corrected.
pub fn correct(board: &Board, correction: &Correction, seen: u32) -> Result<Event, CorrectionRefusal> {
    if times_corrected(board) != seen {
        return Err(CorrectionRefusal::ChangedSince);
    }
    let before = board.settings.votes_max;
    let votes = correction.votes.unwrap_or(before);
    if votes != before && has_votes(board) {
        return Err(CorrectionRefusal::VotesGiven);
    }
    Ok(Event::Corrected {
        title: correction.title.clone(),
        lead: correction.lead.clone(),
        votes,
    })
}

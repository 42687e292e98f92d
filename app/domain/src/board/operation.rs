//! What somebody wants to do on a board.
//!
//! Every operation says how it shall be, never by how much it shall change: done twice, or late, it does no harm.
//! Each has its pair that undoes it.

use serde::{Deserialize, Serialize};

use super::state::Standing;
use super::words::{CardKind, Level, Phase};
use crate::district::District;
use crate::ids::{CardId, ColumnId, MemberId};

/// What somebody wants to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Operation {
    /// Be somebody on this board, or change how one is shown.
    Join {
        /// The name that is shown, if the board shows names.
        name: Option<String>,
        /// The district, if one says it.
        district: Option<District>,
    },
    /// Write a card.
    Write {
        /// Its id, made on the device.
        card: CardId,
        /// In which column.
        column: ColumnId,
        /// What it is.
        kind: CardKind,
        /// What it says.
        text: String,
    },
    /// Say it in other words.
    Edit {
        /// Which card.
        card: CardId,
        /// The revision that was on the screen.
        base: u32,
        /// What it shall say.
        text: String,
    },
    /// Let a card wait, publish, refuse, hide it; or, as its author, take it back and put it there again.
    Stand {
        /// Which card.
        card: CardId,
        /// Where it shall stand.
        standing: Standing,
    },
    /// Put a card elsewhere.
    Move {
        /// Which card.
        card: CardId,
        /// Into which column.
        column: ColumnId,
        /// Behind which card; nothing: on top.
        after: Option<CardId>,
    },
    /// Give a card a vote, or take it back.
    Vote {
        /// Which card.
        card: CardId,
        /// Whether it shall have one's vote.
        given: bool,
    },
    /// "Bei uns auch", or no longer.
    SameHere {
        /// Which card.
        card: CardId,
        /// Whether one knows the same.
        given: bool,
    },
    /// Keep a card on top, or no longer.
    Pin {
        /// Which card.
        card: CardId,
        /// Whether it shall stay on top.
        pinned: bool,
    },
    /// Erase what a card says, for good: from the state, the log and every copy. Has no pair.
    Erase {
        /// Which card.
        card: CardId,
    },
    /// Let nothing be written, or let everybody write again.
    Freeze {
        /// Whether it shall be frozen.
        frozen: bool,
    },
    /// Go to a phase.
    GoTo {
        /// Which phase.
        phase: Phase,
    },
    /// Say which cards wait.
    Moderate {
        /// Which.
        level: Level,
    },
    /// Hide how many votes there are, or show it.
    HideVotes {
        /// Whether they shall be hidden.
        hidden: bool,
    },
    /// Take nothing of a member any more and hide what is there, or let the member back.
    Remove {
        /// Who.
        member: MemberId,
        /// Whether the member shall be gone.
        removed: bool,
    },
}

impl Operation {
    /// The card it is about.
    #[must_use]
    pub fn card(&self) -> Option<CardId> {
        match self {
            Self::Write { card, .. }
            | Self::Edit { card, .. }
            | Self::Stand { card, .. }
            | Self::Move { card, .. }
            | Self::Vote { card, .. }
            | Self::SameHere { card, .. }
            | Self::Pin { card, .. }
            | Self::Erase { card } => Some(*card),
            _ => None,
        }
    }
}

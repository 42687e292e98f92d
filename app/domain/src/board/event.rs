//! What was done, as the log keeps it.

use serde::{Deserialize, Serialize};

use super::state::Standing;
use super::words::{CardKind, Level, Phase};
use crate::district::District;
use crate::ids::{CardId, ColumnId, MemberId};
use crate::time::Instant;

/// One line of the log of a board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its number on this board, from 1 without gaps.
    pub sequence: u64,
    /// Who did it.
    pub member: MemberId,
    /// When the server took it.
    pub at: Instant,
    /// What was done.
    pub event: Event,
}

/// What was done. Holds everything that was decided, so that applying it decides nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "done", rename_all = "snake_case")]
pub enum Event {
    /// Somebody is on the board, shown like this.
    Joined {
        /// The name.
        name: Option<String>,
        /// The district.
        district: Option<District>,
    },
    /// A card was written.
    Written {
        /// Which card.
        card: CardId,
        /// Its number.
        number: u32,
        /// In which column.
        column: ColumnId,
        /// Where in the column.
        place: String,
        /// What it is.
        kind: CardKind,
        /// What it says. Nothing once it was erased.
        text: String,
        /// Who may see it.
        standing: Standing,
    },
    /// A card says something else.
    Edited {
        /// Which card.
        card: CardId,
        /// The revision that this made.
        revision: u32,
        /// What it says. Nothing once it was erased.
        text: String,
        /// Who may see it now.
        standing: Standing,
    },
    /// A card stands elsewhere between author, moderator and everybody.
    Stood {
        /// Which card.
        card: CardId,
        /// Where.
        standing: Standing,
    },
    /// Cards have other places: the one that was moved, and its new neighbours if their keys had grown long.
    Moved {
        /// Into which column.
        column: ColumnId,
        /// Each card with its place.
        places: Vec<(CardId, String)>,
    },
    /// A vote was given or taken back.
    Voted {
        /// Which card.
        card: CardId,
        /// Whether the member's vote is on it now.
        given: bool,
    },
    /// A member knows the same, or no longer.
    SameHere {
        /// Which card.
        card: CardId,
        /// Whether it is known.
        given: bool,
    },
    /// A card stays on top, or no longer.
    Pinned {
        /// Which card.
        card: CardId,
        /// Whether it is on top.
        pinned: bool,
    },
    /// What a card said is gone for good.
    Erased {
        /// Which card.
        card: CardId,
    },
    /// Nothing can be written, or everything again.
    Frozen {
        /// Whether it is frozen.
        frozen: bool,
    },
    /// Another phase.
    WentTo {
        /// Which.
        phase: Phase,
    },
    /// Other cards wait.
    Moderated {
        /// Which.
        level: Level,
    },
    /// Votes are hidden or shown.
    VotesHidden {
        /// Whether they are hidden.
        hidden: bool,
    },
    /// A member is gone or back.
    Removed {
        /// Who.
        member: MemberId,
        /// Whether gone.
        removed: bool,
    },
}

impl Event {
    /// Takes the text of a card out of this event. Returns whether there was any: the line of the log has to be
    /// written again then. After this the log makes the same board as with it, but for the text.
    pub fn erase_text_of(&mut self, erased: CardId) -> bool {
        match self {
            Self::Written { card, text, .. } | Self::Edited { card, text, .. }
                if *card == erased && !text.is_empty() =>
            {
                text.clear();
                true
            }
            _ => false,
        }
    }

    /// Takes the name of a member out of this event. Returns whether there was any.
    pub fn forget_name(&mut self) -> bool {
        match self {
            Self::Joined { name, .. } => name.take().is_some(),
            _ => false,
        }
    }
}

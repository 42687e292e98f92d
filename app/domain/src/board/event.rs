//! What was done, as the log keeps it.

use serde::{Deserialize, Serialize};

use super::results::Kept;
use super::state::{Finding, Origin, Standing};
use super::trial::Trial;
use super::words::{CardKind, Level, MemberRole, Outcome, Phase};
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
        /// What the member does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role: Option<MemberRole>,
        /// Whether the name is one that only moderators may have.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_reserved: bool,
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
        /// Where it comes from, if it was brought from another board.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<Box<Origin>>,
        /// Whether who wrote it moderated the board then.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        by_moderation: bool,
    },
    /// A card was commented, or a comment answered.
    Commented {
        /// The comment.
        card: CardId,
        /// Its number, in one row with those of the cards.
        number: u32,
        /// The card or the comment that it is about.
        on: CardId,
        /// In which column that stands.
        column: ColumnId,
        /// What it says. Nothing once it was erased.
        text: String,
        /// Who may see it.
        standing: Standing,
        /// If it tells how the solution was that the member tried: what became of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        trial: Option<Trial>,
        /// Whether who wrote it moderated the board then.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        by_moderation: bool,
    },
    /// A part of a card is one of its own.
    Split {
        /// The new card.
        card: CardId,
        /// Its number.
        number: u32,
        /// Of which card it was a part.
        from: CardId,
        /// Where in the column of that.
        place: String,
        /// What it says. Nothing once it was erased.
        text: String,
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
        /// Whether a moderator's decision was taken back by it: who had asked to look at the card asks again.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        again: bool,
    },
    /// Cards have other places: the one that was moved, and its new neighbours if their keys had grown long.
    Moved {
        /// Into which column.
        column: ColumnId,
        /// Each card with its place, the one that was moved first.
        places: Vec<(CardId, String)>,
        /// Behind which card it was put; nothing: on top. Also nothing where that was not kept yet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<CardId>,
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
    /// A member has tried it, or says nothing about it.
    Tried {
        /// Which card.
        card: CardId,
        /// What became of it.
        outcome: Option<Outcome>,
        /// Where that was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        district: Option<District>,
    },
    /// A member follows a card, or no longer.
    Followed {
        /// Which card.
        card: CardId,
        /// Whether it is followed.
        given: bool,
    },
    /// A member asks the moderator to look at a card, or no longer.
    Reported {
        /// Which card.
        card: CardId,
        /// Whether it is asked.
        given: bool,
        /// Whether so many have asked that the card is out of sight until then.
        hides: bool,
    },
    /// A moderator is at a card, or no longer.
    Claimed {
        /// Which card.
        card: CardId,
        /// Whether somebody is.
        claimed: bool,
    },
    /// A card can be changed by the moderator only, or by everybody again.
    Locked {
        /// Which card.
        card: CardId,
        /// Whether it is locked.
        locked: bool,
    },
    /// A column can be changed by the moderator only, or by everybody again.
    ColumnLocked {
        /// Which column.
        column: ColumnId,
        /// Whether it is locked.
        locked: bool,
    },
    /// There is one more column, on the right.
    ColumnAdded {
        /// Which column.
        column: ColumnId,
        /// What stands above it.
        title: String,
    },
    /// A column is called otherwise.
    ColumnRenamed {
        /// Which column.
        column: ColumnId,
        /// What stands above it.
        title: String,
    },
    /// A column stands elsewhere.
    ColumnMoved {
        /// Which column.
        column: ColumnId,
        /// To the right of which; nothing: first.
        after: Option<ColumnId>,
    },
    /// A column is gone: there was nothing in it.
    ColumnRemoved {
        /// Which column.
        column: ColumnId,
        /// What stood above it.
        title: String,
    },
    /// A card stands for another, or each for itself again.
    Merged {
        /// Which card.
        card: CardId,
        /// The one that stands for it.
        into: Option<CardId>,
    },
    /// Hands were counted.
    HandsCounted {
        /// For which card.
        card: CardId,
        /// How many.
        count: Option<u32>,
    },
    /// Something was found about a card.
    Concluded {
        /// Which card.
        card: CardId,
        /// What.
        finding: Option<Finding>,
    },
    /// A card stays on top, or no longer.
    Pinned {
        /// Which card.
        card: CardId,
        /// Whether it is on top.
        pinned: bool,
    },
    /// A card was discussed, or not yet.
    Discussed {
        /// Which card.
        card: CardId,
        /// Whether it was.
        discussed: bool,
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
    /// New cards are held back, or shown.
    Paused {
        /// Whether they are held back.
        paused: bool,
    },
    /// Nobody sees the cards of others, or everybody again.
    Curtained {
        /// Whether the curtain is closed.
        closed: bool,
    },
    /// A card is large on all screens, or none is.
    Spotlit {
        /// Which.
        card: Option<CardId>,
    },
    /// A time runs, or none.
    TimerSet {
        /// For how many seconds from now on.
        seconds: Option<u32>,
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
    /// What was found is for those who take part, or for everybody.
    FindingsHidden {
        /// Whether it is hidden from everybody else.
        hidden: bool,
    },
    /// Something else holds on this board beside the rules that hold on all.
    RulesSet {
        /// What.
        text: String,
    },
    /// The board has another code. Which is no matter of the log.
    CodeRenewed,
    /// The board is in the archive, or no longer.
    Archived {
        /// Whether it is.
        archived: bool,
    },
    /// All that was written is gone for good, and who was there with it: its term was over.
    Emptied {
        /// What was found, where that stays.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        results: Vec<Kept>,
    },
    /// How long what is written stays is another time. Which is no matter of the log.
    TermSet,
    /// Staff has corrected how the board is called, or how many votes there are, or to which Veranstaltung it belongs. That last
    /// one is no matter of the log.
    Corrected {
        /// The title.
        title: String,
        /// What it is about.
        lead: String,
        /// Votes that each member may give.
        votes: u32,
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
    /// The card of which something is said in here, if there is any: what erasing looks for.
    #[must_use]
    pub fn speaks_of(&self) -> Option<CardId> {
        match self {
            Self::Written { card, .. }
            | Self::Commented { card, .. }
            | Self::Split { card, .. }
            | Self::Edited { card, .. }
            | Self::Concluded { card, .. } => Some(*card),
            _ => None,
        }
    }

    /// Takes what is said of a card out of this event. Returns whether there was any: the line of the log has to be
    /// written again then. After this the log makes the same board as with it, but for the text.
    pub fn erase_text_of(&mut self, erased: CardId) -> bool {
        if let Self::Emptied { results } = self {
            let before = results.len();
            results.retain(|kept| kept.card != erased);
            return results.len() < before;
        }
        if self.speaks_of() != Some(erased) {
            return false;
        }
        match self {
            Self::Written { text, .. }
            | Self::Commented { text, .. }
            | Self::Split { text, .. }
            | Self::Edited { text, .. } => {
                let had = !text.is_empty();
                text.clear();
                had
            }
            Self::Concluded { finding, .. } => finding.take().is_some(),
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

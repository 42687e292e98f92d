//! The board, its columns, cards and members.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::words::{Anonymity, CardKind, Level, Phase};
use crate::district::District;
use crate::ids::{CardId, ColumnId, MemberId};
use crate::time::Instant;

/// Characters of a card.
pub const CARD_CHARACTERS_MAX: usize = 400;
/// Characters of the name of a member.
pub const MEMBER_NAME_CHARACTERS_MAX: usize = 60;
/// Cards of a board, those that are gone included.
pub const CARDS_MAX: usize = 2_000;
/// Members of a board.
pub const MEMBERS_MAX: usize = 2_000;

/// What the moderator has set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Which cards wait.
    pub level: Level,
    /// Where the work stands.
    pub phase: Phase,
    /// How much authors show of themselves. Set once: what was promised at the form holds.
    pub anonymity: Anonymity,
    /// Votes that each member may give.
    pub votes_max: u32,
    /// Whether nobody but the moderator sees how many votes a card has.
    pub votes_hidden: bool,
    /// Since when nothing can be written, if so.
    pub frozen_at: Option<Instant>,
}

/// A column, in the order of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Which column.
    pub id: ColumnId,
    /// What stands above it.
    pub title: String,
}

/// Where a card stands between its author, the moderator and everybody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Waits for the moderator; the author sees it.
    Waiting,
    /// Everybody sees it.
    Published,
    /// The moderator has said no; the author sees it with the reason.
    Refused {
        /// Why, in the words of the published rules.
        reason: String,
    },
    /// Taken out of sight; the author sees it.
    Hidden,
    /// The author has taken it back.
    Withdrawn,
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Which card.
    pub id: CardId,
    /// Its number, to say aloud: from 1, never given twice.
    pub number: u32,
    /// What it says it is.
    pub kind: CardKind,
    /// What it says. Nothing once it was erased.
    pub text: String,
    /// How often the text has changed.
    pub revision: u32,
    /// Who wrote it.
    pub author: MemberId,
    /// In which column it stands.
    pub column: ColumnId,
    /// Where in the column: cards are sorted by this, then by id.
    pub place: String,
    /// Who may see it.
    pub standing: Standing,
    /// Since when the moderator keeps it on top, if so.
    pub pinned_at: Option<Instant>,
    /// Since when its text is erased, if so.
    pub erased_at: Option<Instant>,
    /// Who gave it a vote.
    pub votes: BTreeSet<MemberId>,
    /// Who knows the same.
    pub same_here: BTreeSet<MemberId>,
    /// When it was written.
    pub created_at: Instant,
}

/// Somebody on this board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub id: MemberId,
    /// The name that is shown, if the board shows names.
    pub name: Option<String>,
    /// The district, if given.
    pub district: Option<District>,
    /// Since when nothing of this member is taken, if so.
    pub removed_at: Option<Instant>,
}

/// A board as its log has made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// How many records of the log it holds.
    pub sequence: u64,
    /// What the moderator has set.
    pub settings: Settings,
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// Every card that was ever written.
    pub cards: BTreeMap<CardId, Card>,
    /// Everybody who has joined.
    pub members: BTreeMap<MemberId, Member>,
}

impl Board {
    /// A board on which nothing has happened.
    #[must_use]
    pub fn new(settings: Settings, columns: Vec<Column>) -> Self {
        Self {
            sequence: 0,
            settings,
            columns,
            cards: BTreeMap::new(),
            members: BTreeMap::new(),
        }
    }

    /// The cards of a column in their order, whoever may see them.
    #[must_use]
    pub fn cards_of(&self, column: ColumnId) -> Vec<&Card> {
        let mut cards: Vec<_> = self.cards.values().filter(|card| card.column == column).collect();
        cards.sort_by(|a, b| (&a.place, a.id).cmp(&(&b.place, b.id)));
        cards
    }

    /// How many votes a member has given.
    #[must_use]
    pub fn votes_of(&self, member: MemberId) -> u32 {
        let count = self
            .cards
            .values()
            .filter(|card| card.votes.contains(&member))
            .count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

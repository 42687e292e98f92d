//! The board, its columns, cards and members.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::correct::Called;
use super::results::Kept;
use super::words::{Anonymity, CardKind, Level, MemberRole, Outcome, Phase, Progress, Responsibility};
use crate::district::District;
use crate::ids::{CardId, ColumnId, MemberId};
use crate::text::{TextError, bounded, one_line};
use crate::time::Instant;

/// Characters of a card.
pub const CARD_CHARACTERS_MAX: usize = 400;
/// Characters of the name of a member.
pub const MEMBER_NAME_CHARACTERS_MAX: usize = 60;
/// Characters of a sentence about a solution that somebody tried.
pub const TRIAL_CHARACTERS_MAX: usize = 160;
/// Cards of a board, those that are gone included.
pub const CARDS_MAX: usize = 2_000;
/// Cards and comments of one member on a board, those that are gone included: one guest alone fills no board.
pub const MEMBER_CARDS_MAX: u32 = 200;
/// Members of a board.
pub const MEMBERS_MAX: usize = 2_000;
/// Earlier texts of a card that are kept.
pub const EARLIER_MAX: usize = 20;
/// People whose report takes a card out of sight until the moderator has read it, unless that has happened already.
pub const REPORTS_TO_HIDE: usize = 3;
/// Hands that a moderator can count.
pub const HANDS_MAX: u32 = 10_000;
/// Seconds for which a timer runs at most: four hours.
pub const TIMER_SECONDS_MAX: u32 = 4 * 3_600;
/// Characters of the rules of a board.
pub const RULES_CHARACTERS_MAX: usize = 1_000;
/// Characters of who takes something on.
pub const TAKER_CHARACTERS_MAX: usize = 120;

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
    /// Whether only who takes part sees what was found.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub findings_hidden: bool,
    /// Since when the board is in the archive, if so: what was found can still be kept up, and nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived_at: Option<Instant>,
    /// What holds on this board beside the rules that hold on all. Nothing, if empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rules: String,
    /// How often something has changed that is told beside the log: the code, how long what is written stays.
    #[serde(default, rename = "codes", skip_serializing_if = "is_zero")]
    pub told_beside: u32,
    /// Whether all that was written is gone, because the term of the board is over. Only what is shown of a board says it here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub emptied: bool,
    /// How the board is called, once that was corrected: pages that are open read it here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<Called>,
    /// What happens on the stage.
    #[serde(default)]
    pub stage: Stage,
}

impl Settings {
    /// How a board begins: cards are collected, nobody sees how many votes there are.
    #[must_use]
    pub fn new(level: Level, anonymity: Anonymity, votes_max: u32) -> Self {
        Self {
            level,
            phase: Phase::Collect,
            anonymity,
            votes_max,
            votes_hidden: true,
            frozen_at: None,
            findings_hidden: false,
            archived_at: None,
            rules: String::new(),
            told_beside: 0,
            emptied: false,
            called: None,
            stage: Stage::default(),
        }
    }
}

/// What the moderator shows the room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Since when new cards are held back, if so: they arrive, and only their authors and the moderator see them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_at: Option<Instant>,
    /// Whether nobody sees the cards of others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub curtain: bool,
    /// The card that all screens show large.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spotlight: Option<CardId>,
    /// When the time is up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timer_ends_at: Option<Instant>,
}

/// A column, in the order of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Which column.
    pub id: ColumnId,
    /// What stands above it.
    pub title: String,
    /// Whether only the moderator may change what is in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
}

impl Column {
    /// A column in which everybody may write.
    #[must_use]
    pub fn new(id: ColumnId, title: String) -> Self {
        Self {
            id,
            title,
            locked: false,
        }
    }
}

/// What a card said before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// The revision that said it.
    pub revision: u32,
    /// What it said.
    pub text: String,
    /// Until when.
    pub until: Instant,
    /// Who said it otherwise then. Nothing where that was not kept yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Editor>,
}

/// Who has changed what a card says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Editor {
    /// Who wrote it.
    Author,
    /// A moderator.
    Moderation,
}

/// What the room has found about a topic, and who takes it on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What was found, or what is open.
    pub text: String,
    /// Who takes it on: an office, a role, a Träger.
    pub taker: String,
    /// Who can settle it.
    pub level: Responsibility,
    /// How far it is.
    pub progress: Progress,
}

impl Finding {
    /// As it is kept.
    ///
    /// # Errors
    /// When a text is too short or too long.
    pub fn parse(&self) -> Result<Self, TextError> {
        Ok(Self {
            text: bounded(&self.text, 1, CARD_CHARACTERS_MAX)?,
            taker: one_line(&self.taker, 0, TAKER_CHARACTERS_MAX)?,
            ..self.clone()
        })
    }

    /// Who can settle it, how far it is, who takes it on, and the text: the only one of them that can have several lines.
    #[must_use]
    pub fn parts(&self) -> [&str; 4] {
        [self.level.key(), self.progress.key(), &self.taker, &self.text]
    }

    /// What a form keeps of what it was made of; empty parts where nothing was found.
    #[must_use]
    pub fn as_read(parts: [&str; 4]) -> String {
        parts.join("\n")
    }
}

/// Where a card comes from that was brought from another board, and what it weighed there then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The name of that board in the URL.
    pub board: String,
    /// From where that is: the district of the board, or its title.
    pub place: String,
    /// The number of the card there.
    pub number: u32,
    /// How many votes it had there, if that could be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub votes: Option<u32>,
    /// How many knew the same there.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub same_here: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
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

/// A card, or a comment on one.
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
    /// How often text or standing have changed: what a moderator decides on is what the moderator has read.
    #[serde(default)]
    pub version: u32,
    /// What it said before, oldest first, up to [`EARLIER_MAX`].
    #[serde(default)]
    pub earlier: Vec<Earlier>,
    /// Who wrote it.
    pub author: MemberId,
    /// Whether its author moderated the board when it was written.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_moderation: bool,
    /// The card that it comments, if it does.
    #[serde(default)]
    pub on: Option<CardId>,
    /// In which column it stands.
    pub column: ColumnId,
    /// Where in the column: cards are sorted by this, then by id.
    pub place: String,
    /// Behind which card it was put last. Nothing: on top, or it stands where it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub put_behind: Option<CardId>,
    /// Who put it there. Nothing: nobody has, or that was not kept yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub put_by: Option<MemberId>,
    /// Who may see it.
    pub standing: Standing,
    /// Whether it was published when its author took it back: otherwise it waits if the author puts it there again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub taken_back_published: bool,
    /// Since when the moderator keeps it on top, if so.
    pub pinned_at: Option<Instant>,
    /// Since when the room has discussed it, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discussed_at: Option<Instant>,
    /// Since when its text is erased, if so.
    pub erased_at: Option<Instant>,
    /// Who gave it a vote.
    pub votes: BTreeSet<MemberId>,
    /// Who knows the same.
    pub same_here: BTreeSet<MemberId>,
    /// Who tried it, and what became of it.
    #[serde(default)]
    pub tried: BTreeMap<MemberId, Outcome>,
    /// Where that was, of those who say it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tried_in: BTreeMap<MemberId, District>,
    /// Whether it is a sentence about how the solution was that its author tried.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tells: bool,
    /// Who wants to see what becomes of it.
    #[serde(default)]
    pub followers: BTreeSet<MemberId>,
    /// Who asks the moderator to look at it.
    #[serde(default)]
    pub reports: BTreeSet<MemberId>,
    /// Who asked for that until a moderator decided about it: if that is taken back, they ask again.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub heard: BTreeSet<MemberId>,
    /// Whether a moderator has published what it says now: reports hide it no more, they only ask to look at it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_vouched_for: bool,
    /// The moderator who is at it.
    #[serde(default)]
    pub claimed_by: Option<MemberId>,
    /// Whether only the moderator may change it.
    #[serde(default)]
    pub locked: bool,
    /// Hands that were shown for it in the room.
    #[serde(default)]
    pub hands: Option<u32>,
    /// The card that says the same, and stands for this one.
    #[serde(default)]
    pub merged_into: Option<CardId>,
    /// The card of which it was a part.
    #[serde(default)]
    pub split_from: Option<CardId>,
    /// Where it comes from, if it was brought from another board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Box<Origin>>,
    /// What the room has found about it.
    #[serde(default)]
    pub finding: Option<Finding>,
    /// When everybody could see it for the last time anew, if ever.
    #[serde(default)]
    pub published_at: Option<Instant>,
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
    /// Whether that is a name that only moderators may have.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_reserved: bool,
    /// The district, if given.
    pub district: Option<District>,
    /// What the member does, if given: kept on boards only that show it instead of a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<MemberRole>,
    /// Since when nothing of this member is taken, if so.
    pub removed_at: Option<Instant>,
}

/// A board as its log has made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// How many records of the log it holds.
    pub sequence: u64,
    /// When the last of them was taken. With its number it says which history this is: after a backup was put back there is
    /// another record under the same number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_at: Option<Instant>,
    /// What the moderator has set.
    pub settings: Settings,
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// Every card that was ever written. Who keeps a board as it was and as it is keeps each card once that has not changed.
    #[serde(with = "cards")]
    pub cards: BTreeMap<CardId, Arc<Card>>,
    /// Everybody who has joined.
    pub members: BTreeMap<MemberId, Member>,
    /// Since when all that was written is gone, because its term was over, if so: the board is closed for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emptied_at: Option<Instant>,
    /// What was found, once that is all there is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<Kept>,
}

/// A card is written as what it is, whoever else has it, too.
mod cards {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serializer};

    use super::{Card, CardId};

    pub fn serialize<S: Serializer>(
        cards: &BTreeMap<CardId, Arc<Card>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(cards.iter().map(|(id, card)| (id, card.as_ref())))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<CardId, Arc<Card>>, D::Error> {
        let cards = BTreeMap::<CardId, Card>::deserialize(deserializer)?;
        Ok(cards.into_iter().map(|(id, card)| (id, Arc::new(card))).collect())
    }
}

impl Card {
    /// Whether reports have hidden it, and nobody has looked at it since: a decision of a moderator is an answer to all of them.
    #[must_use]
    pub fn is_hidden_by_reports(&self) -> bool {
        self.standing == Standing::Hidden && !self.reports.is_empty()
    }
}

impl Board {
    /// A board on which nothing has happened.
    #[must_use]
    pub fn new(settings: Settings, columns: Vec<Column>) -> Self {
        Self {
            sequence: 0,
            changed_at: None,
            settings,
            columns,
            cards: BTreeMap::new(),
            members: BTreeMap::new(),
            emptied_at: None,
            results: Vec::new(),
        }
    }

    /// The cards of a column in their order, whoever may see them, without comments.
    #[must_use]
    pub fn cards_of(&self, column: ColumnId) -> Vec<&Card> {
        let cards = self.cards.values().map(Arc::as_ref);
        let mut cards: Vec<_> = cards
            .filter(|card| card.column == column && card.on.is_none())
            .collect();
        cards.sort_by(|a, b| (&a.place, a.id).cmp(&(&b.place, b.id)));
        cards
    }

    /// The card that stands for this one: itself, or the one with which it was brought together.
    #[must_use]
    pub fn root(&self, card: CardId) -> CardId {
        let mut root = card;
        // A chain is never longer than there are cards.
        for _ in 0..self.cards.len() {
            match self.cards.get(&root).and_then(|card| card.merged_into) {
                Some(next) => root = next,
                None => break,
            }
        }
        root
    }

    /// The card and those that were brought together with it.
    pub fn group(&self, root: CardId) -> impl Iterator<Item = &Card> {
        self.cards
            .values()
            .map(Arc::as_ref)
            .filter(move |card| card.id == root || (card.merged_into.is_some() && self.root(card.id) == root))
    }

    /// Whether a card is for everybody, whatever happens on the stage: published, not erased, and its author not removed.
    #[must_use]
    pub fn is_public(&self, card: &Card) -> bool {
        let author = self.members.get(&card.author);
        card.standing == Standing::Published
            && card.erased_at.is_none()
            && author.is_none_or(|author| author.removed_at.is_none())
    }

    /// The card at which votes on this one count: the one that stands for it, or itself while that one is not for everybody.
    /// Nothing while the card itself is not.
    #[must_use]
    pub fn counted_at(&self, card: &Card) -> Option<CardId> {
        if !self.is_public(card) {
            return None;
        }
        let root = self.root(card.id);
        let stands = self.cards.get(&root).is_some_and(|root| self.is_public(root));
        Some(if stands { root } else { card.id })
    }

    /// The cards of which votes count at this one.
    pub fn counted_together(&self, at: CardId) -> impl Iterator<Item = &Card> {
        let cards = self.cards.values().map(Arc::as_ref);
        cards.filter(move |card| self.counted_at(card) == Some(at))
    }

    /// How many votes a member has given. One for cards that were brought together is one; one on a card that is not for
    /// everybody any more can be given again. When such a card is shown again there may be more votes than one has: they
    /// stay, and no further one can be given.
    #[must_use]
    pub fn votes_of(&self, member: MemberId) -> u32 {
        let voted = self.cards.values().filter(|card| card.votes.contains(&member));
        let counted: BTreeSet<CardId> = voted.filter_map(|card| self.counted_at(card)).collect();
        u32::try_from(counted.len()).unwrap_or(u32::MAX)
    }
}

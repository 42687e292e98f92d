//! What each audience may see. What it may not see is not in here at all: nothing is sent and then hidden.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::state::{Board, Card, Column, Settings, Standing};
use super::words::{Anonymity, CardKind};
use crate::district::District;
use crate::ids::{CardId, ColumnId, MemberId};
use crate::time::Instant;

/// People who must share a district before it is shown on an anonymous card.
pub const ANONYMOUS_SHARED_MIN: usize = 5;

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Whoever has the address, or the projector.
    Everybody,
    /// Somebody on the board, who also sees what became of own cards.
    Member(MemberId),
    /// The moderator, who may have touched nothing yet.
    Moderator(Option<MemberId>),
}

impl Audience {
    fn member(self) -> Option<MemberId> {
        match self {
            Self::Everybody => None,
            Self::Member(member) => Some(member),
            Self::Moderator(member) => member,
        }
    }

    fn moderates(self) -> bool {
        matches!(self, Self::Moderator(_))
    }
}

/// A board as one audience sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardView {
    /// Up to which record of the log.
    pub sequence: u64,
    /// What the moderator has set.
    pub settings: Settings,
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// The cards, by column, those on top first.
    pub cards: Vec<CardView>,
    /// How many people have joined.
    pub members: usize,
    /// Votes that one has left. Nothing for who has not joined.
    pub votes_left: Option<u32>,
}

/// A card as one audience sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardView {
    /// Which card.
    pub id: CardId,
    /// Its number, to say aloud.
    pub number: u32,
    /// What it is.
    pub kind: CardKind,
    /// What it says.
    pub text: String,
    /// The revision of the text.
    pub revision: u32,
    /// In which column.
    pub column: ColumnId,
    /// Where in the column, among those that are kept on top or among the others.
    pub place: String,
    /// Who wrote it, as far as the board shows that.
    pub author: Option<String>,
    /// Whether one has written it oneself.
    pub mine: bool,
    /// Where it stands.
    pub standing: Standing,
    /// Whether it is kept on top.
    pub pinned: bool,
    /// How many votes it has, if one may know.
    pub votes: Option<usize>,
    /// Whether one's own vote is on it.
    pub my_vote: bool,
    /// How many know the same.
    pub same_here: usize,
    /// Whether one has said so oneself.
    pub my_same_here: bool,
    /// When it was written.
    pub created_at: Instant,
}

/// What an audience sees of a board.
#[must_use]
pub fn view(board: &Board, audience: Audience) -> BoardView {
    let shared = shared_districts(board);
    let me = audience.member();
    let mut cards = Vec::new();
    for column in &board.columns {
        let mut of_column = board.cards_of(column.id);
        of_column.retain(|card| may_see(board, card, audience));
        of_column.sort_by_key(|card| card.pinned_at.is_none());
        cards.extend(of_column.into_iter().map(|card| CardView {
            id: card.id,
            number: card.number,
            kind: card.kind,
            text: card.text.clone(),
            revision: card.revision,
            column: card.column,
            place: card.place.clone(),
            author: author(board, card, &shared),
            mine: me == Some(card.author),
            standing: card.standing.clone(),
            pinned: card.pinned_at.is_some(),
            votes: (audience.moderates() || !board.settings.votes_hidden).then_some(card.votes.len()),
            my_vote: me.is_some_and(|me| card.votes.contains(&me)),
            same_here: card.same_here.len(),
            my_same_here: me.is_some_and(|me| card.same_here.contains(&me)),
            created_at: card.created_at,
        }));
    }
    BoardView {
        sequence: board.sequence,
        settings: board.settings.clone(),
        columns: board.columns.clone(),
        cards,
        members: board.members.len(),
        votes_left: me
            .filter(|me| board.members.contains_key(me))
            .map(|me| board.settings.votes_max.saturating_sub(board.votes_of(me))),
    }
}

/// The moderator sees what waits and what was hidden; an author sees the own cards; everybody sees what is published
/// and whose author was not removed. What was erased nobody sees.
fn may_see(board: &Board, card: &Card, audience: Audience) -> bool {
    if card.erased_at.is_some() {
        return false;
    }
    let mine = audience.member() == Some(card.author);
    let removed = board
        .members
        .get(&card.author)
        .is_some_and(|author| author.removed_at.is_some());
    match card.standing {
        Standing::Withdrawn => mine,
        Standing::Published => mine || audience.moderates() || !removed,
        Standing::Waiting | Standing::Refused { .. } | Standing::Hidden => mine || audience.moderates(),
    }
}

fn author(board: &Board, card: &Card, shared: &BTreeMap<&'static str, usize>) -> Option<String> {
    let author = board.members.get(&card.author)?;
    match board.settings.anonymity {
        Anonymity::Named | Anonymity::Pseudonym => author.name.clone(),
        Anonymity::Anonymous => author
            .district
            .filter(|district| shared.get(district.slug).copied().unwrap_or(0) >= ANONYMOUS_SHARED_MIN)
            .map(|district| format!("aus {}", district.name)),
    }
}

/// How many people come from each district.
fn shared_districts(board: &Board) -> BTreeMap<&'static str, usize> {
    let mut shared = BTreeMap::new();
    for District { slug, .. } in board.members.values().filter_map(|member| member.district) {
        *shared.entry(slug).or_default() += 1;
    }
    shared
}

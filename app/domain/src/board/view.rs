//! What each audience may see. What it may not see is not in here at all: nothing is sent and then hidden.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::concerned::votes_left;
use super::label::Labels;
use super::state::{Board, Card, Column, Earlier, Editor, Finding, Origin, Settings, Standing};
use super::trial::{Told, TriedIn, counts, counts_by_district, trials};
use super::words::{Anonymity, CardKind, Outcome};
use crate::district::District;
use crate::german::day;
use crate::ids::{CardId, ColumnId, MemberId};
use crate::time::Instant;

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
    /// Who looks, if that is somebody of the board.
    #[must_use]
    pub fn member(self) -> Option<MemberId> {
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
    /// When that was taken: a device says it when it comes back, and the server sees whether its log is still the same.
    #[serde(default, skip_serializing_if = "is_default")]
    pub changed_at: Option<Instant>,
    /// What the moderator has set.
    pub settings: Settings,
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// The cards and their comments, by column, those on top first.
    pub cards: Vec<CardView>,
    /// How many people have joined.
    pub members: usize,
    /// Votes that one has left. Nothing for who has not joined.
    pub votes_left: Option<u32>,
    /// Whether the moderator takes nothing of one any more.
    #[serde(default, skip_serializing_if = "is_default")]
    pub removed: bool,
}

/// A card as one audience sees it. What is as usual is not sent.
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
    #[serde(default, skip_serializing_if = "is_default")]
    pub revision: u32,
    /// The version on which a moderator decides.
    #[serde(default, skip_serializing_if = "is_default")]
    pub version: u32,
    /// The card or comment that it comments.
    #[serde(default, skip_serializing_if = "is_default")]
    pub on: Option<CardId>,
    /// In which column.
    pub column: ColumnId,
    /// Where in the column, among those that are kept on top or among the others.
    pub place: String,
    /// Who wrote it, as far as the board shows that.
    #[serde(default, skip_serializing_if = "is_default")]
    pub author: Option<String>,
    /// Whether its author moderated the board when it was written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub by_moderation: bool,
    /// Whether one has written it oneself.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mine: bool,
    /// Where it stands.
    #[serde(default = "published", skip_serializing_if = "is_published")]
    pub standing: Standing,
    /// Whether reports have hidden it until a moderator has looked at it. For its author and the moderator.
    #[serde(default, skip_serializing_if = "is_default")]
    pub by_reports: bool,
    /// Whether others will see it only when the moderator lets new cards appear.
    #[serde(default, skip_serializing_if = "is_default")]
    pub held: bool,
    /// Whether it is kept on top.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pinned: bool,
    /// Whether only the moderator may change it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub locked: bool,
    /// Whether the room has discussed it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub discussed: bool,
    /// How many votes it has, if one may know.
    #[serde(default, skip_serializing_if = "is_default")]
    pub votes: Option<usize>,
    /// Whether one's own vote is on it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub my_vote: bool,
    /// Hands that were counted in the room.
    #[serde(default, skip_serializing_if = "is_default")]
    pub hands: Option<u32>,
    /// How many know the same.
    #[serde(default, skip_serializing_if = "is_default")]
    pub same_here: usize,
    /// Whether one has said so oneself.
    #[serde(default, skip_serializing_if = "is_default")]
    pub my_same_here: bool,
    /// How many have tried it, by [`Outcome::ALL`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub tried: [u32; 3],
    /// What became of it where one has tried it oneself.
    #[serde(default, skip_serializing_if = "is_default")]
    pub my_outcome: Option<Outcome>,
    /// Where that was, if one has said it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub my_district: Option<District>,
    /// How many have tried it in each district that may be shown.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tried_in: Vec<TriedIn>,
    /// If it tells how a solution was that somebody tried: what became of it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub told: Option<Told>,
    /// Whether one wants to see what becomes of it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub followed: bool,
    /// Whether one has asked the moderator to look at it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub my_report: bool,
    /// The number of the card that stands for this one, if one sees that.
    #[serde(default, skip_serializing_if = "is_default")]
    pub merged_into: Option<u32>,
    /// The cards for which this one stands, too.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sources: Vec<Source>,
    /// The number of the card of which it was a part.
    #[serde(default, skip_serializing_if = "is_default")]
    pub split_from: Option<u32>,
    /// What it said before, for its author and the moderator.
    #[serde(default, skip_serializing_if = "is_default")]
    pub earlier: Vec<EarlierView>,
    /// Where it comes from, if it was brought from another board.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Option<Box<Origin>>,
    /// What the room has found about it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub finding: Option<Finding>,
    /// What only the moderator is told.
    #[serde(default, skip_serializing_if = "is_default")]
    pub desk: Option<Desk>,
    /// When it was written.
    pub created_at: Instant,
}

/// A card for which another one stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Which card.
    pub id: CardId,
    /// Its number.
    pub number: u32,
    /// What it says.
    pub text: String,
    /// Who wrote it, as far as the board shows that.
    #[serde(default, skip_serializing_if = "is_default")]
    pub author: Option<String>,
    /// Whether its author moderated the board when it was written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub by_moderation: bool,
}

/// What a card said before, for who may say it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierView {
    /// What it said.
    pub text: String,
    /// Until which day, as people say it: a browser that knew the calendar would have to load it.
    pub day: String,
    /// Who said it otherwise then. Nothing where that was not kept yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Editor>,
}

impl EarlierView {
    fn of(earlier: &Earlier) -> Self {
        Self {
            text: earlier.text.clone(),
            day: day(earlier.until),
            by: earlier.by,
        }
    }
}

/// What only the moderator is told of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    /// How many ask to look at it.
    pub reports: usize,
    /// Whether a moderator is at it, and whether that is oneself.
    pub claimed: Option<bool>,
    /// Whether its author was removed.
    pub removed: bool,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn published() -> Standing {
    Standing::Published
}

fn is_published(standing: &Standing) -> bool {
    *standing == Standing::Published
}

/// What an audience sees of a board.
#[must_use]
pub fn view(board: &Board, audience: Audience) -> BoardView {
    let look = Look::of(board, audience);
    let mut cards = Vec::new();
    for column in &board.columns {
        let mut of_column: Vec<&Card> = board
            .cards
            .values()
            .map(Arc::as_ref)
            .filter(|card| look.column(card) == column.id && look.sees(card))
            .collect();
        of_column.sort_by(|a, b| {
            (a.pinned_at.is_none(), &a.place, a.id).cmp(&(b.pinned_at.is_none(), &b.place, b.id))
        });
        cards.extend(of_column.into_iter().map(|card| look.card(card)));
    }
    BoardView {
        sequence: board.sequence,
        changed_at: board.changed_at,
        settings: look.settings(),
        columns: board.columns.clone(),
        cards,
        members: board.members.len(),
        votes_left: look.votes_left(),
        removed: look.removed(),
    }
}

/// How many cards everybody sees. Comments are none.
#[must_use]
pub fn published_count(board: &Board) -> usize {
    let look = Look::of(board, Audience::Everybody);
    let cards = board.cards.values().filter(|card| card.on.is_none());
    cards.filter(|card| look.sees(card)).count()
}

/// How many cards and comments wait for a word of a moderator.
#[must_use]
pub fn waiting_count(board: &Board) -> usize {
    let look = Look::of(board, Audience::Moderator(None));
    let waiting = board.cards.values();
    waiting
        .filter(|card| {
            let removed = look.is_removed(card);
            is_waiting(&card.standing, card.reports.len(), removed) && look.sees(card)
        })
        .count()
}

/// What is not decided waits, and what was reported, until somebody has looked at it. Nothing does of who was removed: it waits
/// again when its author is let back.
fn is_waiting(standing: &Standing, reports: usize, removed: bool) -> bool {
    match standing {
        _ if removed => false,
        Standing::Waiting => true,
        Standing::Published | Standing::Hidden => reports > 0,
        Standing::Refused { .. } | Standing::Withdrawn => false,
    }
}

impl CardView {
    /// Whether it waits for a word of the moderator who looks at it. For nobody else anything does.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.desk
            .is_some_and(|desk| is_waiting(&self.standing, desk.reports, desk.removed))
    }
}

/// A board under the eyes of one audience.
pub(super) struct Look<'a> {
    board: &'a Board,
    audience: Audience,
    me: Option<MemberId>,
    /// What anonymous cards say of their authors, once it is asked for.
    labels: OnceCell<Labels>,
    /// For each card that stands for others: those.
    groups: BTreeMap<CardId, Vec<&'a Card>>,
}

impl<'a> Look<'a> {
    pub(super) fn of(board: &'a Board, audience: Audience) -> Self {
        let mut look = Self {
            board,
            audience,
            me: audience.member(),
            labels: OnceCell::new(),
            groups: BTreeMap::new(),
        };
        for card in board.cards.values() {
            if let Some(root) = look.stood_for_by(card) {
                look.groups.entry(root.id).or_default().push(card);
            }
        }
        look
    }

    /// A card, if this audience sees it.
    pub(super) fn find(&self, id: CardId) -> Option<CardView> {
        let card = self.board.cards.get(&id)?;
        self.sees(card).then(|| self.card(card))
    }

    /// What the moderator has set.
    pub(super) fn settings(&self) -> Settings {
        let mut settings = self.board.settings.clone();
        settings.emptied = self.board.emptied_at.is_some();
        // A card that is not there for this audience is not shown large either.
        let lit = settings.stage.spotlight;
        settings.stage.spotlight =
            lit.filter(|lit| self.board.cards.get(lit).is_some_and(|card| self.sees(card)));
        settings
    }

    /// Votes that one has left.
    pub(super) fn votes_left(&self) -> Option<u32> {
        votes_left(self.board, self.audience)
    }

    /// Whether nothing is taken of who looks.
    pub(super) fn removed(&self) -> bool {
        let member = self.me.and_then(|me| self.board.members.get(&me));
        !self.audience.moderates() && member.is_some_and(|member| member.removed_at.is_some())
    }

    /// Whether everybody sees a card, as far as the card itself and the stage say.
    fn is_public(&self, card: &Card) -> bool {
        self.board.is_public(card) && !self.is_held(card)
    }

    /// What was found may be for those only who take part.
    fn sees_findings(&self) -> bool {
        let takes_part = self.me.is_some_and(|me| self.board.members.contains_key(&me));
        !self.board.settings.findings_hidden || self.audience.moderates() || takes_part
    }

    fn is_removed(&self, card: &Card) -> bool {
        let author = self.board.members.get(&card.author);
        author.is_some_and(|author| author.removed_at.is_some())
    }

    /// Held back until the moderator lets new cards appear.
    fn is_held(&self, card: &Card) -> bool {
        let paused_at = self.board.settings.stage.paused_at;
        card.standing == Standing::Published
            && paused_at.is_some_and(|paused| card.published_at.is_some_and(|published| published >= paused))
    }

    /// The card that stands for this one. None if it stands for itself: also while one of the two is not for everybody,
    /// so that nothing gets lost behind the other, or comes out with it.
    fn stood_for_by(&self, card: &Card) -> Option<&'a Card> {
        card.merged_into.filter(|_| self.is_public(card))?;
        let root = self.board.cards.get(&self.board.root(card.id))?;
        (root.id != card.id && self.is_public(root)).then_some(root)
    }

    /// The moderator sees what waits and what was hidden; an author sees the own cards; everybody sees what is
    /// published, not held back, and whose author was not removed. A comment is seen with its card. What was erased
    /// nobody sees.
    fn sees(&self, card: &Card) -> bool {
        if card.erased_at.is_some() {
            return false;
        }
        let (mine, moderates) = (self.me == Some(card.author), self.audience.moderates());
        if self.stood_for_by(card).is_some() && (!mine || moderates) {
            return false;
        }
        // What somebody told of a solution is its author's alone once that is taken back.
        if card.tells && !mine && self.board.trial_told(card).is_none() {
            return false;
        }
        if let Some(on) = card.on {
            let about = self.board.cards.get(&on);
            if !about.is_some_and(|about| self.sees_or_stands_for(about)) {
                return false;
            }
        }
        (moderates && card.standing != Standing::Withdrawn) || self.is_shown(card)
    }

    /// Whether a card that everybody sees is to be seen now: behind the curtain there are the own ones only.
    fn is_shown(&self, card: &Card) -> bool {
        let (mine, moderates) = (self.me == Some(card.author), self.audience.moderates());
        mine || (self.is_public(card) && (moderates || !self.board.settings.stage.curtain))
    }

    fn sees_or_stands_for(&self, card: &Card) -> bool {
        match self.stood_for_by(card) {
            Some(root) => self.sees(root),
            None => self.sees(card),
        }
    }

    /// A comment stands where its card does.
    fn column(&self, card: &Card) -> ColumnId {
        let topic = |on: CardId| {
            let about = self.board.cards.get(&on)?;
            match about.on {
                Some(topic) => self.board.cards.get(&topic),
                None => Some(about),
            }
        };
        card.on.and_then(topic).map_or(card.column, |topic| {
            self.stood_for_by(topic).map_or(topic.column, |root| root.column)
        })
    }

    fn card(&self, card: &Card) -> CardView {
        let board = self.board;
        let (me, moderates) = (self.me, self.audience.moderates());
        let mine = me == Some(card.author);
        let sources = self.groups.get(&card.id).map_or(&[][..], Vec::as_slice);
        // Votes, who knows the same and who follows, of all that the card stands for.
        let mut votes = card.votes.clone();
        let mut same_here = card.same_here.clone();
        for source in sources {
            votes.extend(&source.votes);
            same_here.extend(&source.same_here);
        }
        let follows = |me: MemberId| {
            [card]
                .iter()
                .chain(sources)
                .any(|one| one.followers.contains(&me))
        };
        let trials = trials(card, sources);
        let my_trial = me.and_then(|me| trials.get(&me));
        let about = card.on.and_then(|on| board.cards.get(&on));
        CardView {
            id: card.id,
            number: card.number,
            kind: card.kind,
            text: card.text.clone(),
            revision: card.revision,
            version: if moderates { card.version } else { 0 },
            on: about.map(|about| self.stood_for_by(about).map_or(about.id, |root| root.id)),
            column: self.column(card),
            place: card.place.clone(),
            author: self.author(card),
            by_moderation: card.by_moderation,
            mine,
            standing: card.standing.clone(),
            by_reports: (mine || moderates) && card.is_hidden_by_reports(),
            held: self.is_held(card),
            pinned: card.pinned_at.is_some(),
            locked: card.locked,
            discussed: card.discussed_at.is_some(),
            votes: (moderates || !board.settings.votes_hidden).then_some(votes.len()),
            my_vote: me.is_some_and(|me| votes.contains(&me)),
            hands: card.hands,
            same_here: same_here.len(),
            my_same_here: me.is_some_and(|me| same_here.contains(&me)),
            tried: counts(trials.values()),
            my_outcome: my_trial.map(|trial| trial.outcome),
            my_district: my_trial.and_then(|trial| trial.district),
            tried_in: counts_by_district(&trials, |district| self.shows_district(district)),
            told: card.tells.then(|| self.told(card)),
            followed: me.is_some_and(follows),
            my_report: me.is_some_and(|me| card.reports.contains(&me)),
            // Behind the curtain it is not told: when that opens it is news, and comes with the card that it names.
            merged_into: self
                .stood_for_by(card)
                .filter(|root| self.is_shown(root))
                .map(|root| root.number),
            sources: sources
                .iter()
                .filter(|source| self.is_shown(source))
                .map(|source| self.source(source))
                .collect(),
            split_from: card
                .split_from
                .and_then(|whole| board.cards.get(&whole))
                .map(|whole| whole.number),
            earlier: if mine || moderates {
                card.earlier.iter().map(EarlierView::of).collect()
            } else {
                Vec::new()
            },
            origin: card.origin.clone(),
            finding: card.finding.clone().filter(|_| self.sees_findings()),
            desk: moderates.then(|| Desk {
                reports: card.reports.len(),
                claimed: card.claimed_by.map(|by| Some(by) == me),
                removed: self.is_removed(card),
            }),
            created_at: card.created_at,
        }
    }

    fn source(&self, card: &Card) -> Source {
        Source {
            id: card.id,
            number: card.number,
            text: card.text.clone(),
            author: self.author(card),
            by_moderation: card.by_moderation,
        }
    }

    fn told(&self, card: &Card) -> Told {
        let trial = self.board.trial_told(card);
        let district = trial.and_then(|trial| trial.district);
        Told {
            outcome: trial.map(|trial| trial.outcome),
            district: district.filter(|district| self.shows_district(*district)),
        }
    }

    /// Where names are shown everybody says where it was knowing that all read it. Elsewhere too few would be from there.
    fn shows_district(&self, district: District) -> bool {
        self.board.settings.anonymity != Anonymity::Anonymous || self.labels().has_enough_from(district)
    }

    fn labels(&self) -> &Labels {
        self.labels.get_or_init(|| Labels::of(self.board))
    }

    /// Who wrote it. What was tried is told without names.
    fn author(&self, card: &Card) -> Option<String> {
        if card.tells {
            return None;
        }
        let author = self.board.members.get(&card.author)?;
        match self.board.settings.anonymity {
            // Who is called like the moderators and moderates no more: the name is shown where it is true.
            Anonymity::Named | Anonymity::Pseudonym => author
                .name
                .clone()
                .filter(|_| card.by_moderation || !author.is_reserved),
            // There are few moderators: beside the mark a label would say who it was.
            Anonymity::Anonymous if card.by_moderation => None,
            Anonymity::Anonymous => self.labels().of_member(author),
        }
    }
}

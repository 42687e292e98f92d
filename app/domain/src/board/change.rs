//! What is new in what an audience sees: made on the server from two views, taken by the device that has the first.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::state::{Board, Column, Settings};
use super::touched::Touched;
use super::view::{Audience, BoardView, CardView, Look, view};
use crate::ids::{CardId, ColumnId};
use crate::time::Instant;

/// What is new. Everything in here is what the audience may see; what is gone is named by its id only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Up to which record of the log.
    pub sequence: u64,
    /// When that was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_at: Option<Instant>,
    /// What the moderator has set, if that is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<Settings>,
    /// The columns, if they are new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<Column>>,
    /// Cards that are new, or say or stand otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<CardView>,
    /// Cards that are not to be seen any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<CardId>,
    /// How many people have joined.
    pub members: usize,
    /// Votes that one has left.
    pub votes_left: Option<u32>,
    /// Whether the moderator takes nothing of one any more, if that is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<bool>,
}

impl Change {
    /// What is new for an audience from one state of a board to a later one, between which these cards were touched.
    /// Nothing if there is nothing to show.
    #[must_use]
    pub fn of(before: &Board, now: &Board, audience: Audience, touched: &Touched) -> Option<Self> {
        let Touched::Cards(touched) = touched else {
            return Self::between(&view(before, audience), &view(now, audience));
        };
        let (then, look) = (Look::of(before, audience), Look::of(now, audience));
        let (mut cards, mut gone) = (Vec::new(), Vec::new());
        for id in touched {
            match (then.find(*id), look.find(*id)) {
                (Some(_), None) => gone.push(*id),
                (before, Some(card)) if before.as_ref() != Some(&card) => cards.push(card),
                _ => {}
            }
        }
        let (settings, votes_left) = (look.settings(), look.votes_left());
        let removed = (then.removed() != look.removed()).then(|| look.removed());
        let is_new = !cards.is_empty()
            || !gone.is_empty()
            || then.settings() != settings
            || before.columns != now.columns
            || removed.is_some()
            || (before.members.len(), then.votes_left()) != (now.members.len(), votes_left);
        is_new.then(|| Self {
            sequence: now.sequence,
            changed_at: now.changed_at,
            settings: (then.settings() != settings).then_some(settings),
            columns: (before.columns != now.columns).then(|| now.columns.clone()),
            cards,
            gone,
            members: now.members.len(),
            votes_left,
            removed,
        })
    }

    /// What a device that was away since an earlier state has to know: every touched card as it is now.
    #[must_use]
    pub fn since(now: &Board, audience: Audience, touched: &BTreeSet<CardId>) -> Self {
        let look = Look::of(now, audience);
        let (mut cards, mut gone) = (Vec::new(), Vec::new());
        for id in touched {
            match look.find(*id) {
                Some(card) => cards.push(card),
                // Of what nobody has ever been shown not even the id is told.
                None if now.cards.get(id).is_some_and(|card| card.published_at.is_some()) => gone.push(*id),
                None => {}
            }
        }
        Self {
            sequence: now.sequence,
            changed_at: now.changed_at,
            settings: Some(look.settings()),
            columns: Some(now.columns.clone()),
            cards,
            gone,
            members: now.members.len(),
            votes_left: look.votes_left(),
            removed: Some(look.removed()),
        }
    }

    /// What is new in `now` for who has `before`. Nothing if there is nothing to show.
    #[must_use]
    pub fn between(before: &BoardView, now: &BoardView) -> Option<Self> {
        let mut known: BTreeMap<CardId, &CardView> =
            before.cards.iter().map(|card| (card.id, card)).collect();
        let cards = now
            .cards
            .iter()
            .filter(|card| known.remove(&card.id) != Some(*card))
            .cloned()
            .collect::<Vec<_>>();
        let change = Self {
            sequence: now.sequence,
            changed_at: now.changed_at,
            settings: (before.settings != now.settings).then(|| now.settings.clone()),
            columns: (before.columns != now.columns).then(|| now.columns.clone()),
            cards,
            gone: known.into_keys().collect(),
            members: now.members,
            votes_left: now.votes_left,
            removed: (before.removed != now.removed).then_some(now.removed),
        };
        let is_new = change.settings.is_some()
            || change.columns.is_some()
            || !change.cards.is_empty()
            || !change.gone.is_empty()
            || change.removed.is_some()
            || (before.members, before.votes_left) != (now.members, now.votes_left);
        is_new.then_some(change)
    }
}

impl BoardView {
    /// The last card of a column, another one than this.
    pub fn last_in(&self, column: ColumnId, other_than: CardId) -> Option<&CardView> {
        let found = |card: &&CardView| card.column == column && card.on.is_none() && card.id != other_than;
        self.cards.iter().rfind(found)
    }

    /// Takes what is new, and brings the cards into their order.
    pub fn take(&mut self, change: Change) {
        self.sequence = change.sequence;
        self.changed_at = change.changed_at;
        self.members = change.members;
        self.votes_left = change.votes_left;
        self.removed = change.removed.unwrap_or(self.removed);
        if let Some(settings) = change.settings {
            self.settings = settings;
        }
        let reorders = change.columns.is_some();
        if let Some(columns) = change.columns {
            self.columns = columns;
        }
        self.cards.retain(|card| {
            !change.gone.contains(&card.id) && change.cards.iter().all(|new| new.id != card.id)
        });
        if reorders {
            // Sorted by what is not the same only: cards of one column are in their order.
            let columns = &self.columns;
            self.cards
                .sort_by_key(|card| columns.iter().position(|column| column.id == card.column));
        }
        for card in change.cards {
            self.insert(card);
        }
    }

    /// A card that is not there yet comes to its place. What is there is in its order: each new card has one place in it.
    pub(super) fn insert(&mut self, card: CardView) {
        let columns = &self.columns;
        let order = |card: &CardView| columns.iter().position(|column| column.id == card.column);
        let at = self.cards.partition_point(|other| {
            (order(other), !other.pinned, &other.place, other.id)
                < (order(&card), !card.pinned, &card.place, card.id)
        });
        self.cards.insert(at, card);
    }
}

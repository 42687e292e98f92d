//! What is new in what an audience sees: made on the server from two views, taken by the device that has the first.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::state::{Column, Settings};
use super::view::{BoardView, CardView};
use crate::ids::{CardId, ColumnId};

/// What is new. Everything in here is what the audience may see; what is gone is named by its id only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Up to which record of the log.
    pub sequence: u64,
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
}

/// What goes out to a device that follows a board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// The board as it is: when the device comes, and when it comes back.
    Board(BoardView),
    /// What is new since the last news.
    Change(Change),
    /// Nothing is new, and the line is alive.
    Alive,
}

impl Change {
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
            settings: (before.settings != now.settings).then(|| now.settings.clone()),
            columns: (before.columns != now.columns).then(|| now.columns.clone()),
            cards,
            gone: known.into_keys().collect(),
            members: now.members,
            votes_left: now.votes_left,
        };
        let is_new = change.settings.is_some()
            || change.columns.is_some()
            || !change.cards.is_empty()
            || !change.gone.is_empty()
            || (before.members, before.votes_left) != (now.members, now.votes_left);
        is_new.then_some(change)
    }
}

impl BoardView {
    /// Takes what is new, and brings the cards into their order.
    pub fn take(&mut self, change: Change) {
        self.sequence = change.sequence;
        self.members = change.members;
        self.votes_left = change.votes_left;
        if let Some(settings) = change.settings {
            self.settings = settings;
        }
        if let Some(columns) = change.columns {
            self.columns = columns;
        }
        self.cards.retain(|card| {
            !change.gone.contains(&card.id) && change.cards.iter().all(|new| new.id != card.id)
        });
        let columns: Vec<ColumnId> = self.columns.iter().map(|column| column.id).collect();
        let order = |card: &CardView| columns.iter().position(|column| *column == card.column);
        for card in change.cards {
            // What is there is in its order: each new card has one place in it.
            let at = self.cards.partition_point(|other| {
                (order(other), !other.pinned, &other.place, other.id)
                    < (order(&card), !card.pinned, &card.place, card.id)
            });
            self.cards.insert(at, card);
        }
    }
}

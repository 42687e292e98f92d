//! A board piece by piece, each a signal of its own: what changes touches what shows that piece, and nothing else. With one
//! signal for all of it every card on the page looked again at each tap.

use std::collections::BTreeMap;

use domain::board::{BoardView, CardView};
use domain::ids::{CardId, ColumnId};
use leptos::prelude::*;

use super::dto::BoardData;
use super::frame::Frame;

/// The lower end of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// Which column.
    pub column: ColumnId,
    /// What stands above it.
    pub title: String,
    /// Its last card and the one before.
    last: [Option<CardId>; 2],
}

impl End {
    /// The last card other than this one.
    #[must_use]
    pub fn last_other_than(&self, card: CardId) -> Option<CardId> {
        let [last, before] = self.last;
        if last == Some(card) { before } else { last }
    }
}

/// What is shown of a board, piece by piece.
#[derive(Clone, Copy, Debug)]
pub struct Pieces {
    /// What holds for the whole board.
    pub frame: RwSignal<Frame>,
    /// The key of the next form.
    pub key: RwSignal<String>,
    /// Where cards can be put.
    pub ends: RwSignal<Vec<End>>,
    cards: StoredValue<BTreeMap<u128, ArcRwSignal<Option<CardView>>>>,
    talks: StoredValue<BTreeMap<u128, ArcRwSignal<Vec<u128>>>>,
}

impl Pieces {
    /// The pieces of a board.
    #[must_use]
    pub fn of(data: &BoardData) -> Self {
        Self {
            frame: RwSignal::new(Frame::of(data)),
            key: RwSignal::new(data.key.clone()),
            ends: RwSignal::new(ends(&data.view)),
            cards: StoredValue::default(),
            talks: StoredValue::default(),
        }
    }

    /// A card. One that is gone stays as it was.
    pub fn card(self, data: &BoardData, id: u128) -> ReadSignal<Option<CardView>> {
        piece(self.cards, id, || {
            let mut cards = data.view.cards.iter();
            cards.find(|card| card.id.0.as_u128() == id).cloned()
        })
    }

    /// What is said about a card or a comment.
    pub fn about(self, data: &BoardData, id: u128) -> ReadSignal<Vec<u128>> {
        piece(self.talks, id, || {
            talks(&data.view).remove(&id).unwrap_or_default()
        })
    }

    /// Shows what is another one by now.
    pub fn show(self, data: &BoardData) {
        let view = &data.view;
        put(&self.frame, Frame::of(data));
        put(&self.key, data.key.clone());
        put(&self.ends, ends(view));
        self.cards.with_value(|pieces| {
            for card in &view.cards {
                let piece = pieces.get(&card.id.0.as_u128());
                let is_new = |known: &Option<CardView>| known.as_ref() != Some(card);
                if let Some(piece) = piece.filter(|piece| piece.with_untracked(is_new)) {
                    piece.set(Some(card.clone()));
                }
            }
        });
        let mut talks = talks(view);
        self.talks.with_value(|pieces| {
            for (id, piece) in pieces {
                put(piece, talks.remove(id).unwrap_or_default());
            }
        });
    }
}

/// The piece under this id, made when it is asked for first.
fn piece<T: Clone + Send + Sync + 'static>(
    pieces: StoredValue<BTreeMap<u128, ArcRwSignal<T>>>,
    id: u128,
    first: impl Fn() -> T,
) -> ReadSignal<T> {
    let known = pieces.try_update_value(|pieces| {
        let piece = pieces.entry(id).or_insert_with(|| ArcRwSignal::new(first()));
        piece.clone()
    });
    // A page that is gone has no pieces any more.
    let piece = known.unwrap_or_else(|| ArcRwSignal::new(first()));
    piece.read_only().into()
}

/// Leaves alone what is the same.
fn put<T: PartialEq + 'static>(piece: &(impl WithUntracked<Value = T> + Set<Value = T>), now: T) {
    if piece.with_untracked(|known| *known != now) {
        piece.set(now);
    }
}

/// Comments by what they are about.
fn talks(view: &BoardView) -> BTreeMap<u128, Vec<u128>> {
    let mut talks = BTreeMap::<u128, Vec<u128>>::new();
    for card in &view.cards {
        if let Some(on) = card.on {
            talks.entry(on.0.as_u128()).or_default().push(card.id.0.as_u128());
        }
    }
    talks
}

fn ends(view: &BoardView) -> Vec<End> {
    let columns = view.columns.iter().map(|column| {
        let last = view.last_in(column.id, CardId(uuid::Uuid::nil()));
        let before = last.and_then(|last| view.last_in(column.id, last.id));
        End {
            column: column.id,
            title: column.title.clone(),
            last: [last, before].map(|card| card.map(|card| card.id)),
        }
    });
    columns.collect()
}

//! A board piece by piece: what changes touches what shows that piece, and nothing else. With one signal for all of it every
//! card on the page looked again at each tap. A piece is a trigger and a way to read it from the board: signals of values would
//! each be code of their own for a browser to load (decision 9).

use domain::board::{BoardView, CardView, Column};
use domain::ids::{CardId, ColumnId};
use leptos::prelude::*;

use super::dto::{BoardData, Me};
use super::frame::Frame;
use super::words;

/// Which piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Which {
    Frame,
    Called,
    Rules,
    Key,
    Ends,
    Columns,
    Card(u128),
    About(u128),
    Told(u128),
}

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

    /// Whether no card is seen there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.last[0].is_none()
    }
}

/// What comes with the page only, beside the view.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Who looks.
    pub me: Me,
    /// The key of the next form.
    pub key: String,
    /// The code with which others join.
    pub code: String,
    /// How long what is written stays.
    pub stays: String,
}

/// What is shown of a board.
#[derive(Clone, Copy, Debug)]
pub struct Pieces {
    data: RwSignal<BoardData>,
    /// In their order.
    triggers: StoredValue<Vec<(Which, ArcTrigger)>>,
}

/// A piece: reading it tracks it.
#[derive(Debug)]
pub struct Piece<T: 'static> {
    pieces: Pieces,
    which: Which,
    read: fn(&BoardData, Which) -> T,
}

impl<T> Clone for Piece<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Piece<T> {}

impl<T> Piece<T> {
    /// The piece as it is, to be read again when it is another one.
    pub fn get(self) -> T {
        self.pieces.trigger(self.which).track();
        self.get_untracked()
    }

    /// The piece as it is now.
    pub fn get_untracked(self) -> T {
        self.pieces
            .data
            .with_untracked(|data| (self.read)(data, self.which))
    }
}

impl Pieces {
    /// The pieces of a board.
    #[must_use]
    pub fn of(data: RwSignal<BoardData>) -> Self {
        Self {
            data,
            triggers: StoredValue::default(),
        }
    }

    /// What holds for the whole board.
    #[must_use]
    pub fn frame(self) -> Piece<Frame> {
        self.piece(Which::Frame, |data, _| Frame::of(data))
    }

    /// The title.
    #[must_use]
    pub fn title(self) -> Piece<String> {
        self.piece(Which::Called, |data, _| {
            let called = data.view.settings.called.as_ref();
            called.map_or(&data.title, |called| &called.title).clone()
        })
    }

    /// What the board is about.
    #[must_use]
    pub fn lead(self) -> Piece<String> {
        self.piece(Which::Called, |data, _| {
            let called = data.view.settings.called.as_ref();
            called.map_or(&data.lead, |called| &called.lead).clone()
        })
    }

    /// The key of the next form.
    #[must_use]
    pub fn key(self) -> Piece<String> {
        self.piece(Which::Key, |data, _| data.key.clone())
    }

    /// What holds on this board beside the rules that hold on all.
    #[must_use]
    pub fn rules(self) -> Piece<String> {
        self.piece(Which::Rules, |data, _| data.view.settings.rules.clone())
    }

    /// The code with which others join, as it is read aloud. Comes with the key of the next form.
    #[must_use]
    pub fn code(self) -> Piece<String> {
        self.piece(Which::Key, |data, _| words::spaced(&data.code))
    }

    /// How long what is written stays. Comes with the key of the next form.
    #[must_use]
    pub fn stays(self) -> Piece<String> {
        self.piece(Which::Key, |data, _| data.stays.clone())
    }

    /// Where cards can be put.
    #[must_use]
    pub fn ends(self) -> Piece<Vec<End>> {
        self.piece(Which::Ends, |data, _| ends(&data.view))
    }

    /// The columns with what stands above them, from left to right. Nothing is told of one that is locked.
    #[must_use]
    pub fn columns(self) -> Piece<Vec<Column>> {
        self.piece(Which::Columns, |data, _| data.view.columns.clone())
    }

    /// A card. Nothing is told of one that goes: its place goes, too.
    #[must_use]
    pub fn card(self, id: u128) -> Piece<Option<CardView>> {
        self.piece(Which::Card(id), |data, which| {
            let mut cards = data.view.cards.iter();
            cards.find(|card| Which::Card(number(card.id)) == which).cloned()
        })
    }

    /// What is said about a card or a comment.
    #[must_use]
    pub fn about(self, id: u128) -> Piece<Vec<u128>> {
        self.piece(Which::About(id), |data, which| about(&data.view, which))
    }

    /// What was told of a solution by those who tried it.
    #[must_use]
    pub fn told(self, id: u128) -> Piece<Vec<u128>> {
        self.piece(Which::Told(id), |data, which| about(&data.view, which))
    }

    /// Shows a view, and what comes with the page only if that may be new.
    pub fn put(self, view: BoardView, beside: Option<Beside>) {
        let frame = self.data.with_untracked(Frame::of);
        let (mut before, has_key) = (view, beside.is_some());
        self.data.update(|data| {
            std::mem::swap(&mut data.view, &mut before);
            if let Some(beside) = beside {
                data.me = beside.me;
                data.key = beside.key;
                data.code = beside.code;
                data.stays = beside.stays;
            }
        });
        let triggers: Vec<ArcTrigger> = self.data.with_untracked(|data| {
            let now = &data.view;
            let changed = changed(&before, now);
            let talks = comments(&before).ne(comments(now));
            let is_new = |which: Which| match which {
                Which::Frame => frame != Frame::of(data),
                Which::Key => has_key,
                Which::Called => before.settings.called != now.settings.called,
                Which::Rules => before.settings.rules != now.settings.rules,
                Which::Columns => {
                    let named = |view: &BoardView| {
                        let columns = view.columns.iter();
                        columns
                            .map(|column| (column.id, column.title.clone()))
                            .collect::<Vec<_>>()
                    };
                    named(&before) != named(now)
                }
                Which::Ends => ends(&before) != ends(now),
                Which::Card(id) => changed.contains(&id),
                Which::About(_) | Which::Told(_) => talks && about(&before, which) != about(now, which),
            };
            self.triggers.with_value(|triggers| {
                let triggers = triggers.iter().filter(|(which, _)| is_new(*which));
                triggers.map(|(_, trigger)| trigger.clone()).collect()
            })
        });
        triggers.notify();
    }

    /// A card is shown once more, though it is the same.
    pub fn again(self, card: &CardView) {
        self.trigger(Which::Card(number(card.id))).notify();
    }

    fn piece<T>(self, which: Which, read: fn(&BoardData, Which) -> T) -> Piece<T> {
        Piece {
            pieces: self,
            which,
            read,
        }
    }

    fn trigger(self, which: Which) -> ArcTrigger {
        let trigger = self.triggers.try_update_value(|triggers| {
            let at = triggers
                .binary_search_by(|(other, _)| other.cmp(&which))
                .unwrap_or_else(|at| {
                    triggers.insert(at, (which, ArcTrigger::new()));
                    at
                });
            triggers[at].1.clone()
        });
        // A page that is gone tells nobody any more.
        trigger.unwrap_or_default()
    }
}

fn number(card: CardId) -> u128 {
    card.0.as_u128()
}

/// The cards that are new or other ones. Most stand where they stood.
fn changed(before: &BoardView, now: &BoardView) -> Vec<u128> {
    let is_same = |(at, card): &(usize, &CardView)| {
        let was = before.cards.get(*at).filter(|was| was.id == card.id);
        let was = was.or_else(|| before.cards.iter().find(|was| was.id == card.id));
        was == Some(*card)
    };
    let cards = now.cards.iter().enumerate();
    cards
        .filter(|card| !is_same(card))
        .map(|(_, card)| number(card.id))
        .collect()
}

/// Every comment, and among which it stands.
fn comments(view: &BoardView) -> impl Iterator<Item = (u128, Which)> {
    let cards = view.cards.iter();
    cards.filter_map(|card| {
        let on = number(card.on?);
        let which = match card.told {
            Some(_) => Which::Told(on),
            None => Which::About(on),
        };
        Some((number(card.id), which))
    })
}

fn about(view: &BoardView, which: Which) -> Vec<u128> {
    let about = comments(view).filter(|(_, among)| *among == which);
    about.map(|(comment, _)| comment).collect()
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

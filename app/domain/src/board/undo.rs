//! What takes back what a moderator has done with a card. Operations come in pairs, so what takes back is an operation, too: made
//! of what was on the screen before, by the server or by the device. It says what was done, so that whoever decides sees whether
//! it still is so.

use super::operation::Operation;
use super::view::{BoardView, CardView};
use crate::ids::CardId;

impl Operation {
    /// With which card it does something that is taken back with one tap. Nothing: it is none of those.
    #[must_use]
    pub fn card_to_undo(&self) -> Option<CardId> {
        match *self {
            Self::Stand { card, .. }
            | Self::Move { card, .. }
            | Self::Discuss { card, .. }
            | Self::Lock { card, .. }
            | Self::Remove { card, .. }
            | Self::Merge { card, .. } => Some(card),
            _ => None,
        }
    }
}

impl BoardView {
    /// What takes an operation back that is to be done on this view. Nothing: it changes nothing here, or is none of those that are
    /// taken back with one tap.
    ///
    /// What somebody else decides meanwhile is not decided again: nothing is taken back that is no longer as the operation makes it.
    #[must_use]
    pub fn undo(&self, operation: &Operation) -> Option<Operation> {
        let back = self.back(operation)?;
        // Where a card stands has a version, and what opens a card or lets somebody back says by itself what was done.
        let is_needed = matches!(back, Operation::Move { .. } | Operation::Merge { .. });
        Some(Operation::Undo {
            done: is_needed.then(|| Box::new(operation.clone())),
            back: Box::new(back),
        })
    }

    /// Its pair, made of what is there before.
    fn back(&self, operation: &Operation) -> Option<Operation> {
        match *operation {
            Operation::Stand {
                card: id,
                ref standing,
                ..
            } => {
                let card = self.card(id)?;
                (card.standing != *standing).then(|| Operation::Stand {
                    card: id,
                    standing: card.standing.clone(),
                    version: card.desk.map(|_| card.version + 1),
                })
            }
            Operation::Move {
                card: id,
                column,
                after,
            } => {
                let card = self.card(id)?;
                let before = self.before(card);
                ((card.column, before) != (column, after)).then_some(Operation::Move {
                    card: id,
                    column: card.column,
                    after: before,
                })
            }
            Operation::Discuss { card, discussed } => {
                let changes = self.card(card)?.discussed != discussed;
                changes.then_some(Operation::Discuss {
                    card,
                    discussed: !discussed,
                })
            }
            Operation::Lock { card, locked } => {
                let changes = self.card(card)?.locked != locked;
                changes.then_some(Operation::Lock {
                    card,
                    locked: !locked,
                })
            }
            Operation::Remove { card, removed } => {
                let changes = self.card(card)?.desk?.removed != removed;
                changes.then_some(Operation::Remove {
                    card,
                    removed: !removed,
                })
            }
            Operation::Merge { card, into } => {
                let before = self.root(card);
                let after = into.map(|into| self.root(into).unwrap_or(into));
                (before != after).then_some(Operation::Merge { card, into: before })
            }
            _ => None,
        }
    }

    fn card(&self, id: CardId) -> Option<&CardView> {
        self.cards.iter().find(|card| card.id == id)
    }

    /// The card that stands for this one, too.
    fn root(&self, id: CardId) -> Option<CardId> {
        let mut cards = self.cards.iter();
        let root = cards.find(|root| root.sources.iter().any(|source| source.id == id));
        root.map(|root| root.id)
    }

    /// The card behind which this one stands in its column.
    fn before(&self, card: &CardView) -> Option<CardId> {
        let place = |one: &CardView| (one.place.clone(), one.id);
        let others = self.cards.iter();
        let before = others
            .filter(|other| other.column == card.column && other.on.is_none() && place(other) < place(card));
        before.max_by_key(|other| place(other)).map(|other| other.id)
    }
}

//! What takes back what a moderator has done with a card. Operations come in pairs, so what takes back is an operation, too: made
//! of what was on the screen before, by the server or by the device.

use super::operation::Operation;
use super::state::Standing;
use super::view::{BoardView, CardView};
use crate::ids::CardId;

impl BoardView {
    /// What takes an operation back that is to be done on this view. Nothing: it changes nothing here, or is none of those that are
    /// taken back with one tap.
    ///
    /// What somebody else decides meanwhile is not decided again: it is taken back from the version that the operation makes.
    #[must_use]
    pub fn undo(&self, operation: &Operation) -> Option<Operation> {
        match *operation {
            Operation::Stand {
                card: id,
                ref standing,
                ..
            } => {
                let card = self.card(id)?;
                (card.standing != *standing).then(|| Operation::Stand {
                    card: id,
                    standing: as_before(card),
                    version: card.desk.map(|_| card.version + 1),
                })
            }
            Operation::Move { card: id, .. } => {
                let card = self.card(id)?;
                Some(Operation::Move {
                    card: id,
                    column: card.column,
                    after: self.before(card),
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
            Operation::Merge { card, into: Some(_) } => Some(Operation::Merge { card, into: None }),
            Operation::Merge { card, into: None } => {
                let mut cards = self.cards.iter();
                let root = cards.find(|root| root.sources.iter().any(|source| source.id == card))?;
                Some(Operation::Merge {
                    card,
                    into: Some(root.id),
                })
            }
            _ => None,
        }
    }

    fn card(&self, id: CardId) -> Option<&CardView> {
        self.cards.iter().find(|card| card.id == id)
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

/// Where a card stands again. What was reported and out of sight waits: those who reported it have been heard once, and what is
/// only hidden nobody would look at again.
fn as_before(card: &CardView) -> Standing {
    match card.standing {
        Standing::Hidden if card.waits() => Standing::Waiting,
        ref standing => standing.clone(),
    }
}

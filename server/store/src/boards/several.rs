//! Several boards in one transaction. All of them are locked before anything is changed, and always in the same order, so that
//! nobody waits in a circle: first what was brought from board to board, then the Veranstaltung, then the boards by their ids.

use std::collections::BTreeSet;

use domain::ids::{BoardId, CardId};

use super::{copies, topics};
use crate::StoreError;
use crate::writer::Tx;

/// A card, and the board on which it is.
pub(super) type Place = (BoardId, CardId);

/// Locks boards by their ids.
pub(crate) async fn lock(tx: &mut Tx, boards: &BTreeSet<BoardId>) -> Result<(), StoreError> {
    for board in boards {
        tx.lock_board(&board.to_string()).await?;
    }
    Ok(())
}

/// Locks every board on which something goes when these cards of a board are erased: those onto which they were brought, and if
/// one was a topic, those of the Veranstaltung, and those onto which it was brought from there.
pub(super) async fn lock_for_erasing(
    tx: &mut Tx,
    board: BoardId,
    cards: &[CardId],
) -> Result<(), StoreError> {
    copies::hold(tx).await?;
    let mut places: Vec<Place> = cards.iter().map(|card| (board, *card)).collect();
    let mut boards = BTreeSet::from([board]);
    if let Some(workshop) = topics::workshop_of(tx, board).await? {
        tx.lock(&workshop.to_string()).await?;
        boards.extend(topics::boards_of(tx, workshop).await?);
        for card in cards {
            if let Some(topic) = topics::topic_of(tx, workshop, board, *card).await? {
                places.extend(topics::places(topic, &boards));
            }
        }
    }
    lock_with_copies(tx, boards, places).await
}

/// Locks boards, and those onto which these cards were brought from there. What was brought is held.
pub(super) async fn lock_with_copies(
    tx: &mut Tx,
    mut boards: BTreeSet<BoardId>,
    mut places: Vec<Place>,
) -> Result<(), StoreError> {
    while let Some((board, card)) = places.pop() {
        boards.insert(board);
        places.extend(copies::of(tx, board, card).await?);
    }
    lock(tx, &boards).await
}

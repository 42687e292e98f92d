//! Cards that were brought from other boards: whoever erases the one erases the other.

use std::collections::BTreeSet;

use domain::board::{Actor, Audience, CardKind, Event, Origin, Refusal, bring, view};
use domain::ids::{BoardId, CardId, ColumnId};

use super::archive::platform;
use super::held::Held;
use super::{found, several};
use crate::read;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// A card that shall stand on another board, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// From which board.
    pub board: BoardId,
    /// Which card.
    pub card: CardId,
    /// Into which column of the other board.
    pub column: ColumnId,
    /// Where it says that it comes from.
    pub origin: Origin,
}

impl Store {
    /// Brings cards onto a board, those that are not there yet. Each is read anew: what was erased meanwhile, or taken out of
    /// sight, is not brought. Returns how many were.
    ///
    /// # Errors
    /// When a board is not there, or the database fails. What the rules forbid is an answer.
    pub async fn bring_cards(
        &self,
        board: BoardId,
        actor: Actor,
        cards: Vec<Brought>,
    ) -> Result<Result<usize, Refusal>, StoreError> {
        self.write(move |tx| Box::pin(async move { run(tx, board, actor, cards).await }))
            .await
    }
}

async fn run(
    tx: &mut Tx,
    id: BoardId,
    actor: Actor,
    mut cards: Vec<Brought>,
) -> Result<Result<usize, Refusal>, StoreError> {
    hold(tx).await?;
    let boards: BTreeSet<BoardId> = cards.iter().map(|brought| brought.board).chain([id]).collect();
    several::lock(tx, &boards).await?;
    cards.sort_by_key(|brought| brought.board);
    let mut texts: Vec<(Brought, CardKind, String)> = Vec::new();
    for group in cards.chunk_by(|one, other| one.board == other.board) {
        let Some(from) = group
            .first()
            .map(|brought| brought.board)
            .filter(|from| *from != id)
        else {
            continue;
        };
        // What was taken out of sight since it was chosen stays there.
        let seen = view(&Held::take(tx, from).await?.board, Audience::Everybody).cards;
        for brought in group {
            let mut cards = seen.iter().filter(|card| card.on.is_none());
            if let Some(card) = cards.find(|card| card.id == brought.card) {
                texts.push((brought.clone(), card.kind, card.text.clone()));
            }
        }
    }
    let mut held = Held::take(tx, id).await?;
    if !held.board.members.contains_key(&actor.member) {
        return Ok(Err(Refusal::NotJoined));
    }
    let mut done = 0;
    for (brought, kind, text) in texts {
        if is_there(tx, id, &brought).await? {
            continue;
        }
        let card = CardId(tx.ambient.uuid());
        let new = (card, brought.column, kind);
        let event = match bring(&held.board, actor, new, &text, brought.origin.clone()) {
            Ok(event) => event,
            Err(refusal) if done == 0 => return Ok(Err(refusal)),
            // The board is full: what fits is there.
            Err(_) => break,
        };
        held.record(tx, actor, event).await?;
        remember(tx, id, card, &brought).await?;
        done += 1;
    }
    held.keep(tx).await?;
    Ok(Ok(done))
}

async fn is_there(tx: &mut Tx, board: BoardId, brought: &Brought) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "SELECT 1 FROM board_copy WHERE board_id = $1 AND from_board_id = $2 AND from_card_id = $3",
    )
    .bind(board.to_string())
    .bind(brought.board.to_string())
    .bind(brought.card.to_string())
    .fetch_optional(&mut *tx.conn)
    .await?;
    Ok(row.is_some())
}

async fn remember(tx: &mut Tx, board: BoardId, card: CardId, brought: &Brought) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO board_copy (board_id, card_id, from_board_id, from_card_id, at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(board.to_string())
    .bind(card.to_string())
    .bind(brought.board.to_string())
    .bind(brought.card.to_string())
    .bind(tx.now.micros())
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
}

/// Holds what was brought from board to board until the commit: nobody else brings a card, or erases one. Before any board is locked.
pub(super) async fn hold(tx: &mut Tx) -> Result<(), StoreError> {
    tx.lock_name("board_copy").await
}

/// The cards that were brought elsewhere from one, by the ids of their boards.
pub(super) async fn of(tx: &mut Tx, board: BoardId, card: CardId) -> Result<Vec<several::Place>, StoreError> {
    let rows = sqlx::query(
        "SELECT board_id, card_id FROM board_copy WHERE from_board_id = $1 AND from_card_id = $2 ORDER BY board_id",
    )
    .bind(board.to_string())
    .bind(card.to_string())
    .fetch_all(&mut *tx.conn)
    .await?;
    rows.iter()
        .map(|row| Ok((read::id(row, 0, "board_copy")?, read::id(row, 1, "board_copy")?)))
        .collect()
}

/// The cards of a board that were brought elsewhere.
pub(super) async fn brought_from(tx: &mut Tx, board: BoardId) -> Result<Vec<several::Place>, StoreError> {
    let rows = sqlx::query(
        "SELECT DISTINCT from_card_id FROM board_copy WHERE from_board_id = $1 ORDER BY from_card_id",
    )
    .bind(board.to_string())
    .fetch_all(&mut *tx.conn)
    .await?;
    rows.iter()
        .map(|row| Ok((board, read::id(row, 0, "board_copy")?)))
        .collect()
}

/// Erases the cards that were brought elsewhere from one that is erased. Their boards are locked.
pub(super) async fn erase(tx: &mut Tx, board: BoardId, card: CardId) -> Result<(), StoreError> {
    for (other, copy) in of(tx, board, card).await? {
        erase_copy(tx, other, copy).await?;
    }
    Ok(())
}

async fn erase_copy(tx: &mut Tx, id: BoardId, card: CardId) -> Result<(), StoreError> {
    let mut held = Held::take(tx, id).await?;
    let is_there = held
        .board
        .cards
        .get(&card)
        .is_some_and(|card| card.erased_at.is_none());
    if !is_there {
        return Ok(());
    }
    // A copy may have been brought on from there.
    Box::pin(held.record(tx, platform(), Event::Erased { card })).await?;
    found::keep(tx, id, &held.board).await?;
    held.keep(tx).await
}

//! Topics that people propose for a Veranstaltung become cards on its boards. A board that is made begins with those that are
//! there. A topic that comes later is written onto the boards with the proposal, or, if its address is not confirmed yet, when
//! it is. Whoever erases such a card erases the topic, and its cards on the other boards of the Veranstaltung.

use std::collections::BTreeSet;

use domain::board::{Event, propose};
use domain::ids::{BoardId, CardId, TopicId, WorkshopId};
use sqlx::Row;

use super::archive::platform;
use super::held::Held;
use super::{copies, found, several};
use crate::StoreError;
use crate::read;
use crate::topics::{unconfirmed, votes};
use crate::writer::Tx;

/// The card of a topic on a board: always the same, so that it comes once, whoever brings it.
#[must_use]
pub fn card_of(topic: TopicId, board: BoardId) -> CardId {
    CardId::of_form(topic.0, &[&board.to_string()])
}

/// Writes a new topic onto every board of its Veranstaltung. What a board does not take is no reason to refuse the topic.
pub(crate) async fn bring(
    tx: &mut Tx,
    workshop: WorkshopId,
    topic: TopicId,
    text: &str,
) -> Result<(), StoreError> {
    // In the order in which every other transaction takes several boards.
    let rows = sqlx::query("SELECT id FROM board WHERE workshop_id = $1 AND archived_at IS NULL ORDER BY id")
        .bind(workshop.to_string())
        .fetch_all(&mut *tx.conn)
        .await?;
    for row in &rows {
        let id = read::id(row, 0, "board")?;
        let mut held = Held::take(tx, id).await?;
        if let Ok(event) = propose(&held.board, card_of(topic, id), text) {
            held.record(tx, platform(), event).await?;
            held.keep(tx).await?;
        }
    }
    Ok(())
}

/// Writes the topics that are there already onto a new board of the Veranstaltung, those with the most votes first, each as
/// the board takes one that comes later: by nobody who is on it, waiting where its level says so.
pub(super) async fn bring_all(tx: &mut Tx, workshop: WorkshopId, board: BoardId) -> Result<(), StoreError> {
    let mut held = Held::take(tx, board).await?;
    bring_onto(tx, &mut held, workshop, board).await?;
    held.keep(tx).await
}

/// As [`bring_all`], onto a board that is held: one that belongs to the Veranstaltung from now on. What came once does not come again.
pub(super) async fn bring_onto(
    tx: &mut Tx,
    held: &mut Held,
    workshop: WorkshopId,
    board: BoardId,
) -> Result<(), StoreError> {
    for (topic, text) in shown(tx, workshop).await? {
        if let Ok(event) = propose(&held.board, card_of(topic, board), &text) {
            held.record(tx, platform(), event).await?;
        }
    }
    Ok(())
}

/// Whether cards of topics of a Veranstaltung stand on a board.
pub(super) async fn stand_on(
    tx: &mut Tx,
    held: &Held,
    workshop: WorkshopId,
    board: BoardId,
) -> Result<bool, StoreError> {
    let cards = held.board.cards.values();
    let there: BTreeSet<CardId> = cards
        .filter(|card| card.erased_at.is_none())
        .map(|card| card.id)
        .collect();
    let topics = ids_of(tx, workshop).await?;
    Ok(topics.iter().any(|topic| there.contains(&card_of(*topic, board))))
}

/// The topics of a Veranstaltung that can be seen, those with the most votes first.
async fn shown(tx: &mut Tx, workshop: WorkshopId) -> Result<Vec<(TopicId, String)>, StoreError> {
    let rows = sqlx::query(concat!(
        "SELECT topic.id, topic.text, ",
        votes!(""),
        " AS votes FROM topic WHERE topic.workshop_id = $1 AND topic.hidden_at IS NULL AND NOT ",
        unconfirmed!(""),
        " ORDER BY votes DESC, topic.created_at, topic.id"
    ))
    .bind(workshop.to_string())
    .fetch_all(&mut *tx.conn)
    .await?;
    rows.iter()
        .map(|row| Ok((read::id(row, 0, "topic")?, row.try_get(1)?)))
        .collect()
}

/// The Veranstaltung of a board, if it has one.
pub(super) async fn workshop_of(tx: &mut Tx, board: BoardId) -> Result<Option<WorkshopId>, StoreError> {
    let row = sqlx::query("SELECT workshop_id FROM board WHERE id = $1 AND workshop_id IS NOT NULL")
        .bind(board.to_string())
        .fetch_optional(&mut *tx.conn)
        .await?;
    row.as_ref().map(|row| read::id(row, 0, "board")).transpose()
}

/// The boards of a Veranstaltung, by their ids.
pub(crate) async fn boards_of(tx: &mut Tx, workshop: WorkshopId) -> Result<BTreeSet<BoardId>, StoreError> {
    let rows = sqlx::query("SELECT id FROM board WHERE workshop_id = $1 ORDER BY id")
        .bind(workshop.to_string())
        .fetch_all(&mut *tx.conn)
        .await?;
    rows.iter().map(|row| read::id(row, 0, "board")).collect()
}

/// Where the cards of a topic are, if these boards have taken it.
pub(super) fn places(topic: TopicId, boards: &BTreeSet<BoardId>) -> impl Iterator<Item = several::Place> {
    boards.iter().map(move |board| (*board, card_of(topic, *board)))
}

/// Locks a Veranstaltung, and what a topic of it may take along when it is taken away.
pub(crate) async fn lock(tx: &mut Tx, workshop: WorkshopId, topic: TopicId) -> Result<(), StoreError> {
    copies::hold(tx).await?;
    tx.lock(&workshop.to_string()).await?;
    let boards = boards_of(tx, workshop).await?;
    let places = places(topic, &boards).collect();
    several::lock_with_copies(tx, boards, places).await
}

/// Takes a topic out of sight for good, on the page of the Veranstaltung and on its boards, which are locked.
pub(crate) async fn take_away(tx: &mut Tx, workshop: WorkshopId, topic: TopicId) -> Result<(), StoreError> {
    forget(tx, topic).await?;
    for board in boards_of(tx, workshop).await? {
        erase_on(tx, board, card_of(topic, board)).await?;
    }
    Ok(())
}

/// If a card that is erased was a topic: takes the topic out of sight for good, and erases its cards on the other boards, which are
/// locked.
/// Called when the board itself is kept: a card that was brought on from another one of them may be erased on it.
pub(super) async fn erase(tx: &mut Tx, board: BoardId, card: CardId) -> Result<(), StoreError> {
    let Some(workshop) = workshop_of(tx, board).await? else {
        return Ok(());
    };
    let Some(topic) = topic_of(tx, workshop, board, card).await? else {
        return Ok(());
    };
    forget(tx, topic).await?;
    let boards = boards_of(tx, workshop).await?;
    for other in boards.into_iter().filter(|id| *id != board) {
        erase_on(tx, other, card_of(topic, other)).await?;
    }
    Ok(())
}

/// The topic of which this card was made.
pub(super) async fn topic_of(
    tx: &mut Tx,
    workshop: WorkshopId,
    board: BoardId,
    card: CardId,
) -> Result<Option<TopicId>, StoreError> {
    let topics = ids_of(tx, workshop).await?;
    Ok(topics.into_iter().find(|topic| card_of(*topic, board) == card))
}

/// Every topic of a Veranstaltung, those that are gone included.
async fn ids_of(tx: &mut Tx, workshop: WorkshopId) -> Result<Vec<TopicId>, StoreError> {
    let rows = sqlx::query("SELECT id FROM topic WHERE workshop_id = $1 ORDER BY id")
        .bind(workshop.to_string())
        .fetch_all(&mut *tx.conn)
        .await?;
    rows.iter().map(|row| read::id(row, 0, "topic")).collect()
}

/// Empties a topic and takes it out of sight. Its votes are free again.
async fn forget(tx: &mut Tx, topic: TopicId) -> Result<(), StoreError> {
    sqlx::query("UPDATE topic SET text = '', hidden_at = COALESCE(hidden_at, $1) WHERE id = $2")
        .bind(tx.now.micros())
        .bind(topic.to_string())
        .execute(&mut *tx.conn)
        .await?;
    sqlx::query("DELETE FROM topic_vote WHERE topic_id = $1")
        .bind(topic.to_string())
        .execute(&mut *tx.conn)
        .await?;
    Ok(())
}

async fn erase_on(tx: &mut Tx, board: BoardId, card: CardId) -> Result<(), StoreError> {
    let mut held = Held::take(tx, board).await?;
    let found = held.board.cards.get(&card);
    if found.is_none_or(|card| card.erased_at.is_some()) {
        return Ok(());
    }
    held.record(tx, platform(), Event::Erased { card }).await?;
    found::keep(tx, board, &held.board).await?;
    held.keep(tx).await
}

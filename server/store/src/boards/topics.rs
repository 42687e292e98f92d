//! Topics that people propose for a Veranstaltung become cards on its boards. A board that is made begins with those that are
//! there. A topic that comes later is written onto the boards with the proposal, or, if its address is not confirmed yet, when
//! it is. Whoever erases such a card erases the topic, and its cards on the other boards of the Veranstaltung.

use domain::board::{Event, propose};
use domain::ids::{BoardId, CardId, TopicId, WorkshopId};
use sqlx::Row;

use super::archive::platform;
use super::found;
use super::held::Held;
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
    let topics = shown(tx, workshop).await?;
    if topics.is_empty() {
        return Ok(());
    }
    let mut held = Held::take(tx, board).await?;
    for (topic, text) in topics {
        if let Ok(event) = propose(&held.board, card_of(topic, board), &text) {
            held.record(tx, platform(), event).await?;
        }
    }
    held.keep(tx).await
}

/// The topics of a Veranstaltung that can be seen, those with the most votes first.
async fn shown(tx: &mut Tx, workshop: WorkshopId) -> Result<Vec<(TopicId, String)>, StoreError> {
    let rows = sqlx::query(concat!(
        "SELECT topic.id, topic.text, ",
        votes!(),
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

/// Locks the Veranstaltung of a board, if it has one, and then all boards of it, by their ids: whoever erases a card on one may
/// have to erase it on all, and on one that is being made at this moment, too.
pub(super) async fn lock_sisters(tx: &mut Tx, board: BoardId) -> Result<(), StoreError> {
    if let Some(workshop) = workshop_of(tx, board).await? {
        tx.lock(&workshop.to_string()).await?;
        lock_boards(tx, workshop).await?;
    }
    Ok(())
}

/// The Veranstaltung of a board, if it has one.
async fn workshop_of(tx: &mut Tx, board: BoardId) -> Result<Option<WorkshopId>, StoreError> {
    let row = sqlx::query("SELECT workshop_id FROM board WHERE id = $1 AND workshop_id IS NOT NULL")
        .bind(board.to_string())
        .fetch_optional(&mut *tx.conn)
        .await?;
    row.as_ref().map(|row| read::id(row, 0, "board")).transpose()
}

/// The boards of a Veranstaltung, by their ids.
async fn boards_of(tx: &mut Tx, workshop: WorkshopId) -> Result<Vec<BoardId>, StoreError> {
    let rows = sqlx::query("SELECT id FROM board WHERE workshop_id = $1 ORDER BY id")
        .bind(workshop.to_string())
        .fetch_all(&mut *tx.conn)
        .await?;
    rows.iter().map(|row| read::id(row, 0, "board")).collect()
}

/// Locks the boards of a Veranstaltung that is locked.
async fn lock_boards(tx: &mut Tx, workshop: WorkshopId) -> Result<Vec<BoardId>, StoreError> {
    let boards = boards_of(tx, workshop).await?;
    for board in &boards {
        tx.lock_board(&board.to_string()).await?;
    }
    Ok(boards)
}

/// Takes a topic out of sight for good, on the page of the Veranstaltung, which is locked, and on its boards.
pub(crate) async fn take_away(tx: &mut Tx, workshop: WorkshopId, topic: TopicId) -> Result<(), StoreError> {
    forget(tx, topic).await?;
    for board in lock_boards(tx, workshop).await? {
        erase_on(tx, board, card_of(topic, board)).await?;
    }
    Ok(())
}

/// If a card that is erased was a topic: takes the topic out of sight for good, and erases its cards on the other boards.
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
async fn topic_of(
    tx: &mut Tx,
    workshop: WorkshopId,
    board: BoardId,
    card: CardId,
) -> Result<Option<TopicId>, StoreError> {
    let rows = sqlx::query("SELECT id FROM topic WHERE workshop_id = $1 ORDER BY id")
        .bind(workshop.to_string())
        .fetch_all(&mut *tx.conn)
        .await?;
    for row in &rows {
        let topic = read::id(row, 0, "topic")?;
        if card_of(topic, board) == card {
            return Ok(Some(topic));
        }
    }
    Ok(None)
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

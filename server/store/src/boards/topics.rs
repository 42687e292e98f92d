//! Topics that people propose for a Veranstaltung become cards on its boards: those that are there when a board is made
//! (`app/src/boards/desk/make.rs`), and each that comes later, in the transaction in which it comes.

use domain::board::{Event, propose};
use domain::ids::{BoardId, CardId, TopicId, WorkshopId};

use super::archive::platform;
use super::held::Held;
use crate::StoreError;
use crate::read;
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
    for id in boards_of(tx, workshop, "AND archived_at IS NULL").await? {
        let mut held = Held::take(tx, id).await?;
        if let Ok(event) = propose(&held.board, card_of(topic, id), text) {
            held.record(tx, platform(), event).await?;
            held.keep(tx).await?;
        }
    }
    Ok(())
}

/// Erases the cards of a topic from every board of its Veranstaltung.
pub(crate) async fn take_away(tx: &mut Tx, workshop: WorkshopId, topic: TopicId) -> Result<(), StoreError> {
    for id in boards_of(tx, workshop, "").await? {
        let card = card_of(topic, id);
        let mut held = Held::take(tx, id).await?;
        if held
            .board
            .cards
            .get(&card)
            .is_some_and(|card| card.erased_at.is_none())
        {
            held.record(tx, platform(), Event::Erased { card }).await?;
            held.keep(tx).await?;
        }
    }
    Ok(())
}

/// The boards of a Veranstaltung, in the order in which every other transaction takes several boards.
async fn boards_of(
    tx: &mut Tx,
    workshop: WorkshopId,
    only: &'static str,
) -> Result<Vec<BoardId>, StoreError> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
        "SELECT id FROM board WHERE workshop_id = $1 {only} ORDER BY id"
    )))
    .bind(workshop.to_string())
    .fetch_all(&mut *tx.conn)
    .await?;
    rows.iter().map(|row| read::id(row, 0, "board")).collect()
}

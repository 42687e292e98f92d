//! What was found on boards: kept beside the log, so that the office can look for it on all of them; and how it went on.

use std::collections::BTreeMap;

use domain::board::results::{found, ways};
use domain::board::{Board, Event, Finding, Progress, Responsibility, Step};
use domain::district::District;
use domain::ids::{BoardId, CardId};
use domain::time::Instant;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::state::record;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// The most findings of a list.
const LIST_MAX: i64 = 500;

/// What the office looks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FindingFilter {
    /// Only what these can settle.
    pub level: Option<Responsibility>,
    /// Only what is so far.
    pub progress: Option<Progress>,
    /// Only from boards of this district, or of a Veranstaltung there.
    pub district: Option<District>,
}

/// Something that was found, with the board on which it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundRow {
    /// The name of the board in the URL.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// The number of the card.
    pub number: u32,
    /// What the card says.
    pub topic: String,
    /// What was found.
    pub finding: Finding,
    /// Since when it is so.
    pub since: Instant,
}

impl Store {
    /// What was found on all boards: what is open first and what is not pursued last, and of each
    /// what changed last before the others. Up to 500.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn board_findings(&self, filter: &FindingFilter) -> Result<Vec<FoundRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT board.slug, board.title, board_finding.number, board_finding.topic, board_finding.text, taker, level,
                progress, since
             FROM board_finding JOIN board ON board.id = board_finding.board_id
             WHERE ($1 = '' OR level = $1) AND ($2 = '' OR progress = $2)
                AND ($3 = '' OR board.district = $3 OR EXISTS (
                    SELECT 1 FROM workshop_district
                    WHERE workshop_district.workshop_id = board.workshop_id AND workshop_district.district = $3))
             ORDER BY CASE progress WHEN 'open' THEN 0 WHEN 'underway' THEN 1 WHEN 'settled' THEN 2 ELSE 3 END, since DESC, board_finding.card_id
             LIMIT $4",
        )
        .bind(filter.level.map(Responsibility::key).unwrap_or_default())
        .bind(filter.progress.map(Progress::key).unwrap_or_default())
        .bind(filter.district.map(|district| district.slug).unwrap_or_default())
        .bind(LIST_MAX)
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(read).collect()
    }

    /// How what was found on a board has gone on, by card.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn board_ways(&self, id: BoardId) -> Result<BTreeMap<CardId, Vec<Step>>, StoreError> {
        let mut connection = self.readers().acquire().await?;
        ways_of(&mut connection, id).await
    }
}

/// The same on a connection that is there.
pub(super) async fn ways_of(
    connection: &mut AnyConnection,
    id: BoardId,
) -> Result<BTreeMap<CardId, Vec<Step>>, StoreError> {
    let rows = sqlx::query(
        "SELECT sequence, member_id, at, event FROM board_record
             WHERE board_id = $1 AND (event LIKE '%\"concluded\"%' OR event LIKE '%\"erased\"%' OR event LIKE '%\"emptied\"%')
             ORDER BY sequence",
    )
    .bind(id.to_string())
    .fetch_all(connection)
    .await?;
    let records: Vec<_> = rows.iter().map(record).collect::<Result<_, _>>()?;
    Ok(ways(&records))
}

fn read(row: &AnyRow) -> Result<FoundRow, StoreError> {
    let wrong = |column| StoreError::Inconsistent {
        table: "board_finding",
        column,
    };
    Ok(FoundRow {
        slug: row.try_get(0)?,
        title: row.try_get(1)?,
        number: u32::try_from(row.try_get::<i64, _>(2)?).map_err(|_| wrong("number"))?,
        topic: row.try_get(3)?,
        finding: Finding {
            text: row.try_get(4)?,
            taker: row.try_get(5)?,
            level: Responsibility::parse(&row.try_get::<String, _>(6)?).ok_or_else(|| wrong("level"))?,
            progress: Progress::parse(&row.try_get::<String, _>(7)?).ok_or_else(|| wrong("progress"))?,
        },
        since: Instant(row.try_get(8)?),
    })
}

/// Whether an event can change what was found, or what the card says about which it was.
pub(super) fn changes(event: &Event) -> bool {
    matches!(
        event,
        Event::Concluded { .. }
            | Event::Edited { .. }
            | Event::Stood { .. }
            | Event::Reported { hides: true, .. }
            | Event::Merged { .. }
            | Event::Erased { .. }
            | Event::Removed { .. }
    )
}

/// Keeps what was found on a board. What is as it was stays, with its time.
pub(super) async fn keep(tx: &mut Tx, id: BoardId, board: &Board) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "SELECT board.slug, board.title, board_finding.number, topic, board_finding.text, taker, level, progress, since,
            card_id
         FROM board_finding JOIN board ON board.id = board_finding.board_id WHERE board_id = $1",
    )
    .bind(id.to_string())
    .fetch_all(&mut *tx.conn)
    .await?;
    let mut kept: BTreeMap<String, FoundRow> = BTreeMap::new();
    for row in &rows {
        kept.insert(row.try_get(9)?, read(row)?);
    }
    for found in found(board) {
        let (card, finding) = (found.card.to_string(), found.finding);
        let before = kept.remove(&card);
        let since = before
            .filter(|before| before.finding == *finding)
            .map(|before| before.since);
        sqlx::query(
            "INSERT INTO board_finding (board_id, card_id, number, topic, text, taker, level, progress, since)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (board_id, card_id)
             DO UPDATE SET topic = $4, text = $5, taker = $6, level = $7, progress = $8, since = $9",
        )
        .bind(id.to_string())
        .bind(card)
        .bind(i64::from(found.number))
        .bind(found.topic.to_owned())
        .bind(finding.text.clone())
        .bind(finding.taker.clone())
        .bind(finding.level.key())
        .bind(finding.progress.key())
        .bind(since.unwrap_or(tx.now).micros())
        .execute(&mut *tx.conn)
        .await?;
    }
    for card in kept.into_keys() {
        sqlx::query("DELETE FROM board_finding WHERE board_id = $1 AND card_id = $2")
            .bind(id.to_string())
            .bind(card)
            .execute(&mut *tx.conn)
            .await?;
    }
    Ok(())
}

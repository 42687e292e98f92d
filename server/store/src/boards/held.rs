//! A board that is changed: nobody else changes it until the commit.

use std::sync::Arc;

use domain::board::{Actor, Board, Event, Record, apply, published_count, waiting_count};
use domain::ids::{BoardId, CardId};
use domain::time::Instant;
use sqlx::Row;

use super::create::new_code;
use super::known::BoardDone;
use super::state::{event, keep, load, records, text};
use super::{copies, members, notes, notice};
use crate::writer::Tx;
use crate::{StoreError, audit, coding};

/// After so many records the state is kept, so that a start reads no more of the log than that.
pub(super) const RECORDS_PER_SNAPSHOT: u64 = 100;

/// Holds a board until the commit, so that a card of it is erased by nobody. Returns whether it is there.
pub(crate) async fn hold_card(tx: &mut Tx, board: BoardId, card: CardId) -> Result<bool, StoreError> {
    let held = Held::take(tx, board).await?;
    let found = held.board.cards.get(&card);
    Ok(found.is_some_and(|card| card.erased_at.is_none()))
}

/// A board that is changed.
#[derive(Debug)]
pub(super) struct Held {
    id: BoardId,
    /// The board, with what was done so far.
    pub board: Arc<Board>,
    before: u64,
    records: Vec<Record>,
    /// How often its past has been written anew.
    rewritten: i64,
    /// Whether what is kept of its past has to be written anew.
    forgets: bool,
}

impl Held {
    /// Takes a board: as it is known from before, and what is missing from its log.
    pub async fn take(tx: &mut Tx, id: BoardId) -> Result<Self, StoreError> {
        tx.lock_board(&id.to_string()).await?;
        let row = sqlx::query("SELECT sequence, rewritten FROM board WHERE id = $1")
            .bind(id.to_string())
            .fetch_one(&mut *tx.conn)
            .await?;
        let sequence = u64::try_from(row.try_get::<i64, _>(0)?).unwrap_or_default();
        let rewritten = row.try_get(1)?;
        let known = tx.known.find(id);
        let known = known.filter(|known| known.rewritten == rewritten && known.board.sequence <= sequence);
        let board = match known {
            Some(known) if known.board.sequence == sequence => Arc::clone(&known.board),
            Some(known) => {
                let mut board = Arc::clone(&known.board);
                let now = Arc::make_mut(&mut board);
                for record in records(&mut tx.conn, id, now.sequence).await? {
                    apply(now, &record);
                }
                board
            }
            None => Arc::new(load(&mut tx.conn, id).await?),
        };
        Ok(Self {
            id,
            before: board.sequence,
            board,
            records: Vec::new(),
            rewritten,
            forgets: false,
        })
    }

    /// Writes what was decided. Returns the number of the record.
    pub async fn record(&mut self, tx: &mut Tx, actor: Actor, event: Event) -> Result<u64, StoreError> {
        let record = Record {
            sequence: self.board.sequence + 1,
            member: actor.member,
            at: tx.now,
            event,
        };
        let id = self.id.to_string();
        let sequence = i64::try_from(record.sequence).unwrap_or(i64::MAX);
        sqlx::query(
            "INSERT INTO board_record (board_id, sequence, member_id, at, card_id, event) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id.clone())
        .bind(sequence)
        .bind(actor.member.to_string())
        .bind(tx.now.micros())
        .bind(record.event.speaks_of().map(|card| card.to_string()))
        .bind(text(&record.event)?)
        .execute(&mut *tx.conn)
        .await?;
        apply(Arc::make_mut(&mut self.board), &record);
        if let Event::Removed { member, removed } = record.event {
            members::note_removed(tx, self.id, member, removed).await?;
        }
        if let Event::Erased { card } = record.event {
            self.forgets = true;
            erase(tx, self.id, card).await?;
            copies::erase(tx, self.id, card).await?;
            coding::forget::card(tx, self.id, card).await?;
            notes::forget(tx, self.id, card).await?;
        }
        if let Event::Concluded { card, finding: None } = record.event
            && self.board.emptied_at.is_some()
        {
            // There is no card with which it could be erased.
            self.forgets = true;
            erase(tx, self.id, card).await?;
        }
        self.forgets |= matches!(record.event, Event::Emptied { .. });
        if matches!(record.event, Event::CodeRenewed) {
            renew_code(tx, &id).await?;
        }
        if actor.moderates {
            let who = audit::Actor::Member(actor.member);
            audit::record(tx, who, "board_moderated", ("board", &id), &format!("{sequence}")).await?;
        }
        self.records.push(record);
        Ok(self.board.sequence)
    }

    /// Keeps what the records have made of the board, and tells who follows it.
    pub async fn keep(mut self, tx: &mut Tx) -> Result<(), StoreError> {
        let sequence = self.board.sequence;
        if sequence == self.before {
            return Ok(());
        }
        if self.forgets {
            self.rewritten += 1;
        }
        self.keep_summary(tx).await?;
        if self.forgets || self.before / RECORDS_PER_SNAPSHOT != sequence / RECORDS_PER_SNAPSHOT {
            keep(&mut tx.conn, self.id, &self.board).await?;
        }
        let done = BoardDone {
            before: self.before,
            records: self.records,
            board: self.board,
            rewritten: self.rewritten,
        };
        notice::give(tx, self.id, Some(Arc::new(done))).await
    }

    /// Keeps the state as it is, if there are so many records that one is kept.
    pub(super) async fn keep_state(&self, tx: &mut Tx) -> Result<(), StoreError> {
        if self.board.sequence < RECORDS_PER_SNAPSHOT {
            return Ok(());
        }
        keep(&mut tx.conn, self.id, &self.board).await
    }

    /// Keeps what the list of boards shows of a state.
    pub(super) async fn keep_summary(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let board = &self.board;
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        sqlx::query(
            "UPDATE board SET sequence = $1, rewritten = $2, published = $3, members = $4, phase = $5, frozen_at = $6,
                archived_at = $7, emptied_at = $8, waiting = $9
             WHERE id = $10",
        )
        .bind(i64::try_from(board.sequence).unwrap_or(i64::MAX))
        .bind(self.rewritten)
        .bind(count(published_count(board)))
        .bind(count(board.members.len()))
        .bind(board.settings.phase.key())
        .bind(board.settings.frozen_at.map(Instant::micros))
        .bind(board.settings.archived_at.map(Instant::micros))
        .bind(board.emptied_at.map(Instant::micros))
        .bind(count(waiting_count(board)))
        .bind(self.id.to_string())
        .execute(&mut *tx.conn)
        .await?;
        Ok(())
    }
}

/// Gives a board another code: nobody finds it by the old one any more. Whoever was there is known by the device, not by the code.
async fn renew_code(tx: &mut Tx, board: &str) -> Result<(), StoreError> {
    let code = new_code(tx);
    sqlx::query("UPDATE board SET code = $1 WHERE id = $2")
        .bind(code)
        .bind(board)
        .execute(&mut *tx.conn)
        .await?;
    Ok(())
}

/// Takes what a card said, and what was found about it, out of every record. The snapshot is written anew when the board is kept.
///
/// What has stayed of an emptied board is in its first record: all before that are gone. So nothing else of a log has to be read than
/// what the index of cards finds, and one record.
async fn erase(tx: &mut Tx, board: BoardId, card: CardId) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "SELECT sequence, event FROM board_record WHERE board_id = $1 AND card_id = $2
         UNION ALL
         SELECT sequence, event FROM board_record
         WHERE board_id = $1 AND sequence = (SELECT MIN(sequence) FROM board_record WHERE board_id = $1)
            AND event LIKE '{\"done\":\"emptied\",%'",
    )
    .bind(board.to_string())
    .bind(card.to_string())
    .fetch_all(&mut *tx.conn)
    .await?;
    for row in &rows {
        let mut done = event(&row.try_get::<String, _>(1)?)?;
        if done.erase_text_of(card) {
            sqlx::query("UPDATE board_record SET event = $1 WHERE board_id = $2 AND sequence = $3")
                .bind(text(&done)?)
                .bind(board.to_string())
                .bind(row.try_get::<i64, _>(0)?)
                .execute(&mut *tx.conn)
                .await?;
        }
    }
    Ok(())
}

//! What a board forgets in time: the names of its members, and the devices that were theirs. What was worked out stays.

use domain::ids::BoardId;
use domain::time::Instant;
use sqlx::Row;

use super::archive::last_sign_of_life;
use super::state::{event, keep, load, text};
use crate::StoreError;
use crate::read;
use crate::writer::Tx;

/// Forgets on every board on which nothing has happened since. Returns how many rows were emptied.
pub(crate) async fn forget(tx: &mut Tx, before: Instant) -> Result<u64, StoreError> {
    // In the order in which every other transaction takes several boards.
    let rows = sqlx::query(concat!(
        "SELECT id FROM board
         WHERE EXISTS (SELECT 1 FROM board_member WHERE board_id = board.id AND token_hash NOT LIKE 'gone:%')
            AND ",
        last_sign_of_life!(),
        " < $1
         ORDER BY id"
    ))
    .bind(before.micros())
    .fetch_all(&mut *tx.conn)
    .await?;
    let mut gone = 0;
    for row in rows {
        let id = read::id(&row, 0, "board")?;
        gone += forget_members(tx, id).await?;
    }
    Ok(gone)
}

async fn forget_members(tx: &mut Tx, id: BoardId) -> Result<u64, StoreError> {
    tx.lock_board(&id.to_string()).await?;
    let mut board = load(&mut tx.conn, id).await?;
    for member in board.members.values_mut() {
        member.name = None;
    }
    let rows = sqlx::query(
        "SELECT sequence, event FROM board_record WHERE board_id = $1 AND event LIKE '%\"joined\"%'",
    )
    .bind(id.to_string())
    .fetch_all(&mut *tx.conn)
    .await?;
    let mut gone = 0;
    for row in rows {
        let mut done = event(&row.try_get::<String, _>(1)?)?;
        if done.forget_name() {
            gone += sqlx::query("UPDATE board_record SET event = $1 WHERE board_id = $2 AND sequence = $3")
                .bind(text(&done)?)
                .bind(id.to_string())
                .bind(row.try_get::<i64, _>(0)?)
                .execute(&mut *tx.conn)
                .await?
                .rows_affected();
        }
    }
    keep(&mut tx.conn, id, &board).await?;
    sqlx::query("UPDATE board SET rewritten = rewritten + 1 WHERE id = $1")
        .bind(id.to_string())
        .execute(&mut *tx.conn)
        .await?;
    gone += sqlx::query(
        "UPDATE board_member SET token_hash = 'gone:' || id, moderates_at = NULL WHERE board_id = $1",
    )
    .bind(id.to_string())
    .execute(&mut *tx.conn)
    .await?
    .rows_affected();
    Ok(gone)
}

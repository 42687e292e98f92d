//! The archive: boards on which nothing happens any more go there by themselves.

use domain::board::Event;
use domain::ids::MemberId;
use domain::time::Instant;

use super::held::Held;
use crate::StoreError;
use crate::read;
use crate::writer::Tx;

/// When something has happened on a board for the last time, beside what the platform does by itself ([`platform`]).
macro_rules! last_sign_of_life {
    () => {
        "COALESCE((SELECT MAX(at) FROM board_record WHERE board_id = board.id
            AND member_id <> '00000000-0000-0000-0000-000000000000'), created_at)"
    };
}
pub(super) use last_sign_of_life;

/// Puts every board into the archive on which nothing has happened since, and whose Veranstaltung was over by then. Returns how many.
pub(crate) async fn archive(tx: &mut Tx, before: Instant) -> Result<u64, StoreError> {
    // In the order in which every other transaction takes several boards.
    let rows = sqlx::query(concat!(
        "SELECT id FROM board
         WHERE archived_at IS NULL
            AND ",
        last_sign_of_life!(),
        " < $1
            AND COALESCE((SELECT ends_at FROM workshop WHERE workshop.id = board.workshop_id), 0) < $1
         ORDER BY id"
    ))
    .bind(before.micros())
    .fetch_all(&mut *tx.conn)
    .await?;
    for row in &rows {
        let id = read::id(row, 0, "board")?;
        let mut held = Held::take(tx, id).await?;
        held.record(tx, platform(), Event::Archived { archived: true })
            .await?;
        held.keep(tx).await?;
    }
    Ok(u64::try_from(rows.len()).unwrap_or(u64::MAX))
}

/// What the platform does by itself: by nobody who is on the board. It is no sign of life (the id in [`last_sign_of_life`]).
pub(super) fn platform() -> domain::board::Actor {
    domain::board::Actor {
        member: MemberId(uuid::Uuid::nil()),
        moderates: false,
    }
}

//! Writing one decided change: the row, its history, the audit row, the mail.

use std::collections::BTreeSet;

use domain::booking::seats::lowest_free_seat;
use domain::booking::{Change, Mode, Place, PlaceState};
use domain::ids::{SignUpId, WorkshopId};
use domain::time::Instant;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::behind::behind_link;
use super::{notice, reserved};
use crate::StoreError;
use crate::audit::{self, Actor};
use crate::topics;
use crate::workshops::WorkshopRow;
use crate::writer::Tx;

/// Every place that still counts.
pub(crate) async fn active(tx: &mut Tx, workshop: WorkshopId) -> Result<Vec<Place>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, mode, state, organisation_key, queue_no, seat_no, until FROM sign_up
         WHERE workshop_id = $1 AND state IN ('held', 'confirmed', 'waiting', 'offered') ORDER BY queue_no",
    )
    .bind(workshop.to_string())
    .fetch_all(&mut *tx.conn)
    .await?;
    rows.iter().map(read).collect()
}

/// One place, ended or not, under the personal link.
pub(crate) async fn by_token(tx: &mut Tx, token: &str) -> Result<(WorkshopId, Place), StoreError> {
    let row = sqlx::query(concat!(
        "SELECT id, mode, state, organisation_key, queue_no, seat_no, until, workshop_id FROM sign_up WHERE ",
        behind_link!("sign_up", "$1")
    ))
    .bind(token.to_owned())
    .fetch_one(&mut *tx.conn)
    .await?;
    with_workshop(&row)
}

/// As [`by_token`], with its Veranstaltung locked: until the commit nobody else changes what is read, and nobody writes a mail
/// about it.
pub(crate) async fn locked_by_token(tx: &mut Tx, token: &str) -> Result<(WorkshopId, Place), StoreError> {
    let (workshop, _) = by_token(tx, token).await?;
    tx.lock(&workshop.to_string()).await?;
    by_token(tx, token).await
}

/// One place, ended or not, by its id.
pub(crate) async fn by_id(tx: &mut Tx, id: SignUpId) -> Result<(WorkshopId, Place), StoreError> {
    let row = sqlx::query(
        "SELECT id, mode, state, organisation_key, queue_no, seat_no, until, workshop_id FROM sign_up WHERE id = $1",
    )
    .bind(id.to_string())
    .fetch_one(&mut *tx.conn)
    .await?;
    with_workshop(&row)
}

fn with_workshop(row: &AnyRow) -> Result<(WorkshopId, Place), StoreError> {
    let workshop =
        WorkshopId::parse(&row.try_get::<String, _>(7)?).map_err(|_| StoreError::Inconsistent {
            table: "sign_up",
            column: "workshop_id",
        })?;
    Ok((workshop, read(row)?))
}

fn read(row: &AnyRow) -> Result<Place, StoreError> {
    let wrong = |column| StoreError::Inconsistent {
        table: "sign_up",
        column,
    };
    Ok(Place {
        id: SignUpId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("id"))?,
        mode: Mode::parse(&row.try_get::<String, _>(1)?).ok_or_else(|| wrong("mode"))?,
        state: PlaceState::parse(&row.try_get::<String, _>(2)?).ok_or_else(|| wrong("state"))?,
        organisation_key: row.try_get(3)?,
        queue_no: row.try_get(4)?,
        seat_no: row
            .try_get::<Option<i64>, _>(5)?
            .and_then(|seat| u32::try_from(seat).ok()),
        until: row.try_get::<Option<i64>, _>(6)?.map(Instant),
    })
}

/// Writes a change that the rules decided. The caller settles afterwards.
pub(crate) async fn apply(
    tx: &mut Tx,
    workshop: &WorkshopRow,
    actor: Actor,
    change: &Change,
    place: &Place,
    note: &str,
) -> Result<(), StoreError> {
    apply_in_mode(tx, workshop, actor, change, place, place.mode, note).await
}

/// As [`apply`], into another mode perhaps.
pub(crate) async fn apply_in_mode(
    tx: &mut Tx,
    workshop: &WorkshopRow,
    actor: Actor,
    change: &Change,
    place: &Place,
    mode: Mode,
    note: &str,
) -> Result<(), StoreError> {
    let seq = write(tx, workshop, actor, change, (place, mode), note).await?;
    notice::of_change(tx, workshop, change, seq, note).await
}

/// As [`apply_in_mode`], without the mail: that is the caller's. Returns the number of the change in the history.
pub(super) async fn write(
    tx: &mut Tx,
    workshop: &WorkshopRow,
    actor: Actor,
    change: &Change,
    (place, mode): (&Place, Mode),
    note: &str,
) -> Result<i64, StoreError> {
    let seat_no = if !change.to.takes_seat() {
        None
    } else if place.seat_no.is_some() && mode == place.mode {
        place.seat_no
    } else {
        Some(free_seat(tx, workshop.id, mode).await?)
    };
    let was_unconfirmed = place.is_unconfirmed();
    let confirmed_at = (change.to == PlaceState::Confirmed).then(|| tx.now.micros());
    let done = sqlx::query(
        "UPDATE sign_up SET state = $1, until = $2, seat_no = $3, mode = $4, updated_at = $5,
            confirmed_at = COALESCE($6, confirmed_at)
         WHERE id = $7 AND state = $8",
    )
    .bind(change.to.key())
    .bind(change.until.map(Instant::micros))
    .bind(seat_no.map(i64::from))
    .bind(mode.key())
    .bind(tx.now.micros())
    .bind(confirmed_at)
    .bind(change.id.to_string())
    .bind(change.from.key())
    .execute(&mut *tx.conn)
    .await?;
    if done.rows_affected() != 1 {
        return Err(StoreError::Refused(domain::booking::Refusal::WrongState));
    }
    if was_unconfirmed && !change.to.is_active() {
        topics::forget(tx, change.id).await?;
    } else if was_unconfirmed && change.until.is_none() {
        topics::show(tx, workshop.id, change.id).await?;
    }
    reserved::give_back(tx, actor, workshop.id, change, (place, mode)).await?;
    let position = match change.to {
        PlaceState::Waiting => Some(position(tx, workshop.id, mode, place.queue_no).await?),
        _ => None,
    };
    let seq = history(tx, change, mode, note, position).await?;
    let detail = format!(
        "{} → {}: {}",
        change.from.key(),
        change.to.key(),
        change.reason.key()
    );
    audit::record(
        tx,
        actor,
        "place_changed",
        ("sign_up", &change.id.to_string()),
        &detail,
    )
    .await?;
    Ok(seq)
}

/// The lowest seat number of a mode that nobody has.
pub(super) async fn free_seat(tx: &mut Tx, workshop: WorkshopId, mode: Mode) -> Result<u32, StoreError> {
    let rows = sqlx::query(
        "SELECT seat_no FROM sign_up WHERE workshop_id = $1 AND mode = $2 AND seat_no IS NOT NULL",
    )
    .bind(workshop.to_string())
    .bind(mode.key())
    .fetch_all(&mut *tx.conn)
    .await?;
    let mut taken = BTreeSet::new();
    for row in &rows {
        taken.extend(u32::try_from(row.try_get::<i64, _>(0)?).ok());
    }
    Ok(lowest_free_seat(&taken))
}

/// How many wait at or before this number.
pub(super) async fn position(
    tx: &mut Tx,
    workshop: WorkshopId,
    mode: Mode,
    queue_no: i64,
) -> Result<i64, StoreError> {
    let row = sqlx::query(
        "SELECT COUNT(*) FROM sign_up WHERE workshop_id = $1 AND mode = $2 AND state = 'waiting' AND queue_no <= $3",
    )
    .bind(workshop.to_string())
    .bind(mode.key())
    .bind(queue_no)
    .fetch_one(&mut *tx.conn)
    .await?;
    Ok(row.try_get(0)?)
}

/// Adds a line to the history in plain words, with the position of those who wait. Returns its number.
pub(super) async fn history(
    tx: &mut Tx,
    change: &Change,
    mode: Mode,
    note: &str,
    position: Option<i64>,
) -> Result<i64, StoreError> {
    let row = sqlx::query(
        "INSERT INTO sign_up_history (sign_up_id, seq, at, state, mode, reason, note, until, position)
         SELECT $1, COALESCE(MAX(seq), 0) + 1, $2, $3, $4, $5, $6, $7, $8
         FROM sign_up_history WHERE sign_up_id = $1 RETURNING seq",
    )
    .bind(change.id.to_string())
    .bind(tx.now.micros())
    .bind(change.to.key())
    .bind(mode.key())
    .bind(change.reason.key())
    .bind(note.to_owned())
    .bind(change.until.map(Instant::micros))
    .bind(position)
    .fetch_one(&mut *tx.conn)
    .await?;
    Ok(row.try_get(0)?)
}

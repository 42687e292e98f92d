//! Seats that are kept back for speakers and the team: whoever staff enter uses one first, and whoever leaves it gives it back.

use domain::booking::{Change, Mode, ModeRules, Place, PlaceState, Reason};
use domain::ids::{SignUpId, WorkshopId};

use crate::StoreError;
use crate::audit::{self, Actor};
use crate::workshops::edit;
use crate::workshops::find::load;
use crate::writer::Tx;

/// Of the seats that are kept back, if there are any, this place uses one: counted twice it would stay empty.
pub(super) async fn take(
    tx: &mut Tx,
    actor: Actor,
    workshop: WorkshopId,
    place: SignUpId,
    mode: Mode,
) -> Result<(), StoreError> {
    let less = |seats: ModeRules| seats.reserved.checked_sub(1);
    if !keep(tx, (actor, "reserved_seat_used"), workshop, mode, less).await? {
        return Ok(());
    }
    sqlx::query("UPDATE sign_up SET reserved_at = $1 WHERE id = $2")
        .bind(tx.now.micros())
        .bind(place.to_string())
        .execute(&mut *tx.conn)
        .await?;
    Ok(())
}

/// The seat that a place leaves is kept back again, if it was before: it does not go to who waits. In the other mode the person
/// has a seat like everybody. Whom staff entered has been confirmed since: nobody else uses one.
pub(super) async fn give_back(
    tx: &mut Tx,
    actor: Actor,
    workshop: WorkshopId,
    change: &Change,
    (place, mode): (&Place, Mode),
) -> Result<(), StoreError> {
    let leaves = place.state == PlaceState::Confirmed && (!change.to.takes_seat() || mode != place.mode);
    // Of what does not take place there are no seats to keep.
    if !leaves || change.reason == Reason::WorkshopCancelled {
        return Ok(());
    }
    let used = sqlx::query("UPDATE sign_up SET reserved_at = NULL WHERE id = $1 AND reserved_at IS NOT NULL")
        .bind(place.id.to_string())
        .execute(&mut *tx.conn)
        .await?
        .rows_affected();
    if used == 1 {
        // Never more than there are by now.
        let more = |seats: ModeRules| Some(seats.reserved + 1).filter(|kept| *kept <= seats.capacity);
        keep(tx, (actor, "reserved_seat_returned"), workshop, place.mode, more).await?;
    }
    Ok(())
}

/// Keeps as many seats back as is decided, if that is possible, and writes down what that was for. Returns whether it is.
async fn keep(
    tx: &mut Tx,
    (actor, action): (Actor, &str),
    workshop: WorkshopId,
    mode: Mode,
    decide: impl FnOnce(ModeRules) -> Option<u32>,
) -> Result<bool, StoreError> {
    // What is at hand may be from before another change of this transaction.
    let mut draft = load(&mut tx.conn, workshop).await?.draft;
    let seats = match mode {
        Mode::OnSite => &mut draft.seats.on_site,
        Mode::Online => &mut draft.seats.online,
    };
    let Some(reserved) = decide(*seats) else {
        return Ok(false);
    };
    seats.reserved = reserved;
    edit::keep_back(tx, workshop, &draft).await?;
    let object = workshop.to_string();
    audit::record(tx, actor, action, ("workshop", &object), mode.key()).await?;
    Ok(true)
}

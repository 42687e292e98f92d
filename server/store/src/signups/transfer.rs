//! Everybody of a mode that has no seats any more moves to the other one.

use std::collections::HashMap;

use domain::booking::transfer::transfer;
use domain::booking::{Change, Mode, Place};
use domain::ids::SignUpId;

use super::{change, notice};
use crate::StoreError;
use crate::audit::Actor;
use crate::workshops::WorkshopRow;
use crate::writer::Tx;

/// One place that has moved. Its mail is written later, when it is known what became of it.
pub(crate) struct Moved {
    change: Change,
    /// The number of the change in the history of the place.
    seq: i64,
    /// The mode that has no seats any more.
    left: Mode,
}

/// Moves everybody who is in a mode without seats, or refuses to leave them there. The caller settles and tells them afterwards.
///
/// # Errors
/// As [`transfer`].
pub(crate) async fn leave_modes(
    tx: &mut Tx,
    workshop: &WorkshopRow,
    actor: Actor,
    moves: bool,
) -> Result<Vec<Moved>, StoreError> {
    let places = change::active(tx, workshop.id).await?;
    let mut moved = Vec::new();
    for left in Mode::ALL {
        let changes = transfer(&workshop.rules(), &places, left, moves)?;
        let mut there: HashMap<SignUpId, &Place> = places.iter().map(|place| (place.id, place)).collect();
        for change in changes {
            if let Some(place) = there.remove(&change.id) {
                let seq = change::write(tx, workshop, actor, &change, (place, left.other()), "").await?;
                moved.push(Moved { change, seq, left });
            }
        }
    }
    Ok(moved)
}

/// Tells each who has moved, once: whoever has moved up since reads of the other mode with that.
pub(crate) async fn tell(tx: &mut Tx, workshop: &WorkshopRow, moved: &[Moved]) -> Result<(), StoreError> {
    let places = change::active(tx, workshop.id).await?;
    let now: HashMap<SignUpId, &Place> = places.iter().map(|place| (place.id, place)).collect();
    for Moved { change, seq, left } in moved {
        if now.get(&change.id).is_some_and(|place| place.state == change.to) {
            notice::of_change(tx, workshop, change, *seq, left.key()).await?;
        }
    }
    Ok(())
}

/// Whose places these are.
pub(crate) fn ids(moved: &[Moved]) -> Vec<SignUpId> {
    moved.iter().map(|one| one.change.id).collect()
}

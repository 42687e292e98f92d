//! A mode that has no seats any more: nobody is left in it.

use super::{Change, Mode, Place, Reason, Refusal, SeatRules, Tally};

/// Who has to move out of a mode that these rules give no seats any more, in the order of the line. Whoever has a seat has one in the
/// other mode, whoever waits waits on there: the line is one for both, so that nobody gets behind somebody who came later.
///
/// # Errors
/// [`Refusal::ModeTaken`] when somebody is in such a mode, unless everybody `moves`; [`Refusal::OtherModeTooSmall`] when the other mode
/// does not hold everybody who has a seat.
pub fn transfer(
    rules: &SeatRules,
    places: &[Place],
    mode: Mode,
    moves: bool,
) -> Result<Vec<Change>, Refusal> {
    let mut there: Vec<&Place> = places
        .iter()
        .filter(|place| place.mode == mode && place.state.is_active())
        .collect();
    if rules.mode(mode).capacity > 0 || there.is_empty() {
        return Ok(Vec::new());
    }
    let tally = Tally::of(places);
    if !moves {
        let people = tally.mode(mode).taken() + tally.mode(mode).waiting;
        return Err(Refusal::ModeTaken { mode, people });
    }
    let other = mode.other();
    let needed = rules.mode(other).reserved + tally.mode(other).taken() + tally.mode(mode).taken();
    if tally.mode(mode).taken() > 0 && rules.mode(other).capacity < needed {
        return Err(Refusal::OtherModeTooSmall { mode: other, needed });
    }
    there.sort_by_key(|place| (place.queue_no, place.id));
    let changes = there.into_iter().map(|place| Change {
        id: place.id,
        from: place.state,
        to: place.state,
        until: place.until,
        reason: Reason::ModeChanged,
    });
    Ok(changes.collect())
}

//! What a person or staff can do to one place. Each verb decides; nothing is written here.

use super::admit::{Refusal, check_open, free_for_comer, is_over_limit};
use super::{Change, Mode, Place, PlaceState, SeatRules, Tally, change::Reason};
use crate::time::Instant;

/// The mail address is confirmed: a held seat is given, a waiting entry stays for good.
///
/// # Errors
/// When the time is up or there is nothing to confirm.
pub fn confirm_mail(place: &Place, now: Instant) -> Result<Change, Refusal> {
    let to = match (place.state, place.until) {
        (PlaceState::Held, _) => PlaceState::Confirmed,
        (PlaceState::Waiting, Some(_)) => PlaceState::Waiting,
        (PlaceState::HoldExpired, _) => return Err(Refusal::TooLate),
        _ => return Err(Refusal::WrongState),
    };
    in_time(place, now)?;
    Ok(change(place, to, Reason::MailConfirmed))
}

/// The person takes the offered seat.
///
/// # Errors
/// When there is no offer, or it has run out.
pub fn accept_offer(place: &Place, now: Instant) -> Result<Change, Refusal> {
    match place.state {
        PlaceState::Offered => in_time(place, now)?,
        PlaceState::OfferMissed => return Err(Refusal::TooLate),
        _ => return Err(Refusal::WrongState),
    }
    Ok(change(place, PlaceState::Confirmed, Reason::OfferAccepted))
}

/// The person declines the offer or leaves the waiting list.
///
/// # Errors
/// When the person neither waits nor has an offer.
pub fn decline(place: &Place) -> Result<Change, Refusal> {
    match place.state {
        PlaceState::Offered | PlaceState::Waiting => {
            Ok(change(place, PlaceState::Declined, Reason::Declined))
        }
        _ => Err(Refusal::WrongState),
    }
}

/// The place is given up, by the person or by staff, until the start.
///
/// # Errors
/// When it has ended already, or the Veranstaltung has started.
pub fn cancel(rules: &SeatRules, place: &Place, reason: Reason, now: Instant) -> Result<Change, Refusal> {
    if !place.state.is_active() {
        return Err(Refusal::WrongState);
    }
    if now >= rules.starts_at && reason == Reason::CancelledByPerson {
        return Err(Refusal::TooLate);
    }
    Ok(change(place, PlaceState::Cancelled, reason))
}

/// From the room to video, or back. Who has a seat or waits gets a seat there at once, or keeps what is there now.
///
/// `organisation_taken`: seats of the person's Träger, without this one.
///
/// # Errors
/// When the other mode has no seat free, sign-up is closed, or the person waits and the Träger has all that it may have for now.
pub fn change_mode(
    rules: &SeatRules,
    tally: &Tally,
    organisation_taken: u32,
    place: &Place,
    mode: Mode,
    now: Instant,
) -> Result<Change, Refusal> {
    if place.mode == mode || !place.state.is_active() || place.state == PlaceState::Offered {
        return Err(Refusal::WrongState);
    }
    check_open(rules, mode, now)?;
    if free_for_comer(rules, tally, mode, now) == 0 {
        return Err(Refusal::ModeFull);
    }
    let to = match place.state {
        PlaceState::Waiting if is_over_limit(rules, organisation_taken, now) => {
            return Err(Refusal::OrganisationLimit);
        }
        PlaceState::Waiting if place.is_unconfirmed() => PlaceState::Held,
        PlaceState::Waiting => PlaceState::Confirmed,
        seated => seated,
    };
    Ok(Change {
        until: place.until,
        ..change(place, to, Reason::ModeChanged)
    })
}

/// Staff give a waiting person a seat out of turn, above the limit if need be.
///
/// # Errors
/// When the person does not wait and has no open offer, or the Veranstaltung is not running.
pub fn move_up(rules: &SeatRules, place: &Place) -> Result<Change, Refusal> {
    if !rules.running {
        return Err(Refusal::NotRunning);
    }
    match place.state {
        PlaceState::Waiting | PlaceState::Offered => {
            Ok(change(place, PlaceState::Confirmed, Reason::MovedUpByStaff))
        }
        _ => Err(Refusal::WrongState),
    }
}

/// Staff enter somebody, above the limit if need be, also when sign-up is closed.
///
/// # Errors
/// When the Veranstaltung is not running, or has no seats of this mode.
pub fn enter_by_staff(rules: &SeatRules, mode: Mode) -> Result<(), Refusal> {
    if !rules.running {
        return Err(Refusal::NotRunning);
    }
    if rules.mode(mode).capacity == 0 {
        return Err(Refusal::ModeNotOffered);
    }
    Ok(())
}

fn in_time(place: &Place, now: Instant) -> Result<(), Refusal> {
    if place.until.is_some_and(|until| now >= until) {
        Err(Refusal::TooLate)
    } else {
        Ok(())
    }
}

fn change(place: &Place, to: PlaceState, reason: Reason) -> Change {
    Change {
        id: place.id,
        from: place.state,
        to,
        until: None,
        reason,
    }
}

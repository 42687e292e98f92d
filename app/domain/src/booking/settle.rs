//! After every change: expire what has run out, then give free seats to those who wait.

use std::collections::HashMap;

use super::{Change, Mode, Place, PlaceState, SeatRules, Tally, change::Reason};
use crate::booking::admit::is_over_limit;
use crate::booking::rules::{
    DIRECT_PROMOTION_BEFORE_START_HOURS, OFFER_LEAST_WORKING_HOURS, OFFER_WINDOW_WORKING_HOURS,
    PROMOTION_STOPS_BEFORE_START_HOURS,
};
use crate::time::Instant;
use crate::working_time::{last_working_moment, plus_working_hours};

/// Decides what has to change now. Places may come in any order; ended ones are passed over.
///
/// First holds, offers and unconfirmed waiting entries whose time is up end for good, and those that would outlive the end of
/// sign-up or the start, because dates were moved, end earlier. Then, per mode, each
/// seat that nobody has goes to the first person in line. A person whose Träger is at its limit keeps the
/// place in line and is passed. Applying the changes and settling again changes nothing more.
#[must_use]
pub fn settle(rules: &SeatRules, places: &[Place], now: Instant) -> Vec<Change> {
    let mut places = places.to_vec();
    let mut changes = Vec::new();
    for place in &mut places {
        if let Some(change) = expire(rules, place, now).or_else(|| shorten(rules, place, now)) {
            apply(place, &change);
            changes.push(change);
        }
    }
    if promotion_is_open(rules, now) {
        promote(rules, &mut places, now, &mut changes);
    }
    changes
}

/// Whether people still move up by themselves: until a day before the start, and only while whoever is asked has time to answer
/// on a working day.
#[must_use]
pub fn promotion_is_open(rules: &SeatRules, now: Instant) -> bool {
    rules.running
        && now < rules.closes_at
        && now < rules.starts_at.plus_hours(-PROMOTION_STOPS_BEFORE_START_HOURS)
        && (is_direct(rules, now) || earliest_offer_end(now) <= last_moment(rules, PlaceState::Offered, now))
}

/// How many wait beside a seat that nobody has and that is not given by itself any more: staff give it. Who waits where every seat
/// is taken is not counted.
#[must_use]
pub fn left_to_staff(rules: &SeatRules, tally: &Tally, now: Instant) -> u32 {
    if !rules.running || promotion_is_open(rules, now) {
        return 0;
    }
    Mode::ALL
        .into_iter()
        .filter(|mode| tally.open_seats(rules, *mode) > 0)
        .map(|mode| tally.mode(mode).waiting)
        .sum()
}

/// Nobody is asked now who would have to answer before this: nobody is at work then.
#[must_use]
pub fn earliest_offer_end(now: Instant) -> Instant {
    plus_working_hours(now, OFFER_LEAST_WORKING_HOURS)
}

/// Whether a seat is given without asking first.
fn is_direct(rules: &SeatRules, now: Instant) -> bool {
    now <= rules.starts_at.plus_hours(-DIRECT_PROMOTION_BEFORE_START_HOURS)
}

/// Writes a change into a place.
pub fn apply(place: &mut Place, change: &Change) {
    place.state = change.to;
    place.until = change.until;
    if !change.to.takes_seat() {
        place.seat_no = None;
    }
}

/// What becomes of a waiting person for whom a seat is free: a seat, or the question.
#[must_use]
pub fn promotion(rules: &SeatRules, place: &Place, now: Instant) -> Change {
    let (to, until, reason) = if let Some(until) = place.until {
        // The address is not confirmed yet: the seat is kept for as long as the entry would have been.
        (PlaceState::Held, Some(until), Reason::Promoted)
    } else if is_direct(rules, now) {
        (PlaceState::Confirmed, None, Reason::Promoted)
    } else {
        let window = plus_working_hours(now, OFFER_WINDOW_WORKING_HOURS);
        (
            PlaceState::Offered,
            Some(window.min(last_moment(rules, PlaceState::Offered, now))),
            Reason::Offered,
        )
    };
    Change {
        id: place.id,
        from: place.state,
        to,
        until,
        reason,
    }
}

/// Until when a place that ends by itself may last: an offer until people last work before sign-up closes, everything else until
/// the start. Where that work is over already, because dates were moved, an offer keeps what time is left.
fn last_moment(rules: &SeatRules, state: PlaceState, now: Instant) -> Instant {
    if state != PlaceState::Offered {
        return rules.starts_at;
    }
    let closes_at = rules.closes_at.min(rules.starts_at);
    let at_work = last_working_moment(closes_at);
    if at_work > now { at_work } else { closes_at }
}

/// An earlier deadline for a place that would outlive the end of sign-up or the start.
fn shorten(rules: &SeatRules, place: &Place, now: Instant) -> Option<Change> {
    let last = last_moment(rules, place.state, now);
    place.until.filter(|until| *until > last)?;
    Some(Change {
        id: place.id,
        from: place.state,
        to: place.state,
        until: Some(last),
        reason: Reason::DeadlineMoved,
    })
}

/// The end of a place whose time is up.
fn expire(rules: &SeatRules, place: &Place, now: Instant) -> Option<Change> {
    let until = place.until?.min(last_moment(rules, place.state, now));
    if now < until {
        return None;
    }
    let (to, reason) = match place.state {
        PlaceState::Held | PlaceState::Waiting => (PlaceState::HoldExpired, Reason::HoldExpired),
        PlaceState::Offered => (PlaceState::OfferMissed, Reason::OfferMissed),
        _ => return None,
    };
    Some(Change {
        id: place.id,
        from: place.state,
        to,
        until: None,
        reason,
    })
}

/// Gives each open seat to the first person in line who may have it.
fn promote(rules: &SeatRules, places: &mut [Place], now: Instant, changes: &mut Vec<Change>) {
    let mut taken_by_organisation: HashMap<String, u32> = HashMap::new();
    for place in places.iter().filter(|place| place.state.takes_seat()) {
        *taken_by_organisation
            .entry(place.organisation_key.clone())
            .or_default() += 1;
    }
    for mode in Mode::ALL {
        let mut open = Tally::of(places).open_seats(rules, mode);
        let mut line = places
            .iter_mut()
            .filter(|place| place.mode == mode && place.state == PlaceState::Waiting)
            .collect::<Vec<_>>();
        line.sort_by_key(|place| (place.queue_no, place.id));
        for place in line {
            if open == 0 {
                break;
            }
            let taken = taken_by_organisation
                .entry(place.organisation_key.clone())
                .or_default();
            if is_over_limit(rules, *taken, now) {
                continue;
            }
            let change = promotion(rules, place, now);
            apply(place, &change);
            changes.push(change);
            *taken += 1;
            open -= 1;
        }
    }
}

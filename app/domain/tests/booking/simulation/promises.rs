//! What must hold after every step, counted here anew, without the counting of the rules.

use std::collections::{HashMap, HashSet};

use domain::booking::rules::{
    DIRECT_PROMOTION_BEFORE_START_HOURS, OFFER_LEAST_WORKING_HOURS, PROMOTION_STOPS_BEFORE_START_HOURS,
};
use domain::booking::{Mode, Place, PlaceState};
use domain::ids::SignUpId;
use domain::time::Instant;
use domain::working_time::{is_working_day, plus_working_hours};

use super::world::{Request, World};

/// What was there before a step.
pub struct Before {
    places: HashMap<SignUpId, Place>,
    taken: HashMap<Mode, usize>,
    waiting: HashMap<Mode, usize>,
}

impl Before {
    pub fn of(world: &World) -> Self {
        Self {
            places: world
                .places
                .iter()
                .map(|place| (place.id, place.clone()))
                .collect(),
            taken: Mode::ALL
                .into_iter()
                .map(|mode| (mode, taken(world, mode)))
                .collect(),
            waiting: Mode::ALL
                .into_iter()
                .map(|mode| (mode, next_in_line(world, mode)))
                .collect(),
        }
    }
}

/// Compares a step with the promises. An error is the broken one.
pub fn check(before: &Before, request: Option<&Request>, world: &World) -> Result<(), String> {
    no_doubles(world)?;
    the_answer_holds(before, world)?;
    ended_is_ended(before, world)?;
    deadlines_are_kept(world)?;
    offers_leave_time(before, world)?;
    offers_end_at_work(world)?;
    for mode in Mode::ALL {
        not_overbooked(before, request, world, mode)?;
        seats_are_numbered(world, mode)?;
        no_seat_stays_empty(world, mode)?;
        nobody_is_overtaken(before, request, world, mode)?;
        nobody_jumps(before, world, mode)?;
    }
    Ok(())
}

fn taken(world: &World, mode: Mode) -> usize {
    let seats = world.places.iter().filter(|place| place.mode == mode);
    seats.filter(|place| place.state.takes_seat()).count()
}

fn waiting(world: &World, mode: Mode) -> Vec<&Place> {
    let line = world.places.iter().filter(|place| place.mode == mode);
    line.filter(|place| place.state == PlaceState::Waiting).collect()
}

fn public(world: &World, mode: Mode) -> usize {
    let seats = world.rules.mode(mode);
    (seats.capacity - seats.reserved.min(seats.capacity)) as usize
}

fn no_doubles(world: &World) -> Result<(), String> {
    let mut seen = HashSet::new();
    match world.keys.iter().find(|key| !seen.insert(**key)) {
        Some(key) => Err(format!("person {key} is signed up twice")),
        None => Ok(()),
    }
}

/// A newcomer stands where the form was answered, also after settling: else one answer would tell who was known before.
fn the_answer_holds(before: &Before, world: &World) -> Result<(), String> {
    match world.answered {
        Some((id, state)) if !before.places.contains_key(&id) && world.place(id).state != state => {
            Err(format!("{id} was told otherwise: {state:?}"))
        }
        _ => Ok(()),
    }
}

fn ended_is_ended(before: &Before, world: &World) -> Result<(), String> {
    for place in &world.places {
        if let Some(old) = before.places.get(&place.id)
            && !old.state.is_active()
            && old.state != place.state
        {
            return Err(format!("{} came alive again", place.id));
        }
    }
    Ok(())
}

fn deadlines_are_kept(world: &World) -> Result<(), String> {
    for place in world.places.iter().filter(|place| place.state.is_active()) {
        if place.until.is_some_and(|until| until <= world.now) {
            return Err(format!("{} is past its deadline", place.id));
        }
        if place.state == PlaceState::Offered
            && place
                .until
                .is_none_or(|until| until > world.rules.closes_at.min(world.rules.starts_at))
        {
            return Err(format!("the offer of {} outlives the end of sign-up", place.id));
        }
    }
    Ok(())
}

/// Whoever is asked in this step has time to answer on a working day.
fn offers_leave_time(before: &Before, world: &World) -> Result<(), String> {
    let was_asked = |place: &Place| {
        before
            .places
            .get(&place.id)
            .is_some_and(|old| old.state == PlaceState::Offered)
    };
    let least = plus_working_hours(world.now, OFFER_LEAST_WORKING_HOURS);
    let mut offers = world
        .places
        .iter()
        .filter(|place| place.state == PlaceState::Offered);
    match offers.find(|place| !was_asked(place) && place.until.is_none_or(|until| until < least)) {
        Some(place) => Err(format!("{} has too little time to answer", place.id)),
        None => Ok(()),
    }
}

/// No offer ends in a night, on a weekend or on a holiday; only where sign-up was made to close before people work again, one keeps
/// the time that is left.
fn offers_end_at_work(world: &World) -> Result<(), String> {
    let works = |at: Instant| {
        let at = at.berlin();
        let seconds = at.datetime().duration_since(at.date().at(0, 0, 0, 0)).as_secs();
        is_working_day(at.date()) && (8 * 3_600..=18 * 3_600).contains(&seconds)
    };
    let work_begins = plus_working_hours(world.now, 0);
    let mut offers = world
        .places
        .iter()
        .filter(|place| place.state == PlaceState::Offered);
    let outside = |until: Instant| !works(until) && work_begins <= until;
    match offers.find(|place| place.until.is_some_and(outside)) {
        Some(place) => Err(format!("the offer of {} ends while nobody is at work", place.id)),
        None => Ok(()),
    }
}

/// Fewer seats drop nobody and staff may go over the limit: but no other step adds to what is over it.
fn not_overbooked(
    before: &Before,
    request: Option<&Request>,
    world: &World,
    mode: Mode,
) -> Result<(), String> {
    let by_staff = usize::from(matches!(request, Some(Request::MoveUp(_))));
    let allowed = public(world, mode).max(before.taken[&mode] + by_staff);
    let taken = taken(world, mode);
    if taken > allowed {
        return Err(format!("{mode:?} is overbooked: {taken} of {allowed}"));
    }
    Ok(())
}

fn seats_are_numbered(world: &World, mode: Mode) -> Result<(), String> {
    let mut seen = HashSet::new();
    for place in world.places.iter().filter(|place| place.mode == mode) {
        match (place.state.takes_seat(), place.seat_no) {
            (true, Some(seat)) if !seen.insert(seat) => {
                return Err(format!("two people on seat {seat} of {mode:?}"));
            }
            (true, None) => return Err(format!("{} has a seat without a number", place.id)),
            (false, Some(_)) => return Err(format!("{} kept a number without a seat", place.id)),
            _ => {}
        }
    }
    Ok(())
}

/// While people move up, nobody waits beside a free seat, except for the limit of the Träger.
fn no_seat_stays_empty(world: &World, mode: Mode) -> Result<(), String> {
    if !moves_up(world) || taken(world, mode) >= public(world, mode) {
        return Ok(());
    }
    match waiting(world, mode)
        .into_iter()
        .find(|place| may_have_another(world, &place.organisation_key))
    {
        Some(place) => Err(format!("a seat of {mode:?} stays empty while {} waits", place.id)),
        None => Ok(()),
    }
}

/// Whoever moved up in this step had arrived before everybody who still waits and may have a seat.
fn nobody_is_overtaken(
    before: &Before,
    request: Option<&Request>,
    world: &World,
    mode: Mode,
) -> Result<(), String> {
    let arrival = |id: SignUpId| world.places.iter().position(|place| place.id == id);
    let acted_on = match request {
        Some(
            Request::Confirm(id)
            | Request::Accept(id)
            | Request::MoveUp(id)
            | Request::Decline(id)
            | Request::Cancel(id)
            | Request::ChangeMode(id, _),
        ) => Some(*id),
        _ => None,
    };
    let moved_up = world.places.iter().filter(|place| {
        place.mode == mode
            && place.state.takes_seat()
            && Some(place.id) != acted_on
            && before
                .places
                .get(&place.id)
                .is_some_and(|old| old.state == PlaceState::Waiting && old.mode == mode)
    });
    for promoted in moved_up {
        let overtaken = waiting(world, mode).into_iter().find(|left| {
            arrival(left.id) < arrival(promoted.id)
                && left.organisation_key != promoted.organisation_key
                && may_have_another(world, &left.organisation_key)
        });
        if let Some(overtaken) = overtaken {
            return Err(format!("{} was overtaken by {}", overtaken.id, promoted.id));
        }
    }
    Ok(())
}

/// How many wait and may have a seat: whoever is held back by the limit of the Träger is passed.
fn next_in_line(world: &World, mode: Mode) -> usize {
    let line = waiting(world, mode).into_iter();
    line.filter(|place| may_have_another(world, &place.organisation_key))
        .count()
}

/// A newcomer gets a seat only if there are more open ones than people waiting.
fn nobody_jumps(before: &Before, world: &World, mode: Mode) -> Result<(), String> {
    let newcomer = world.places.iter().find(|place| {
        place.mode == mode && place.state == PlaceState::Held && !before.places.contains_key(&place.id)
    });
    let still_waiting = next_in_line(world, mode);
    let open = public(world, mode).saturating_sub(before.taken[&mode]);
    if let Some(newcomer) = newcomer
        && still_waiting > 0
        && still_waiting >= before.waiting[&mode]
        && open <= before.waiting[&mode]
    {
        return Err(format!("{} jumped the queue of {mode:?}", newcomer.id));
    }
    Ok(())
}

fn moves_up(world: &World) -> bool {
    let stops = world
        .rules
        .starts_at
        .plus_hours(-PROMOTION_STOPS_BEFORE_START_HOURS);
    let rules = &world.rules;
    let direct = rules.starts_at.plus_hours(-DIRECT_PROMOTION_BEFORE_START_HOURS);
    let answer = plus_working_hours(world.now, OFFER_LEAST_WORKING_HOURS);
    rules.running
        && world.now < rules.closes_at
        && world.now < stops
        && (world.now <= direct || answer <= rules.closes_at.min(rules.starts_at))
}

fn may_have_another(world: &World, organisation_key: &str) -> bool {
    let Some(max) = world.rules.per_organisation_max else {
        return true;
    };
    if world
        .rules
        .per_organisation_until
        .is_some_and(|until| world.now >= until)
    {
        return true;
    }
    let seats = world
        .places
        .iter()
        .filter(|place| place.state.takes_seat() && place.organisation_key == organisation_key);
    seats.count() < max as usize
}

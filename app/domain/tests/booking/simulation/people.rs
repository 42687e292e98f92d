//! Phones on a bad network: each message may be lost, doubled or late, and each phone tries until it is told.

use domain::booking::{Mode, ModeRules, PlaceState, SeatRules};
use domain::ids::SignUpId;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::promises::{self, Before};
use super::world::{Request, Sabotage, World};
use crate::at;

/// A message to the server: from which phone, and what.
type Message = (usize, Request);

/// One phone and the person who holds it.
#[derive(Clone, Default)]
struct Phone {
    /// What was told: the place, once the answer has arrived.
    told: Option<SignUpId>,
    /// How the person wants to take part.
    mode: Option<Mode>,
}

/// Lives one world to its end. Returns the number of steps, or the broken promise.
pub fn live(seed: u64, sabotage: Sabotage) -> Result<u64, String> {
    let mut rng = StdRng::seed_from_u64(seed);
    // Some worlds begin early, some in the last days, when other rules hold.
    let late = rng.random_bool(0.4);
    let begins = at(if late {
        "2027-05-18T08:00"
    } else {
        "2027-04-01T08:00"
    });
    let pause_hours_max = if late { 12 } else { 160 };
    let mut world = World::new(some_rules(&mut rng, late), begins, sabotage);
    let mut phones = vec![Phone::default(); rng.random_range(3..14)];
    let mut wire: Vec<Message> = Vec::new();
    let mut steps = 0;
    for _ in 0..rng.random_range(40..80) {
        steps += 1;
        match rng.random_range(0..100) {
            0..40 => send(&mut rng, &world, &mut phones, &mut wire),
            40..85 => deliver(&mut rng, &mut world, &mut phones, &mut wire)?,
            85..95 => wait(&mut world, rng.random_range(1..pause_hours_max))?,
            _ => staff(&mut rng, &mut world)?,
        }
    }
    converge(&mut world, &mut phones, &mut wire)?;
    Ok(steps)
}

fn some_rules(rng: &mut StdRng, late: bool) -> SeatRules {
    // A Thursday, or a Saturday.
    let starts_at = at(if rng.random_bool(0.7) {
        "2027-05-20T10:00"
    } else {
        "2027-05-22T10:00"
    });
    let mode = |rng: &mut StdRng| ModeRules {
        capacity: rng.random_range(1..5),
        reserved: rng.random_range(0..2),
    };
    SeatRules {
        on_site: mode(rng),
        online: mode(rng),
        per_organisation_max: rng.random_bool(0.3).then(|| rng.random_range(1..3)),
        per_organisation_until: rng.random_bool(0.5).then(|| at("2027-05-01T00:00")),
        opens_at: at("2027-04-01T08:00"),
        closes_at: match rng.random_range(0..4) {
            0 | 1 => starts_at,
            2 => at("2027-05-18T18:00"),
            // In a night; or on Whit Sunday, with a holiday behind it.
            _ if late => at("2027-05-19T23:59"),
            _ => at("2027-05-16T23:59"),
        },
        starts_at,
        running: true,
    }
}

/// A person does something: the message goes on the wire.
fn send(rng: &mut StdRng, world: &World, phones: &mut [Phone], wire: &mut Vec<Message>) {
    let number = rng.random_range(0..phones.len());
    let phone = &mut phones[number];
    let request = match phone.told {
        None => {
            // Trying again is the same form with the same key.
            let mode = *phone.mode.get_or_insert(some_mode(rng));
            Request::SignUp { key: number, mode }
        }
        Some(id) => match (world.place(id).state, rng.random_range(0..10)) {
            (PlaceState::Held | PlaceState::Waiting, 0..5) => Request::Confirm(id),
            (PlaceState::Offered, 0..5) => Request::Accept(id),
            (PlaceState::Offered | PlaceState::Waiting, 5..8) => Request::Decline(id),
            (_, 8) => Request::Cancel(id),
            (_, 9) => Request::ChangeMode(id, some_mode(rng)),
            _ => Request::Confirm(id),
        },
    };
    wire.push((number, request));
}

/// The network brings any one message, loses it, or brings it and keeps a copy.
fn deliver(
    rng: &mut StdRng,
    world: &mut World,
    phones: &mut [Phone],
    wire: &mut Vec<Message>,
) -> Result<(), String> {
    if wire.is_empty() {
        return Ok(());
    }
    let index = rng.random_range(0..wire.len());
    let (number, request) = if rng.random_bool(0.2) {
        wire[index].clone()
    } else {
        wire.swap_remove(index)
    };
    if rng.random_bool(0.15) {
        return Ok(());
    }
    let heard = step(world, &request)?;
    // The answer gets lost, too: then the person does not know the place and tries again.
    if rng.random_bool(0.8) && heard.is_some() {
        tell(&mut phones[number], heard)?;
    }
    Ok(())
}

/// In the end every phone gets through, and everybody knows one place that is really there.
fn converge(world: &mut World, phones: &mut [Phone], wire: &mut Vec<Message>) -> Result<(), String> {
    for (number, request) in std::mem::take(wire) {
        let heard = step(world, &request)?;
        tell(&mut phones[number], heard)?;
    }
    for (number, phone) in phones.iter_mut().enumerate() {
        if let Some(mode) = phone.mode {
            let heard = step(world, &Request::SignUp { key: number, mode })?;
            tell(phone, heard)?;
            let there = world.by_key.get(&number).copied();
            if phone.told != there {
                return Err(format!("phone {number} knows {:?}, not {there:?}", phone.told));
            }
        }
    }
    Ok(())
}

/// A phone that knows a place never hears of another one.
fn tell(phone: &mut Phone, heard: Option<SignUpId>) -> Result<(), String> {
    match (phone.told, heard) {
        (Some(old), Some(new)) if old != new => Err(format!("{old} is signed up twice, as {new}")),
        (None, new) => {
            phone.told = new;
            Ok(())
        }
        _ => Ok(()),
    }
}

fn wait(world: &mut World, hours: i64) -> Result<(), String> {
    let before = Before::of(world);
    world.now = world.now.plus_hours(hours);
    world.settle();
    promises::check(&before, None, world)
}

fn staff(rng: &mut StdRng, world: &mut World) -> Result<(), String> {
    let mut offers = world
        .places
        .iter()
        .filter(|place| place.state == PlaceState::Offered);
    let offered = offers.find_map(|place| place.until);
    let request = if let Some(until) = offered
        && rng.random_bool(0.5)
    {
        // Earlier than the offer that is open.
        let hours = (world.rules.starts_at.micros() - until.micros()) / (3_600 * 1_000_000);
        Request::Closes(hours + rng.random_range(1..10))
    } else if rng.random_bool(0.1) {
        Request::Closes(rng.random_range(0..72))
    } else if world.places.is_empty() || rng.random_bool(0.6) {
        Request::Capacity(some_mode(rng), rng.random_range(1..7))
    } else {
        Request::MoveUp(world.places[rng.random_range(0..world.places.len())].id)
    };
    step(world, &request).map(|_| ())
}

fn step(world: &mut World, request: &Request) -> Result<Option<SignUpId>, String> {
    let before = Before::of(world);
    let heard = world.decide(request);
    promises::check(&before, Some(request), world)?;
    Ok(heard)
}

fn some_mode(rng: &mut StdRng) -> Mode {
    if rng.random_bool(0.7) {
        Mode::OnSite
    } else {
        Mode::Online
    }
}

//! The rules for seats and waiting lists.
//!
//! - [`seats`]: who gets a seat, who waits, who moves up, told by example
//! - [`verbs`]: what can be done to one place in which state
//! - [`transfer`]: who leaves a mode that has no seats any more
//! - [`simulation`]: thousands of seeded worlds in which messages get lost, doubled and reordered

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod seats;
mod simulation;
mod transfer;
mod verbs;

use domain::booking::{Mode, ModeRules, Place, PlaceState, SeatRules};
use domain::ids::SignUpId;
use domain::time::Instant;

/// A clock in Saxony.
fn at(text: &str) -> Instant {
    Instant::from_input(text).unwrap()
}

/// Two seats in the room, one by video; a Thursday in May, open since April, closing a day before.
fn rules() -> SeatRules {
    SeatRules {
        on_site: ModeRules {
            capacity: 2,
            reserved: 0,
        },
        online: ModeRules {
            capacity: 1,
            reserved: 0,
        },
        per_organisation_max: None,
        per_organisation_until: None,
        opens_at: at("2027-04-01T08:00"),
        closes_at: at("2027-05-19T12:00"),
        starts_at: at("2027-05-20T10:00"),
        running: true,
    }
}

/// The place with this number: also its order in line.
fn place(number: u32, state: PlaceState) -> Place {
    Place {
        id: SignUpId(uuid::Uuid::from_u128(u128::from(number))),
        mode: Mode::OnSite,
        state,
        organisation_key: format!("träger {number}"),
        queue_no: i64::from(number),
        seat_no: state.takes_seat().then_some(number),
        until: matches!(state, PlaceState::Held | PlaceState::Offered).then(|| at("2027-05-10T12:00")),
    }
}

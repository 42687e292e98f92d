//! Who leaves a mode that has no seats any more.

use domain::booking::PlaceState::{Cancelled, Confirmed, Held, Offered, Waiting};
use domain::booking::transfer::transfer;
use domain::booking::{Mode, Place, Reason, Refusal, SeatRules};

use super::{place, rules};

/// By video only, with this many seats.
fn by_video(seats: u32) -> SeatRules {
    let mut rules = rules();
    rules.on_site.capacity = 0;
    rules.online.capacity = seats;
    rules
}

fn online(place: Place) -> Place {
    Place {
        mode: Mode::Online,
        ..place
    }
}

#[test]
fn nobody_is_left_in_a_mode_without_seats() {
    let places = [place(1, Confirmed), place(2, Waiting), place(3, Cancelled)];
    let taken = Refusal::ModeTaken {
        mode: Mode::OnSite,
        people: 2,
    };
    assert_eq!(transfer(&by_video(9), &places, Mode::OnSite, false), Err(taken));
    assert_eq!(
        transfer(&by_video(9), &places, Mode::Online, false),
        Ok(Vec::new())
    );
    assert_eq!(
        transfer(&by_video(9), &[place(3, Cancelled)], Mode::OnSite, false),
        Ok(Vec::new())
    );
    // While there are seats, nobody moves.
    assert_eq!(transfer(&rules(), &places, Mode::OnSite, true), Ok(Vec::new()));
}

#[test]
fn everybody_moves_as_they_stand_and_in_the_order_of_the_line() {
    let places = [
        place(4, Waiting),
        place(2, Held),
        place(3, Offered),
        place(1, Confirmed),
    ];
    let changes = transfer(&by_video(3), &places, Mode::OnSite, true).unwrap();
    let line: Vec<_> = changes
        .iter()
        .map(|change| (change.id.0.as_u128(), change.to))
        .collect();
    assert_eq!(line, [(1, Confirmed), (2, Held), (3, Offered), (4, Waiting)]);
    for change in &changes {
        let before = places.iter().find(|place| place.id == change.id).unwrap();
        assert_eq!((change.from, change.until), (before.state, before.until));
        assert_eq!(change.reason, Reason::ModeChanged);
    }
}

#[test]
fn nobody_loses_the_seat_by_moving() {
    let places = [
        place(1, Confirmed),
        place(2, Held),
        online(place(3, Confirmed)),
        online(place(4, Waiting)),
    ];
    let mut rules = by_video(3);
    rules.online.reserved = 1;
    let small = Refusal::OtherModeTooSmall {
        mode: Mode::Online,
        needed: 4,
    };
    assert_eq!(transfer(&rules, &places, Mode::OnSite, true), Err(small));
    rules.online.capacity = 4;
    assert_eq!(transfer(&rules, &places, Mode::OnSite, true).unwrap().len(), 2);
    // Who only waits needs no seat.
    rules.online.capacity = 1;
    let waits = [place(1, Waiting), online(place(3, Confirmed))];
    assert_eq!(transfer(&rules, &waits, Mode::OnSite, true).unwrap().len(), 1);
}

//! Who gets a seat, who waits, who moves up.

use domain::booking::PlaceState::{Confirmed, Held, HoldExpired, OfferMissed, Offered, Waiting};
use domain::booking::settle::left_to_staff;
use domain::booking::{Admission, Mode, Reason, Refusal, SeatRules, Tally, admit, settle};

use super::{at, place, rules};

/// What settling changes: number, new state.
fn settled(
    rules: &SeatRules,
    places: &[domain::booking::Place],
    now: &str,
) -> Vec<(u128, domain::booking::PlaceState)> {
    settle(rules, places, at(now))
        .into_iter()
        .map(|change| (change.id.0.as_u128(), change.to))
        .collect()
}

#[test]
fn a_newcomer_gets_a_seat_while_one_is_free_and_waits_afterwards() {
    let now = at("2027-04-10T12:00");
    let one = Tally::of(&[place(1, Held)]);
    let two = Tally::of(&[place(1, Held), place(2, Confirmed)]);
    assert_eq!(admit(&rules(), &one, 0, Mode::OnSite, now), Ok(Admission::Seat));
    assert_eq!(
        admit(&rules(), &two, 0, Mode::OnSite, now),
        Ok(Admission::Waiting)
    );
    assert_eq!(admit(&rules(), &two, 0, Mode::Online, now), Ok(Admission::Seat));
}

#[test]
fn nobody_jumps_the_queue() {
    // One seat is open, but it belongs to the person who waits.
    let tally = Tally::of(&[place(1, Confirmed), place(2, Waiting)]);
    assert_eq!(tally.open_seats(&rules(), Mode::OnSite), 1);
    assert_eq!(tally.free_for_public(&rules(), Mode::OnSite), 0);
    let now = at("2027-04-10T12:00");
    assert_eq!(
        admit(&rules(), &tally, 0, Mode::OnSite, now),
        Ok(Admission::Waiting)
    );
}

#[test]
fn reserved_seats_are_not_for_the_public() {
    let mut rules = rules();
    rules.on_site.reserved = 1;
    let tally = Tally::of(&[place(1, Confirmed)]);
    let now = at("2027-04-10T12:00");
    assert_eq!(
        admit(&rules, &tally, 0, Mode::OnSite, now),
        Ok(Admission::Waiting)
    );
}

#[test]
fn the_limit_per_organisation_makes_wait_until_its_date() {
    let mut rules = rules();
    rules.per_organisation_max = Some(1);
    rules.per_organisation_until = Some(at("2027-05-01T00:00"));
    let empty = Tally::default();
    assert_eq!(
        admit(&rules, &empty, 1, Mode::OnSite, at("2027-04-30T23:59")),
        Ok(Admission::Waiting)
    );
    assert_eq!(
        admit(&rules, &empty, 1, Mode::OnSite, at("2027-05-01T00:00")),
        Ok(Admission::Seat)
    );

    // Who waits because of the limit is passed, keeps the place in line, and moves up when the limit ends.
    let mut places = [place(1, Confirmed), place(2, Waiting)];
    places[1].organisation_key = places[0].organisation_key.clone();
    assert_eq!(settled(&rules, &places, "2027-04-30T23:59"), []);
    assert_eq!(settled(&rules, &places, "2027-05-01T00:00"), [(2, Confirmed)]);
}

#[test]
fn whom_the_limit_holds_back_keeps_nobody_else_waiting() {
    let mut rules = rules();
    rules.per_organisation_max = Some(1);
    let mut places = vec![place(1, Confirmed), place(2, Waiting)];
    places[1].organisation_key = places[0].organisation_key.clone();
    let tally = Tally::of(&places);
    let early = at("2027-04-10T12:00");
    assert_eq!(
        admit(&rules, &tally, 0, Mode::OnSite, early),
        Ok(Admission::Seat),
        "another Träger"
    );
    assert_eq!(
        admit(&rules, &tally, 1, Mode::OnSite, early),
        Ok(Admission::Waiting),
        "the same"
    );
    // When nobody moves up by itself any more, nobody passes anybody.
    rules.closes_at = rules.starts_at;
    assert_eq!(
        admit(&rules, &tally, 0, Mode::OnSite, at("2027-05-19T10:00")),
        Ok(Admission::Waiting)
    );
}

#[test]
fn outside_the_window_nobody_signs_up() {
    let empty = Tally::default();
    let refused = |rules: &SeatRules, now, mode| admit(rules, &empty, 0, mode, at(now)).unwrap_err();
    assert_eq!(
        refused(&rules(), "2027-04-01T07:59", Mode::OnSite),
        Refusal::NotOpenYet {
            opens_at: at("2027-04-01T08:00")
        }
    );
    assert_eq!(
        refused(&rules(), "2027-05-19T12:00", Mode::OnSite),
        Refusal::Closed
    );
    let cancelled = SeatRules {
        running: false,
        ..rules()
    };
    assert_eq!(
        refused(&cancelled, "2027-04-10T12:00", Mode::OnSite),
        Refusal::NotRunning
    );
    let mut room_only = rules();
    room_only.online.capacity = 0;
    assert_eq!(
        refused(&room_only, "2027-04-10T12:00", Mode::Online),
        Refusal::ModeNotOffered
    );
}

#[test]
fn two_weeks_before_the_start_people_move_up_directly_and_later_they_are_asked() {
    let places = [place(1, Confirmed), place(2, Waiting)];
    assert_eq!(settled(&rules(), &places, "2027-05-06T10:00"), [(2, Confirmed)]);
    assert_eq!(settled(&rules(), &places, "2027-05-06T10:01"), [(2, Offered)]);
}

#[test]
fn an_offer_runs_two_working_days_and_never_past_the_end_of_sign_up() {
    let places = [place(1, Confirmed), place(2, Waiting)];
    // Friday noon: the holiday of Whit Monday does not count.
    let friday = settle(&rules(), &places, at("2027-05-14T12:00"));
    assert_eq!(friday[0].until, Some(at("2027-05-19T12:00")));
    let monday_holiday = at("2027-05-17T12:00");
    let late = settle(&rules(), &places, monday_holiday);
    assert_eq!(late[0].until, Some(at("2027-05-19T12:00")));
    assert_eq!(late[0].reason, Reason::Offered);
}

#[test]
fn nobody_is_asked_who_has_no_time_to_answer_on_a_working_day() {
    let places = [place(1, Confirmed), place(2, Waiting)];
    // Wednesday noon is the end of sign-up: on Tuesday at 17:00 five working hours are left, a minute later they are not.
    assert_eq!(settled(&rules(), &places, "2027-05-18T17:00"), [(2, Offered)]);
    assert_eq!(settled(&rules(), &places, "2027-05-18T17:01"), []);
    // A weekend has no working hours at all.
    let mut closes_on_sunday = rules();
    closes_on_sunday.closes_at = at("2027-05-09T23:59");
    assert_eq!(settled(&closes_on_sunday, &places, "2027-05-08T09:00"), []);
    let friday = settle(&closes_on_sunday, &places, at("2027-05-07T12:00"));
    assert_eq!(
        (friday[0].to, friday[0].until),
        (Offered, Some(at("2027-05-07T18:00"))),
        "nobody loses a seat over a weekend"
    );
    assert_eq!(settled(&closes_on_sunday, &places, "2027-05-07T13:01"), []);
    // Nor on a holiday (Ascension Day), nor in a night.
    for (closes_at, ends) in [
        ("2027-05-06T18:00", "2027-05-05T18:00"),
        ("2027-05-05T23:30", "2027-05-05T18:00"),
        ("2027-05-05T07:00", "2027-05-04T18:00"),
    ] {
        let mut rules = rules();
        rules.closes_at = at(closes_at);
        rules.starts_at = at("2027-05-10T10:00");
        let offered = settle(&rules, &places, at("2027-05-04T09:00"));
        assert_eq!(offered[0].until, Some(at(ends)), "{closes_at}");
    }
}

#[test]
fn when_sign_up_is_made_to_close_on_a_weekend_an_open_offer_ends_before_it_while_there_is_work() {
    let mut offered = place(1, Offered);
    offered.until = Some(at("2027-05-10T12:00"));
    let mut sunday = rules();
    sunday.closes_at = at("2027-05-09T23:59");
    let moved = |now: &str| {
        let changes = settle(&sunday, std::slice::from_ref(&offered), at(now));
        (changes[0].to, changes[0].until)
    };
    assert_eq!(moved("2027-05-07T12:00"), (Offered, Some(at("2027-05-07T18:00"))));
    // On Saturday that is over: what is left is better than nothing.
    assert_eq!(moved("2027-05-08T12:00"), (Offered, Some(sunday.closes_at)));
    assert_eq!(moved("2027-05-09T23:59"), (OfferMissed, None));
    offered.until = Some(sunday.closes_at);
    let saturday = at("2027-05-08T12:00");
    assert_eq!(settle(&sunday, &[offered], saturday), [], "once");
}

#[test]
fn when_sign_up_is_made_to_close_earlier_an_open_offer_ends_with_it() {
    let mut offered = place(1, Offered);
    offered.until = Some(at("2027-05-12T12:00"));
    let mut earlier = rules();
    earlier.closes_at = at("2027-05-11T18:00");
    let now = at("2027-05-10T12:00");
    assert_eq!(settle(&rules(), std::slice::from_ref(&offered), now), []);
    let changes = settle(&earlier, std::slice::from_ref(&offered), now);
    assert_eq!(
        (changes[0].to, changes[0].until),
        (Offered, Some(at("2027-05-11T18:00")))
    );
    assert_eq!(changes[0].reason, Reason::DeadlineMoved);
    offered.until = changes[0].until;
    assert_eq!(settle(&earlier, &[offered.clone()], now), [], "once");
    offered.until = Some(at("2027-05-12T12:00"));
    assert_eq!(
        settled(&earlier, &[offered], "2027-05-11T18:00"),
        [(1, OfferMissed)]
    );
}

#[test]
fn a_held_seat_ends_at_the_start_at_the_latest() {
    let mut held = place(1, Held);
    held.until = Some(at("2027-05-10T12:00"));
    let mut earlier = rules();
    earlier.starts_at = at("2027-05-10T09:00");
    let changes = settle(&earlier, &[held], at("2027-05-09T09:00"));
    assert_eq!((changes[0].to, changes[0].until), (Held, Some(earlier.starts_at)));
}

#[test]
fn in_the_last_day_nobody_moves_up_by_itself() {
    let mut rules = rules();
    rules.closes_at = rules.starts_at;
    let places = [place(1, Confirmed), place(2, Waiting)];
    assert_eq!(settled(&rules, &places, "2027-05-19T09:59"), [(2, Offered)]);
    assert_eq!(settled(&rules, &places, "2027-05-19T10:00"), []);
}

#[test]
fn what_has_run_out_ends_and_the_next_person_moves_up_in_the_same_step() {
    let mut missed = place(2, Offered);
    missed.until = Some(at("2027-05-03T18:00"));
    let mut held = place(1, Held);
    held.until = Some(at("2027-05-03T18:00"));
    let places = [
        held,
        missed,
        place(3, Waiting),
        place(4, Waiting),
        place(5, Waiting),
    ];
    assert_eq!(settled(&rules(), &places, "2027-05-03T17:59"), []);
    assert_eq!(
        settled(&rules(), &places, "2027-05-03T18:00"),
        [(1, HoldExpired), (2, OfferMissed), (3, Confirmed), (4, Confirmed)]
    );
}

#[test]
fn an_unconfirmed_address_moves_up_to_a_hold_with_its_own_deadline() {
    let mut unconfirmed = place(2, Waiting);
    unconfirmed.until = Some(at("2027-04-12T12:00"));
    let changes = settle(
        &rules(),
        &[place(1, Confirmed), unconfirmed],
        at("2027-04-10T12:00"),
    );
    assert_eq!(changes[0].to, Held);
    assert_eq!(changes[0].until, Some(at("2027-04-12T12:00")));
}

#[test]
fn fewer_seats_drop_nobody_and_more_seats_promote() {
    let places = [place(1, Confirmed), place(2, Confirmed), place(3, Waiting)];
    let mut fewer = rules();
    fewer.on_site.capacity = 1;
    assert_eq!(settled(&fewer, &places, "2027-04-10T12:00"), []);
    let mut more = rules();
    more.on_site.capacity = 3;
    assert_eq!(settled(&more, &places, "2027-04-10T12:00"), [(3, Confirmed)]);
}

#[test]
fn staff_give_a_seat_that_is_free_while_people_wait_and_nobody_moves_up() {
    let late = at("2027-05-19T12:00");
    let count = |places: &[domain::booking::Place], now| left_to_staff(&rules(), &Tally::of(places), now);
    let one_free = [place(1, Confirmed), place(2, Waiting), place(3, Waiting)];
    assert_eq!(count(&one_free, late), 2);
    assert_eq!(
        count(&one_free, at("2027-04-10T12:00")),
        0,
        "the next one moves up by itself"
    );
    assert_eq!(count(&[place(1, Confirmed)], late), 0, "nobody waits");
    let full = [place(1, Confirmed), place(2, Confirmed), place(3, Waiting)];
    assert_eq!(count(&full, late), 0);
    let cancelled = SeatRules {
        running: false,
        ..rules()
    };
    assert_eq!(left_to_staff(&cancelled, &Tally::of(&one_free), late), 0);
}

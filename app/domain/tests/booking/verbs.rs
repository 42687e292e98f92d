//! What can be done to one place in which state.

use domain::booking::verbs::{accept_offer, cancel, change_mode, confirm_mail, decline, move_up};
use domain::booking::{Mode, PlaceState, Reason, Refusal, SeatRules, Tally};

use super::{at, place, rules};

/// The states from which a verb works, and what it leads to.
fn works_from(
    verb: impl Fn(PlaceState) -> Result<domain::booking::Change, Refusal>,
) -> Vec<(PlaceState, PlaceState)> {
    PlaceState::ALL
        .into_iter()
        .filter_map(|state| verb(state).ok().map(|change| (state, change.to)))
        .collect()
}

#[test]
fn each_verb_works_from_the_states_in_which_it_makes_sense_and_from_no_other() {
    use PlaceState::{Cancelled, Confirmed, Declined, Held, Offered, Waiting};
    let now = at("2027-05-03T12:00");
    assert_eq!(
        works_from(|state| confirm_mail(&place(1, state), now)),
        [(Held, Confirmed)]
    );
    assert_eq!(
        works_from(|state| accept_offer(&place(1, state), now)),
        [(Offered, Confirmed)]
    );
    assert_eq!(
        works_from(|state| decline(&place(1, state))),
        [(Waiting, Declined), (Offered, Declined)]
    );
    assert_eq!(
        works_from(|state| move_up(&rules(), &place(1, state))),
        [(Waiting, Confirmed), (Offered, Confirmed)]
    );
    assert_eq!(
        works_from(|state| cancel(&rules(), &place(1, state), Reason::CancelledByPerson, now)),
        [
            (Held, Cancelled),
            (Confirmed, Cancelled),
            (Waiting, Cancelled),
            (Offered, Cancelled)
        ]
    );
}

#[test]
fn a_confirmed_address_keeps_its_place_in_line() {
    let mut waiting = place(4, PlaceState::Waiting);
    waiting.until = Some(at("2027-05-03T12:00"));
    let change = confirm_mail(&waiting, at("2027-05-03T11:59")).unwrap();
    assert_eq!((change.to, change.until), (PlaceState::Waiting, None));
    assert_eq!(
        confirm_mail(&waiting, at("2027-05-03T12:00")),
        Err(Refusal::TooLate)
    );
}

#[test]
fn after_the_deadline_it_is_too_late_even_before_anybody_has_settled() {
    let deadline = at("2027-05-10T12:00");
    assert_eq!(
        confirm_mail(&place(1, PlaceState::Held), deadline),
        Err(Refusal::TooLate)
    );
    assert_eq!(
        accept_offer(&place(1, PlaceState::Offered), deadline),
        Err(Refusal::TooLate)
    );
    assert_eq!(
        accept_offer(&place(1, PlaceState::OfferMissed), at("2027-05-03T12:00")),
        Err(Refusal::TooLate)
    );
}

#[test]
fn after_the_start_only_staff_take_a_place_back() {
    let started = at("2027-05-20T10:00");
    let place = place(1, PlaceState::Confirmed);
    assert_eq!(
        cancel(&rules(), &place, Reason::CancelledByPerson, started),
        Err(Refusal::TooLate)
    );
    assert!(cancel(&rules(), &place, Reason::CancelledByStaff, started).is_ok());
}

#[test]
fn the_other_mode_is_had_at_once_or_the_present_place_stays() {
    let now = at("2027-04-10T12:00");
    let seated = place(1, PlaceState::Confirmed);
    let free = Tally::of(std::slice::from_ref(&seated));
    let change = change_mode(&rules(), &free, 0, &seated, Mode::Online, now).unwrap();
    assert_eq!(change.to, PlaceState::Confirmed);

    let mut other = place(2, PlaceState::Confirmed);
    other.mode = Mode::Online;
    let full = Tally::of(&[seated.clone(), other]);
    assert_eq!(
        change_mode(&rules(), &full, 0, &seated, Mode::Online, now),
        Err(Refusal::ModeFull)
    );

    let waiting = place(3, PlaceState::Waiting);
    assert_eq!(
        change_mode(&rules(), &full, 0, &waiting, Mode::Online, now),
        Err(Refusal::ModeFull),
        "who waits keeps the place in line"
    );
    let change = change_mode(&rules(), &free, 0, &waiting, Mode::Online, now).unwrap();
    assert_eq!(change.to, PlaceState::Confirmed);
}

#[test]
fn who_waits_for_the_limit_is_told_so_and_not_that_the_other_mode_is_full() {
    let now = at("2027-04-10T12:00");
    let mut rules = rules();
    rules.per_organisation_max = Some(1);
    let waiting = place(3, PlaceState::Waiting);
    let free = Tally::of(&[place(1, PlaceState::Confirmed), waiting.clone()]);
    let changes = |tally, taken, place| change_mode(&rules, tally, taken, place, Mode::Online, now);
    assert_eq!(changes(&free, 1, &waiting), Err(Refusal::OrganisationLimit));
    assert_eq!(changes(&free, 0, &waiting).unwrap().to, PlaceState::Confirmed);
    let mut other = place(2, PlaceState::Confirmed);
    other.mode = Mode::Online;
    let full = Tally::of(&[waiting.clone(), other]);
    assert_eq!(changes(&full, 1, &waiting), Err(Refusal::ModeFull));
    // Who has a seat takes none of the Träger's with it.
    let seated = place(1, PlaceState::Confirmed);
    assert_eq!(changes(&free, 1, &seated).unwrap().to, PlaceState::Confirmed);
}

#[test]
fn nobody_changes_to_the_mode_they_have_or_while_an_offer_is_open() {
    let now = at("2027-04-10T12:00");
    let empty = Tally::default();
    for (state, mode) in [
        (PlaceState::Confirmed, Mode::OnSite),
        (PlaceState::Offered, Mode::Online),
        (PlaceState::Cancelled, Mode::Online),
    ] {
        assert_eq!(
            change_mode(&rules(), &empty, 0, &place(1, state), mode, now),
            Err(Refusal::WrongState)
        );
    }
}

#[test]
fn a_cancelled_veranstaltung_moves_nobody_up() {
    let cancelled = SeatRules {
        running: false,
        ..rules()
    };
    assert_eq!(
        move_up(&cancelled, &place(1, PlaceState::Waiting)),
        Err(Refusal::NotRunning)
    );
}

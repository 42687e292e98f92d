//! The line: who moves up directly, who is asked, what becomes of an offer.

use domain::booking::{Mode, PlaceState, Reason, Refusal};
use domain::ids::WorkshopId;
use domain::mail::Occasion;
use domain::time::Instant;
use sqlx::AnyPool;
use store::StoreError;
use store::audit::Actor;
use store::workshops::WorkshopRow;
use store_testing::TestDatabase;

use crate::office::{Office, refused, request};

store_testing::on_both_engines! {
    async fn early_a_free_seat_goes_to_the_first_in_line_directly(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 1)).await;
        office.signs_up(workshop, "Anna").await;
        office.signs_up(workshop, "Berta").await;
        office.signs_up(workshop, "Clara").await;
        assert_eq!(office.place("Clara").await.position, Some(2));
        office.store.cancel(&office.link("Anna").await).await.unwrap();
        assert_eq!(office.state("Berta").await, PlaceState::Confirmed);
        assert_eq!(office.place("Clara").await.position, Some(1));
        assert!(office.occasions("Berta").await.contains(&Occasion::Promoted));
    }

    async fn late_the_first_in_line_is_asked_and_an_expired_offer_stays_dead(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(10, 1)).await;
        for name in ["Anna", "Berta", "Clara"] {
            office.signs_up(workshop, name).await;
        }
        office.store.cancel(&office.link("Anna").await).await.unwrap();
        let offered = office.place("Berta").await;
        assert_eq!(offered.state, PlaceState::Offered);
        let berta = office.link("Berta").await;
        office.store.ambient().set(offered.until.unwrap());
        assert!(refused(office.store.accept(&berta).await, Refusal::TooLate), "the minute it ends is too late");
        assert_eq!(office.state("Berta").await, PlaceState::OfferMissed);
        assert_eq!(office.state("Clara").await, PlaceState::Offered, "the seat went on");
        for _ in 0..2 {
            assert!(refused(office.store.accept(&berta).await, Refusal::TooLate));
            office.settles().await;
        }
        assert_eq!(office.state("Berta").await, PlaceState::OfferMissed);
        assert_eq!(office.store.accept(&office.link("Clara").await).await.unwrap(), PlaceState::Confirmed);
        assert_eq!(office.seated(workshop).await.len(), 1);
        let missed = office.told("Berta", Occasion::OfferMissed).await;
        assert!(missed.workshop.moves_up && missed.workshop.takes_sign_ups, "that is how it was");
    }

    async fn a_declined_offer_goes_to_the_next(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(10, 1)).await;
        for name in ["Anna", "Berta", "Clara"] {
            office.signs_up(workshop, name).await;
        }
        office.store.cancel(&office.link("Anna").await).await.unwrap();
        assert_eq!(office.store.decline(&office.link("Berta").await).await.unwrap(), PlaceState::Declined);
        assert_eq!(office.state("Clara").await, PlaceState::Offered);
    }

    async fn who_declines_is_told_what_was_given_up(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(10, 1)).await;
        for name in ["Anna", "Berta", "Clara"] {
            office.signs_up(workshop, name).await;
        }
        office.store.cancel(&office.link("Anna").await).await.unwrap();
        for (name, had) in [("Clara", "waiting"), ("Berta", "offered")] {
            office.store.decline(&office.link(name).await).await.unwrap();
            assert_eq!(office.told(name, Occasion::Declined).await.message, had, "{name}");
        }
    }

    async fn an_open_offer_ends_with_sign_up_when_that_is_made_to_close_earlier(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(10, 1)).await;
        office.signs_up(workshop, "Anna").await;
        office.signs_up(workshop, "Berta").await;
        office.store.cancel(&office.link("Anna").await).await.unwrap();
        let before = office.place("Berta").await.until.unwrap();
        let closes_at = office.store.ambient().now().plus_hours(3);
        assert!(closes_at < before);
        office.edits(workshop, |draft| draft.seats.closes_at = closes_at).await;
        let berta = office.place("Berta").await;
        assert_eq!((berta.state, berta.until), (PlaceState::Offered, Some(closes_at)));
        assert_eq!(berta.history.last().unwrap().reason, Reason::DeadlineMoved);
        // She is told once, with words of its own; the offer is not repeated.
        let until_of = |occasion| {
            let office = &office;
            async move {
                let mails = office.mails("Berta").await.into_iter().filter(move |mail| mail.0 == occasion);
                mails.filter_map(|(_, facts)| facts.place.until).collect::<Vec<_>>()
            }
        };
        office.settles().await;
        office.edits(workshop, |draft| draft.seats.on_site.capacity = 2).await;
        assert_eq!(until_of(Occasion::Offer).await, [before]);
        assert_eq!(until_of(Occasion::DeadlineMoved).await, [closes_at]);
        let told = office.told("Berta", Occasion::DeadlineMoved).await;
        assert_eq!(told.place.token, office.link("Berta").await);
        // After that nobody moves up, and nobody signs up any more: that is said before and after.
        assert!(!told.workshop.moves_up && !told.workshop.takes_sign_ups);
        let offer = office.told("Berta", Occasion::Offer).await;
        assert!(offer.workshop.moves_up && offer.workshop.takes_sign_ups);
        // Another change is another mail.
        let earlier = office.store.ambient().now().plus_hours(2);
        office.edits(workshop, |draft| draft.seats.closes_at = earlier).await;
        let mut told = until_of(Occasion::DeadlineMoved).await;
        told.sort();
        assert_eq!(told, [earlier, closes_at]);
        office.hours_pass(3);
        assert!(refused(office.store.accept(&office.link("Berta").await).await, Refusal::TooLate));
    }

    async fn who_has_yet_to_confirm_is_told_of_an_earlier_deadline(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 1)).await;
        for name in ["Anna", "Berta"] {
            office.asks(workshop, name).await.unwrap();
        }
        let starts_at = office.store.ambient().now().plus_hours(3);
        for _ in 0..2 {
            office.edits(workshop, |draft| {
                draft.starts_at = starts_at;
                draft.ends_at = starts_at.plus_hours(5);
                draft.seats.starts_at = starts_at;
                draft.seats.closes_at = starts_at;
            }).await;
        }
        for (name, state) in [("Anna", PlaceState::Held), ("Berta", PlaceState::Waiting)] {
            let mails = office.mails(name).await.into_iter().filter(|mail| mail.0 == Occasion::DeadlineMoved);
            let told: Vec<_> = mails.map(|(_, facts)| facts.place).collect();
            assert_eq!(told.len(), 1, "{name}");
            assert_eq!((told[0].state, told[0].until), (state, Some(starts_at)));
            // As in the first mail: the same link, the same answers.
            let first = office.told(name, Occasion::ConfirmSignUp).await.place;
            assert_eq!((&told[0].token, told[0].position, told[0].listing), (&first.token, first.position, first.listing));
            office.store.confirm(&told[0].token).await.unwrap();
        }
    }

    async fn nobody_jumps_the_queue(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(10, 1)).await;
        office.signs_up(workshop, "Anna").await;
        office.signs_up(workshop, "Berta").await;
        office.store.cancel(&office.link("Anna").await).await.unwrap();
        assert_eq!(office.signs_up(workshop, "Clara").await, PlaceState::Waiting, "the seat is Berta's to answer for");
    }

    async fn more_seats_promote_and_fewer_drop_nobody(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 2)).await;
        for name in ["Anna", "Berta", "Clara", "Dora"] {
            office.signs_up(workshop, name).await;
        }
        office.edits(workshop, |draft| draft.seats.on_site.capacity = 3).await;
        assert_eq!(office.seated(workshop).await.len(), 3);
        office.edits(workshop, |draft| draft.seats.on_site.capacity = 1).await;
        assert_eq!(office.seated(workshop).await.len(), 3);
        office.store.cancel(&office.link("Anna").await).await.unwrap();
        assert_eq!(office.state("Dora").await, PlaceState::Waiting, "still more people than seats");
    }

    async fn changing_the_mode_never_loses_the_seat(database: TestDatabase) {
        let office = Office::open(database).await;
        let mut draft = office.plan(30, 1);
        draft.seats.online.capacity = 1;
        let workshop = office.publishes(&draft).await;
        office.signs_up(workshop, "Anna").await;
        office.signs_up(workshop, "Berta").await;
        let anna = office.link("Anna").await;
        assert_eq!(office.store.change_mode(&anna, Mode::Online).await.unwrap(), PlaceState::Confirmed);
        assert_eq!(office.state("Berta").await, PlaceState::Confirmed, "the room has a seat again");
        assert!(refused(office.store.change_mode(&anna, Mode::OnSite).await, Refusal::ModeFull));
        assert_eq!(office.place("Anna").await.mode, Mode::Online);
        office.sends(workshop, request("Clara", "Elbe Beratung", Mode::Online)).await.unwrap();
        assert_eq!(office.state("Clara").await, PlaceState::Waiting);
        let link = office.told("Anna", Occasion::ModeChanged).await.workshop.online_link;
        assert!(link.is_some(), "whoever comes online learns where");
        assert_eq!(office.told("Clara", Occasion::ConfirmSignUp).await.workshop.online_link, None);
    }

    async fn who_waits_gets_a_free_seat_of_the_other_mode_or_keeps_the_place_in_line(database: TestDatabase) {
        let office = Office::open(database).await;
        let mut draft = office.plan(30, 1);
        draft.seats.online.capacity = 1;
        let workshop = office.publishes(&draft).await;
        office.signs_up(workshop, "Anna").await;
        office.sends(workshop, request("Clara", "Elbe Beratung", Mode::Online)).await.unwrap();
        for name in ["Berta", "Dora"] {
            office.signs_up(workshop, name).await;
        }
        let berta = office.link("Berta").await;
        assert!(refused(office.store.change_mode(&berta, Mode::Online).await, Refusal::ModeFull));
        let place = office.place("Berta").await;
        assert_eq!((place.state, place.mode, place.position), (PlaceState::Waiting, Mode::OnSite, Some(1)));
        office.edits(workshop, |draft| draft.seats.online.capacity = 2).await;
        assert_eq!(office.store.change_mode(&berta, Mode::Online).await.unwrap(), PlaceState::Confirmed);
        assert_eq!(office.place("Dora").await.position, Some(1));
    }

    async fn a_seat_that_is_kept_back_is_used_by_whom_staff_enter(database: TestDatabase) {
        let office = Office::open(database).await;
        let mut draft = office.plan(30, 4);
        draft.seats.on_site.reserved = 2;
        let workshop = office.publishes(&draft).await;
        for name in ["Anna", "Berta", "Clara"] {
            office.signs_up(workshop, name).await;
        }
        assert_eq!(office.state("Clara").await, PlaceState::Waiting);
        for name in ["Dora", "Emmi"] {
            let speaker = request(name, "Hochschule", Mode::OnSite);
            office.store.staff_add(Actor::System, workshop, speaker, "hält den Vortrag").await.unwrap();
        }
        let card = office.store.workshop(workshop).await.unwrap();
        assert_eq!(card.row.draft.seats.on_site.reserved, 0);
        let log = office.store.workshop_log(workshop, 100).await.unwrap();
        assert_eq!(log.iter().filter(|(row, _)| row.action == "reserved_seat_used").count(), 2, "each is written down");
        assert_eq!(office.state("Clara").await, PlaceState::Waiting, "all four seats are taken");
        office.store.cancel(&office.link("Anna").await).await.unwrap();
        assert_eq!(office.state("Clara").await, PlaceState::Confirmed, "a chair that is free is given");
        let guest = request("Frieda", "Hochschule", Mode::OnSite);
        office.store.staff_add(Actor::System, workshop, guest, "kommt mit").await.unwrap();
        assert_eq!(office.seated(workshop).await.len(), 5, "above the limit, as staff may");
    }

    async fn a_seat_that_was_kept_back_is_kept_back_again_when_it_is_left(database: TestDatabase) {
        let office = Office::open(database).await;
        let mut draft = office.plan(30, 3);
        draft.seats.on_site.reserved = 2;
        draft.seats.online.capacity = 1;
        let workshop = office.publishes(&draft).await;
        for name in ["Anna", "Berta"] {
            office.signs_up(workshop, name).await;
        }
        let reserved = || async { office.store.workshop(workshop).await.unwrap().row.draft.seats.on_site.reserved };
        let enters = async |name: &str| {
            let speaker = request(name, "Hochschule", Mode::OnSite);
            office.store.staff_add(Actor::System, workshop, speaker, "hält den Vortrag").await.unwrap()
        };
        // By staff, by the person, by the colleague who has it since: it is for speakers again, and not for who waits.
        let dora = enters("Dora").await;
        office.store.staff_cancel(Actor::System, dora, "fällt aus").await.unwrap();
        assert_eq!((reserved().await, office.state("Berta").await), (2, PlaceState::Waiting));
        enters("Emmi").await;
        office.store.cancel(&office.link("Emmi").await).await.unwrap();
        assert_eq!((reserved().await, office.state("Berta").await), (2, PlaceState::Waiting));
        enters("Frieda").await;
        let grete = request("Grete", "Hochschule", Mode::OnSite).attendee;
        office.store.hand_over(&office.link("Frieda").await, grete.name, grete.email).await.unwrap();
        assert_eq!(reserved().await, 1, "somebody else has it");
        office.store.cancel(&office.link("Grete").await).await.unwrap();
        assert_eq!((reserved().await, office.state("Berta").await), (2, PlaceState::Waiting));
        // Who takes part by video instead has a seat like everybody there.
        enters("Hanna").await;
        let hanna = office.link("Hanna").await;
        office.store.change_mode(&hanna, Mode::Online).await.unwrap();
        assert_eq!((reserved().await, office.state("Berta").await), (2, PlaceState::Waiting));
        office.store.cancel(&hanna).await.unwrap();
        let seats = office.store.workshop(workshop).await.unwrap().row.draft.seats;
        assert_eq!((seats.on_site.reserved, seats.online.reserved), (2, 0), "once");
        // A seat of the others goes to who waits, also when staff take it back; more than there are seats is never kept back.
        let ida = enters("Ida").await;
        office.edits(workshop, |draft| {
            draft.seats.on_site.capacity = 1;
            draft.seats.on_site.reserved = 1;
        }).await;
        office.store.staff_cancel(Actor::System, ida, "fällt aus").await.unwrap();
        assert_eq!(reserved().await, 1);
        office.edits(workshop, |draft| draft.seats.on_site.reserved = 0).await;
        office.store.staff_cancel(Actor::System, office.id(workshop, "Anna").await, "falsch eingetragen").await.unwrap();
        assert_eq!((reserved().await, office.state("Berta").await), (0, PlaceState::Confirmed));
    }

    async fn a_seat_that_goes_back_refuses_no_edit_and_no_edit_takes_it_away(database: TestDatabase) {
        let office = Office::open(database).await;
        let mut draft = office.plan(30, 4);
        draft.seats.on_site.reserved = 1;
        let workshop = office.publishes(&draft).await;
        let row = || async { office.store.workshop(workshop).await.unwrap().row };
        let reserved = || async { row().await.draft.seats.on_site.reserved };
        let enters = async |name: &str| {
            let speaker = request(name, "Hochschule", Mode::OnSite);
            office.store.staff_add(Actor::System, workshop, speaker, "hält den Vortrag").await.unwrap();
        };
        // Sends a form that was made of what was seen, with another title and perhaps another number of seats.
        let saves = async |seen: &WorkshopRow, title: &str, reserved: u32| {
            let mut draft = seen.draft.clone();
            draft.title = title.to_owned();
            draft.seats.on_site.reserved = reserved;
            office.store.edit_workshop(Actor::System, workshop, seen.seen(), &draft, false).await
        };
        enters("Dora").await;
        let form = row().await;
        office.store.cancel(&office.link("Dora").await).await.unwrap();
        assert_eq!((reserved().await, row().await.version), (1, form.version), "nobody has edited it");
        let log = office.store.workshop_log(workshop, 100).await.unwrap();
        let told = |action: &str| log.iter().filter(|(row, _)| row.action == action).map(|(row, _)| row.detail.clone()).collect::<Vec<_>>();
        assert_eq!((told("reserved_seat_returned"), told("workshop_edited").len()), (vec!["on_site".to_owned()], 0));
        saves(&form, "Wohnen", 0).await.unwrap();
        let now = row().await;
        assert_eq!((now.draft.title.as_str(), now.draft.seats.on_site.reserved), ("Wohnen", 1), "the form left the seats alone");
        // The same for a seat that is used meanwhile.
        enters("Emmi").await;
        saves(&now, "Wohnen und mehr", 1).await.unwrap();
        assert_eq!(reserved().await, 0);
        // Who changes the number that moved has to look again.
        let form = row().await;
        office.store.cancel(&office.link("Emmi").await).await.unwrap();
        assert!(matches!(saves(&form, "Wohnen", 2).await, Err(StoreError::Stale)));
        assert_eq!((reserved().await, row().await.draft.title), (1, "Wohnen und mehr".to_owned()));
        saves(&row().await, "Wohnen", 2).await.unwrap();
        assert_eq!(reserved().await, 2);
    }

    async fn who_waits_for_the_limit_of_the_organisation_is_told_so(database: TestDatabase) {
        let office = Office::open(database).await;
        let mut draft = office.plan(30, 2);
        draft.seats.online.capacity = 2;
        draft.seats.per_organisation_max = Some(1);
        let workshop = office.publishes(&draft).await;
        office.signs_up(workshop, "Anna").await;
        assert_eq!(office.signs_up(workshop, "Berta").await, PlaceState::Waiting);
        let berta = office.link("Berta").await;
        assert!(refused(office.store.change_mode(&berta, Mode::Online).await, Refusal::OrganisationLimit));
        let place = office.place("Berta").await;
        assert_eq!((place.state, place.mode, place.position), (PlaceState::Waiting, Mode::OnSite, Some(1)));
        // Who has a seat takes none of the Träger's with it.
        assert_eq!(office.store.change_mode(&office.link("Anna").await, Mode::Online).await.unwrap(), PlaceState::Confirmed);
    }

    async fn one_that_cannot_be_settled_keeps_no_other_one_waiting(database: TestDatabase) {
        let office = Office::open(database).await;
        let broken = office.publishes(&office.plan(30, 5)).await;
        let whole = office.publishes(&office.plan(30, 5)).await;
        office.asks(broken, "Anna").await.unwrap();
        // Whose hold ends later comes later.
        office.store.ambient().advance_seconds(60);
        office.asks(whole, "Berta").await.unwrap();
        let pool = AnyPool::connect(&office.database.url).await.unwrap();
        let writes = async |sql: &'static str| {
            let done = sqlx::query(sql).bind(broken.to_string()).execute(&pool).await.unwrap();
            assert_eq!(done.rows_affected(), 1);
        };
        writes("UPDATE workshop SET content = 'kaputt:' || content WHERE id = $1").await;
        office.hours_pass(7 * 24);
        assert!(office.store.settle_due().await.is_err(), "it is told");
        assert_eq!(office.state("Berta").await, PlaceState::HoldExpired);
        writes("UPDATE workshop SET content = SUBSTR(content, 8) WHERE id = $1").await;
        assert_eq!(office.settles().await, 1);
        assert_eq!(office.state("Anna").await, PlaceState::HoldExpired);
    }

    async fn what_is_due_does_not_wait_for_those_with_nothing_to_do(database: TestDatabase) {
        let office = Office::open(database).await;
        let now = office.store.ambient().now();
        let limited = |seats, hours| {
            let mut draft = office.plan(30, seats);
            draft.seats.per_organisation_max = Some(1);
            draft.seats.per_organisation_until = Some(now.plus_hours(hours));
            draft
        };
        // More than a round takes: whoever waits in them has nobody's seat to move up to, also once the limit has ended.
        for _ in 0..51 {
            office.store.ambient().advance_seconds(1);
            let full = office.publishes(&limited(1, 1)).await;
            let anna = request("Anna", "Brücke Mulde", Mode::OnSite);
            office.store.staff_add(Actor::System, full, anna, "am Telefon").await.unwrap();
            assert_eq!(office.signs_up(full, "Berta").await, PlaceState::Waiting);
        }
        let newest = office.publishes(&limited(2, 2)).await;
        assert_eq!(office.signs_up(newest, "Clara").await, PlaceState::Confirmed);
        assert_eq!(office.signs_up(newest, "Dora").await, PlaceState::Waiting);
        let due = office.publishes(&office.plan(30, 1)).await;
        office.asks(due, "Emil").await.unwrap();
        office.store.ambient().set(office.place("Emil").await.until.unwrap());
        assert_eq!(office.settles().await, 2, "in one round");
        assert_eq!(office.state("Emil").await, PlaceState::HoldExpired);
        assert_eq!(office.state("Dora").await, PlaceState::Confirmed);
    }

    async fn nobody_is_asked_on_a_weekend_before_sign_up_ends(database: TestDatabase) {
        let (office, workshop) = a_seat_is_given_up_at(database, "2026-11-14T10:00").await;
        assert_eq!(office.state("Berta").await, PlaceState::Waiting);
        assert!(office.seated(workshop).await.is_empty());
        let late = office.asks(workshop, "Clara").await.unwrap();
        assert_eq!(late.people[0].state, PlaceState::Waiting, "and nobody jumps the line");
    }

    async fn an_offer_ends_on_the_last_working_day_before_sign_up_does(database: TestDatabase) {
        let (office, _) = a_seat_is_given_up_at(database, "2026-11-13T12:00").await;
        let friday = Instant::from_input("2026-11-13T18:00").unwrap();
        let berta = office.place("Berta").await;
        assert_eq!((berta.state, berta.until), (PlaceState::Offered, Some(friday)));
        assert_eq!(office.told("Berta", Occasion::Offer).await.place.until, Some(friday), "and the mail says so");
        office.store.ambient().set(friday);
        office.settles().await;
        assert_eq!(office.state("Berta").await, PlaceState::OfferMissed);
    }
}

/// Sign-up ends on a Sunday. Anna has the only seat, Berta waits; at this moment, in Saxony, Anna cancels.
async fn a_seat_is_given_up_at(database: TestDatabase, moment: &str) -> (Office, WorkshopId) {
    let office = Office::open(database).await;
    let mut draft = office.plan(10, 1);
    draft.seats.closes_at = Instant::from_input("2026-11-15T23:59").unwrap();
    let workshop = office.publishes(&draft).await;
    office.signs_up(workshop, "Anna").await;
    office.signs_up(workshop, "Berta").await;
    office.store.ambient().set(Instant::from_input(moment).unwrap());
    office.store.cancel(&office.link("Anna").await).await.unwrap();
    (office, workshop)
}

//! The line: who moves up directly, who is asked, what becomes of an offer.

use domain::booking::{Mode, PlaceState, Reason, Refusal};
use domain::mail::Occasion;

use crate::office::{Office, refused, request};

store::on_both_engines! {
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
}

//! What the office does: enter, move up, take back, write, change, cancel, copy.

use domain::account::Role;
use domain::board::{Anonymity, Level, Settings};
use domain::booking::{Mode, PlaceState, Refusal};
use domain::district::District;
use domain::ids::IdempotencyKey;
use domain::mail::Occasion;
use domain::workshop::Status;
use store::StoreError;
use store::audit::Actor;
use store::boards::BoardDraft;
use store::workshops::WorkshopFilter;
use store_testing::board_draft;

use crate::office::{Office, refused, request};

store_testing::on_both_engines! {
    async fn staff_enter_people_above_the_capacity_with_a_reason(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 1)).await;
        office.signs_up(workshop, "Anna").await;
        let speaker = request("Berta", "Hochschule", Mode::OnSite);
        office.store.staff_add(Actor::System, workshop, speaker, "Referentin").await.unwrap();
        assert_eq!(office.state("Berta").await, PlaceState::Confirmed);
        assert_eq!(office.place("Berta").await.history[0].note, "Referentin");
        assert_eq!(office.seated(workshop).await.len(), 2);
    }

    async fn staff_move_up_and_take_back_and_both_are_audited(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 1)).await;
        for name in ["Anna", "Berta", "Clara"] {
            office.signs_up(workshop, name).await;
        }
        let clara = office.id(workshop, "Clara").await;
        office.store.move_up(Actor::System, clara, "leitet den Austausch").await.unwrap();
        assert_eq!(office.state("Clara").await, PlaceState::Confirmed);
        assert_eq!(office.state("Berta").await, PlaceState::Waiting);
        office.store.staff_cancel(Actor::System, clara, "krank").await.unwrap();
        assert_eq!(office.state("Clara").await, PlaceState::Cancelled);
        assert_eq!(office.state("Berta").await, PlaceState::Waiting, "one seat, and Anna has it");
        let audit = office.store.audit_rows(Some(&clara.to_string()), 10).await.unwrap();
        assert_eq!(audit.len(), 4, "signed up, confirmed, moved up, taken back");
        assert_eq!(office.store.audit_first_break().await.unwrap(), None);
    }

    async fn of_two_edits_of_one_version_the_second_is_refused(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 1)).await;
        let row = office.store.workshop(workshop).await.unwrap().row;
        let edits = ["Erste Fassung", "Zweite Fassung"].map(|title| {
            let mut draft = row.draft.clone();
            draft.title = title.to_owned();
            let (office, seen) = (&office, row.seen());
            async move { office.store.edit_workshop(Actor::System, workshop, seen, &draft, false).await }
        });
        let outcomes = futures::future::join_all(edits).await;
        let (kept, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!((kept.len(), refused.len()), (1, 1));
        assert!(matches!(refused[0], Err(StoreError::Stale)));
        let now = office.store.workshop(workshop).await.unwrap().row;
        assert_eq!(now.draft.title, kept[0].as_ref().unwrap().draft.title);
    }

    async fn a_person_sees_the_places_of_the_own_address_what_comes_next_first(database: TestDatabase) {
        let office = Office::open(database).await;
        for (days, name) in [(60, "Anna"), (20, "Anna"), (2, "Anna"), (40, "Berta")] {
            let workshop = office.publishes(&office.plan(days, 5)).await;
            office.asks(workshop, name).await.unwrap();
        }
        let email = request("Anna", "Haus", Mode::OnSite).attendee.email;
        let anna = office.store.admin_add(Actor::System, &email, Role::Participant, None).await.unwrap();
        office.hours_pass(5 * 24);
        let places = office.store.my_places(anna).await.unwrap();
        let days = places.iter().map(|place| (place.starts_at.micros() - office.store.ambient().now().micros()) / 86_400_000_000);
        assert_eq!(days.map(i64::signum).collect::<Vec<_>>(), [1, 1, -1], "the past comes last");
        assert!(places[0].starts_at < places[1].starts_at);
    }

    async fn a_place_is_found_by_whose_it_is_as_long_as_it_counts(database: TestDatabase) {
        let office = Office::open(database).await;
        let (workshop, other) = (office.publishes(&office.plan(30, 5)).await, office.publishes(&office.plan(30, 5)).await);
        office.asks(workshop, "Anna").await.unwrap();
        let address = |name| request(name, "Haus", Mode::OnSite).attendee.email;
        let place = async |workshop, name| office.store.place_of(workshop, &address(name)).await.unwrap();
        let token = place(workshop, "Anna").await.unwrap();
        assert_eq!((place(workshop, "Berta").await, place(other, "Anna").await), (None, None));
        office.store.cancel(&token).await.unwrap();
        assert_eq!(place(workshop, "Anna").await, None);
    }

    async fn staff_enter_nobody_where_nothing_takes_place(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 1)).await;
        let enters = |name: &'static str, mode| office.store.staff_add(Actor::System, workshop, request(name, "Brücke Mulde", mode), "Referentin");
        enters("Anna", Mode::OnSite).await.unwrap();
        enters("Berta", Mode::OnSite).await.unwrap();
        assert!(refused(enters("Clara", Mode::Online).await, Refusal::ModeNotOffered));
        office.store.cancel_workshop(Actor::System, workshop, "Der Saal ist gesperrt.").await.unwrap();
        assert!(refused(enters("Clara", Mode::OnSite).await, Refusal::NotRunning));
        assert_eq!(office.occasions("Clara").await, []);
    }

    async fn a_form_that_is_sent_twice_enters_one_person_and_says_so_twice(database: TestDatabase) {
        let office = Office::open(database).await;
        let mut draft = office.plan(30, 3);
        draft.seats.on_site.reserved = 2;
        let workshop = office.publishes(&draft).await;
        let enters = |name: &'static str, key| {
            let key = IdempotencyKey(uuid::Uuid::from_u128(key));
            office.store.staff_add_once(Actor::System, workshop, request(name, "Hochschule", Mode::OnSite), "Referentin", key)
        };
        let first = enters("Anna", 1).await.unwrap();
        assert_eq!(enters("Anna", 1).await.unwrap(), first);
        assert!(matches!(enters("Anna", 2).await, Err(StoreError::Duplicate)), "another form");
        assert_eq!(office.occasions("Anna").await, [Occasion::PlaceConfirmed]);
        let reserved = office.store.workshop(workshop).await.unwrap().row.draft.seats.on_site.reserved;
        assert_eq!(reserved, 1, "one was used");
        // What was said then holds no longer.
        office.store.staff_cancel(Actor::System, first, "verhindert").await.unwrap();
        assert!(refused(enters("Anna", 1).await, Refusal::FormSpent));
        assert!(office.seated(workshop).await.is_empty());
    }

    async fn seats_in_a_room_are_published_only_with_the_place(database: TestDatabase) {
        let office = Office::open(database).await;
        let mut plan = office.plan(30, 1);
        plan.venue.town.clear();
        let row = office.store.create_workshop(Actor::System, &plan).await.unwrap();
        assert!(refused(office.store.publish_workshop(Actor::System, row.id).await, Refusal::PlaceMissing));
        assert_eq!(office.store.workshop(row.id).await.unwrap().row.status, Status::Draft);
        office.edits(row.id, |draft| draft.venue.town = "Dresden".to_owned()).await;
        let published = office.store.publish_workshop(Actor::System, row.id).await.unwrap();
        assert_eq!(published.status, Status::Published);
        // By video only, there is none to name.
        plan.seats.online.capacity = 5;
        plan.seats.on_site.capacity = 0;
        office.publishes(&plan).await;
    }

    async fn a_cancelled_workshop_ends_every_place_and_tells_everybody(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 1)).await;
        office.signs_up(workshop, "Anna").await;
        office.signs_up(workshop, "Berta").await;
        for _ in 0..2 {
            let row = office.store.cancel_workshop(Actor::System, workshop, "Der Saal ist gesperrt.").await.unwrap();
            assert_eq!(row.status, Status::Cancelled);
        }
        for name in ["Anna", "Berta"] {
            assert_eq!(office.state(name).await, PlaceState::Cancelled);
            let told = office.mails(name).await.into_iter().filter(|(occasion, _)| *occasion == Occasion::WorkshopCancelled);
            assert_eq!(told.map(|(_, facts)| facts.message).collect::<Vec<_>>(), ["Der Saal ist gesperrt."]);
        }
        assert!(refused(office.asks(workshop, "Clara").await, Refusal::NotRunning));
    }

    async fn a_draft_is_thrown_away_and_never_called_off_and_what_was_published_is_never_thrown_away(database: TestDatabase) {
        let office = Office::open(database).await;
        let store = &office.store;
        let draft = store.create_workshop(Actor::System, &office.plan(30, 1)).await.unwrap();
        // Cancelled it would be there for everybody.
        assert!(refused(store.cancel_workshop(Actor::System, draft.id, "Doch nicht.").await, Refusal::StillDraft));
        assert!(matches!(store.workshop_by_slug(&draft.slug, false).await, Err(StoreError::NotFound)));
        let board = BoardDraft { workshop: Some(draft.id), ..board_draft(Settings::new(Level::Off, Anonymity::Named, 3)) };
        let board = store.create_board(Actor::System, &board).await.unwrap();
        let anna = store.admin_add(Actor::System, &request("Anna", "Haus", Mode::OnSite).attendee.email, Role::Staff, None).await.unwrap();
        store.set_access_duty(anna, draft.id, true).await.unwrap();
        store.discard_draft(Actor::Person(anna), draft.id).await.unwrap();
        assert!(matches!(store.workshop(draft.id).await, Err(StoreError::NotFound)));
        assert!(matches!(store.discard_draft(Actor::System, draft.id).await, Err(StoreError::NotFound)));
        let log = store.audit_rows(Some(&draft.id.to_string()), 1).await.unwrap();
        assert_eq!((log[0].action.as_str(), log[0].actor.clone()), ("draft_discarded", Actor::Person(anna).key()));
        assert_eq!(store.board_by_slug(&board.slug).await.unwrap().workshop, None, "the board stays");
        let published = office.publishes(&office.plan(30, 1)).await;
        assert!(refused(store.discard_draft(Actor::System, published).await, Refusal::WasPublished));
        store.cancel_workshop(Actor::System, published, "Der Saal ist gesperrt.").await.unwrap();
        assert!(refused(store.discard_draft(Actor::System, published).await, Refusal::WasPublished));
        assert_eq!(store.workshop(published).await.unwrap().row.status, Status::Cancelled);
    }

    async fn a_form_that_is_sent_twice_makes_one_draft_and_one_series(database: TestDatabase) {
        let office = Office::open(database).await;
        let draft = office.plan(30, 1);
        let keys = [1, 2].map(|key| IdempotencyKey(uuid::Uuid::from_u128(key)));
        let first = office.store.create_workshop_once(Actor::System, &draft, keys[0]).await.unwrap();
        assert_eq!(office.store.create_workshop_once(Actor::System, &draft, keys[0]).await.unwrap(), first);
        let copies = ["leipzig", "goerlitz"].map(|slug| (District::parse(slug).unwrap(), draft.starts_at));
        for _ in 0..2 {
            office.store.copy_workshop_once(Actor::System, first, &copies, keys[1]).await.unwrap();
        }
        let all = WorkshopFilter { include_drafts: true, limit: 100, ..WorkshopFilter::default() };
        assert_eq!(office.store.workshops(&all).await.unwrap().len(), 3);
        let nothing = domain::ids::WorkshopId(uuid::Uuid::nil());
        let other = IdempotencyKey(uuid::Uuid::from_u128(3));
        let refused = office.store.copy_workshop_once(Actor::System, nothing, &copies, other).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
    }

    async fn what_is_over_is_not_called_off_and_a_mended_word_wakes_nobody(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(2, 1)).await;
        office.signs_up(workshop, "Anna").await;
        office.hours_pass(3 * 24);
        assert!(refused(office.store.cancel_workshop(Actor::System, workshop, "Zu spät.").await, Refusal::Over));
        assert_eq!(office.state("Anna").await, PlaceState::Confirmed);
        office.edits(workshop, |draft| draft.title = "Wohnen nach der Anerkennung, Teil 1".to_owned()).await;
        assert!(!office.occasions("Anna").await.contains(&Occasion::WorkshopChanged));
    }

    async fn a_new_time_is_told_to_everybody_and_a_new_word_is_not(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 1)).await;
        office.signs_up(workshop, "Anna").await;
        office.signs_up(workshop, "Berta").await;
        let slug = office.store.workshop(workshop).await.unwrap().row.slug;
        office.edits(workshop, |draft| draft.description = "Anders gesagt.".to_owned()).await;
        assert!(!office.occasions("Anna").await.contains(&Occasion::WorkshopChanged));
        office.edits(workshop, |draft| draft.ends_at = draft.ends_at.plus_hours(1)).await;
        for name in ["Anna", "Berta"] {
            assert!(office.occasions(name).await.contains(&Occasion::WorkshopChanged));
        }
        let row = office.store.workshop(workshop).await.unwrap().row;
        assert_eq!((row.sequence, row.slug), (1, slug));
        let dates = domain::workshop::session::parse("9.12.2026 10-12\n9.12.2026 13-14").unwrap();
        for sessions in [dates, Vec::new()] {
            office.edits(workshop, |draft| draft.sessions = sessions).await;
        }
        let mails = office.mails("Anna").await.into_iter().filter(|(occasion, _)| *occasion == Occasion::WorkshopChanged);
        let told: std::collections::BTreeSet<_> = mails.map(|(_, facts)| (facts.message, facts.dates_before)).collect();
        let entries = [None, Some(1), Some(2)].map(|dates| ("time".to_owned(), dates));
        assert_eq!(told, entries.into(), "calendars hold an entry for each date");
    }

    async fn a_message_goes_to_the_chosen_states_only(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 1)).await;
        office.signs_up(workshop, "Anna").await;
        office.signs_up(workshop, "Berta").await;
        office.store.message_group(Actor::System, workshop, &[PlaceState::Waiting], "form-1", "Bitte warten", "Bald mehr.").await.unwrap();
        assert!(!office.occasions("Anna").await.contains(&Occasion::StaffMessage));
        assert!(office.occasions("Berta").await.contains(&Occasion::StaffMessage));
        // To nobody nothing is sent, and nothing is told of it.
        let before = store_testing::fingerprint(&office.store).await.unwrap();
        let sent = office.store.message_group(Actor::System, workshop, &[PlaceState::Offered], "form-2", "Bitte warten", "Bald mehr.").await;
        assert_eq!(sent.unwrap(), 0);
        assert_eq!(store_testing::fingerprint(&office.store).await.unwrap(), before);
    }

    async fn a_series_keeps_lengths_and_deadlines(database: TestDatabase) {
        let office = Office::open(database).await;
        let draft = office.plan(30, 12);
        let workshop = office.publishes(&draft).await;
        let days = [("leipzig", 40), ("bautzen", 50)];
        let copies = days.map(|(district, day)| {
            (District::parse(district).unwrap(), office.store.ambient().now().plus_hours(24 * day))
        });
        let made = office.store.copy_workshop(Actor::System, workshop, &copies).await.unwrap();
        for (copy, (district, starts_at)) in made.iter().zip(copies) {
            assert_eq!((copy.status, copy.draft.districts[0]), (Status::Draft, district));
            assert_eq!(copy.draft.starts_at, starts_at);
            assert_eq!(copy.draft.ends_at, starts_at.plus_hours(5));
            assert_eq!(copy.draft.seats.closes_at, starts_at.plus_hours(-24));
        }
        assert_ne!(made[0].slug, made[1].slug);
        assert_ne!(made[0].number, made[1].number);
    }

    async fn a_copy_has_the_place_of_the_original_only_in_the_same_district(database: TestDatabase) {
        let office = Office::open(database).await;
        let mut draft = office.plan(30, 12);
        draft.venue.name = "Haus am Bach".into();
        draft.access_info = "Stufenlos.".into();
        let workshop = office.publishes(&draft).await;
        let here = draft.districts[0];
        let elsewhere = District::ALL.into_iter().find(|one| *one != here).unwrap();
        let later = office.store.ambient().now().plus_hours(24 * 40);
        let made = office.store.copy_workshop(Actor::System, workshop, &[(here, later), (elsewhere, later)]).await.unwrap();
        let place = |at: usize| (made[at].draft.venue.name.as_str(), made[at].draft.access_info.as_str());
        assert_eq!(place(0), ("Haus am Bach", "Stufenlos."));
        assert_eq!(place(1), ("", ""));
    }
}

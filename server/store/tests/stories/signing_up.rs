//! To a seat: held, confirmed, expired, once per person, together with colleagues.

use domain::booking::{Mode, PlaceState, Refusal};
use domain::contact::EmailAddress;
use domain::ids::IdempotencyKey;
use domain::mail::Occasion;
use domain::signup::Attendee;
use domain::time::Instant;
use store::StoreError;
use store::signups::{SignUpAnswer, SignUpCommand};

use crate::office::{Office, refused, request};

store_testing::on_both_engines! {
    async fn a_seat_is_held_until_the_address_is_confirmed(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 2)).await;
        let answer = office.asks(workshop, "Anna").await.unwrap();
        assert_eq!(answer.people[0].state, PlaceState::Held);
        assert_eq!(answer.people[0].token, None, "only the mail has the link");
        assert!(answer.people[0].until.is_some());
        let token = office.link("Anna").await;
        assert_eq!(office.store.confirm(&token).await.unwrap(), PlaceState::Confirmed);
        assert_eq!(office.store.confirm(&token).await.unwrap(), PlaceState::Confirmed, "a second click is harmless");
        assert_eq!(office.occasions("Anna").await, [Occasion::ConfirmSignUp, Occasion::PlaceConfirmed]);
        let history = office.place("Anna").await.history;
        assert_eq!(history.iter().map(|entry| entry.state).collect::<Vec<_>>(), [PlaceState::Held, PlaceState::Confirmed]);
        assert_eq!(office.store.audit_first_break().await.unwrap(), None);
    }

    async fn an_unconfirmed_hold_ends_and_the_next_in_line_gets_the_seat(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 1)).await;
        office.asks(workshop, "Anna").await.unwrap();
        assert_eq!(office.signs_up(workshop, "Berta").await, PlaceState::Waiting);
        let anna = office.link("Anna").await;
        office.hours_pass(25);
        assert!(refused(office.store.confirm(&anna).await, Refusal::TooLate));
        office.settles().await;
        assert_eq!(office.state("Anna").await, PlaceState::HoldExpired);
        assert_eq!(office.state("Berta").await, PlaceState::Confirmed);
        assert_eq!(office.settles().await, 0, "settling again changes nothing");
        assert!(office.occasions("Anna").await.contains(&Occasion::HoldExpired));
        assert!(office.occasions("Berta").await.contains(&Occasion::Promoted));
    }

    async fn a_repeat_gets_the_first_answer_and_a_second_form_gets_the_link_again(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        let command = SignUpCommand {
            workshop,
            request: request("Anna", "Brücke Mulde", Mode::OnSite),
            key: IdempotencyKey(office.store.ambient().uuid()),
            viewer: None,
        };
        let first = office.store.sign_up(command.clone()).await.unwrap();
        office.hours_pass(1);
        assert_eq!(office.store.sign_up(command).await.unwrap(), first);
        office.asks(workshop, "Anna").await.unwrap();
        assert_eq!(office.occasions("Anna").await, [Occasion::ConfirmSignUp, Occasion::LinkAgain]);
        assert_eq!(office.seated(workshop).await.len(), 1);
    }

    async fn colleagues_get_a_row_a_mail_and_a_link_each(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 2)).await;
        let mut group = request("Anna", "Brücke Mulde", Mode::OnSite);
        group.colleagues = ["Berta", "Clara"].map(|name| {
            let Attendee { name, email } = request(name, "x x", Mode::OnSite).attendee;
            Attendee { name, email }
        }).to_vec();
        let answer = office.sends(workshop, group).await.unwrap();
        let states = answer.people.iter().map(|person| person.state).collect::<Vec<_>>();
        assert_eq!(states, [PlaceState::Held, PlaceState::Held, PlaceState::Waiting]);
        assert_ne!(office.link("Anna").await, office.link("Berta").await);
        assert_eq!(office.place("Clara").await.position, Some(1));
    }

    async fn a_colleague_learns_who_did_it_and_decides_alone(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        let mut group = request("Anna", "Brücke Mulde", Mode::OnSite);
        group.colleagues = ["Berta", "Clara"].map(|name| request(name, "x x", Mode::OnSite).attendee).to_vec();
        office.sends(workshop, group.clone()).await.unwrap();
        for (name, by) in [("Anna", None), ("Berta", Some("Anna")), ("Clara", Some("Anna"))] {
            assert_eq!(office.told(name, Occasion::ConfirmSignUp).await.place.signed_up_by.as_deref(), by);
            assert_eq!(office.place(name).await.signed_up_by.as_deref(), by);
        }
        assert_eq!(office.store.confirm(&office.link("Berta").await).await.unwrap(), PlaceState::Confirmed);
        assert_eq!(office.store.cancel(&office.link("Clara").await).await.unwrap(), PlaceState::Cancelled);

        // Somebody who does not come herself did it for all of them.
        let other = office.publishes(&office.plan(40, 5)).await;
        group.signed_up_by = Some(request("Dora", "x x", Mode::OnSite).attendee.name);
        office.hours_pass(1);
        office.sends(other, group).await.unwrap();
        for name in ["Anna", "Berta", "Clara"] {
            assert_eq!(office.place(name).await.signed_up_by.as_deref(), Some("Dora"));
        }
    }

    async fn a_refused_group_leaves_nobody_behind(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        let mut group = request("Anna", "Brücke Mulde", Mode::Online);
        group.colleagues = vec![request("Berta", "x x", Mode::OnSite).attendee];
        assert!(refused(office.sends(workshop, group).await, Refusal::ModeNotOffered));
        assert!(office.seated(workshop).await.is_empty());
        assert!(office.store.mails(10).await.unwrap().is_empty());
    }

    async fn who_has_a_place_is_refused_where_everybody_is(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        let key = IdempotencyKey(office.store.ambient().uuid());
        let command = SignUpCommand { workshop, request: request("Anna", "Brücke Mulde", Mode::OnSite), key, viewer: None };
        let first = office.store.sign_up(command.clone()).await.unwrap();
        office.store.confirm(&office.link("Anna").await).await.unwrap();
        for name in ["Anna", "Berta"] {
            let not_offered = request(name, "Brücke Mulde", Mode::Online);
            assert!(refused(office.sends(workshop, not_offered).await, Refusal::ModeNotOffered));
        }
        office.hours_pass(30 * 24);
        for name in ["Anna", "Berta"] {
            assert!(refused(office.asks(workshop, name).await, Refusal::Closed));
        }
        assert_eq!(office.occasions("Anna").await.first(), Some(&Occasion::ConfirmSignUp));
        assert!(!office.occasions("Anna").await.contains(&Occasion::LinkAgain));
        assert_eq!(office.store.sign_up(command).await.unwrap(), first, "a repeat gets the first answer also then");
    }

    async fn a_form_whose_place_has_ended_makes_no_promise_again(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        let command = |name| SignUpCommand {
            workshop,
            request: request(name, "Brücke Mulde", Mode::OnSite),
            key: IdempotencyKey(office.store.ambient().uuid()),
            viewer: None,
        };
        let (cancels, forgets) = (command("Anna"), command("Berta"));
        let first = office.store.sign_up(cancels.clone()).await.unwrap();
        assert_eq!(office.store.sign_up(cancels.clone()).await.unwrap(), first);
        office.store.sign_up(forgets.clone()).await.unwrap();
        office.store.cancel(&office.link("Anna").await).await.unwrap();
        assert!(refused(office.store.sign_up(cancels).await, Refusal::FormSpent));
        office.hours_pass(26);
        for _ in 0..2 {
            assert!(refused(office.store.sign_up(forgets.clone()).await, Refusal::FormSpent));
            office.settles().await;
        }
        assert_eq!(office.asks(workshop, "Anna").await.unwrap().people[0].state, PlaceState::Held, "a new form does");
        // Nor one that made no place because there was one: not after that has ended, and not after it would have.
        office.asks(workshop, "Dora").await.unwrap();
        let (gone, late) = (command("Dora"), command("Anna"));
        for form in [&gone, &late] {
            assert!(!office.store.sign_up(form.clone()).await.unwrap().people[0].is_new);
            assert!(office.store.sign_up(form.clone()).await.is_ok(), "until then it is");
        }
        office.store.cancel(&office.link("Dora").await).await.unwrap();
        assert!(refused(office.store.sign_up(gone).await, Refusal::FormSpent));
        office.store.confirm(&office.link("Anna").await).await.unwrap();
        office.hours_pass(26);
        assert!(refused(office.store.sign_up(late).await, Refusal::FormSpent));
    }

    async fn who_has_a_place_is_told_what_a_newcomer_is_and_mailed_once_in_a_while(database: TestDatabase) {
        let office = Office::open(database).await;
        let mut draft = office.plan(30, 1);
        draft.seats.per_organisation_max = Some(1);
        draft.seats.online.capacity = 5;
        let workshop = office.publishes(&draft).await;
        office.signs_up(workshop, "Anna").await;
        for mode in [Mode::OnSite, Mode::Online] {
            let known = office.sends(workshop, request("Anna", "Brücke Mulde", mode)).await.unwrap();
            let unknown = office.sends(workshop, request("Berta", "Brücke Mulde", mode)).await.unwrap();
            let told = |answer: &SignUpAnswer| {
                let person = answer.people[0].clone();
                (person.state, person.position, person.is_over_limit, person.until, person.token)
            };
            assert_eq!(told(&known), told(&unknown));
            assert!(told(&known).2, "the Träger has what it may have, whether seats are free or not");
            assert!(!known.people[0].is_new && unknown.people[0].is_new);
            office.store.decline(&office.link("Berta").await).await.unwrap();
        }
        let again = |mails: Vec<Occasion>| mails.into_iter().filter(|one| *one == Occasion::LinkAgain).count();
        assert_eq!(again(office.occasions("Anna").await), 1, "two forms in a quarter of an hour");
        office.store.ambient().advance_seconds(15 * 60);
        office.asks(workshop, "Anna").await.unwrap();
        assert_eq!(again(office.occasions("Anna").await), 2);
    }

    async fn who_passes_those_whom_the_limit_holds_back_gets_one_answer_and_one_mail_whether_known_or_not(database: TestDatabase) {
        let office = Office::open(database).await;
        let mut draft = office.plan(30, 5);
        draft.seats.per_organisation_max = Some(1);
        let workshop = office.publishes(&draft).await;
        office.signs_up(workshop, "Anna").await;
        for name in ["Berta", "Clara", "Dora"] {
            assert_eq!(office.signs_up(workshop, name).await, PlaceState::Waiting, "the Träger has its seat");
        }
        office.sends(workshop, request("Emmi", "Elbe Beratung", Mode::OnSite)).await.unwrap();
        // Three seats are open, and the three who wait may not have them.
        let tally = office.store.workshop(workshop).await.unwrap().tally.on_site;
        assert_eq!((tally.taken(), tally.waiting), (2, 3));
        let known = office.sends(workshop, request("Emmi", "Mulde Haus", Mode::OnSite)).await.unwrap();
        let unknown = office.sends(workshop, request("Frieda", "Mulde Haus", Mode::OnSite)).await.unwrap();
        let told = |answer: &SignUpAnswer| {
            let person = answer.people[0].clone();
            (person.state, person.position, person.is_over_limit, person.until, person.token)
        };
        assert_eq!(told(&known), told(&unknown));
        assert_eq!((known.people[0].state, known.people[0].is_new, unknown.people[0].is_new), (PlaceState::Held, false, true));
        assert_eq!(office.occasions("Frieda").await, [Occasion::ConfirmSignUp], "one mail");
        let mailed = office.told("Frieda", Occasion::ConfirmSignUp).await.place;
        assert_eq!((mailed.state, mailed.position, mailed.until), (PlaceState::Held, None, unknown.people[0].until));
        let grete = office.signs_in("Grete", "Telefon").await.person;
        let command = SignUpCommand {
            workshop,
            request: request("Grete", "Neiße Netz", Mode::OnSite),
            key: IdempotencyKey(office.store.ambient().uuid()),
            viewer: Some(grete),
        };
        assert_eq!(office.store.sign_up(command).await.unwrap().people[0].state, PlaceState::Confirmed);
        assert_eq!(office.occasions("Grete").await, [Occasion::PlaceConfirmed], "one mail");
        for name in ["Berta", "Clara", "Dora"] {
            assert_eq!(office.state(name).await, PlaceState::Waiting);
        }
    }

    async fn sign_up_waits_for_its_window(database: TestDatabase) {
        let office = Office::open(database).await;
        let mut draft = office.plan(30, 5);
        draft.seats.opens_at = office.store.ambient().now().plus_hours(2);
        let workshop = office.publishes(&draft).await;
        let opens_at = draft.seats.opens_at;
        assert!(refused(office.asks(workshop, "Anna").await, Refusal::NotOpenYet { opens_at }));
        office.hours_pass(2);
        office.asks(workshop, "Anna").await.unwrap();
        office.hours_pass(30 * 24);
        assert!(refused(office.asks(workshop, "Berta").await, Refusal::Closed));
    }

    async fn reserved_seats_and_the_limit_per_organisation_lead_to_the_line(database: TestDatabase) {
        let office = Office::open(database).await;
        let mut draft = office.plan(30, 4);
        draft.seats.on_site.reserved = 1;
        draft.seats.per_organisation_max = Some(1);
        let workshop = office.publishes(&draft).await;
        assert_eq!(office.signs_up(workshop, "Anna").await, PlaceState::Confirmed);
        assert_eq!(office.signs_up(workshop, "Berta").await, PlaceState::Waiting, "the Träger has its seat");
        office.sends(workshop, request("Clara", "Elbe Beratung", Mode::OnSite)).await.unwrap();
        assert_eq!(office.state("Clara").await, PlaceState::Held, "two seats were free, one person waits");
        office.sends(workshop, request("Dora", "Mulde Haus", Mode::OnSite)).await.unwrap();
        assert_eq!(office.state("Dora").await, PlaceState::Held, "the next in line may not have it yet, and is passed");
        office.edits(workshop, |draft| draft.seats.per_organisation_max = None).await;
        assert_eq!(office.state("Berta").await, PlaceState::Waiting, "the last seat is reserved");
        office.edits(workshop, |draft| draft.seats.on_site.reserved = 0).await;
        assert_eq!(office.state("Berta").await, PlaceState::Confirmed);
    }

    async fn the_limit_per_organisation_ends_at_its_date_by_itself(database: TestDatabase) {
        let office = Office::open(database).await;
        let mut draft = office.plan(30, 4);
        let until = office.store.ambient().now().plus_hours(2);
        draft.seats.per_organisation_max = Some(1);
        draft.seats.per_organisation_until = Some(until);
        let workshop = office.publishes(&draft).await;
        assert_eq!(office.signs_up(workshop, "Anna").await, PlaceState::Confirmed);
        assert_eq!(office.signs_up(workshop, "Berta").await, PlaceState::Waiting, "the Träger has its seat");
        office.store.ambient().set(until.plus_seconds(-1));
        assert_eq!(office.settles().await, 0);
        assert_eq!(office.state("Berta").await, PlaceState::Waiting);
        // No deadline of anybody brings it about, only the date.
        assert_eq!(office.store.next_deadline().await.unwrap(), None);
        office.store.ambient().set(until);
        assert_eq!(office.settles().await, 1);
        assert_eq!(office.state("Berta").await, PlaceState::Confirmed);
        assert!(office.occasions("Berta").await.contains(&Occasion::Promoted));
        assert_eq!(office.settles().await, 0, "settling again changes nothing");
    }

    async fn the_time_to_confirm_counts_hours_in_which_people_work(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        // A Friday, and the day before Buß- und Bettag: one hour is left of the day, nine are on the next on which people work.
        for (name, asked, until) in [
            ("Anna", "2026-11-13T17:00", "2026-11-16T17:00"),
            ("Berta", "2026-11-17T17:00", "2026-11-19T17:00"),
        ] {
            let at = |text| Instant::from_input(text).unwrap();
            office.store.ambient().set(at(asked));
            let answer = office.asks(workshop, name).await.unwrap();
            assert_eq!(answer.people[0].until, Some(at(until)), "{name}");
            assert_eq!(office.told(name, Occasion::ConfirmSignUp).await.place.until, Some(at(until)), "{name}");
            office.store.ambient().set(at(until).plus_seconds(-1));
            assert_eq!(office.settles().await, 0, "{name}");
            assert_eq!(office.state(name).await, PlaceState::Held, "{name}");
            office.store.ambient().set(at(until));
            assert_eq!(office.settles().await, 1, "{name}");
            assert_eq!(office.state(name).await, PlaceState::HoldExpired, "{name}");
        }
    }

    async fn the_link_comes_again_once_in_a_quarter_of_an_hour(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 4)).await;
        office.signs_up(workshop, "Anna").await;
        let store = &office.store;
        for address in ["anna@traeger.example", "ANNA+x@traeger.example", "nobody@traeger.example"] {
            store.ask_for_links(&EmailAddress::parse(address).unwrap()).await.unwrap();
        }
        // Anybody can type any address: nobody is shown it, and nothing is done while the answer is on its way.
        assert!(store.mails(50).await.unwrap().iter().all(|mail| mail.recipient == "anna@traeger.example"));
        assert_eq!(wishes(&office).await, Vec::<String>::new());
        store.ambient().advance_seconds(2);
        let wishes = wishes(&office).await;
        assert_eq!(wishes.len(), 3);
        let mut mailed = 0;
        for wish in wishes.iter().chain(&wishes) {
            mailed += store.mail_links(wish).await.unwrap();
        }
        assert_eq!(mailed, 2, "for both of Anna's wishes, and for each once");
        let again = office.occasions("Anna").await.into_iter().filter(|occasion| *occasion == Occasion::LinkAgain);
        assert_eq!(again.count(), 1);
        // Who has the place by then gets it, too.
        let clara = request("Clara", "x x", Mode::OnSite).attendee;
        store.hand_over(&office.link("Anna").await, clara.name, clara.email.clone()).await.unwrap();
        store.ask_for_links(&clara.email).await.unwrap();
        store.ambient().advance_seconds(2);
        store.mail_links(&self::wishes(&office).await[0]).await.unwrap();
        assert!(office.occasions("Clara").await.contains(&Occasion::LinkAgain));
        assert!(!store_testing::fingerprint(store).await.unwrap().contains("nobody@"), "what was asked for is gone");
        assert!(matches!(store.place_by_token("nothing").await, Err(StoreError::NotFound)));

        // Where nobody sends mails, it goes after a day.
        store.ask_for_links(&EmailAddress::parse("nobody@traeger.example").unwrap()).await.unwrap();
        assert!(store_testing::fingerprint(store).await.unwrap().contains("nobody@"));
        office.hours_pass(25);
        store.prune().await.unwrap();
        assert!(!store_testing::fingerprint(store).await.unwrap().contains("nobody@"));
    }
}

/// What was asked for and is due.
async fn wishes(office: &Office) -> Vec<String> {
    let mut due = office.store.claim_mails(50).await.unwrap();
    due.retain(|mail| mail.occasion == Occasion::LinksWanted);
    due.into_iter().map(|mail| mail.id).collect()
}

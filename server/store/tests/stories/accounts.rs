//! What belongs to an account: devices, everything to take along, places that are confirmed at once, and its end.

use domain::booking::{Mode, PlaceState};
use domain::ids::{IdempotencyKey, PersonId, WorkshopId};
use domain::signup::SignUpRequest;
use serde_json::Value;
use store::Engine;
use store::signups::{SignUpAnswer, SignUpCommand};
use store_testing::run_sql;

use crate::office::{Office, request};

/// Somebody who is signed in sends a form.
async fn sends_as(
    office: &Office,
    person: PersonId,
    workshop: WorkshopId,
    request: SignUpRequest,
) -> SignUpAnswer {
    let command = SignUpCommand {
        workshop,
        request,
        key: IdempotencyKey(office.store.ambient().uuid()),
        viewer: Some(person),
    };
    office.store.sign_up(command).await.unwrap()
}

fn words(values: &Value, field: &str) -> Vec<String> {
    let values = values.as_array().unwrap();
    values
        .iter()
        .map(|value| value[field].as_str().unwrap().to_owned())
        .collect()
}

store_testing::on_both_engines! {
    async fn signing_out_everywhere_ends_every_session_of_that_person(database: TestDatabase) {
        let office = Office::open(database).await;
        let phone = office.signs_in("Anna", "Telefon").await;
        let laptop = office.signs_in("Anna", "Rechner").await;
        let berta = office.signs_in("Berta", "Telefon").await;
        let there = async || {
            let mut there = Vec::new();
            for token in [&phone.token, &laptop.token, &berta.token] {
                there.push(office.store.session(token).await.unwrap().is_some());
            }
            there
        };
        assert_eq!(there().await, [true, true, true]);
        office.store.end_session_by_token(&phone.token).await.unwrap();
        assert_eq!(there().await, [false, true, true], "one device is one device");
        let again = office.signs_in("Anna", "Telefon").await;
        office.store.end_all_sessions(phone.person).await.unwrap();
        assert_eq!(there().await, [false, false, true]);
        assert_eq!(office.store.session(&again.token).await.unwrap(), None);
        assert!(office.store.my_sessions(phone.person).await.unwrap().is_empty());
    }

    async fn who_is_signed_in_reads_on_while_nothing_can_be_written(database: TestDatabase) {
        let office = Office::open(database).await;
        let anna = office.signs_in("Anna", "Telefon").await;
        let used_at = async || office.store.my_sessions(anna.person).await.unwrap()[0].used_at;
        let (signed_in, reader) = (used_at().await, office.reads_only().await);
        // By then its use is to be noted.
        office.hours_pass(1);
        let viewer = reader.session(&anna.token).await.unwrap();
        assert_eq!(viewer.map(|viewer| viewer.person), Some(anna.person));
        assert_eq!(used_at().await, signed_in);
        office.store.session(&anna.token).await.unwrap();
        assert_eq!(used_at().await, office.store.ambient().now(), "once it can be, it is");
    }

    async fn who_is_signed_in_is_confirmed_at_once_and_a_colleague_is_not(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        let anna = office.signs_in("Anna", "Telefon").await.person;
        let mut form = request("Anna", "Brücke Mulde", Mode::OnSite);
        form.colleagues = vec![request("Berta", "Brücke Mulde", Mode::OnSite).attendee];
        let people = sends_as(&office, anna, workshop, form).await.people;
        let states = people.iter().map(|person| person.state).collect::<Vec<_>>();
        assert_eq!(states, [PlaceState::Confirmed, PlaceState::Held]);
        assert_eq!(people[0].until, None);
        assert_eq!(people[0].token, Some(office.link("Anna").await));
        assert_eq!(people[1].token, None, "only Berta's mailbox has her link");
        assert_eq!(office.state("Anna").await, PlaceState::Confirmed);

        // Whoever is signed in and types another address has to confirm it as everybody does.
        let other = sends_as(&office, anna, workshop, request("Clara", "Brücke Mulde", Mode::OnSite)).await;
        assert_eq!((other.people[0].state, other.people[0].token.as_ref()), (PlaceState::Held, None));
        // And nobody who is not signed in is confirmed at once, whatever address it is.
        office.signs_in("Dora", "Telefon").await;
        let unknown = office.asks(workshop, "Dora").await.unwrap();
        assert_eq!(unknown.people[0].state, PlaceState::Held);
    }

    async fn everything_is_there_to_take_along_and_nothing_of_others(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 1)).await;
        let mut form = request("Berta", "Elbe Beratung", Mode::OnSite);
        form.topic = Some("Schulzugang".to_owned());
        office.sends(workshop, form).await.unwrap();
        office.store.confirm(&office.link("Berta").await).await.unwrap();
        let anna = office.signs_in("Anna", "Telefon").await.person;
        let mut form = request("Anna", "Brücke Mulde", Mode::OnSite);
        form.topic = Some("Wohnsitzauflage".to_owned());
        sends_as(&office, anna, workshop, form).await;
        let link = office.link("Anna").await;
        let topics = office.store.topics(workshop, Some(&link)).await.unwrap();
        let of_berta = topics.iter().find(|topic| topic.text == "Schulzugang").unwrap();
        office.hours_pass(1);
        assert!(office.store.vote_topic(&link, of_berta.id, true).await.unwrap());
        office.store.cancel(&office.link("Berta").await).await.unwrap();

        let export = office.store.account_export(anna).await.unwrap();
        assert_eq!(export["anmeldungen"].as_array().unwrap().len(), 1);
        let place = &export["anmeldungen"][0];
        assert_eq!((place["name"].as_str(), place["stand"].as_str()), (Some("Anna"), Some("confirmed")));
        assert_eq!(words(&place["verlauf"], "stand"), ["waiting", "confirmed"]);
        assert_eq!(words(&place["verlauf"], "grund").len(), 2);
        assert_eq!(place["verlauf"][0]["warteplatz"], 1);
        assert_eq!(words(&place["themen"], "thema"), ["Wohnsitzauflage"]);
        assert_eq!(words(&place["stimmen"], "thema"), ["Wohnsitzauflage", "Schulzugang"]);
        assert_eq!(words(&export["geraete"], "geraet"), ["Telefon"]);
        let text = export.to_string().to_lowercase();
        assert!(!text.contains("berta") && !text.contains("elbe beratung"), "{text}");
    }

    async fn deleting_an_account_gives_up_what_is_to_come_and_keeps_what_is_past(database: TestDatabase) {
        let office = Office::open(database).await;
        let past = office.publishes(&office.plan(2, 1)).await;
        office.signs_up(past, "Anna").await;
        let past = office.link("Anna").await;
        office.hours_pass(3 * 24);
        let mut coming = Vec::new();
        for _ in 0..2 {
            // The newest mail is the one of this round.
            office.store.ambient().advance_seconds(1);
            let workshop = office.publishes(&office.plan(30, 1)).await;
            office.signs_up(workshop, "Anna").await;
            coming.push(office.link("Anna").await);
            assert_eq!(office.signs_up(workshop, "Berta").await, PlaceState::Waiting);
        }
        let anna = office.signs_in("Anna", "Telefon").await;
        office.store.delete_account(anna.person).await.unwrap();
        let state = async |token: &str| office.store.place_by_token(token).await.unwrap().state;
        assert_eq!(state(&past).await, PlaceState::Confirmed);
        for token in &coming {
            assert_eq!(state(token).await, PlaceState::Cancelled);
        }
        assert_eq!(office.state("Berta").await, PlaceState::Confirmed, "the next in line has the seat");
        assert_eq!(office.store.session(&anna.token).await.unwrap(), None);
        assert!(office.store.account(anna.person).await.is_err());
        assert_eq!(office.store.audit_first_break().await.unwrap(), None);
    }

    async fn an_account_that_cannot_be_deleted_keeps_its_places(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 1)).await;
        office.signs_up(workshop, "Anna").await;
        let link = office.link("Anna").await;
        let anna = office.signs_in("Anna", "Telefon").await;
        let (refuse, allow) = match office.store.engine() {
            Engine::Sqlite => (
                "CREATE TRIGGER stays BEFORE DELETE ON person BEGIN SELECT RAISE(ABORT, 'it stays'); END",
                "DROP TRIGGER stays",
            ),
            Engine::Postgres => (
                "CREATE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN RAISE EXCEPTION 'it stays'; END $$;
                 CREATE TRIGGER stays BEFORE DELETE ON person FOR EACH ROW EXECUTE FUNCTION stays()",
                "DROP TRIGGER stays ON person",
            ),
        };
        run_sql(&office.database.url, refuse).await.unwrap();
        let before = store_testing::fingerprint(&office.store).await.unwrap();
        assert!(office.store.delete_account(anna.person).await.is_err());
        assert_eq!(store_testing::fingerprint(&office.store).await.unwrap(), before, "nothing is half done");
        assert_eq!(office.store.place_by_token(&link).await.unwrap().state, PlaceState::Confirmed);

        // Without what refused it, the same call changes both.
        run_sql(&office.database.url, allow).await.unwrap();
        office.store.delete_account(anna.person).await.unwrap();
        assert_eq!(office.store.place_by_token(&link).await.unwrap().state, PlaceState::Cancelled);
        assert!(office.store.session(&anna.token).await.unwrap().is_none());
    }
}

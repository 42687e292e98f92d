//! What belongs to an account: devices, everything to take along, places that are confirmed at once, and its end.

use domain::account::Role;
use domain::booking::{Mode, PlaceState};
use domain::contact::EmailAddress;
use domain::ids::{IdempotencyKey, PersonId, WorkshopId};
use domain::mail::Occasion;
use domain::organisation::{OrganisationKind, OrganisationName};
use domain::signup::SignUpRequest;
use serde_json::Value;
use store::audit::Actor;
use store::signups::{SignUpAnswer, SignUpCommand};
use store::{Engine, StoreError};
use store_testing::{form, run_sql};

use crate::office::{Office, address, request};

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

    async fn a_role_that_is_taken_away_ends_what_the_person_may_do_on_every_device(database: TestDatabase) {
        let office = Office::open(database).await;
        let anna = EmailAddress::parse(&address("Anna")).unwrap();
        let name = |text: &str| OrganisationName::parse(text).unwrap();
        let mut schools = Vec::new();
        for school in ["Hochschule am Bach", "Hochschule am Berg"] {
            let kind = OrganisationKind::University;
            schools.push(office.store.organisation_upsert(name(school), kind, None).await.unwrap());
        }
        for (role, of) in [
            (Role::Staff, None),
            (Role::Curator, Some(schools[0])),
            (Role::Curator, Some(schools[1])),
        ] {
            office.store.admin_add(Actor::System, &anna, role, of).await.unwrap();
        }
        let berta = office.signs_in("Berta", "Telefon").await;
        let takes = async |role, of| office.store.admin_remove(Actor::System, &anna, role, of).await;
        let keeps = async || {
            let signed_in = office.signs_in("Anna", "Telefon").await;
            let viewer = office.store.session(&signed_in.token).await.unwrap().unwrap();
            (signed_in.token, viewer.roles)
        };

        let (before, roles) = keeps().await;
        assert_eq!(roles.len(), 3);
        let person = takes(Role::Curator, Some(schools[0])).await.unwrap();
        assert_eq!(office.store.session(&before).await.unwrap(), None, "she signs in anew");
        let (_, roles) = keeps().await;
        assert_eq!(roles, [(Role::Curator, Some(schools[1])), (Role::Staff, None)]);
        for (role, of) in [(Role::Curator, Some(schools[0])), (Role::Admin, None)] {
            let content = store_testing::fingerprint(&office.store).await.unwrap();
            assert!(matches!(takes(role, of).await, Err(StoreError::NotFound)));
            assert_eq!(store_testing::fingerprint(&office.store).await.unwrap(), content);
        }
        takes(Role::Curator, None).await.unwrap();
        let (last, roles) = keeps().await;
        assert_eq!(roles, [(Role::Staff, None)]);
        takes(Role::Staff, None).await.unwrap();
        assert_eq!(office.store.session(&last).await.unwrap(), None);
        assert!(keeps().await.1.is_empty(), "the account stays");
        assert!(office.store.session(&berta.token).await.unwrap().is_some());

        let log = office.store.audit_rows(Some(&person.to_string()), 50).await.unwrap();
        let taken = log.iter().filter(|row| row.action == "role_taken");
        let taken: Vec<&str> = taken.map(|row| row.detail.as_str()).collect();
        assert_eq!(taken, ["staff", "curator", "curator"]);
        assert_eq!(office.store.audit_first_break().await.unwrap(), None);
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

    async fn what_is_kept_under_an_alias_of_the_address_is_there_too(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        let alias = "anna+werkstatt@traeger.example";
        office.sends(workshop, form("Anna", alias).parse().unwrap()).await.unwrap();
        // Whose address begins in the same way is somebody else.
        office.asks(workshop, "Annabel").await.unwrap();
        let anna = office.signs_in("Anna", "Telefon").await.person;
        let export = office.store.account_export(anna).await.unwrap();
        assert_eq!(words(&export["anmeldungen"], "email"), [alias]);
        let mails = &export["emails"];
        assert_eq!(words(mails, "an"), [alias, "anna@traeger.example"]);
        assert_eq!(words(mails, "anlass")[1], Occasion::SignInCode.key());
        assert_eq!(words(mails, "stand"), ["wartet", "wartet"]);
        let title = office.store.workshop(workshop).await.unwrap().row.draft.title;
        assert_eq!(mails[0]["veranstaltung"], title);
        assert_eq!(words(&export["anmeldecodes"], "email"), ["anna@traeger.example"]);

        // What opens a door is in her mailbox, and nowhere else.
        let sent = office.store.mails(10).await.unwrap();
        let secrets = sent.iter().filter_map(|mail| {
            let (code, link) = (&mail.payload["code"], &mail.payload["place"]["token"]);
            code.as_str().or(link.as_str())
        });
        let (secrets, text) = (secrets.collect::<Vec<_>>(), export.to_string());
        assert_eq!(secrets.len(), 3);
        assert!(secrets.iter().all(|secret| !text.contains(secret)), "{text}");
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
        assert_eq!(office.store.delete_account(anna.person).await.unwrap(), 2, "what is over is not given up");
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

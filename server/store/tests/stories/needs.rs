//! What people need: kept as ticked, told to those who arrange it and to nobody else, and gone when its time is over.

use domain::access_need::AccessNeeds;
use domain::account::Role;
use domain::booking::Mode;
use domain::ids::{IdempotencyKey, PersonId, WorkshopId};
use domain::mail::Occasion;
use domain::signup::Listing;
use futures::future::join;
use sqlx::AnyPool;
use store::StoreError;
use store::audit::Actor;
use store::outbox::OutboxRow;
use store::signups::SignUpFilter;

use crate::office::{Office, request};

/// How often two do something at the same moment.
const ROUNDS: usize = 6;

fn ticked(keys: &[&str]) -> AccessNeeds {
    AccessNeeds::parse(keys.iter().copied()).unwrap()
}

async fn works_there(office: &Office, name: &str) -> PersonId {
    let email = request(name, "LaFaSt", Mode::OnSite).attendee.email;
    office
        .store
        .admin_add(Actor::System, &email, Role::Staff, None)
        .await
        .unwrap()
}

/// Anna needs something, Berta does not.
pub async fn two_come(office: &Office) -> WorkshopId {
    let workshop = office.publishes(&office.plan(30, 5)).await;
    let mut wish = request("Anna", "Brücke Mulde", Mode::OnSite);
    wish.needs = ticked(&["translation", "food"]);
    wish.access_needs = "Tigrinya, halal".to_owned();
    office.sends(workshop, wish).await.unwrap();
    office.asks(workshop, "Berta").await.unwrap();
    workshop
}

/// What the list tells this person about the needs of Anna and Berta.
async fn told(office: &Office, workshop: WorkshopId, person: Option<PersonId>) -> Vec<Option<String>> {
    let filter = SignUpFilter {
        arranger: person,
        ..SignUpFilter::default()
    };
    let mut rows = office.store.sign_ups(workshop, &filter).await.unwrap();
    rows.sort_by_key(|row| row.name.clone());
    rows.into_iter().map(|row| row.access_needs).collect()
}

async fn logged(office: &Office, workshop: WorkshopId) -> Vec<(String, String)> {
    let mut rows = office
        .store
        .audit_rows(Some(&workshop.to_string()), 50)
        .await
        .unwrap();
    rows.reverse();
    rows.retain(|row| row.action.starts_with("access_"));
    rows.into_iter().map(|row| (row.action, row.actor)).collect()
}

store_testing::on_both_engines! {
    async fn needs_are_told_to_who_arranges_them_and_only_as_long(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = two_come(&office).await;
        let elsewhere = office.publishes(&office.plan(40, 5)).await;
        let (clara, dora) = (works_there(&office, "Clara").await, works_there(&office, "Dora").await);
        office.store.set_access_duty(dora, elsewhere, true).await.unwrap();
        for person in [None, Some(clara), Some(dora)] {
            assert_eq!(told(&office, workshop, person).await, [None, None], "{person:?}");
        }
        assert_eq!(office.store.access_duty(workshop).await.unwrap().needing, 1, "how many, everybody may know");

        for _ in 0..2 {
            office.store.set_access_duty(clara, workshop, true).await.unwrap();
        }
        let anna = "Übersetzung, Besonderes beim Essen. Tigrinya, halal".to_owned();
        assert_eq!(told(&office, workshop, Some(clara)).await, [Some(anna), Some(String::new())]);
        assert_eq!(told(&office, workshop, Some(dora)).await, [None, None]);
        let duty = office.store.access_duty(workshop).await.unwrap();
        assert_eq!(duty.arrangers, [(clara, "clara@traeger.example".to_owned())]);

        for _ in 0..2 {
            office.store.set_access_duty(clara, workshop, false).await.unwrap();
        }
        assert_eq!(told(&office, workshop, Some(clara)).await, [None, None]);
        assert!(office.store.access_duty(workshop).await.unwrap().arrangers.is_empty());
        office.store.set_access_duty(clara, workshop, true).await.unwrap();
        let export = office.store.account_export(clara).await.unwrap();
        let duties = export["unterstuetzung_zustaendig"].as_array().unwrap();
        let open = duties.iter().filter(|duty| duty["bis"].is_null());
        assert_eq!((duties.len(), open.count()), (2, 1));
        let actor = format!("person:{clara}");
        let expected = ["access_duty_taken", "access_duty_ended", "access_duty_taken"];
        assert_eq!(logged(&office, workshop).await, expected.map(|action| (action.to_owned(), actor.clone())));

        let nowhere = WorkshopId(office.store.ambient().uuid());
        let outcome = office.store.set_access_duty(clara, nowhere, true).await;
        assert!(matches!(outcome, Err(StoreError::NotFound)));
    }

    async fn who_has_no_role_at_the_office_any_more_arranges_nothing(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = two_come(&office).await;
        let (clara, dora) = (works_there(&office, "Clara").await, works_there(&office, "Dora").await);
        let email = request("Clara", "LaFaSt", Mode::OnSite).attendee.email;
        office.store.admin_add(Actor::System, &email, Role::Admin, None).await.unwrap();
        for person in [clara, dora] {
            office.store.set_access_duty(person, workshop, true).await.unwrap();
        }
        let loses = async |role| office.store.admin_remove(Actor::Person(dora), &email, role, None).await.unwrap();
        let arrange = async || {
            let duty = office.store.access_duty(workshop).await.unwrap();
            duty.arrangers.into_iter().map(|(person, _)| person).collect::<Vec<_>>()
        };
        loses(Role::Staff).await;
        assert!(arrange().await.contains(&clara), "who gives roles is of the office, too");
        loses(Role::Admin).await;
        assert_eq!(arrange().await, [dora]);
        assert_eq!(told(&office, workshop, Some(clara)).await, [None, None]);
        let last = logged(&office, workshop).await.pop().unwrap();
        assert_eq!(last, ("access_duty_withdrawn".to_owned(), format!("person:{dora}")));
        let export = office.store.account_export(clara).await.unwrap();
        assert!(export["unterstuetzung_zustaendig"][0]["bis"].is_string());
        // With a role again she takes it on again, or not.
        works_there(&office, "Clara").await;
        assert_eq!(arrange().await, [dora]);
    }

    async fn who_has_no_role_at_the_office_takes_no_duty_on(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = two_come(&office).await;
        let email = request("Dora", "LaFaSt", Mode::OnSite).attendee.email;
        let dora = office.store.admin_add(Actor::System, &email, Role::Curator, None).await.unwrap();
        let before = store_testing::fingerprint(&office.store).await.unwrap();
        let outcome = office.store.set_access_duty(dora, workshop, true).await;
        assert!(matches!(outcome, Err(StoreError::NotFound)), "who curates modules is not of the office");
        assert_eq!(store_testing::fingerprint(&office.store).await.unwrap(), before);

        works_there(&office, "Dora").await;
        office.store.set_access_duty(dora, workshop, true).await.unwrap();
        office.store.admin_remove(Actor::System, &email, Role::Staff, None).await.unwrap();
        let outcome = office.store.set_access_duty(dora, workshop, true).await;
        assert!(matches!(outcome, Err(StoreError::NotFound)), "nor is who was of the office");
        office.store.set_access_duty(dora, workshop, false).await.unwrap();
        assert!(office.store.access_duty(workshop).await.unwrap().arrangers.is_empty());
    }

    async fn whoever_is_first_no_duty_is_left_to_who_loses_the_role_meanwhile(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = two_come(&office).await;
        for round in 0..ROUNDS {
            let name = format!("Clara{round}");
            let email = request(&name, "LaFaSt", Mode::OnSite).attendee.email;
            let person = works_there(&office, &name).await;
            let (taken, removed) = join(
                office.store.set_access_duty(person, workshop, true),
                office.store.admin_remove(Actor::System, &email, Role::Staff, None),
            )
            .await;
            removed.unwrap();
            assert!(matches!(taken, Ok(()) | Err(StoreError::NotFound)), "{taken:?}");
            let arrangers = office.store.access_duty(workshop).await.unwrap().arrangers;
            assert!(arrangers.is_empty(), "{arrangers:?}");
        }
    }

    async fn who_had_lost_the_role_before_arranges_nothing_after_the_migration(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = two_come(&office).await;
        let (clara, dora) = (works_there(&office, "Clara").await, works_there(&office, "Dora").await);
        for person in [clara, dora] {
            office.store.set_access_duty(person, workshop, true).await.unwrap();
        }
        // As it was left by the build before.
        let pool = AnyPool::connect(&office.database.url).await.unwrap();
        let left = sqlx::query("DELETE FROM role WHERE person_id = $1").bind(clara.to_string());
        left.execute(&pool).await.unwrap();
        let migration = include_str!("../../migrations/0037_left_over.sql");
        let update = migration.split(";\n").find(|sql| sql.contains("UPDATE access_duty")).unwrap();
        for _ in 0..2 {
            sqlx::query(update).execute(&pool).await.unwrap();
            let duty = office.store.access_duty(workshop).await.unwrap();
            assert_eq!(duty.arrangers, [(dora, "dora@traeger.example".to_owned())]);
        }
    }

    async fn a_file_of_needs_is_for_who_arranges_them_and_leaves_a_row(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = two_come(&office).await;
        let (clara, dora) = (works_there(&office, "Clara").await, works_there(&office, "Dora").await);
        office.store.set_access_duty(clara, workshop, true).await.unwrap();
        let before = store_testing::fingerprint(&office.store).await.unwrap();
        let refused = office.store.export_needs(dora, workshop).await;
        assert!(matches!(refused, Err(StoreError::NotFound)));
        assert_eq!(store_testing::fingerprint(&office.store).await.unwrap(), before);
        let rows = office.store.export_needs(clara, workshop).await.unwrap();
        assert!(rows.iter().any(|row| row.access_needs.as_deref().is_some_and(|needs| needs.contains("Tigrinya"))));
        let last = logged(&office, workshop).await.pop().unwrap();
        assert_eq!(last, ("access_needs_exported".to_owned(), format!("person:{clara}")));
    }

    async fn sabotage_where_everybody_has_the_duty_the_needs_are_told(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = two_come(&office).await;
        let dora = works_there(&office, "Dora").await;
        assert_eq!(told(&office, workshop, Some(dora)).await, [None, None]);
        let pool = AnyPool::connect(&office.database.url).await.unwrap();
        for sql in [
            "DROP TABLE access_duty",
            "CREATE VIEW access_duty AS SELECT workshop.id AS workshop_id, person.id AS person_id,
                CAST(NULL AS BIGINT) AS ended_at FROM workshop CROSS JOIN person",
        ] {
            sqlx::query(sql).execute(&pool).await.unwrap();
        }
        let told = told(&office, workshop, Some(dora)).await;
        assert!(told[0].as_deref().is_some_and(|needs| needs.contains("Tigrinya")), "{told:?}");
    }

    async fn needs_are_kept_as_changed_and_do_not_go_along_with_the_place(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = two_come(&office).await;
        let link = office.link("Anna").await;
        office.store.confirm(&link).await.unwrap();
        assert_eq!(office.place("Anna").await.needs, ticked(&["translation", "food"]));
        let needs = ticked(&["step_free"]);
        office.store.change_answers(&link, needs.clone(), "", Listing::Nobody).await.unwrap();
        assert_eq!(office.place("Anna").await.needs, needs);

        let clara = request("Clara", "x x", Mode::OnSite).attendee;
        office.store.hand_over(&link, clara.name, clara.email).await.unwrap();
        assert_eq!(office.place("Clara").await.needs, AccessNeeds::default());
        assert_eq!(office.store.access_duty(workshop).await.unwrap().needing, 0);
    }

    async fn who_deletes_the_account_needs_nothing_any_more(database: TestDatabase) {
        let office = Office::open(database).await;
        two_come(&office).await;
        let email = request("Anna", "x x", Mode::OnSite).attendee.email;
        let anna = office.store.admin_add(Actor::System, &email, Role::Participant, None).await.unwrap();
        let place = office.store.account_export(anna).await.unwrap()["anmeldungen"][0].clone();
        assert_eq!(place["unterstuetzung_angekreuzt"], "translation,food");
        assert_eq!(place["unterstuetzung"], "Tigrinya, halal");
        let link = office.link("Anna").await;
        office.store.delete_account(anna).await.unwrap();
        let place = office.store.place_by_token(&link).await.unwrap();
        assert_eq!((place.needs, place.access_needs), (AccessNeeds::default(), String::new()));
    }

    async fn a_mail_tells_needs_only_until_it_is_out(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = two_come(&office).await;
        let store = &office.store;
        let mail = store.claim_mails(10).await.unwrap().into_iter().find(tells_needs).unwrap();
        let now = store.ambient().now();
        // Sabotage: as long as it has to be told, it is there, so the same looking finds it.
        store.mail_failed(&mail, "451 später", Some(now)).await.unwrap();
        assert!(tells_needs(&store.mail(&mail.id).await.unwrap()));
        store.mail_failed(&mail, "550 unbekannt", None).await.unwrap();
        let given_up = store.mail(&mail.id).await.unwrap();
        assert!(!tells_needs(&given_up));
        assert_eq!(given_up.payload["place"]["name"], "Anna", "everything else stays");

        store.confirm(&office.link("Anna").await).await.unwrap();
        let confirmed = mail_of(&office, Occasion::PlaceConfirmed).await;
        assert!(tells_needs(&confirmed));
        store.mail_sent(&confirmed.id).await.unwrap();
        assert_eq!(telling(&office).await, 0);
        // What goes out again is made of what holds, and tells them once more.
        let anna = office.id(workshop, "Anna").await;
        let key = IdempotencyKey(store.ambient().uuid());
        store.mail_again(Actor::System, workshop, anna, &confirmed.id, key).await.unwrap().unwrap();
        assert_eq!(telling(&office).await, 1);
    }

    async fn mails_that_wait_tell_no_needs_that_are_gone(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = two_come(&office).await;
        let link = office.link("Anna").await;
        office.store.confirm(&link).await.unwrap();
        assert_eq!(telling(&office).await, 2);
        let same = ticked(&["translation", "food"]);
        office.store.change_answers(&link, same, "Tigrinya, halal", Listing::Participants).await.unwrap();
        assert_eq!(telling(&office).await, 2, "only who is seen was changed");
        office.store.change_answers(&link, AccessNeeds::default(), "", Listing::Nobody).await.unwrap();
        assert_eq!(telling(&office).await, 0, "the person erased them");

        // A place that is handed on, and an account that is deleted.
        let mut wish = request("Clara", "Brücke Mulde", Mode::OnSite);
        wish.access_needs = "Tigrinya".to_owned();
        office.sends(workshop, wish.clone()).await.unwrap();
        let clara = office.link("Clara").await;
        office.store.confirm(&clara).await.unwrap();
        assert_eq!(telling(&office).await, 2);
        let dora = request("Dora", "x x", Mode::OnSite).attendee;
        office.store.hand_over(&clara, dora.name, dora.email).await.unwrap();
        assert_eq!(telling(&office).await, 0);

        office.sends(workshop, wish.clone()).await.unwrap();
        assert_eq!(telling(&office).await, 1);
        let clara = office.store.admin_add(Actor::System, &wish.attendee.email, Role::Participant, None).await.unwrap();
        office.store.delete_account(clara).await.unwrap();
        assert_eq!(telling(&office).await, 0);
        assert!(!store_testing::fingerprint(&office.store).await.unwrap().contains("Tigrinya"), "nor anything else");
    }
}

/// Whether a mail tells what Anna or Clara needs.
fn tells_needs(mail: &OutboxRow) -> bool {
    let payload = mail.payload.to_string();
    ["Tigrinya", "translation", "food"]
        .iter()
        .any(|need| payload.contains(need))
}

/// How many mails tell what somebody needs.
pub async fn telling(office: &Office) -> usize {
    let mails = office.store.mails(1_000).await.unwrap();
    mails.iter().filter(|mail| tells_needs(mail)).count()
}

async fn mail_of(office: &Office, occasion: Occasion) -> OutboxRow {
    let mails = office.store.mails(1_000).await.unwrap();
    mails.into_iter().find(|mail| mail.occasion == occasion).unwrap()
}

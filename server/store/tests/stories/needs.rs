//! What people need: kept as ticked, told to those who arrange it and to nobody else, and gone when its time is over.

use domain::access_need::AccessNeeds;
use domain::account::Role;
use domain::booking::Mode;
use domain::ids::{PersonId, WorkshopId};
use domain::signup::Listing;
use sqlx::AnyPool;
use store::StoreError;
use store::audit::Actor;
use store::signups::SignUpFilter;

use crate::office::{Office, request};

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
async fn two_come(office: &Office) -> WorkshopId {
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

store::on_both_engines! {
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
        let actor = format!("person:{clara}");
        let expected = ["access_duty_taken", "access_duty_ended", "access_duty_taken"];
        assert_eq!(logged(&office, workshop).await, expected.map(|action| (action.to_owned(), actor.clone())));

        let nowhere = WorkshopId(office.store.ambient().uuid());
        let outcome = office.store.set_access_duty(clara, nowhere, true).await;
        assert!(matches!(outcome, Err(StoreError::NotFound)));
    }

    async fn a_file_of_needs_is_for_who_arranges_them_and_leaves_a_row(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = two_come(&office).await;
        let (clara, dora) = (works_there(&office, "Clara").await, works_there(&office, "Dora").await);
        office.store.set_access_duty(clara, workshop, true).await.unwrap();
        let before = office.store.fingerprint().await.unwrap();
        let refused = office.store.export_needs(dora, workshop).await;
        assert!(matches!(refused, Err(StoreError::NotFound)));
        assert_eq!(office.store.fingerprint().await.unwrap(), before);
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
}

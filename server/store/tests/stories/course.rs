//! What the office can look up of a place: what happened, why, and who did it.

use domain::account::Role;
use domain::booking::{Mode, Reason};
use domain::ids::SignUpId;
use store::StoreError;
use store::audit::Actor;

use crate::office::{Office, request};

store_testing::on_both_engines! {
    async fn each_step_of_a_place_tells_its_reason_and_who_did_it(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 1)).await;
        let email = request("Clara", "LaFaSt", Mode::OnSite).attendee.email;
        let clara = office.store.admin_add(Actor::System, &email, Role::Staff, None).await.unwrap();
        office.signs_up(workshop, "Anna").await;
        office.signs_up(workshop, "Berta").await;
        let berta = office.id(workshop, "Berta").await;
        let link = office.link("Berta").await;
        office.store.leave_list(&link).await.unwrap();
        office.store.move_up(Actor::Person(clara), berta, "leitet den Austausch").await.unwrap();
        office.hours_pass(1);
        office.store.staff_cancel(Actor::Person(clara), berta, "krank gemeldet").await.unwrap();

        let course = office.store.course(berta).await.unwrap();
        assert_eq!((course.name.as_str(), course.workshop), ("Berta", workshop));
        let told = course.done.iter().map(|done| {
            let row = done.logged.as_ref().unwrap();
            (done.entry.reason, done.entry.note.as_str(), row.actor.clone(), row.actor_email.as_deref())
        });
        let (by, mail) = (format!("person:{clara}"), Some("clara@traeger.example"));
        assert_eq!(told.collect::<Vec<_>>(), [
            (Reason::SignedUp, "", "visitor".to_owned(), None),
            (Reason::MailConfirmed, "", format!("link:{berta}"), None),
            (Reason::MovedUpByStaff, "leitet den Austausch", by.clone(), mail),
            (Reason::CancelledByStaff, "krank gemeldet", by, mail),
        ]);
        let nobody = SignUpId(office.store.ambient().uuid());
        assert!(matches!(office.store.course(nobody).await, Err(StoreError::NotFound)));
    }

    async fn the_log_of_a_workshop_has_its_places_by_number_and_no_other_ones(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        let elsewhere = office.publishes(&office.plan(31, 5)).await;
        office.signs_up(workshop, "Anna").await;
        office.signs_up(elsewhere, "Berta").await;
        let log = office.store.workshop_log(workshop, 100).await.unwrap();
        let lines = log.iter().map(|(row, number)| (row.action.as_str(), *number)).collect::<Vec<_>>();
        assert_eq!(lines, [
            ("place_changed", Some(1)), ("signed_up", Some(1)), ("workshop_published", None), ("workshop_created", None),
        ]);
        let anna = office.id(workshop, "Anna").await.to_string();
        assert!(log.iter().all(|(row, _)| row.object_id == workshop.to_string() || row.object_id == anna));
        for (row, _) in &log {
            assert!(!format!("{} {}", row.actor, row.detail).to_lowercase().contains("anna"), "{row:?}");
        }
        assert_eq!(office.store.workshop_log(workshop, 1).await.unwrap().len(), 1);
    }
}

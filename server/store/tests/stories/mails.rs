//! Mails in the outbox: claimed by one worker at a time, and by the next one when that one was killed.

use domain::booking::Refusal;
use domain::ids::{IdempotencyKey, SignUpId, WorkshopId};
use domain::mail::Occasion;
use domain::time::Instant;
use serde_json::json;
use sqlx::AnyPool;
use store::StoreError;
use store::audit::Actor;
use store::outbox::{self, Mail, OutboxRow};

use crate::office::{Office, refused};

async fn enqueues(office: &Office, recipient: &'static str) {
    office
        .store
        .write(move |tx| {
            Box::pin(async move {
                outbox::enqueue(
                    tx,
                    Mail {
                        occasion: Occasion::SignInCode,
                        recipient: recipient.to_owned(),
                        unique_key: format!("story:{recipient}"),
                        payload: json!({}),
                        about: None,
                    },
                );
                Ok(())
            })
        })
        .await
        .unwrap();
}

async fn claimed(office: &Office) -> Vec<String> {
    let mails = office.store.claim_mails(10).await.unwrap();
    mails.into_iter().map(|mail| mail.recipient).collect()
}

/// The occasions of all mails about a place.
async fn about(office: &Office, workshop: WorkshopId, place: SignUpId) -> Vec<Occasion> {
    let mails = office.store.mails_about(workshop, place).await.unwrap().mails;
    let mut occasions: Vec<Occasion> = mails.into_iter().map(|mail| mail.occasion).collect();
    // Mails of one instant have no order among themselves.
    occasions.sort_by_key(|occasion| occasion.key());
    occasions
}

fn seconds_between(from: Instant, to: Instant) -> i64 {
    (to.micros() - from.micros()) / 1_000_000
}

store::on_both_engines! {
    async fn what_a_killed_worker_had_claimed_is_due_when_its_claim_ends(database: TestDatabase) {
        let office = Office::open(database).await;
        assert_eq!(office.store.next_mail_at().await.unwrap(), None);
        enqueues(&office, "anna@traeger.example").await;
        let now = office.store.ambient().now();
        assert_eq!(office.store.next_mail_at().await.unwrap(), Some(now));

        assert_eq!(claimed(&office).await, ["anna@traeger.example"]);
        assert_eq!(claimed(&office).await, Vec::<String>::new(), "nobody else gets it");
        let again = office.store.next_mail_at().await.unwrap().unwrap();
        assert!((20..=25).contains(&seconds_between(now, again)), "longer than a mail server may take, and healed in 30 s");

        // Another mail does not wait for it.
        enqueues(&office, "ben@traeger.example").await;
        assert_eq!(office.store.next_mail_at().await.unwrap(), Some(now));
        let mail = office.store.claim_mails(10).await.unwrap().remove(0);
        assert_eq!(mail.recipient, "ben@traeger.example");
        office.store.mail_sent(&mail.id).await.unwrap();

        office.hours_pass(1);
        assert_eq!(claimed(&office).await, ["anna@traeger.example"]);
    }

    async fn every_mail_about_a_place_is_found_and_no_other(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 3)).await;
        for name in ["Anna", "Berta"] {
            office.signs_up(workshop, name).await;
        }
        enqueues(&office, "anna@traeger.example").await;
        let anna = office.id(workshop, "Anna").await;
        let found = about(&office, workshop, anna).await;
        assert_eq!(found, [Occasion::ConfirmSignUp, Occasion::PlaceConfirmed]);
        let other = office.publishes(&office.plan(30, 3)).await;
        assert!(matches!(office.store.mails_about(other, anna).await, Err(StoreError::NotFound)));

        // What was there before mails knew their place finds it: the migration reads it from their keys.
        let pool = AnyPool::connect(&office.database.url).await.unwrap();
        sqlx::query("UPDATE outbox SET about_id = NULL").execute(&pool).await.unwrap();
        assert_eq!(about(&office, workshop, anna).await, []);
        let migration = include_str!("../../migrations/0019_mail_log.sql");
        let updates: Vec<&'static str> = migration.split(";\n").filter(|sql| sql.contains("UPDATE")).collect();
        assert_eq!(updates.len(), 2);
        for sql in updates {
            sqlx::query(sql).execute(&pool).await.unwrap();
        }
        assert_eq!(about(&office, workshop, anna).await, found);
        let left = sqlx::query("SELECT id FROM outbox WHERE about_id IS NULL").fetch_all(&pool).await.unwrap();
        assert_eq!(left.len(), 1, "the code");
    }

    async fn a_mail_goes_out_again_once_for_each_form(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 3)).await;
        office.signs_up(workshop, "Anna").await;
        let anna = office.id(workshop, "Anna").await;
        let store = &office.store;
        let all = || async { store.mails_about(workshop, anna).await.unwrap().mails };
        let first = all().await.into_iter().find(|mail| mail.occasion == Occasion::PlaceConfirmed).unwrap();
        let key = IdempotencyKey(store.ambient().uuid());
        let again = |key| store.mail_again(Actor::System, workshop, anna, &first.id, key);
        assert!(refused(again(key).await, Refusal::WrongState), "it still waits");
        store.mail_failed(&first.id, "550 unbekannt", None).await.unwrap();

        // Two taps on the same button, at the same time.
        let (one, two) = tokio::join!(again(key), again(key));
        assert!(one.is_ok() && two.is_ok());
        assert_eq!(all().await.len(), 3);
        let audit = store.audit_rows(Some(&anna.to_string()), 20).await.unwrap();
        let sent = audit.iter().filter(|row| row.action == "mail_sent_again");
        assert_eq!(sent.map(|row| row.detail.as_str()).collect::<Vec<_>>(), ["place_confirmed"]);
        let put_again = |mail: &OutboxRow| mail.occasion == first.occasion && mail.id != first.id;
        let newest = all().await.into_iter().find(put_again).unwrap();
        assert_eq!((&newest.payload, &newest.recipient, newest.tries), (&first.payload, &first.recipient, 0));

        // With another key it is another wish.
        again(IdempotencyKey(store.ambient().uuid())).await.unwrap();
        assert_eq!(all().await.len(), 4);
        // A code is about no place, and nobody sends it again.
        enqueues(&office, "anna@traeger.example").await;
        let code = store.mails(100).await.unwrap().into_iter().find(|mail| mail.occasion == Occasion::SignInCode).unwrap();
        store.mail_sent(&code.id).await.unwrap();
        let outcome = store.mail_again(Actor::System, workshop, anna, &code.id, IdempotencyKey(store.ambient().uuid())).await;
        assert!(matches!(outcome, Err(StoreError::NotFound)));
    }
}

//! Mails in the outbox: claimed by one worker at a time, and by the next one when that one was killed.

use domain::mail::Occasion;
use domain::time::Instant;
use serde_json::json;
use store::outbox::{self, Mail};

use crate::office::Office;

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
}

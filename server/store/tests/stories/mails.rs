//! Mails in the outbox: claimed by one worker at a time, and by the next one when that one was killed.

use domain::booking::{Mode, PlaceState};
use domain::ids::{IdempotencyKey, SignUpId, WorkshopId};
use domain::mail::Occasion;
use domain::time::Instant;
use serde_json::json;
use sqlx::AnyPool;
use store::StoreError;
use store::audit::Actor;
use store::outbox::{self, Mail, OutboxRow};
use store::signups::{MailFacts, NotAgain, SignUpFilter};

use crate::office::{Office, address, request};

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

/// The newest mail of an occasion to somebody, after it was sent.
async fn sent(office: &Office, name: &str, occasion: Occasion) -> OutboxRow {
    let mails = office.store.mails(100).await.unwrap();
    let mail = mails
        .into_iter()
        .find(|mail| mail.recipient == address(name) && mail.occasion == occasion)
        .unwrap();
    office.store.mail_sent(&mail.id).await.unwrap();
    office.store.mail(&mail.id).await.unwrap()
}

/// Staff want a mail to be sent again: what comes of it, and what the page says about it before.
async fn again(
    office: &Office,
    workshop: WorkshopId,
    place: SignUpId,
    mail: &OutboxRow,
) -> Result<(), NotAgain> {
    let mails = office.store.mails_about(workshop, place).await.unwrap();
    let said = mails.again(mails.mails.iter().find(|one| one.id == mail.id).unwrap());
    let key = IdempotencyKey(office.store.ambient().uuid());
    let done = office
        .store
        .mail_again(Actor::System, workshop, place, &mail.id, key)
        .await
        .unwrap();
    assert_eq!(said, done, "the button is shown if, and only if, it works");
    done
}

fn seconds_between(from: Instant, to: Instant) -> i64 {
    (to.micros() - from.micros()) / 1_000_000
}

store_testing::on_both_engines! {
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

    async fn a_mail_whose_text_is_out_is_held_and_fails_no_more_once_it_is_sent(database: TestDatabase) {
        let office = Office::open(database).await;
        let store = &office.store;
        enqueues(&office, "anna@traeger.example").await;
        let mail = store.claim_mails(1).await.unwrap().remove(0);
        let until = store.ambient().now().plus_seconds(600);
        store.mail_held(&mail, until).await.unwrap();
        assert_eq!(store.mail(&mail.id).await.unwrap().tries, 1, "whoever waits for the answer may be stopped");
        store.ambient().set(until.plus_seconds(-1));
        assert_eq!(claimed(&office).await, Vec::<String>::new(), "its claim alone would be over");
        assert_eq!(store.next_mail_at().await.unwrap(), Some(until));
        store.ambient().set(until);
        assert_eq!(claimed(&office).await, ["anna@traeger.example"], "whoever held it may have been killed");

        // Who held it hears late that it was taken, and whoever got it after that that it was not.
        store.mail_sent(&mail.id).await.unwrap();
        for next_try_at in [Some(until), None] {
            store.mail_failed(&mail, "451 später", next_try_at).await.unwrap();
        }
        store.mail_held(&mail, until.plus_seconds(600)).await.unwrap();
        let mail = store.mail(&mail.id).await.unwrap();
        assert_eq!((mail.sent_at, mail.failed_at, mail.next_try_at, mail.tries), (Some(until), None, None, 1));
    }

    async fn what_becomes_of_a_mail_that_was_held_costs_one_try_at_most(database: TestDatabase) {
        let office = Office::open(database).await;
        let store = &office.store;
        enqueues(&office, "anna@traeger.example").await;
        let start = store.ambient().now();
        let due = async |after| {
            store.ambient().set(start.plus_seconds(after));
            store.claim_mails(1).await.unwrap().remove(0)
        };
        let tries = async |mail: &OutboxRow| store.mail(&mail.id).await.unwrap().tries;
        let mail = due(0).await;
        store.mail_held(&mail, start.plus_seconds(600)).await.unwrap();
        // It is noted again where nobody heard that it was.
        for _ in 0..2 {
            store.mail_failed(&mail, "451 später", Some(start.plus_seconds(60))).await.unwrap();
        }
        assert_eq!(tries(&mail).await, 1);
        let mail = due(60).await;
        assert_eq!(mail.tries, 1);
        store.mail_held(&mail, start.plus_seconds(600)).await.unwrap();
        assert_eq!(tries(&mail).await, 2);
        store.mail_postponed(&mail, "nicht zu erreichen", start.plus_seconds(120)).await.unwrap();
        assert_eq!(tries(&mail).await, 1, "that was none");
        let mail = due(120).await;
        store.mail_failed(&mail, "451 später", None).await.unwrap();
        assert_eq!(tries(&mail).await, 2);
    }

    async fn who_waits_for_a_code_does_not_wait_for_the_mails_of_many(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 3)).await;
        office.signs_up(workshop, "Anna").await;
        office.store.ambient().advance_seconds(60);
        enqueues(&office, "ben@traeger.example").await;
        let next = async || office.store.claim_mails(1).await.unwrap().remove(0).occasion;
        assert_eq!(next().await, Occasion::SignInCode);
        assert_eq!([next().await, next().await], [Occasion::ConfirmSignUp, Occasion::PlaceConfirmed], "as they came");
    }

    async fn of_those_who_wait_for_a_code_the_one_who_waits_longest_comes_first(database: TestDatabase) {
        let office = Office::open(database).await;
        for recipient in ["clara@traeger.example", "ben@traeger.example", "anna@traeger.example"] {
            enqueues(&office, recipient).await;
            office.store.ambient().advance_seconds(1);
        }
        let next = async || office.store.claim_mails(1).await.unwrap().remove(0);
        let clara = next().await;
        assert_eq!(clara.recipient, "clara@traeger.example");
        // It was refused for now, and is due again before the youngest one: what counts is since when.
        let due = clara.created_at.plus_seconds(1).micros() + 1;
        office.store.mail_failed(&clara, "451 später", Some(Instant(due))).await.unwrap();
        let then = [next().await.recipient, next().await.recipient, next().await.recipient];
        assert_eq!(then, ["ben@traeger.example", "clara@traeger.example", "anna@traeger.example"]);
    }

    async fn only_who_had_a_certain_place_has_an_entry_to_call_off(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 2)).await;
        office.signs_up(workshop, "Anna").await;
        office.asks(workshop, "Berta").await.unwrap();
        assert_eq!(office.signs_up(workshop, "Clara").await, PlaceState::Waiting);
        office.store.cancel_workshop(Actor::System, workshop, "Hochwasser").await.unwrap();
        for (name, was_certain) in [("Anna", true), ("Berta", false), ("Clara", false)] {
            let told = office.told(name, Occasion::WorkshopCancelled).await;
            assert_eq!((told.place.state, told.place.was_certain), (PlaceState::Cancelled, was_certain), "{name}");
        }

        let other = office.publishes(&office.plan(30, 1)).await;
        office.store.ambient().advance_seconds(1);
        office.signs_up(other, "Dora").await;
        assert!(office.told("Dora", Occasion::PlaceConfirmed).await.place.was_certain);
        office.store.cancel(&office.link("Dora").await).await.unwrap();
        assert!(office.told("Dora", Occasion::Cancelled).await.place.was_certain);
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
        assert_eq!(again(key).await.unwrap(), Err(NotAgain::Waits));
        store.mail_failed(&first, "550 unbekannt", None).await.unwrap();

        // Two taps on the same button, at the same time.
        let (one, two) = tokio::join!(again(key), again(key));
        assert_eq!((one.unwrap(), two.unwrap()), (Ok(()), Ok(())));
        assert_eq!(all().await.len(), 3);
        let audit = store.audit_rows(Some(&anna.to_string()), 20).await.unwrap();
        let sent = audit.iter().filter(|row| row.action == "mail_sent_again");
        assert_eq!(sent.map(|row| row.detail.as_str()).collect::<Vec<_>>(), ["place_confirmed"]);
        let put_again = |mail: &OutboxRow| mail.occasion == first.occasion && mail.id != first.id;
        let newest = all().await.into_iter().find(put_again).unwrap();
        assert_eq!((&newest.payload, &newest.recipient, newest.tries), (&first.payload, &first.recipient, 0));

        // With another key it is another wish.
        assert_eq!(again(IdempotencyKey(store.ambient().uuid())).await.unwrap(), Ok(()));
        assert_eq!(all().await.len(), 4);
        // A code is about no place, and nobody sends it again.
        enqueues(&office, "anna@traeger.example").await;
        let code = store.mails(100).await.unwrap().into_iter().find(|mail| mail.occasion == Occasion::SignInCode).unwrap();
        store.mail_sent(&code.id).await.unwrap();
        let outcome = store.mail_again(Actor::System, workshop, anna, &code.id, IdempotencyKey(store.ambient().uuid())).await;
        assert!(matches!(outcome, Err(StoreError::NotFound)));
    }

    async fn a_mail_that_goes_out_again_tells_what_holds_now_or_does_not_go(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(10, 1)).await;
        office.signs_up(workshop, "Anna").await;
        office.signs_up(workshop, "Berta").await;
        let berta = office.id(workshop, "Berta").await;
        let waits = sent(&office, "Berta", Occasion::Waiting).await;
        office.store.cancel(&office.link("Anna").await).await.unwrap();
        let offer = sent(&office, "Berta", Occasion::Offer).await;
        assert_eq!(again(&office, workshop, berta, &waits).await, Err(NotAgain::Past), "she does not wait any more");

        office.edits(workshop, |draft| draft.title = "Wohnen, neu".to_owned()).await;
        assert_eq!(again(&office, workshop, berta, &offer).await, Ok(()));
        let mut told: Vec<MailFacts> = office.mails("Berta").await.into_iter()
            .filter(|(occasion, _)| *occasion == Occasion::Offer).map(|(_, facts)| facts).collect();
        told.sort_by_key(|facts| facts.workshop.title.clone());
        assert_eq!(told.len(), 2);
        assert_eq!((told[0].workshop.title.as_str(), told[1].workshop.title.as_str()), ("Wohnen nach der Anerkennung", "Wohnen, neu"));
        assert_eq!(told[0].place.until, told[1].place.until);

        office.store.accept(&office.link("Berta").await).await.unwrap();
        assert_eq!(again(&office, workshop, berta, &offer).await, Err(NotAgain::Past), "the offer is over");
        let message = "Bitte bringen Sie Beispiele mit.";
        office.store.message_group(Actor::System, workshop, &[PlaceState::Confirmed], "k", "Zum Ablauf", message).await.unwrap();
        let message_mail = sent(&office, "Berta", Occasion::StaffMessage).await;
        assert_eq!(again(&office, workshop, berta, &message_mail).await, Ok(()));
        let messages = office.mails("Berta").await.into_iter().filter(|(occasion, _)| *occasion == Occasion::StaffMessage);
        let written: Vec<_> = messages.map(|(_, facts)| (facts.subject, facts.message)).collect();
        assert_eq!(written, vec![("Zum Ablauf".to_owned(), message.to_owned()); 2], "what staff wrote is as it was");
        // After the end nobody is told that we look forward to her.
        let confirmed = sent(&office, "Berta", Occasion::PlaceConfirmed).await;
        assert_eq!(again(&office, workshop, berta, &confirmed).await, Ok(()));
        office.hours_pass(11 * 24);
        assert_eq!(again(&office, workshop, berta, &confirmed).await, Err(NotAgain::Past));
    }

    async fn that_a_mail_came_back_is_noted_once_and_taken_back_with_a_row_in_the_log(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 3)).await;
        office.signs_up(workshop, "Anna").await;
        let anna = office.id(workshop, "Anna").await;
        let store = &office.store;
        let note = |mail: String, bounced| async move { store.mail_bounced(Actor::System, workshop, anna, &mail, bounced).await };
        let listed = async || store.sign_ups(workshop, &SignUpFilter::default()).await.unwrap()[0].bounced;
        let logged = async || {
            let rows = store.audit_rows(Some(&anna.to_string()), 20).await.unwrap();
            let noted = rows.into_iter().rev().filter(|row| row.action.starts_with("mail_"));
            noted.map(|row| (row.action, row.detail)).collect::<Vec<_>>()
        };

        // What still waits cannot have come back.
        let waits = store.mails(100).await.unwrap().into_iter().find(|mail| mail.occasion == Occasion::PlaceConfirmed).unwrap();
        assert!(matches!(note(waits.id, true).await, Err(StoreError::NotFound)));
        let confirmed = sent(&office, "Anna", Occasion::PlaceConfirmed).await;
        let other = office.publishes(&office.plan(30, 3)).await;
        let elsewhere = store.mail_bounced(Actor::System, other, anna, &confirmed.id, true).await;
        assert!(matches!(elsewhere, Err(StoreError::NotFound)));
        assert_eq!((listed().await, logged().await), (false, Vec::new()));

        // Two taps at the same time.
        let (one, two) = tokio::join!(note(confirmed.id.clone(), true), note(confirmed.id.clone(), true));
        one.unwrap();
        two.unwrap();
        let noted = store.mail(&confirmed.id).await.unwrap();
        assert_eq!((noted.bounced_at, noted.sent_at.is_some()), (Some(store.ambient().now()), true));
        let row = |action: &str| (action.to_owned(), "place_confirmed".to_owned());
        assert_eq!((listed().await, logged().await), (true, vec![row("mail_bounced")]));
        let course = store.course(anna).await.unwrap();
        assert_eq!(course.mails.iter().map(|row| row.action.as_str()).collect::<Vec<_>>(), ["mail_bounced"]);
        assert!(course.done.iter().all(|done| done.logged.is_some()), "and what else happened has its rows");
        assert_eq!(again(&office, workshop, anna, &confirmed).await, Ok(()), "it can go out once more");

        note(confirmed.id.clone(), false).await.unwrap();
        assert_eq!(store.mail(&confirmed.id).await.unwrap().bounced_at, None);
        let rows = logged().await;
        assert_eq!((rows.first(), rows.last()), (Some(&row("mail_bounced")), Some(&row("mail_bounce_undone"))));
        assert!(!listed().await);

        // Who has the place now has another address: that one has not been seen to fail.
        note(confirmed.id.clone(), true).await.unwrap();
        assert!(listed().await);
        let clara = request("Clara", "x x", Mode::OnSite).attendee;
        store.hand_over(&office.link("Anna").await, clara.name, clara.email).await.unwrap();
        assert!(!listed().await);
    }

    async fn who_handed_a_place_on_is_written_to_no_more(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 3)).await;
        office.signs_up(workshop, "Anna").await;
        let place = office.id(workshop, "Anna").await;
        let confirmed = sent(&office, "Anna", Occasion::PlaceConfirmed).await;
        assert_eq!(again(&office, workshop, place, &confirmed).await, Ok(()));
        let clara = request("Clara", "x x", Mode::OnSite).attendee;
        office.store.hand_over(&office.link("Anna").await, clara.name, clara.email).await.unwrap();
        for mail in [confirmed.clone(), sent(&office, "Anna", Occasion::HandedOn).await] {
            assert_eq!(again(&office, workshop, place, &mail).await, Err(NotAgain::OtherHolder));
        }
        let handed_over = sent(&office, "Clara", Occasion::HandedOver).await;
        assert_eq!(again(&office, workshop, place, &handed_over).await, Ok(()));

        // Sabotage: with the address of the new holder, however it is written, the old mail goes out, and tells of her place.
        let pool = AnyPool::connect(&office.database.url).await.unwrap();
        sqlx::query("UPDATE outbox SET recipient = 'CLARA@traeger.example' WHERE id = $1")
            .bind(&confirmed.id).execute(&pool).await.unwrap();
        assert_eq!(again(&office, workshop, place, &confirmed).await, Ok(()));
        let told = office.told("Clara", Occasion::PlaceConfirmed).await;
        assert_eq!((told.place.name.as_str(), told.place.token), ("Clara", office.link("Clara").await));
    }
}

//! R1: thousands want few seats at once. With the lock nobody is lost and no seat is given twice; without it
//! the same crowd overbooks, and the unique seat is the last net.
#![expect(clippy::unwrap_used, reason = "a rush that cannot go on has failed")]

use std::collections::BTreeSet;

use domain::booking::PlaceState;
use domain::ids::WorkshopId;
use domain::signup::SignUpRequest;
use domain::time::Instant;
use domain::workshop::WorkshopDraft;
use futures::future::join_all;
use sqlx::Connection;
use store::audit::Actor;
use store::engine::Locking;
use store::signups::{MailFacts, SignUpAnswer, SignUpCommand, SignUpFilter, SignUpRow};
use store::{Ambient, Engine, Store, StoreError};
use store_testing::{TestDatabase, command, form, plan};

const PEOPLE: usize = 2_000;
/// People of a sabotaged rush: enough to overbook 20 seats.
const PEOPLE_WITHOUT_LOCK: usize = 300;
/// Of each ten people one taps twice.
const DOUBLE_TAP_EVERY: usize = 10;

fn ambient() -> Ambient {
    Ambient::manual(Instant::from_input("2026-11-09T09:00").unwrap())
}

async fn workshop(store: &Store, seats: u32) -> WorkshopId {
    let draft = WorkshopDraft {
        title: format!("Andrang auf {seats} Plätze"),
        ..plan(store.ambient().now(), 30, seats)
    };
    let row = store.create_workshop(Actor::System, &draft).await.unwrap();
    store.publish_workshop(Actor::System, row.id).await.unwrap();
    row.id
}

fn request(index: usize) -> SignUpRequest {
    let email = format!("person{index}@traeger.example");
    form(&format!("Person {index}"), &email).parse().unwrap()
}

/// Sends a form until it is answered: "busy" means try again, with the same key.
async fn sends(store: Store, command: SignUpCommand) -> SignUpAnswer {
    loop {
        match store.sign_up(command.clone()).await {
            Err(StoreError::Busy) => tokio::task::yield_now().await,
            answer => return answer.unwrap(),
        }
    }
}

async fn list(store: &Store, workshop: WorkshopId) -> Vec<SignUpRow> {
    store.sign_ups(workshop, &SignUpFilter::default()).await.unwrap()
}

async fn everybody_at_once(stores: &[Store], seats: u32) {
    let workshop = workshop(&stores[0], seats).await;
    let mut attempts = Vec::new();
    for index in 0..PEOPLE {
        let command = command(&stores[0], workshop, request(index));
        let taps = if index % DOUBLE_TAP_EVERY == 0 { 2 } else { 1 };
        for tap in 0..taps {
            // The second tap may reach the other server.
            let store = stores[(index + tap) % stores.len()].clone();
            attempts.push(tokio::spawn(sends(store, command.clone())));
        }
    }
    let mut answers = join_all(attempts).await.into_iter().map(Result::unwrap);
    let mut positions = BTreeSet::new();
    let mut held = 0;
    for index in 0..PEOPLE {
        let answer = answers.next().unwrap();
        if index % DOUBLE_TAP_EVERY == 0 {
            assert_eq!(
                answers.next().unwrap(),
                answer,
                "the same key gets the same answer"
            );
        }
        match answer.people[0].position {
            Some(position) => assert!(positions.insert(position), "no position is given twice"),
            None => held += 1,
        }
    }
    let waiting = i64::try_from(PEOPLE).unwrap() - i64::from(seats);
    assert_eq!(held, seats);
    assert!(positions.into_iter().eq(1..=waiting), "the line has no gap");

    // Everybody who holds a seat confirms.
    let held = list(&stores[0], workshop)
        .await
        .into_iter()
        .filter(|row| row.state == PlaceState::Held);
    let held = held.map(|row| row.id.to_string()).collect::<BTreeSet<_>>();
    for mail in stores[0].mails(10_000).await.unwrap() {
        let facts: MailFacts = serde_json::from_value(mail.payload).unwrap();
        if held.contains(&facts.place.id) {
            stores[0].confirm(&facts.place.token).await.unwrap();
        }
    }
    let rows = list(&stores[0], workshop).await;
    let confirmed = rows
        .iter()
        .filter(|row| row.state == PlaceState::Confirmed)
        .collect::<Vec<_>>();
    assert_eq!(confirmed.len(), usize::try_from(seats).unwrap());
    let numbers = confirmed
        .iter()
        .filter_map(|row| row.seat_no)
        .collect::<BTreeSet<_>>();
    assert!(numbers.into_iter().eq(1..=i64::from(seats)));
    assert_eq!(rows.len(), PEOPLE);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_want_a_seat_on_sqlite() {
    let database = TestDatabase::new(Engine::Sqlite);
    let store = database.open_with(ambient(), Locking::On).await.unwrap();
    for seats in [20, 40, 80] {
        everybody_at_once(std::slice::from_ref(&store), seats).await;
    }
    assert_eq!(store.audit_first_break().await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_want_a_seat_on_postgres_with_two_servers() {
    let database = TestDatabase::new(Engine::Postgres);
    let ambient = ambient();
    let one = database.open_with(ambient.clone(), Locking::On).await.unwrap();
    let other = database.open_with(ambient, Locking::On).await.unwrap();
    let stores = [one, other];
    for seats in [20, 40, 80] {
        everybody_at_once(&stores, seats).await;
    }
    assert_eq!(stores[0].audit_first_break().await.unwrap(), None);
}

/// The same without the lock. Returns everybody who got in, and how many the database refused.
async fn without_lock(database: &TestDatabase, unique_seats: bool) -> (Vec<SignUpRow>, usize) {
    let store = database.open_with(ambient(), Locking::Off).await.unwrap();
    if !unique_seats {
        let mut connection = sqlx::AnyConnection::connect(&database.url).await.unwrap();
        sqlx::query("DROP INDEX sign_up_seat")
            .execute(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
    }
    let workshop = workshop(&store, 20).await;
    let attempts = (0..PEOPLE_WITHOUT_LOCK).map(|index| {
        let store = store.clone();
        let command = command(&store, workshop, request(index));
        tokio::spawn(async move { store.sign_up(command).await })
    });
    let outcomes = join_all(attempts).await;
    let refused = outcomes
        .into_iter()
        .filter(|outcome| outcome.as_ref().is_ok_and(Result::is_err))
        .count();
    let mut rows = list(&store, workshop).await;
    rows.retain(|row| row.state.takes_seat());
    (rows, refused)
}

fn different_seats(rows: &[SignUpRow]) -> usize {
    rows.iter().map(|row| row.seat_no).collect::<BTreeSet<_>>().len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_lock_sqlite_overbooks() {
    for unique_seats in [true, false] {
        let (seated, _) = without_lock(&TestDatabase::new(Engine::Sqlite), unique_seats).await;
        assert!(seated.len() > 20, "{} people on 20 seats", seated.len());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_lock_postgres_overbooks_and_only_the_unique_seat_keeps_numbers_apart() {
    let (seated, refused) = without_lock(&TestDatabase::new(Engine::Postgres), true).await;
    assert!(
        seated.len() > 20 || refused > 0,
        "{} people on 20 seats, {refused} refused",
        seated.len()
    );
    assert_eq!(different_seats(&seated), seated.len(), "the second net");
    let (seated, _) = without_lock(&TestDatabase::new(Engine::Postgres), false).await;
    assert!(
        different_seats(&seated) < seated.len(),
        "without both nets a seat is given twice"
    );
}

//! Who writes at the same time waits, but never in a circle: of those who did, PostgreSQL would refuse one.

use std::collections::BTreeSet;

use domain::board::{Anonymity, Level, Settings};
use domain::booking::{Mode, PlaceState};
use domain::ids::{TemplateId, WorkshopId};
use futures::future::{join, join_all};
use sqlx::{AnyConnection, AnyPool, Connection};
use store::audit::Actor;
use store::boards::TemplateDraft;
use store::engine::Locking;
use store::signups::SignUpFilter;
use store::{Engine, StoreError};
use store_testing::{TestDatabase, board_draft};
use tokio::sync::oneshot;

use crate::crossing::wait;
use crate::office::{Office, address, request};

/// How often it is tried: in each round a circle is likely, if there can be one.
const ROUNDS: usize = 6;
/// Who signs up while an account is deleted.
const SIGN_UPS: usize = 4;
/// What each of two servers makes at the same moment.
const MADE: usize = 8;

/// A place in each of them, and an account.
async fn comes_to(office: &Office, workshops: &[WorkshopId], name: &str) {
    for workshop in workshops {
        let request = request(name, "Brücke Mulde", Mode::OnSite);
        let entered = office
            .store
            .staff_add(Actor::System, *workshop, request, "am Telefon");
        entered.await.unwrap();
    }
}

async fn state(office: &Office, workshop: WorkshopId, name: &str) -> PlaceState {
    let rows = office
        .store
        .sign_ups(workshop, &SignUpFilter::default())
        .await
        .unwrap();
    rows.iter().find(|row| row.email == address(name)).unwrap().state
}

store_testing::on_both_engines! {
    async fn deleting_an_account_and_signing_up_wait_for_each_other_in_no_circle(database: TestDatabase) {
        let office = Office::open(database).await;
        let draft = office.plan(30, 200);
        let mut workshops = [office.publishes(&draft).await, office.publishes(&draft).await];
        // As a deletion takes them: the second one while it has changed something in the first.
        workshops.sort_by_key(ToString::to_string);
        for round in 0..ROUNDS {
            let name = format!("Anna{round}");
            comes_to(&office, &workshops, &name).await;
            let person = office.signs_in(&name, "Telefon").await.person;
            let others: Vec<_> = (0..SIGN_UPS).map(|other| format!("Berta{round}-{other}")).collect();
            let (deleted, signed_up) = join(
                office.store.delete_account(person),
                join_all(others.iter().map(|other| office.asks(workshops[1], other))),
            )
            .await;
            deleted.unwrap();
            for answer in signed_up {
                assert_eq!(answer.unwrap().people[0].state, PlaceState::Held);
            }
            for workshop in workshops {
                assert_eq!(state(&office, workshop, &name).await, PlaceState::Cancelled);
            }
        }
        assert_eq!(office.store.audit_first_break().await.unwrap(), None);
    }
}

/// Boards and Veranstaltungen of the same title: each has a number and a name of its own, and nobody hears that it is there already.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_two_servers_make_at_once_is_all_made() {
    let office = Office::open(TestDatabase::new(Engine::Postgres)).await;
    let ambient = office.store.ambient().clone();
    let other = office.database.open_with(ambient, Locking::On).await.unwrap();
    let servers = || (0..2 * MADE).map(|nth| if nth % 2 == 0 { &office.store } else { &other });
    // One Veranstaltung for all boards: whoever makes one locks it, too.
    let plan = office.plan(30, 5);
    let workshop = office.publishes(&plan).await;
    let mut draft = board_draft(Settings::new(Level::Off, Anonymity::Named, 3));
    let boards = join_all(servers().map(|server| server.create_board(Actor::System, &draft))).await;
    draft.workshop = Some(workshop);
    let more = join_all(servers().map(|server| server.create_board(Actor::System, &draft))).await;
    let boards = boards.into_iter().chain(more).map(|board| board.unwrap());
    let (numbers, slugs): (BTreeSet<_>, BTreeSet<_>) = boards.map(|board| (board.number, board.slug)).unzip();
    assert_eq!((numbers.len(), slugs.len()), (4 * MADE, 4 * MADE));

    let made = join_all(servers().map(|server| server.create_workshop(Actor::System, &plan))).await;
    let made = made.into_iter().map(|workshop| workshop.unwrap());
    let (numbers, slugs): (BTreeSet<_>, BTreeSet<_>) = made.map(|row| (row.number, row.slug)).unzip();
    assert_eq!((numbers.len(), slugs.len()), (2 * MADE, 2 * MADE));
}

/// Templates of the same title, too; and a form that both servers get is one template.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn templates_that_two_servers_make_at_once_are_all_made_and_the_same_one_once() {
    let office = Office::open(TestDatabase::new(Engine::Postgres)).await;
    let ambient = office.store.ambient().clone();
    let other = office.database.open_with(ambient, Locking::On).await.unwrap();
    let drafts = || {
        (0..2 * MADE).map(|_| TemplateDraft {
            id: TemplateId(office.store.ambient().uuid()),
            title: "Ankommen".to_owned(),
            lead: "Was fehlt vor Ort?".to_owned(),
            settings: Settings::new(Level::Off, Anonymity::Named, 3),
            columns: vec!["Was fehlt".to_owned()],
        })
    };
    let make = async |drafts: Vec<TemplateDraft>| {
        let made = drafts.iter().enumerate().map(|(nth, draft)| {
            let server = if nth % 2 == 0 { &office.store } else { &other };
            server.create_template(Actor::System, draft)
        });
        let made = join_all(made).await.into_iter().map(|template| template.unwrap());
        made.map(|template| template.slug).collect::<BTreeSet<_>>()
    };
    assert_eq!(make(drafts().collect()).await.len(), 2 * MADE);
    let form = drafts().next().unwrap();
    assert_eq!(make(vec![form; 2 * MADE]).await.len(), 1);
}

/// Anna deletes her account and signs up for one more Veranstaltung meanwhile, which everybody locks before the one that she is in.
/// Berta's links, for both, are mailed at that moment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_signs_up_while_the_account_is_deleted_makes_nobody_wait_in_a_circle() {
    let office = Office::open(TestDatabase::new(Engine::Postgres)).await;
    let draft = office.plan(30, 9);
    let mut workshops = [office.publishes(&draft).await, office.publishes(&draft).await];
    workshops.sort_by_key(ToString::to_string);
    let [first, second] = workshops;
    comes_to(&office, &workshops, "Berta").await;
    comes_to(&office, &[second], "Anna").await;
    let person = office.signs_in("Anna", "Telefon").await.person;
    let berta = request("Berta", "x x", Mode::OnSite).attendee.email;
    office.store.ask_for_links(&berta).await.unwrap();
    office.store.ambient().advance_seconds(60);
    let wish = office.store.due_links().await.unwrap().remove(0);

    let looks = AnyPool::connect(&office.database.url).await.unwrap();
    let mut gate = AnyConnection::connect(&office.database.url).await.unwrap();
    sqlx::raw_sql("BEGIN").execute(&mut gate).await.unwrap();
    let held = sqlx::query("SELECT id FROM workshop WHERE id = $1 FOR UPDATE").bind(second.to_string());
    held.fetch_one(&mut gate).await.unwrap();
    let store = office.store.clone();
    let deleted = tokio::spawn(async move { store.delete_account(person).await });
    wait(&looks, 1).await;
    office.asks(first, "Anna").await.unwrap();
    let store = office.store.clone();
    let mailed = tokio::spawn(async move { store.mail_links(&wish).await });
    wait(&looks, 2).await;
    gate.close().await.unwrap();

    deleted.await.unwrap().unwrap();
    assert_eq!(mailed.await.unwrap().unwrap(), 2);
    for workshop in workshops {
        let state = state(&office, workshop, "Anna").await;
        assert!(!state.is_active(), "{state:?}");
    }
}

/// Anna deletes her account, which locks both of her Veranstaltungen in the order of their ids. Somebody else changes both, too, in
/// this order, and is between the two when she begins. Returns what became of both.
async fn deletes_beside_a_change_of_both(in_order: bool) -> [Result<(), StoreError>; 2] {
    let office = Office::open(TestDatabase::new(Engine::Postgres)).await;
    let draft = office.plan(30, 9);
    let mut workshops = [office.publishes(&draft).await, office.publishes(&draft).await];
    comes_to(&office, &workshops, "Anna").await;
    let person = office.signs_in("Anna", "Telefon").await.person;
    workshops.sort_by_key(ToString::to_string);
    if !in_order {
        workshops.reverse();
    }
    let [one, other] = workshops.map(|workshop| workshop.to_string());
    let looks = AnyPool::connect(&office.database.url).await.unwrap();
    let (begun, has_begun) = oneshot::channel();
    let (go_on, may_go_on) = oneshot::channel();
    let store = office.store.clone();
    let changed = tokio::spawn(async move {
        let both = store.write(move |tx| {
            Box::pin(async move {
                tx.lock(&one).await?;
                begun.send(()).unwrap();
                may_go_on.await.unwrap();
                tx.lock(&other).await
            })
        });
        both.await
    });
    has_begun.await.unwrap();
    let store = office.store.clone();
    let deleted = tokio::spawn(async move { store.delete_account(person).await });
    wait(&looks, 1).await;
    go_on.send(()).unwrap();
    [deleted.await.unwrap().map(|_| ()), changed.await.unwrap()]
}

/// Whether PostgreSQL ended a circle of who waits for whom (`deadlock_detected`).
fn was_in_a_circle(outcome: &Result<(), StoreError>) -> bool {
    let Err(StoreError::Database(sqlx::Error::Database(error))) = outcome else {
        return false;
    };
    error.code().is_some_and(|code| code == "40P01")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_locks_the_same_in_the_same_order_is_refused_by_nobody() {
    for outcome in deletes_beside_a_change_of_both(true).await {
        outcome.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sabotage_who_locks_the_same_the_other_way_round_makes_a_circle_and_one_of_both_is_refused() {
    let outcomes = deletes_beside_a_change_of_both(false).await;
    let refused: Vec<_> = outcomes.iter().filter(|outcome| outcome.is_err()).collect();
    assert_eq!(refused.len(), 1, "{outcomes:?}");
    assert!(was_in_a_circle(refused[0]), "{outcomes:?}");
}

//! Mails that are written while what they tell changes. On PostgreSQL each change has a transaction of its own, and sees nothing
//! of one that is not committed: who writes a mail about a place, and who changes the place, wait for each other. On SQLite the
//! single writer takes one after the other.

use std::pin::pin;
use std::time::Duration;

use domain::access_need::AccessNeeds;
use domain::account::Role;
use domain::booking::{Mode, PlaceState};
use domain::contact::EmailAddress;
use domain::ids::{IdempotencyKey, WorkshopId};
use domain::mail::Occasion;
use domain::signup::Listing;
use futures::future::join;
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, Connection, Row};
use store::audit::Actor;
use store::{Engine, StoreError};
use store_testing::TestDatabase;

use crate::needs::{telling, two_come};
use crate::office::{Office, address, request};

/// What waits in these stories does so within this time.
pub const WAITS_WITHIN: Duration = Duration::from_secs(30);

/// Anna, who needs something, has a place.
async fn opens() -> (Office, WorkshopId) {
    let office = Office::open(TestDatabase::new(Engine::Postgres)).await;
    let workshop = two_come(&office).await;
    office.store.confirm(&office.link("Anna").await).await.unwrap();
    (office, workshop)
}

/// Two changes at once: the first one stops where it has yet to write its mail of this occasion, until the second one is done or
/// waits, too.
async fn cross<A, B>(
    office: &Office,
    occasion: Occasion,
    first: impl Future<Output = A>,
    second: impl Future<Output = B>,
) -> (A, B) {
    let mail = format!(
        "INSERT ON outbox FOR EACH ROW WHEN (NEW.occasion = '{}')",
        occasion.key()
    );
    cross_before(office, &mail, first, second).await
}

/// Two changes at once: the first one stops before it does this to a table, until the second one is done or waits, too.
pub async fn cross_before<A, B>(
    office: &Office,
    what: &str,
    first: impl Future<Output = A>,
    second: impl Future<Output = B>,
) -> (A, B) {
    let url = &office.database.url;
    let looks = AnyPool::connect(url).await.unwrap();
    let mut gate = AnyConnection::connect(url).await.unwrap();
    let shut = format!(
        "CREATE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql
            AS 'BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NEW; END';
         CREATE TRIGGER gate BEFORE {what} EXECUTE FUNCTION gate();
         SELECT CAST(pg_advisory_lock(1) AS TEXT)"
    );
    sqlx::raw_sql(AssertSqlSafe(shut))
        .execute(&mut gate)
        .await
        .unwrap();
    let second = async {
        wait(&looks, 1).await;
        let mut second = pin!(second);
        let done = tokio::select! {
            done = &mut second => Some(done),
            () = wait(&looks, 2) => None,
        };
        gate.close().await.unwrap();
        match done {
            Some(done) => done,
            None => second.await,
        }
    };
    join(first, second).await
}

/// Until so many changes wait for a lock.
pub async fn wait(looks: &AnyPool, changes: i64) {
    let mut turns = tokio::time::interval(Duration::from_millis(20));
    let waiting = async || {
        let row = sqlx::query(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        );
        let row = row.fetch_one(looks).await.unwrap();
        row.try_get::<i64, _>(0).unwrap()
    };
    let all = async {
        while waiting().await < changes {
            turns.tick().await;
        }
    };
    let waited = tokio::time::timeout(WAITS_WITHIN, all).await;
    waited.unwrap_or_else(|_| panic!("no {changes} changes wait"));
}

/// Anna hands her place to Clara.
async fn hands_over(office: &Office, link: &str) -> Result<(), StoreError> {
    let clara = request("Clara", "x x", Mode::OnSite).attendee;
    office.store.hand_over(link, clara.name, clara.email).await
}

fn anna() -> EmailAddress {
    request("Anna", "x x", Mode::OnSite).attendee.email
}

/// Anna wants her links; the mails are not made yet.
async fn wants_links(office: &Office) -> String {
    office.store.ask_for_links(&anna()).await.unwrap();
    office.store.ambient().advance_seconds(60);
    office.store.due_links().await.unwrap().remove(0)
}

/// Who was written to on this occasion.
async fn written_to(office: &Office, occasion: Occasion) -> Vec<String> {
    let mails = office.store.mails(1_000).await.unwrap();
    let mails = mails.into_iter().filter(|mail| mail.occasion == occasion);
    mails.map(|mail| mail.recipient).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn links_of_a_place_that_is_being_handed_on_go_to_nobody() {
    let (office, _) = opens().await;
    let (link, wish) = (office.link("Anna").await, wants_links(&office).await);
    let handed = hands_over(&office, &link);
    let (handed, mailed) = cross(
        &office,
        Occasion::HandedOver,
        handed,
        office.store.mail_links(&wish),
    )
    .await;
    handed.unwrap();
    assert_eq!(mailed.unwrap(), 0);
    assert_eq!(
        written_to(&office, Occasion::LinkAgain).await,
        Vec::<String>::new()
    );
    assert_eq!(telling(&office).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_hands_on_a_place_whose_link_is_being_mailed_leaves_no_needs_in_the_mail() {
    let (office, _) = opens().await;
    let (link, wish) = (office.link("Anna").await, wants_links(&office).await);
    let mailed = office.store.mail_links(&wish);
    let (mailed, handed) = cross(&office, Occasion::LinkAgain, mailed, hands_over(&office, &link)).await;
    assert_eq!(mailed.unwrap(), 1);
    handed.unwrap();
    assert_eq!(written_to(&office, Occasion::LinkAgain).await, [address("Anna")]);
    assert_eq!(telling(&office).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_to_all_who_come_reaches_who_comes_now() {
    let (office, workshop) = opens().await;
    let link = office.link("Anna").await;
    let confirmed = [PlaceState::Confirmed];
    let message = office.store.message_group(
        Actor::System,
        workshop,
        &confirmed,
        "k",
        "Zum Ablauf",
        "Bis bald.",
    );
    let handed = hands_over(&office, &link);
    let (handed, sent) = cross(&office, Occasion::HandedOver, handed, message).await;
    handed.unwrap();
    assert_eq!(sent.unwrap(), 1);
    assert_eq!(
        written_to(&office, Occasion::StaffMessage).await,
        [address("Clara")]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn needs_that_are_erased_while_a_link_is_mailed_are_not_in_the_mail() {
    let (office, _) = opens().await;
    let (link, wish) = (office.link("Anna").await, wants_links(&office).await);
    let nothing = AccessNeeds::default();
    let erased = office.store.change_answers(&link, nothing, "", Listing::Nobody);
    let (mailed, erased) = cross(
        &office,
        Occasion::LinkAgain,
        office.store.mail_links(&wish),
        erased,
    )
    .await;
    assert_eq!(mailed.unwrap(), 1);
    erased.unwrap();
    assert_eq!(telling(&office).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_deletes_the_account_while_a_link_is_mailed_leaves_no_needs_in_the_mail() {
    let (office, _) = opens().await;
    let store = &office.store;
    let account = store
        .admin_add(Actor::System, &anna(), Role::Participant, None)
        .await
        .unwrap();
    // It has begun: the place is not given up any more, and its link still counts.
    office.hours_pass(30 * 24);
    let wish = wants_links(&office).await;
    let (mailed, deleted) = cross(
        &office,
        Occasion::LinkAgain,
        store.mail_links(&wish),
        store.delete_account(account),
    )
    .await;
    assert_eq!(mailed.unwrap(), 1);
    deleted.unwrap();
    assert_eq!(telling(&office).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_deletes_the_account_while_a_link_is_mailed_after_the_end_leaves_no_needs_in_the_mail() {
    let (office, workshop) = opens().await;
    let store = &office.store;
    let account = store
        .admin_add(Actor::System, &anna(), Role::Participant, None)
        .await
        .unwrap();
    let wish = wants_links(&office).await;
    store.mail_links(&wish).await.unwrap();
    let mails = store.mails(1_000).await.unwrap();
    for mail in &mails {
        store.mail_sent(&mail.id).await.unwrap();
    }
    let mail = mails
        .iter()
        .find(|mail| mail.occasion == Occasion::LinkAgain)
        .unwrap();
    let place = office.id(workshop, "Anna").await;
    // It is over, and it is still kept what she needed. Staff send her the link once more.
    office.hours_pass(31 * 24);
    let key = IdempotencyKey(store.ambient().uuid());
    let (mailed, deleted) = cross(
        &office,
        Occasion::LinkAgain,
        store.mail_again(Actor::System, workshop, place, &mail.id, key),
        store.delete_account(account),
    )
    .await;
    assert_eq!(mailed.unwrap(), Ok(()));
    deleted.unwrap();
    assert_eq!(
        written_to(&office, Occasion::LinkAgain).await,
        [address("Anna"), address("Anna")]
    );
    assert_eq!(telling(&office).await, 0);
}

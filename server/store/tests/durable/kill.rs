//! R2 without HTTP, and what it is for: a process that writes is killed again and again, and who was told of a place has it
//! afterwards. The same, answered before the commit, loses somebody within a few kills.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use domain::ids::WorkshopId;
use futures::future::join_all;
use store::signups::SignUpFilter;
use store::writer::Answering;
use store::{Ambient, Engine, Store};
use store_testing::{TestDatabase, command, form};

use crate::workshop;

/// The process that is killed is told by this variable what to write into: the Veranstaltung and the database.
const WRITES_INTO: &str = "LAFAST_TEST_WRITES_INTO";
/// How often such a process was killed before it.
const TURN: &str = "LAFAST_TEST_TURN";
/// How often it is killed.
const KILLS: u32 = 20;
/// How often at most, if what was answered may be lost.
const SABOTAGED_KILLS_MAX: u32 = 60;
/// It is killed after so many answers at most.
const ANSWERS_MAX: u32 = 24;
/// Forms that are on their way at the same time.
const AT_ONCE: u32 = 8;
/// So many forms each of them sends if nobody kills it.
const FORMS_MAX: u32 = 2_000;
/// What stands before the address of who has a place.
const TOLD: &str = "told: ";

/// What the process does that is killed: it signs people up, and says of each who has a place.
async fn writes_until_it_is_killed(into: &str, answering: Answering) -> ! {
    let (workshop, url) = into.split_once(' ').unwrap();
    let workshop = WorkshopId::parse(workshop).unwrap();
    let turn = std::env::var(TURN).unwrap();
    let store = Store::open_answering(url, Ambient::system(), answering)
        .await
        .unwrap();
    join_all((0..AT_ONCE).map(|one| signs_people_up(&store, workshop, format!("p{turn}-{one}")))).await;
    panic!("nobody has killed it");
}

async fn signs_people_up(store: &Store, workshop: WorkshopId, name: String) {
    for nth in 0..FORMS_MAX {
        let email = format!("{name}-{nth}@traeger.example");
        let request = form("Anna", &email).parse().unwrap();
        store.sign_up(command(store, workshop, request)).await.unwrap();
        // In one piece: the process may be gone after any byte.
        let line = format!("{TOLD}{email}\n");
        std::io::stderr().write_all(line.as_bytes()).unwrap();
    }
}

/// Starts this test once more as a process of its own, which writes, and kills it as soon as it has said so much. Returns who
/// was told of a place.
fn one_life(test: &str, into: &str, turn: u32) -> Vec<String> {
    let mut process = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(WRITES_INTO, into)
        .env(TURN, turn.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(process.stderr.take().unwrap());
    let answers = usize::try_from(1 + turn * 7 % ANSWERS_MAX).unwrap();
    let mut all = Vec::new();
    let mut told = Vec::new();
    let mut line = String::new();
    while said.read_line(&mut line).unwrap() > 0 {
        // What has no end was cut off by the kill.
        let email = line.strip_prefix(TOLD).and_then(|rest| rest.strip_suffix('\n'));
        told.extend(email.map(str::to_owned));
        if told.len() == answers {
            // Once more after that does nothing: it is gone.
            process.kill().unwrap();
        }
        all.push(std::mem::take(&mut line));
    }
    process.wait().unwrap();
    assert!(told.len() >= answers, "it ended by itself: {all:?}");
    told
}

/// Who is there, once everything that was under way has ended.
async fn there(url: &str, workshop: WorkshopId) -> Vec<String> {
    let store = Store::open(url, Ambient::system()).await.unwrap();
    let behind_all = store.write(move |tx| Box::pin(async move { tx.lock(&workshop.to_string()).await }));
    behind_all.await.unwrap();
    let rows = store.sign_ups(workshop, &SignUpFilter::default()).await.unwrap();
    store.close().await;
    rows.into_iter().map(|row| row.email).collect()
}

/// Kills again and again until something is lost, or so often. Returns what is lost.
async fn lost(test: &str, engine: Engine, answering: Answering, kills: u32) -> Vec<String> {
    if let Ok(into) = std::env::var(WRITES_INTO) {
        writes_until_it_is_killed(&into, answering).await;
    }
    let database = TestDatabase::new(engine);
    let store = Store::open(&database.url, Ambient::system()).await.unwrap();
    let workshop = workshop(&store).await;
    store.close().await;
    let into = format!("{workshop} {}", database.url);
    let mut told = Vec::new();
    for turn in 0..kills {
        told.extend(one_life(test, &into, turn));
        let there = there(&database.url, workshop).await;
        let known: BTreeSet<_> = there.iter().collect();
        assert_eq!(known.len(), there.len(), "somebody is there twice");
        let lost: Vec<_> = told
            .iter()
            .filter(|email| !known.contains(email))
            .cloned()
            .collect();
        if !lost.is_empty() {
            return lost;
        }
    }
    Vec::new()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_acknowledged_outlives_a_kill_on_sqlite() {
    let test = "kill::what_is_acknowledged_outlives_a_kill_on_sqlite";
    let lost = lost(test, Engine::Sqlite, Answering::AfterCommit, KILLS).await;
    assert_eq!(lost, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_acknowledged_outlives_a_kill_on_postgres() {
    let test = "kill::what_is_acknowledged_outlives_a_kill_on_postgres";
    let lost = lost(test, Engine::Postgres, Answering::AfterCommit, KILLS).await;
    assert_eq!(lost, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sabotage_what_is_answered_before_the_commit_is_lost_on_sqlite() {
    let test = "kill::sabotage_what_is_answered_before_the_commit_is_lost_on_sqlite";
    let lost = lost(test, Engine::Sqlite, Answering::BeforeCommit, SABOTAGED_KILLS_MAX).await;
    assert!(!lost.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sabotage_what_is_answered_before_the_commit_is_lost_on_postgres() {
    let test = "kill::sabotage_what_is_answered_before_the_commit_is_lost_on_postgres";
    let lost = lost(
        test,
        Engine::Postgres,
        Answering::BeforeCommit,
        SABOTAGED_KILLS_MAX,
    )
    .await;
    assert!(!lost.is_empty());
}

//! P4: how many sign-ups a second are decided durably, and how long the slowest wait.
//!
//! `cargo run --release -p store --example rush [people] [at once]`, on SQLite with `synchronous=FULL` in the
//! temporary folder. Set `TMPDIR` to the disk that is to be measured: a folder in memory proves nothing.
#![expect(clippy::print_stdout, reason = "a benchmark that prints nothing is of no use")]

use std::time::{Duration, Instant as Moment};

use domain::signup::SignUpForm;
use domain::workshop::WorkshopDraft;
use futures::stream::{self, StreamExt};
use store::audit::Actor;
use store::engine::Locking;
use store::signups::SignUpCommand;
use store::{Ambient, Engine, Store};
use store_testing::{TestDatabase, form, plan};

const SEATS: u32 = 20;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let people = arguments.next().map_or(Ok(2_000), |text| text.parse::<usize>())?;
    let at_once = arguments
        .next()
        .map_or(Ok(people), |text| text.parse::<usize>())?;
    let database = TestDatabase::new(Engine::Sqlite);
    let store = database.open_with(Ambient::system(), Locking::On).await?;
    // As long as the text of a real one.
    let plan = WorkshopDraft {
        description: "Beschreibung. ".repeat(100),
        ..plan(store.ambient().now(), 30, SEATS)
    };
    let workshop = store.create_workshop(Actor::System, &plan).await?.id;
    store.publish_workshop(Actor::System, workshop).await?;
    let commands = (0..people)
        .map(|index| command(&store, workshop, index))
        .collect::<Outcome<Vec<_>>>()?;

    let start = Moment::now();
    let mut waits = stream::iter(commands)
        .map(|command| {
            let store = store.clone();
            tokio::spawn(async move {
                let asked = Moment::now();
                store.sign_up(command).await.map(|_| asked.elapsed())
            })
        })
        .buffer_unordered(at_once.max(1))
        .map(|outcome| Ok(outcome??))
        .collect::<Vec<Outcome<Duration>>>()
        .await
        .into_iter()
        .collect::<Outcome<Vec<_>>>()?;
    let all = start.elapsed();

    waits.sort_unstable();
    let tally = store.workshop(workshop).await?.tally.on_site;
    println!(
        "{people} people, {at_once} at once, {SEATS} seats: {:.0} durable decisions/s, p50 {:?}, p99 {:?}, max {:?}; held {}, waiting {}",
        waits.len() as f64 / all.as_secs_f64(),
        percentile(&waits, 50),
        percentile(&waits, 99),
        percentile(&waits, 100),
        tally.held,
        tally.waiting,
    );
    Ok(())
}

fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let index = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(index).copied().unwrap_or_default()
}

fn command(store: &Store, workshop: domain::ids::WorkshopId, index: usize) -> Outcome<SignUpCommand> {
    let form = SignUpForm {
        organisation: format!("Brücke {}", index % 50),
        ..form(
            &format!("Person {index}"),
            &format!("person{index}@traeger.example"),
        )
    };
    let request = form.parse().map_err(|errors| format!("{errors:?}"))?;
    Ok(store_testing::command(store, workshop, request))
}

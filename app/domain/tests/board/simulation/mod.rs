//! Thousands of small rooms, each from one seed: people write, vote and move cards over a bad network while a
//! moderator publishes, refuses, freezes and removes; pages are loaded anew, and a backup is put back. After every step the promises are checked; a failing room
//! names its seed.
//!
//! - [`room`]: one board, its log, and the answers that a server would keep
//! - [`phone`]: one device with its outbox, the piece that the app has, too
//! - [`phones`]: devices whose messages get lost, doubled and reordered, and who try again until they are told
//! - [`promises`]: what must hold after every step

mod phone;
mod phones;
mod promises;
mod room;

use std::time::{Duration, Instant};

use room::Sabotage;

/// Rooms in one run of the tests. `SIMULATION_SEEDS` asks for another number.
const SEEDS: u64 = 10_000;
/// A run may take this long, on two slow cores, also unoptimised.
const TIME_MAX: Duration = Duration::from_secs(60);
/// A broken rule has to show within this many rooms.
const SEEDS_UNTIL_FOUND: u64 = 500;

#[test]
fn ten_thousand_rooms_keep_every_promise() {
    let seeds = std::env::var("SIMULATION_SEEDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(SEEDS);
    let started = Instant::now();
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let done: u64 = std::thread::scope(|scope| {
        let shares: Vec<_> = (0..threads)
            .map(|first| {
                scope.spawn(move || (first..seeds).step_by(threads as usize).map(lived).sum::<u64>())
            })
            .collect();
        shares.into_iter().map(|share| share.join().unwrap()).sum()
    });
    let took = started.elapsed();
    assert!(
        seeds > SEEDS || took <= TIME_MAX,
        "{seeds} rooms took {took:?}, more than {TIME_MAX:?}"
    );
    assert!(done > seeds * 10, "the rooms are too quiet: {done} records");
}

/// Lives in the room of this seed. Returns how many records its log has.
fn lived(seed: u64) -> u64 {
    match phones::live(seed, Sabotage::None) {
        Ok(records) => records,
        Err(broken) => panic!("seed {seed}: {broken}"),
    }
}

#[test]
fn the_same_seed_lives_the_same_life() {
    for seed in [0, 7, 4711] {
        assert_eq!(
            phones::live(seed, Sabotage::None),
            phones::live(seed, Sabotage::None)
        );
    }
}

#[test]
fn each_sabotage_breaks_the_promise_that_it_should() {
    for (sabotage, promise) in [
        (Sabotage::AnswersForgotten, "answered otherwise"),
        (Sabotage::RecordLost, "another board"),
        (Sabotage::TextKeptInLog, "erased text in the log"),
        (Sabotage::WaitingShown, "is shown to"),
        (Sabotage::BudgetIgnored, "votes of"),
        (Sabotage::NumbersReused, "number"),
        (Sabotage::EverybodyMarked, "the mark of card"),
        (Sabotage::GoneNotTold, "shows another board"),
        (Sabotage::HeldShown, "is shown to"),
        (Sabotage::FindingsShown, "is sent to everybody"),
        (Sabotage::TouchedForgotten, "shows another board"),
        (Sabotage::NobodyConcerned, "shows another board"),
        (Sabotage::ProjectorForgotten, "the projector shows another board"),
        (Sabotage::RenamingForgotten, "shows another board"),
        (Sabotage::AuthorDecides, "was refused or hidden"),
        (Sabotage::ToldAnyway, "taken back is shown to"),
        (Sabotage::ReportsForgotten, "are taken back"),
        (Sabotage::PausedAnew, "held back and is shown to"),
        (Sabotage::VotesShown, "votes are hidden"),
        (Sabotage::HiddenProjected, "is sent to the projector"),
        (Sabotage::DroppedOnSend, "without an answer"),
        (Sabotage::NewestFirst, "overtakes"),
        (Sabotage::OnItsWayForever, "still waits"),
        (Sabotage::AnswerMistaken, "without an answer"),
        (Sabotage::RefusedForgotten, "the refused text"),
        (Sabotage::NotRemembered, "without an answer"),
        (Sabotage::ForgottenWithAnswer, "in the log 0 times"),
        (Sabotage::KeptForever, "keeps something else"),
        (Sabotage::NotSaidAgain, "in the log 0 times"),
        (Sabotage::SaidAgainBehindNews, "in the log 0 times"),
    ] {
        let broken = (0..SEEDS_UNTIL_FOUND)
            .find_map(|seed| phones::live(seed, sabotage).err())
            .unwrap_or_else(|| panic!("{sabotage:?} was not noticed in {SEEDS_UNTIL_FOUND} rooms"));
        assert!(broken.contains(promise), "{sabotage:?} showed as: {broken}");
    }
}

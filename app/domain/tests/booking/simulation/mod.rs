//! Thousands of small worlds, each from one seed: people sign up over a bad network, change their minds, staff
//! change the seats, time passes. After every step the promises are checked; a failing world names its seed.
//!
//! - [`world`]: one Veranstaltung and the decisions that a store would write
//! - [`people`]: phones whose messages get lost, doubled and reordered, and who try again
//! - [`promises`]: what must hold after every step

mod people;
mod promises;
mod world;

use std::time::{Duration, Instant};

use world::Sabotage;

/// Worlds in one run of the tests. `SIMULATION_SEEDS` asks for another number.
const SEEDS: u64 = 10_000;
/// A run may take this long, on two slow cores, also unoptimised.
const TIME_MAX: Duration = Duration::from_secs(60);
/// A broken rule has to show within this many worlds.
const SEEDS_UNTIL_FOUND: u64 = 3_000;

#[test]
fn ten_thousand_worlds_keep_every_promise() {
    let seeds = std::env::var("SIMULATION_SEEDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(SEEDS);
    let started = Instant::now();
    // The limit is one of two cores.
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get().min(2) as u64);
    let steps: u64 = std::thread::scope(|scope| {
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
        "{seeds} worlds took {took:?}, more than {TIME_MAX:?}"
    );
    assert!(steps > seeds * 20, "the worlds are too quiet: {steps} steps");
}

/// Lives in the world of this seed. Returns how many steps that took.
fn lived(seed: u64) -> u64 {
    match people::live(seed, Sabotage::None) {
        Ok(steps) => steps,
        Err(broken) => panic!("seed {seed}: {broken}"),
    }
}

#[test]
fn the_same_seed_lives_the_same_life() {
    for seed in [0, 7, 4711] {
        assert_eq!(
            people::live(seed, Sabotage::None),
            people::live(seed, Sabotage::None)
        );
    }
}

/// The first broken promise under a sabotage.
fn found(sabotage: Sabotage) -> String {
    (0..SEEDS_UNTIL_FOUND)
        .find_map(|seed| people::live(seed, sabotage).err())
        .unwrap_or_else(|| panic!("{sabotage:?} was not noticed in {SEEDS_UNTIL_FOUND} worlds"))
}

#[test]
fn each_sabotage_breaks_the_promise_that_it_should() {
    for (sabotage, promise) in [
        (Sabotage::KeysForgotten, "signed up twice"),
        (Sabotage::StaleCount, "overbooked"),
        (Sabotage::QueueJumped, "jumped the queue"),
        (Sabotage::NeverSettled, "stays empty"),
        (Sabotage::NeverExpired, "past its deadline"),
        (Sabotage::LineShuffled, "overtaken"),
        (Sabotage::SeatReused, "two people on seat"),
        (Sabotage::EndedRevived, "came alive again"),
        (Sabotage::DeadlineStays, "outlives the end of sign-up"),
        (Sabotage::HastyOffer, "too little time to answer"),
        (Sabotage::WeekendOffer, "while nobody is at work"),
        (Sabotage::HeldBackCounted, "was told otherwise"),
    ] {
        let broken = found(sabotage);
        assert!(broken.contains(promise), "{sabotage:?} showed as: {broken}");
    }
}

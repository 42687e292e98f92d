//! The demo in a database: played once for all tests that begin at about the same time, then copied.

use domain::time::Instant;
use store::Engine;
use store_testing::TestDatabase;
use tokio::sync::Mutex;

/// Tests on the machine's clock begin within this time, in seconds; a clock that stands still says the same each time.
const SAME_SECONDS: i64 = 600;

/// Databases with the demo as files, and when it was played.
static PLAYED: Mutex<Vec<(Instant, Vec<u8>)>> = Mutex::const_new(Vec::new());

fn file(database: &TestDatabase) -> &str {
    database.url.strip_prefix("sqlite:").unwrap()
}

async fn play(now: Instant) -> Vec<u8> {
    let database = TestDatabase::new(Engine::Sqlite);
    assert!(lafast::demo::load(&database.url, now).await.unwrap());
    // Whoever closed it last has put its log into it.
    assert!(!std::fs::exists(format!("{}-wal", file(&database))).unwrap());
    std::fs::read(file(&database)).unwrap()
}

/// Puts the demo, as played at this instant, into an empty database on SQLite.
pub async fn copy_to(database: &TestDatabase, now: Instant) {
    let mut played = PLAYED.lock().await;
    let is_same =
        |(at, _): &(Instant, Vec<u8>)| (0..SAME_SECONDS * 1_000_000).contains(&(now.micros() - at.micros()));
    let place = match played.iter().position(is_same) {
        Some(place) => place,
        None => {
            played.push((now, play(now).await));
            played.len() - 1
        }
    };
    std::fs::write(file(database), &played[place].1).unwrap();
}

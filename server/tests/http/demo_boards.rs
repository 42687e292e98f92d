//! The boards of the demo: enough of them, in the states in which boards are, and without names of people.

use std::collections::BTreeMap;

use domain::board::signs::{self, Sign};
use domain::board::{Board, Card, Level, Phase, Standing};
use domain::time::Instant;
use store::Ambient;
use store::boards::BoardRow;

use crate::support::TestApp;

const BOARDS_MIN: usize = 4;
const CARDS_MIN: usize = 120;
/// Cards that wait are a full queue from so many on: several screens of a phone.
const QUEUE_MIN: usize = 10;
/// Results of a board that is closed.
const FINDINGS_MIN: usize = 3;
/// A board whose Veranstaltung is further away than this is open for weeks; a live one is used within a fortnight.
const WEEKS_DAYS: i64 = 14;

/// How many of its cards, without comments, are so.
fn count(board: &Board, is_so: impl Fn(&Card) -> bool) -> usize {
    let cards = board.cards.values().filter(|card| card.on.is_none());
    cards.filter(|card| is_so(card)).count()
}

/// In which of the four states a board is.
fn state(board: &Board, begins: Instant, now: Instant) -> &'static str {
    let findings = count(board, |card| card.finding.is_some());
    let waiting = count(board, |card| card.standing == Standing::Waiting);
    if board.settings.frozen_at.is_some() && findings >= FINDINGS_MIN {
        "closed with results"
    } else if board.settings.level == Level::All && waiting >= QUEUE_MIN {
        "full queue"
    } else if board.settings.frozen_at.is_some() {
        "stopped"
    } else if begins > now.plus_hours(WEEKS_DAYS * 24) {
        "open for weeks"
    } else if board.settings.phase == Phase::Collect {
        "live"
    } else {
        "something else"
    }
}

/// The boards that belong to a Veranstaltung, and when that begins.
async fn boards(app: &TestApp) -> Vec<(BoardRow, Board, Instant)> {
    let mut found = Vec::new();
    for row in app.store.boards().await.unwrap() {
        let board = app.store.board(row.id).await.unwrap();
        if let Some(workshop) = app.store.workshop_of(&row).await.unwrap() {
            found.push((row, board, workshop.draft.starts_at));
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_has_boards_in_four_states_with_cards_enough_and_no_names_of_people() {
    let clock = Ambient::system();
    let app = TestApp::start_filled_with(clock.clone(), |_| {}).await;
    let boards = boards(&app).await;
    assert!(boards.len() >= BOARDS_MIN, "{}", boards.len());
    let cards: usize = boards.iter().map(|(_, board, _)| count(board, |_| true)).sum();
    assert!(cards >= CARDS_MIN, "{cards}");
    let mut states: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (row, board, begins) in &boards {
        assert!(row.demo, "{}", row.title);
        let state = state(board, *begins, clock.now());
        states.entry(state).or_default().push(&row.title);
    }
    for state in ["live", "open for weeks", "full queue", "closed with results"] {
        assert!(states.contains_key(state), "{state}: {states:?}");
    }
    // On every board, also on those of templates, whatever stands before the name; what waits shows what moderators look for.
    for row in app.store.boards().await.unwrap() {
        for card in app.store.board(row.id).await.unwrap().cards.values() {
            let words: Vec<&str> = card.text.split_whitespace().collect();
            let named = words.windows(2).find(|pair| is_name(&pair.join(" ")));
            let is_public = card.standing == Standing::Published;
            assert!(!is_public || named.is_none(), "{}: {named:?}", row.title);
        }
    }
    assert!(
        is_name("Frau Muster") && !is_name("die Frau"),
        "and the check can fail"
    );
}

fn is_name(text: &str) -> bool {
    signs::sign(text) == Some(Sign::Name)
}

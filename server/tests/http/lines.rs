//! Lines of boards and what stands in for them where no WebSocket gets through: how much of a message is read, how much comes from
//! one address, and what a code is worth (S4, S5, S7).

use std::collections::BTreeSet;
use std::time::{Duration, Instant as Moment};

use axum::body::Body;
use axum::http::{StatusCode, header};
use domain::board::wire::MESSAGE_BYTES_MAX;
use domain::board::{Actor, Anonymity, CardKind, Level, Operation, Settings};
use domain::ids::{CardId, ColumnId, OperationId};
use domain::time::Instant;
use futures::future::join_all;
use lafast::config::TrustedProxies;
use store::boards::BoardRow;
use store::{Ambient, Store, audit};

use crate::support::{Answer, Line, Process, TestApp, head};

/// A board on which nothing has happened.
async fn board(store: &Store) -> BoardRow {
    let draft = store_testing::board_draft(Settings::new(Level::Off, Anonymity::Anonymous, 3));
    store.create_board(audit::Actor::System, &draft).await.unwrap()
}

fn message(store: &Store, operation: &Operation) -> String {
    let id = OperationId(store.ambient().uuid());
    serde_json::json!([{ "id": id, "operation": operation }]).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_sixteen_kib_is_read_and_one_byte_more_ends_the_line() {
    const _: () = assert!(MESSAGE_BYTES_MAX == 16_384);
    let app = TestApp::start().await;
    let path = format!("/live/boards/{}", board(&app.store).await.id);
    let small = message(&app.store, &Operation::Freeze { frozen: true });
    for (bytes, code) in [
        (16_384, None),
        (16_385, Some(1_009)),
        (60_000, Some(1_009)),
        (70_000, Some(1_009)),
    ] {
        let mut line = Line::open(&app.origin, &path, "").await;
        let padded = small.clone() + &" ".repeat(bytes - small.len());
        line.say(&padded).await;
        match code {
            None => assert_eq!(line.hears("answers").await.as_array().unwrap().len(), 1),
            Some(code) => assert_eq!(line.ends_with().await, code, "{bytes} bytes"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_megabytes_on_a_line_end_it_and_leave_memory_flat() {
    const LARGE_BYTES: usize = 100 * 1_024 * 1_024;
    const CHUNK_BYTES: usize = 32 * 1_024;
    const MEMORY_GROWTH_BYTES_MAX: u64 = 24 * 1_024 * 1_024;
    /// The first part of a text, and a further one; there is none that is the last.
    const PARTS: [u8; 2] = [0x01, 0x00];
    let server = Process::start();
    let store = Store::open(&server.database, Ambient::system()).await.unwrap();
    let path = format!("/live/boards/{}", board(&store).await.id);
    store.close().await;
    let before = server.resident_bytes();
    let chunk = vec![b'x'; CHUNK_BYTES];
    // As one text, of which the announcement says enough; and in parts, of which the third is too much.
    for (in_parts, enough) in [(false, 0), (true, 3), (false, 0), (true, 3)] {
        let mut line = Line::open(&server.origin, &path, "").await;
        if !in_parts {
            assert!(line.takes(&head(0x81, LARGE_BYTES)).await);
        }
        let mut sent = 0;
        while sent * CHUNK_BYTES < LARGE_BYTES {
            if sent == enough {
                assert_eq!(line.ends_with().await, 1_009, "in parts: {in_parts}");
            }
            let begins = if in_parts {
                head(PARTS[usize::from(sent > 0)], CHUNK_BYTES)
            } else {
                Vec::new()
            };
            if !(line.takes(&begins).await && line.takes(&chunk).await) {
                break;
            }
            sent += 1;
        }
        assert!(sent * CHUNK_BYTES < LARGE_BYTES, "nobody reads the rest");
    }
    let grown = server.resident_bytes().zip(before);
    let grown = grown.map(|(after, before)| after.saturating_sub(before));
    assert!(
        grown.is_none_or(|bytes| bytes < MEMORY_GROWTH_BYTES_MAX),
        "{grown:?} bytes more"
    );
    assert_eq!(grown.is_some(), cfg!(target_os = "linux"), "it was measured");
}

/// A server behind a proxy, whose clock stands still: whatever comes, comes at once.
async fn behind_proxy() -> (TestApp, Ambient) {
    behind_proxy_with(true).await
}

/// The same, perhaps without rates.
async fn behind_proxy_with(is_limited: bool) -> (TestApp, Ambient) {
    let clock = Ambient::manual(Instant(1_800_000_000_000_000));
    let app = TestApp::start_with(clock.clone(), |config| {
        config.trusted_proxies = TrustedProxies::parse("127.0.0.1").unwrap();
        config.protections.rates = is_limited;
    });
    (app.await, clock)
}

/// A phone that reaches the server from an address.
struct Phone<'a> {
    app: &'a TestApp,
    address: &'a str,
    slug: &'a str,
    cookie: String,
}

impl<'a> Phone<'a> {
    /// One that was never on a board.
    fn new(app: &'a TestApp, address: &'a str, slug: &'a str) -> Self {
        let cookie = String::new();
        Self {
            app,
            address,
            slug,
            cookie,
        }
    }

    async fn posts(&self, path: &str, form: String) -> Answer {
        let request = self
            .app
            .form(path, "application/json")
            .header(header::COOKIE, &self.cookie)
            .header("x-forwarded-for", self.address);
        self.app.send(request, Body::from(form)).await
    }

    async fn asks_to_join(&self) -> Answer {
        self.posts("/api/board-join", format!("slug={}", self.slug)).await
    }

    async fn joins(&mut self) -> StatusCode {
        let answer = self.asks_to_join().await;
        let cookie = answer.header("set-cookie").split(';').next();
        self.cookie = cookie.unwrap_or_default().to_owned();
        answer.status
    }

    /// Opens a line to the board.
    async fn line(&self, row: &BoardRow) -> Line {
        let path = format!("/live/boards/{}", row.id);
        let proxy = format!("x-forwarded-for: {}\r\n", self.address);
        Line::open_through(&self.app.origin, &path, &self.cookie, &proxy).await
    }

    /// Pushes an operation; whether it was taken.
    async fn wants(&self, operation: &Operation) -> Result<bool, StatusCode> {
        let wanted = message(&self.app.store, operation);
        let form = format!("slug={}&wanted={wanted}", self.slug);
        let answer = self.posts("/api/board-push", form).await;
        match answer.status {
            StatusCode::OK => Ok(answer.text().contains("\"Ok\"")),
            status => Err(status),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_phones_behind_one_address_take_part_by_post() {
    let (app, _) = behind_proxy().await;
    let row = board(&app.store).await;
    let column = app.store.board(row.id).await.unwrap().columns[0].id;
    let mut phones: Vec<Phone<'_>> = (0..200)
        .map(|_| Phone::new(&app, "203.0.113.7", &row.slug))
        .collect();
    for joined in join_all(phones.iter_mut().map(Phone::joins)).await {
        assert_eq!(joined, StatusCode::OK);
    }
    // As the page does it then.
    let looks = phones
        .iter()
        .map(|phone| phone.posts("/api/board", format!("slug={}", row.slug)));
    for looked in join_all(looks).await {
        assert_eq!(looked.status, StatusCode::OK);
    }
    let cards: Vec<CardId> = phones
        .iter()
        .map(|_| CardId(app.store.ambient().uuid()))
        .collect();
    let write = |number: usize| Operation::Write {
        card: cards[number],
        column,
        kind: CardKind::Problem,
        text: format!("Gedanke {number}"),
    };
    let written = phones.iter().enumerate().map(|(number, phone)| {
        let card = write(number);
        async move { phone.wants(&card).await }
    });
    assert_eq!(join_all(written).await, vec![Ok(true); 200]);
    // Each knows five of them, and says so one after the other.
    for turn in 1..=5 {
        let known = phones.iter().enumerate().map(|(number, phone)| {
            let card = cards[(number + turn) % cards.len()];
            async move { phone.wants(&Operation::SameHere { card, given: true }).await }
        });
        assert_eq!(join_all(known).await, vec![Ok(true); 200], "turn {turn}");
    }
    let board = app.store.board(row.id).await.unwrap();
    assert_eq!((board.members.len(), board.cards.len()), (200, 200));
    assert!(board.cards.values().all(|card| card.same_here.len() == 5));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_phones_behind_one_address_take_part_on_lines() {
    let (app, _) = behind_proxy().await;
    let row = board(&app.store).await;
    let column = app.store.board(row.id).await.unwrap().columns[0].id;
    let mut author = Phone::new(&app, "203.0.113.8", &row.slug);
    assert_eq!(author.joins().await, StatusCode::OK);
    let mut phones: Vec<Phone<'_>> = (0..200)
        .map(|_| Phone::new(&app, "203.0.113.7", &row.slug))
        .collect();
    for joined in join_all(phones.iter_mut().map(Phone::joins)).await {
        assert_eq!(joined, StatusCode::OK);
    }
    let mut lines = join_all(phones.iter().map(|phone| phone.line(&row))).await;
    for shown in join_all(lines.iter_mut().map(|line| line.hears("board"))).await {
        assert_eq!(shown["members"], 201);
    }
    let card = CardId(app.store.ambient().uuid());
    let write = Operation::Write {
        card,
        column,
        kind: CardKind::Problem,
        text: "Der Bus fährt nicht.".to_owned(),
    };
    assert_eq!(author.wants(&write).await, Ok(true));
    for change in join_all(lines.iter_mut().map(|line| line.hears("change"))).await {
        assert_eq!(change["cards"][0]["text"], "Der Bus fährt nicht.");
    }
    // Each says on its own line that it is so there, too, and is told that it was taken.
    let same = Operation::SameHere { card, given: true };
    let said = lines.iter_mut().map(|line| {
        let wanted = message(&app.store, &same);
        async move {
            line.say(&wanted).await;
            line.hears("answers").await
        }
    });
    for answers in join_all(said).await {
        assert!(answers[0]["answer"].get("Ok").is_some(), "{answers}");
    }
    let board = app.store.board(row.id).await.unwrap();
    assert_eq!(board.cards[&card].same_here.len(), 200);
}

/// More is shown no sooner than this after something new was shown (decision 12).
const TOGETHER: Duration = Duration::from_millis(25);

#[tokio::test(flavor = "multi_thread")]
async fn fifty_cards_in_one_go_come_in_few_changes_and_none_is_missing() {
    let app = TestApp::start().await;
    let (row, column, author, mut stranger) = written_and_read(&app).await;
    let begun = Moment::now();
    let writes = async {
        for number in 0..50 {
            let write = Operation::Write {
                card: CardId(app.store.ambient().uuid()),
                column,
                kind: CardKind::Problem,
                text: format!("Gedanke {number}"),
            };
            acts(&app.store, &row, author, write).await;
        }
    };
    let hears = async {
        let (mut changes, mut texts) = (0_u128, BTreeSet::new());
        while texts.len() < 50 {
            let change = stranger.hears("change").await;
            let cards = change["cards"].as_array().into_iter().flatten();
            texts.extend(cards.map(|card| card["text"].to_string()));
            changes += 1;
        }
        changes
    };
    let ((), changes) = tokio::join!(writes, hears);
    // However fast or slow this machine writes: that much time has to be between two of them.
    let may_be = begun.elapsed().as_millis() / TOGETHER.as_millis() + 1;
    assert!(changes <= may_be, "{changes} changes where {may_be} may be");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_comes_alone_waits_for_nothing() {
    let app = TestApp::start().await;
    let mut fastest = Duration::MAX;
    // In each room it is the first thing that is new. One of them is not held up by what else this machine does.
    for _ in 0..10 {
        let (row, column, author, mut stranger) = written_and_read(&app).await;
        let write = Operation::Write {
            card: CardId(app.store.ambient().uuid()),
            column,
            kind: CardKind::Problem,
            text: "Der Bus fährt nicht.".to_owned(),
        };
        acts(&app.store, &row, author, write).await;
        let written = Moment::now();
        stranger.hears("change").await;
        fastest = fastest.min(written.elapsed());
    }
    assert!(fastest < TOGETHER, "the fastest came after {fastest:?}");
}

/// A new board, its column, somebody who is on it, and the line of a stranger who has it on the screen.
async fn written_and_read(app: &TestApp) -> (BoardRow, ColumnId, Actor, Line) {
    let row = board(&app.store).await;
    let column = app.store.board(row.id).await.unwrap().columns[0].id;
    let author = app.store.board_member(row.id, "author").await.unwrap();
    joins(&app.store, &row, author).await;
    let mut stranger = Line::open(&app.origin, &format!("/live/boards/{}", row.id), "").await;
    stranger.hears("board").await;
    (row, column, author, stranger)
}

/// Somebody comes onto a board.
async fn joins(store: &Store, row: &BoardRow, actor: Actor) {
    let join = Operation::Join {
        name: None,
        district: None,
        role: None,
    };
    acts(store, row, actor, join).await;
}

async fn acts(store: &Store, row: &BoardRow, actor: Actor, operation: Operation) {
    let id = OperationId(store.ambient().uuid());
    let answer = store.board_act(row.id, actor, id, operation).await;
    answer.unwrap().unwrap();
}

/// Four hundred phones of a conference come onto the board at once.
async fn crowd<'a>(app: &'a TestApp, row: &'a BoardRow) -> Vec<Phone<'a>> {
    const AT_ONCE: usize = 100;
    let mut phones: Vec<Phone<'_>> = (0..400)
        .map(|_| Phone::new(app, "203.0.113.7", &row.slug))
        .collect();
    for some in phones.chunks_mut(AT_ONCE) {
        for joined in join_all(some.iter_mut().map(Phone::joins)).await {
            assert_eq!(joined, StatusCode::OK);
        }
    }
    assert_eq!(members(app, row).await, 400);
    phones
}

async fn members(app: &TestApp, row: &BoardRow) -> usize {
    app.store.board(row.id).await.unwrap().members.len()
}

const IS_IN: &str = "Sie sind dabei.";

#[tokio::test(flavor = "multi_thread")]
async fn four_hundred_come_through_one_address_at_once_and_one_more_is_told_when() {
    let (app, clock) = behind_proxy().await;
    let row = board(&app.store).await;
    let phones = crowd(&app, &row).await;
    let late = Phone::new(&app, "203.0.113.7", &row.slug);
    let answer = late.asks_to_join().await;
    let sentence = "Bitte versuchen Sie es in 10\u{a0}Sekunden noch einmal.";
    assert!(answer.text().contains(sentence), "{}", answer.text());
    assert_eq!(answer.header("set-cookie"), "", "nothing is left of it");
    // A device that is made up, and by the other way.
    let made_up = Phone {
        cookie: "lafast-device=made-up".to_owned(),
        ..Phone::new(&app, "203.0.113.7", &row.slug)
    };
    let join = Operation::Join {
        name: None,
        district: None,
        role: None,
    };
    assert_eq!(made_up.wants(&join).await, Ok(false));
    assert_eq!(members(&app, &row).await, 400);
    // Who is on the board, who comes from elsewhere and who comes onto another one goes on.
    assert!(phones[0].asks_to_join().await.text().contains(IS_IN));
    let elsewhere = Phone::new(&app, "203.0.113.8", &row.slug);
    assert!(elsewhere.asks_to_join().await.text().contains(IS_IN));
    let other = board(&app.store).await;
    let beside = Phone::new(&app, "203.0.113.7", &other.slug);
    assert!(beside.asks_to_join().await.text().contains(IS_IN));
    clock.advance_seconds(10);
    assert!(late.asks_to_join().await.text().contains(IS_IN));
    assert_eq!(members(&app, &row).await, 402);
}

#[tokio::test(flavor = "multi_thread")]
async fn sabotage_without_the_layer_one_more_comes() {
    let (app, _) = behind_proxy_with(false).await;
    let row = board(&app.store).await;
    crowd(&app, &row).await;
    let late = Phone::new(&app, "203.0.113.7", &row.slug);
    assert!(late.asks_to_join().await.text().contains(IS_IN));
}

/// How many of so many messages are not taken because too many come from one address, if each is of a device that was made up
/// for it.
async fn refused_of(app: &TestApp, address: &str, slug: &str, messages: usize) -> usize {
    const AT_ONCE: usize = 100;
    let same = Operation::SameHere {
        card: CardId(app.store.ambient().uuid()),
        given: true,
    };
    let mut refused = 0;
    for begin in (0..messages).step_by(AT_ONCE) {
        let sent = (begin..messages.min(begin + AT_ONCE)).map(|number| {
            let phone = Phone {
                app,
                address,
                slug,
                cookie: format!("lafast-device=made-up-{number}"),
            };
            let same = &same;
            async move { phone.wants(same).await }
        });
        for answer in join_all(sent).await {
            match answer {
                Ok(taken) => assert!(!taken, "nobody has joined"),
                Err(status) => {
                    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
                    refused += 1;
                }
            }
        }
    }
    refused
}

#[tokio::test(flavor = "multi_thread")]
async fn who_makes_up_a_device_for_each_message_is_bounded_by_the_address() {
    let (app, clock) = behind_proxy().await;
    let row = board(&app.store).await;
    assert_eq!(refused_of(&app, "203.0.113.66", &row.slug, 3_100).await, 100);
    // Whoever comes from elsewhere goes on, and ten a second come through from here, too.
    assert_eq!(refused_of(&app, "203.0.113.7", &row.slug, 10).await, 0);
    clock.advance_seconds(1);
    assert_eq!(refused_of(&app, "203.0.113.66", &row.slug, 15).await, 5);
    let members = app.store.board(row.id).await.unwrap().members;
    assert!(members.is_empty(), "and nobody of them is on the board");
}

/// Every board is in the list of boards, and its code is on the projector: it is a short way, and no key.
#[tokio::test(flavor = "multi_thread")]
async fn a_code_leads_to_a_board_gives_no_right_and_leaves_nothing_behind() {
    let app = TestApp::start().await;
    let row = board(&app.store).await;
    let before = app.content().await;
    let path = format!("/b/{}", row.code);
    for answer in join_all((0..100).map(|_| app.get(&path))).await {
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(
            answer.header("location"),
            format!("/themen/{}?mitmachen=1", row.slug)
        );
        assert_eq!(answer.header("set-cookie"), "");
    }
    for guess in 0..100 {
        let answer = app.get(&format!("/b/geraten{guess}")).await;
        assert_eq!(answer.header("location"), "/themen?antwort=unbekannter-code");
        assert_eq!(answer.header("set-cookie"), "");
    }
    let page = app.get("/themen?antwort=unbekannter-code").await.text();
    assert!(page.contains("Zu diesem Code gibt es kein Board."), "{page}");
    assert!(page.contains(&format!("/themen/{}", row.slug)), "{page}");
    assert_eq!(app.content().await, before);
}

//! Who is in a room: its moderator sees the names that stand at cards, or how many there are; everybody else sees nothing of it.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use domain::board::{Anonymity, Level, Operation, Settings};
use domain::ids::OperationId;
use store::audit;
use store::boards::BoardRow;

use crate::boards::{Room, device};
use crate::support::{Answer, Line, TestApp, request};

/// Who has gone is told as gone much sooner, or not at all.
const GONE_AT_MOST: Duration = Duration::from_secs(30);
/// The devices of those who have joined, in their order.
const DEVICES: [&str; 3] = ["first", "second", "third"];
const LOOKS_EVERY: Duration = Duration::from_millis(200);

/// A board that shows names, with people who have joined it; the first one moderates.
async fn named(app: &TestApp, names: &[&str]) -> BoardRow {
    let draft = store_testing::board_draft(Settings::new(Level::Off, Anonymity::Named, 3));
    let store = &app.store;
    let row = store.create_board(audit::Actor::System, &draft).await.unwrap();
    for (number, name) in names.iter().enumerate() {
        let member = store.board_member(row.id, DEVICES[number]).await.unwrap();
        let join = Operation::Join {
            name: Some((*name).to_owned()),
            district: None,
            role: None,
        };
        let id = OperationId(store.ambient().uuid());
        store.board_act(row.id, member, id, join).await.unwrap().unwrap();
        if number == 0 {
            store
                .let_moderate(audit::Actor::System, row.id, member.member, true)
                .await
                .unwrap();
        }
    }
    row
}

async fn looks(app: &TestApp, row: &BoardRow, cookies: &str) -> Answer {
    let path = format!("/themen/{}/anwesend", row.slug);
    let asked = request(Method::GET, &path)
        .header(header::ACCEPT, "text/html")
        .header(header::COOKIE, cookies);
    app.send(asked, Body::empty()).await
}

async fn line(app: &TestApp, row: &BoardRow, cookies: &str) -> Line {
    Line::open(&app.origin, &format!("/live/boards/{}", row.id), cookies).await
}

/// Looks until somebody is there no more.
async fn gone(app: &TestApp, row: &BoardRow, moderator: &str, who: &str) {
    let mut looks_again = tokio::time::interval(LOOKS_EVERY);
    let gone = async {
        while looks(app, row, moderator).await.text().contains(who) {
            looks_again.tick().await;
        }
    };
    assert!(
        tokio::time::timeout(GONE_AT_MOST, gone).await.is_ok(),
        "{who} is still there"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moderator_sees_by_name_who_is_there_and_nobody_else_does() {
    let app = TestApp::start().await;
    let row = named(&app, &["Amsel", "<b>Birke</b>", "Drossel"]).await;
    let moderator = device(DEVICES[0]);
    let text = looks(&app, &row, &moderator).await.text();
    assert!(text.contains("Niemand macht gerade mit."), "{text}");
    let reader = line(&app, &row, "").await;
    let text = looks(&app, &row, &moderator).await.text();
    assert!(text.contains("1\u{a0}Gerät liest mit."), "{text}");
    drop(reader);
    gone(&app, &row, &moderator, "Gerät liest mit.").await;
    let _desk = line(&app, &row, &moderator).await;
    let second = line(&app, &row, &device(DEVICES[1])).await;
    let _same = line(&app, &row, &device(DEVICES[1])).await;
    let _stranger = line(&app, &row, "").await;
    let text = looks(&app, &row, &moderator).await.text();
    for words in [
        "2\u{a0}Personen machen gerade mit.",
        "Amsel (Moderation)",
        "&lt;b&gt;Birke&lt;/b&gt;",
        "1\u{a0}weiteres Gerät liest mit.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("Drossel"), "who is not there: {text}");
    for cookies in ["", &device(DEVICES[2]), &device(DEVICES[1])] {
        let answer = looks(&app, &row, cookies).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{cookies}");
        assert!(!answer.text().contains("Amsel (Moderation)"));
        let asked = app
            .form("/api/board-present", "application/json")
            .header(header::COOKIE, cookies);
        let answer = app.send(asked, Body::from(format!("slug={}", row.slug))).await;
        assert_eq!(answer.text().trim(), "null", "{cookies}");
    }
    // One of two lines of a device ends: it is there by the other one, also when somebody is gone whose only line ended after it.
    let third = line(&app, &row, &device(DEVICES[2])).await;
    drop(second);
    drop(third);
    gone(&app, &row, &moderator, "<li>Drossel<").await;
    let text = looks(&app, &row, &moderator).await.text();
    assert!(text.contains("&lt;b&gt;Birke&lt;/b&gt;"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_gone_is_gone_after_a_moment() {
    let app = TestApp::start().await;
    let row = named(&app, &["Amsel", "Birke"]).await;
    let moderator = device(DEVICES[0]);
    let _desk = line(&app, &row, &moderator).await;
    let other = line(&app, &row, &device(DEVICES[1])).await;
    drop(other);
    // At once it may be that it comes back.
    let text = looks(&app, &row, &moderator).await.text();
    assert!(text.contains("<li>Birke<"), "{text}");
    gone(&app, &row, &moderator, "<li>Birke<").await;
    let text = looks(&app, &row, &moderator).await.text();
    assert!(text.contains("1\u{a0}Person macht gerade mit."), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_without_names_tells_how_many_there_are() {
    let room = Room::open().await;
    let _guest = room.line("", &device("guest")).await;
    let _helper = room.line("", &device("helper")).await;
    let text = room.get("/anwesend", &device("moderator")).await.text();
    assert!(text.contains("2\u{a0}Personen machen gerade mit."), "{text}");
    assert!(text.contains("Dieses Board zeigt keine Namen"), "{text}");
    let back = "wenn sie die Cookies ihres Browsers löscht, neu mitmachen.";
    assert!(text.contains(back), "{text}");
    assert!(
        !text.contains("<li>guest") && !text.contains("<li>helper"),
        "{text}"
    );
    assert_eq!(
        room.get("/anwesend", &device("guest")).await.status,
        StatusCode::NOT_FOUND
    );
    let office = room.staff().await;
    assert_eq!(room.get("/anwesend", &office).await.status, StatusCode::OK);
}

//! What moderators note about a card for each other: from a form without a script, on their pages and in their files, and nowhere else.

use axum::body::Body;
use axum::http::{StatusCode, header};
use domain::board::{Operation, Standing};
use domain::ids::CardId;

use crate::boards::{Room, device, stand};

const NOTE: &str = "Beim Jugendamt nachfragen.";
/// Every page and file of the room that somebody may ask for, and what a line is sent first.
const PAGES: [&str; 14] = [
    "",
    "/moderation",
    "/moderation?karte=1",
    "/leinwand",
    "/ergebnisse",
    "/karten/1",
    "/karten/1.md",
    "/karten/1.md?teile=moderation",
    "/export.csv",
    "/export.json",
    "/export.md",
    "/protokoll.csv",
    "/protokoll",
    "/anwesend",
];
/// Those of them on which its moderators read a note.
const THEIRS: [&str; 5] = [
    "/karten/1",
    "/karten/1.md",
    "/karten/1.md?teile=moderation",
    "/export.csv",
    "/export.json",
];

fn form(room: &Room, card: CardId, base: &str, note: &str) -> String {
    format!("slug={}&card={card}&base={base}&note={note}", room.row.slug)
}

async fn reads(room: &Room, who: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    for page in PAGES {
        if room.get(page, &device(who)).await.text().contains(NOTE) {
            found.push(page);
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_read_by_moderators_where_it_is_theirs_and_by_nobody_else_anywhere() {
    let room = Room::open().await;
    let noting = form(&room, room.public, "", NOTE);
    for who in ["guest", "nobody"] {
        let answer = room.post("/api/board-note", &noting, &device(who)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{who}");
    }
    assert!(room.app.store.card_notes(room.board()).await.unwrap().is_empty());
    // As a browser without a script sends it.
    let sent = room
        .app
        .form("/api/board-note", "text/html")
        .header(header::COOKIE, device("moderator"));
    let answer = room.app.send(sent, Body::from(noting)).await;
    assert!(answer.status.is_redirection(), "{}", answer.status);
    let next = answer.header("location").replace(&room.app.origin, "");
    let path = format!("/themen/{}", room.row.slug);
    let page = room
        .get(next.strip_prefix(&path).unwrap(), &device("moderator"))
        .await
        .text();
    assert!(
        page.contains("Die Notiz ist gespeichert.") && page.contains(NOTE),
        "{page}"
    );
    for who in ["moderator", "helper"] {
        assert_eq!(reads(&room, who).await, THEIRS, "{who}");
    }
    for who in ["guest", "nobody"] {
        assert_eq!(reads(&room, who).await, Vec::<&str>::new(), "{who}");
    }
    // Nor does the page's own data hold it, or a line, whoever follows.
    let of_card = format!("slug={}&number=1", room.row.slug);
    let data = room
        .post("/api/board-card", &of_card, &device("guest"))
        .await
        .text();
    assert!(data.contains("\"note\":null") && !data.contains(NOTE), "{data}");
    for who in ["moderator", "guest"] {
        let mut line = room.line("", &device(who)).await;
        let board = line.hears("board").await.to_string();
        assert!(!board.contains(NOTE), "{who}: {board}");
    }
    // It goes with the card.
    room.act(room.moderator, Operation::Erase { card: room.public })
        .await;
    assert_eq!(reads(&room, "moderator").await, Vec::<&str>::new());
    assert!(room.app.store.card_notes(room.board()).await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_has_noted_meanwhile_is_read_first() {
    let room = Room::open().await;
    room.act(room.moderator, stand(room.secret, Standing::Published))
        .await;
    let notes = async |who: &str, base: &str, note: &str| {
        let form = form(&room, room.public, base, note);
        room.post("/api/board-note", &form, &device(who)).await.text()
    };
    assert!(notes("moderator", "", NOTE).await.contains("gespeichert"));
    let answer = notes("helper", "", "Schon erledigt.").await;
    assert!(
        answer.contains("jemand anders") && answer.contains(NOTE) && answer.contains("Schon erledigt."),
        "{answer}"
    );
    let answer = notes("helper", NOTE, "Schon erledigt.").await;
    assert!(answer.contains("gespeichert"), "{answer}");
    let long = notes("helper", "Schon erledigt.", &"a".repeat(401)).await;
    assert!(long.contains("höchstens 400 Zeichen"), "{long}");
    room.act(room.moderator, Operation::Archive { archived: true })
        .await;
    let late = notes("helper", "Schon erledigt.", "Später.").await;
    assert!(late.contains("liegt im Archiv"), "{late}");
}

//! What the room has discussed, from the moderator's button without a script to every page and file.

use std::collections::BTreeSet;

use domain::board::{Operation, Phase};
use domain::ids::CardId;

use crate::boards::{PUBLIC, Room, device};

/// The mark at a card.
const MARK: &str = "badge-good\">Besprochen";
/// The button of the first card.
const BUTTON: &str = "aria-label=\"Karte 1: Besprochen\"";

fn form(room: &Room, card: CardId, discussed: bool) -> String {
    let discuss = Operation::Discuss { card, discussed };
    let discuss = serde_json::to_string(&discuss).unwrap();
    format!("slug={}&operation={discuss}", room.row.slug)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_moderator_marks_a_card_without_a_script_and_everybody_reads_it() {
    let room = Room::open().await;
    let board = room.get("", &device("moderator")).await.text();
    assert!(board.contains(BUTTON) && !board.contains(MARK), "{board}");
    let act = async |discussed, who: &str| {
        let form = form(&room, room.public, discussed);
        room.post("/api/board-act", &form, &device(who)).await.text()
    };
    for who in ["guest", "nobody"] {
        let board = room.get("", &device(who)).await.text();
        assert!(!board.contains(BUTTON), "{who}: {board}");
        act(true, who).await;
        let board = room.get("", "").await.text();
        assert!(!board.contains(MARK), "{who} marks nothing: {board}");
    }
    let answer = act(true, "moderator").await;
    assert!(answer.contains("Die Karte ist besprochen."), "{answer}");
    for (page, who) in [
        ("", "nobody"),
        ("", "guest"),
        ("", "moderator"),
        ("/moderation", "moderator"),
        ("/leinwand", "nobody"),
    ] {
        let text = room.get(page, &device(who)).await.text();
        assert!(text.contains(MARK), "{page} of {who}: {text}");
    }
    let markdown = room.get("/export.md", "").await.text();
    assert!(markdown.contains(&format!("{PUBLIC} (besprochen)")), "{markdown}");
    let table = room.get("/export.csv", "").await.text();
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].ends_with(";\"Besprochen\""), "{table}");
    assert!(lines[1].ends_with(";\"ja\""), "{table}");
    let json: serde_json::Value = serde_json::from_str(&room.get("/export.json", "").await.text()).unwrap();
    assert_eq!(json["board"]["cards"][0]["discussed"], true);
    let paper = room.get("/karten/1.md", "").await.text();
    assert!(paper.contains("Besprochen. Stand:"), "{paper}");
    assert!(room.get("/export.pdf", "").await.body.starts_with(b"%PDF-"));
    let answer = act(false, "moderator").await;
    assert!(answer.contains("noch nicht besprochen"), "{answer}");
    let board = room.get("", "").await.text();
    assert!(!board.contains(MARK), "{board}");
    let log = room.get("/protokoll.csv", &device("moderator")).await.text();
    for line in [
        "\"als besprochen markiert\";\"1\"",
        "\"nicht mehr als besprochen markiert\";\"1\"",
    ] {
        assert!(log.contains(line), "{line}: {log}");
    }
}

/// Who has the board open as the moderator marks the card in the light there, and nobody else does.
#[tokio::test(flavor = "multi_thread")]
async fn the_card_in_the_light_is_marked_where_its_words_are() {
    let room = Room::open().await;
    let light = Operation::Spotlight {
        card: Some(room.public),
    };
    room.act(room.moderator, light).await;
    let in_the_light = async |who: &str| {
        let page = room.get("", &device(who)).await.text();
        let (_, rest) = page.split_once("id=\"im-blick\"").unwrap();
        rest.split("</details>").next().unwrap().contains(BUTTON)
    };
    assert!(in_the_light("moderator").await);
    assert!(!in_the_light("guest").await);
}

/// An address of its own shows what is left to discuss, and says how much that is; the card in the light is there in any case.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_shows_what_is_not_discussed_yet() {
    const WAY: &str = "Noch nicht besprochen<";
    let room = Room::open().await;
    let other = CardId(room.app.store.ambient().uuid());
    room.write(room.helper, other, "Was noch offen ist.").await;
    let page = async |query: &str| room.get(query, "").await.text();
    let numbers = |page: &str| -> BTreeSet<u32> {
        let notes = page.split("id=\"karte-").skip(1);
        notes
            .filter_map(|note| note.split('"').next()?.parse().ok())
            .collect()
    };
    assert!(!page("").await.contains(WAY), "nothing is discussed yet");
    for operation in [
        Operation::GoTo {
            phase: Phase::Discuss,
        },
        Operation::Discuss {
            card: room.public,
            discussed: true,
        },
        Operation::Spotlight {
            card: Some(room.public),
        },
    ] {
        room.act(room.moderator, operation).await;
    }
    let all = page("").await;
    assert!(all.contains(WAY) && all.contains("?art=offen\""), "{all}");
    assert_eq!(numbers(&all), BTreeSet::from([1, 3]));
    let open = page("?art=offen").await;
    assert_eq!(numbers(&open), BTreeSet::from([3]));
    assert!(open.contains("column-count\">1"), "{open}");
    let (_, words) = open.split_once("id=\"im-blick\"").unwrap();
    assert!(words.split("</details>").next().unwrap().contains(PUBLIC));
    // Whoever has kept the address finds the way out in another phase, too.
    let sort = Operation::GoTo { phase: Phase::Sort };
    room.act(room.moderator, sort).await;
    assert!(!page("").await.contains(WAY));
    assert!(page("?art=offen").await.contains(WAY));
}

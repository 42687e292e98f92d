//! One card as a document: it holds what its reader may see and has asked for, and what people typed is words in it.

use std::io::Read;

use axum::http::StatusCode;
use domain::board::{Actor, CardKind, Finding, Operation, Phase, Progress, Responsibility, Standing};
use domain::ids::CardId;

use crate::boards::{PUBLIC, Room, SECRET, device, stand};

const HOSTILE: &str = "</text:p><script>alert(1)</script> [Klick](javascript:a) & *b*";
const FILES: [&str; 3] = ["pdf", "odt", "md"];

/// The numbers of the two cards of the room.
const FIRST: &str = "1";
const HIDDEN: &str = "2";

async fn actor(room: &Room, name: &str) -> Actor {
    let store = &room.app.store;
    store.board_member(room.board(), name).await.unwrap()
}

async fn comment(room: &Room, name: &str, on: CardId, text: &str) -> CardId {
    let card = CardId(room.app.store.ambient().uuid());
    let operation = Operation::Comment {
        card,
        on,
        text: text.to_owned(),
    };
    room.act(actor(room, name).await, operation).await;
    card
}

/// What the text document says, by its part.
async fn open_document(room: &Room, number: &str, cookies: &str) -> String {
    let answer = room.get(&format!("/karten/{number}.odt"), cookies).await;
    assert_eq!(answer.status, StatusCode::OK);
    let mut file = zip::ZipArchive::new(std::io::Cursor::new(answer.body)).unwrap();
    let mut text = String::new();
    file.by_name("content.xml")
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// Both files whose words can be read here.
async fn says(room: &Room, number: &str, cookies: &str) -> [String; 2] {
    let marked = room.get(&format!("/karten/{number}.md"), cookies).await.text();
    let document = open_document(room, number, cookies).await;
    [marked, document].map(|text| text.replace('\u{a0}', " "))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_holds_what_its_reader_sees_on_the_board() {
    let room = Room::open().await;
    comment(&room, "helper", room.public, "Bei uns ist es so.").await;
    let hidden = comment(&room, "guest", room.public, "Das sollen nicht alle lesen.").await;
    room.act(room.moderator, stand(hidden, Standing::Hidden)).await;
    room.act(room.moderator, Operation::GoTo { phase: Phase::Weigh })
        .await;
    let vote = Operation::Vote {
        card: room.public,
        given: true,
    };
    room.act(actor(&room, "guest").await, vote).await;
    let blind = "1 Stimme";
    for text in says(&room, FIRST, "").await {
        assert!(
            text.contains(PUBLIC) && text.contains("Bei uns ist es so."),
            "{text}"
        );
        for not in ["nicht alle lesen", blind, "Was die Moderation getan hat"] {
            assert!(!text.contains(not), "{not}: {text}");
        }
    }
    // Who has written the hidden comment sees it, and still no blind vote.
    for text in says(&room, FIRST, &device("guest")).await {
        assert!(
            text.contains("nicht alle lesen") && text.contains("ausgeblendet"),
            "{text}"
        );
        assert!(!text.contains(blind), "{text}");
    }
    for text in says(&room, FIRST, &device("moderator")).await {
        for word in ["nicht alle lesen", blind, "Stand: veröffentlicht"] {
            assert!(text.contains(word), "{word}: {text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_its_reader_does_not_see_is_not_there() {
    let room = Room::open().await;
    let comment = comment(&room, "guest", room.public, "Ein Kommentar.").await;
    let board = room.app.store.board(room.board()).await.unwrap();
    let comment = board.cards[&comment].number;
    for kind in FILES {
        for (number, cookies, status) in [
            (HIDDEN, "guest", StatusCode::NOT_FOUND),
            (HIDDEN, "nobody", StatusCode::NOT_FOUND),
            // Who has written it, and who moderates.
            (HIDDEN, "helper", StatusCode::OK),
            (HIDDEN, "moderator", StatusCode::OK),
            // A comment stands with its card.
            (&comment.to_string(), "moderator", StatusCode::NOT_FOUND),
            ("99", "moderator", StatusCode::NOT_FOUND),
            ("eins", "moderator", StatusCode::NOT_FOUND),
        ] {
            let page = format!("/karten/{number}.{kind}");
            let answer = room.get(&page, &device(cookies)).await;
            assert_eq!(answer.status, status, "{page} for {cookies}");
            assert!(status == StatusCode::OK || !answer.text().contains(SECRET));
        }
    }
    let page = format!("/karten/{HIDDEN}");
    assert_eq!(
        room.get(&page, &device("guest")).await.status,
        StatusCode::NOT_FOUND
    );
    let shown = room.get(&page, &device("moderator")).await.text();
    assert!(shown.contains(SECRET) && shown.contains("value=\"moderation\""));
    // What is for moderators alone is theirs to tick.
    let is_ticked = |part: &str| {
        let (before, after) = shown.split_once(&format!("id=\"teil-{part}\"")).unwrap();
        let begins = before.rfind('<').unwrap();
        let rest = after.split('>').next().unwrap();
        format!("{}{rest}", &before[begins..]).contains(" checked")
    };
    assert!(is_ticked("ergebnis") && is_ticked("herkunft") && !is_ticked("moderation"));
    assert!(shown.contains("was Sie als Moderation sehen"), "{shown}");
    let shown = room.get(&format!("/karten/{FIRST}"), "").await.text();
    assert!(shown.contains(PUBLIC) && shown.contains(&format!("/karten/{FIRST}.odt")));
    assert!(!shown.contains("value=\"moderation\""));
    assert!(shown.contains("was Sie auf dem Board sehen"), "{shown}");
    // The card leads there, for whoever reads it.
    let board = room.get("", "").await.text();
    assert!(board.contains(&format!("/karten/{FIRST}\"")), "{board}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_chooses_the_parts_and_gets_none_that_is_not_ones_own() {
    let room = Room::open().await;
    comment(&room, "helper", room.public, "Bei uns ist es so.").await;
    let finding = Finding {
        text: "Es fehlt ein Merkblatt.".to_owned(),
        taker: "Landesfachstelle".to_owned(),
        level: Responsibility::State,
        progress: Progress::Open,
    };
    let conclude = Operation::Conclude {
        card: room.public,
        finding: Some(finding),
        base: None,
    };
    room.act(room.moderator, conclude).await;
    let edit = Operation::Edit {
        card: room.public,
        base: 0,
        text: "Diese Karte lesen jetzt alle.".to_owned(),
    };
    room.act(room.moderator, edit).await;
    let of = async |query: &str, cookies: &str| {
        let page = format!("/karten/{FIRST}.md?{query}");
        let answer = room.get(&page, &device(cookies)).await;
        (answer.status, answer.text())
    };
    let (_, text) = of("teile=text", "guest").await;
    assert!(
        text.contains("Diese Karte lesen jetzt alle.") && !text.contains("## "),
        "{text}"
    );
    let (_, text) = of("teile=ergebnis,kommentare", "guest").await;
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(headings, ["## Ergebnis", "## Kommentare"], "{text}");
    assert!(
        text.contains("Merkblatt") && text.contains("Bei uns ist es so."),
        "{text}"
    );
    // What it said before is for its author and the moderators.
    for (who, reads) in [("guest", true), ("moderator", true), ("nobody", false)] {
        let (_, text) = of("teile=verlauf", who).await;
        assert_eq!(text.contains(PUBLIC), reads, "{who}: {text}");
        assert!(text.contains("Es fehlt ein Merkblatt."), "{who}: {text}");
    }
    let (status, text) = of("teile=text&teile=moderation", "guest").await;
    assert_eq!(status, StatusCode::NOT_FOUND, "{text}");
    let (status, text) = of("teile=text&teile=moderation", "moderator").await;
    assert_eq!(status, StatusCode::OK);
    let heading = "## Protokoll und interne Notiz (nur Moderation)";
    assert!(
        text.contains(heading) && text.contains("Karte 1 Ergebnis festgehalten"),
        "{text}"
    );
    assert!(!text.contains("Karte 2 "), "of this card alone: {text}");
    // What was found may be for those only who take part.
    room.act(room.moderator, Operation::HideFindings { hidden: true })
        .await;
    let (_, text) = of("teile=ergebnis,verlauf", "nobody").await;
    assert!(!text.contains("Merkblatt"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_people_typed_is_words_in_every_file() {
    let room = Room::open().await;
    let card = CardId(room.app.store.ambient().uuid());
    room.write(actor(&room, "guest").await, card, HOSTILE).await;
    comment(&room, "helper", card, HOSTILE).await;
    let [marked, document] = says(&room, "3", "").await;
    for (mark, escaped) in [("<script", "\\<script"), ("](javascript", "\\](javascript")] {
        let count = marked.matches(mark).count();
        assert_eq!((count, marked.matches(escaped).count()), (2, 2), "{marked}");
    }
    let words = "&lt;/text:p&gt;&lt;script&gt;alert(1)&lt;/script&gt;";
    assert_eq!(document.matches(words).count(), 2, "{document}");
    assert!(!document.contains("<script"), "{document}");
    for kind in FILES {
        let answer = room.get(&format!("/karten/3.{kind}"), "").await;
        assert_eq!(answer.status, StatusCode::OK);
        let file = format!("attachment; filename=\"karte-3.{kind}\"");
        assert_eq!(answer.header("content-disposition"), file);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    let paper = room.get("/karten/3.pdf", "").await;
    assert!(paper.body.starts_with(b"%PDF-"), "{:?}", paper.headers);
    // Erased words are in no file.
    room.act(actor(&room, "guest").await, Operation::Erase { card })
        .await;
    for kind in FILES {
        let answer = room.get(&format!("/karten/3.{kind}"), &device("moderator")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_of_any_length_breaks_no_paper() {
    let room = Room::open().await;
    let words = [
        "Asylbewerberleistungsgesetzänderungsverordnungen".to_owned(),
        format!("h{}lt", "a".repeat(300)),
    ];
    for (number, word) in (3..).zip(words) {
        let card = CardId(room.app.store.ambient().uuid());
        let text =
            format!("Nach einem langen Satz, der bis an das Ende der Zeile geht, steht noch {word} an.");
        room.write(actor(&room, "guest").await, card, &text).await;
        for page in ["/export.pdf".to_owned(), format!("/karten/{number}.pdf")] {
            let paper = room.get(&page, "").await;
            assert_eq!(paper.status, StatusCode::OK, "{page}");
            assert!(paper.body.starts_with(b"%PDF-"), "{page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_stands_for_others_says_so() {
    let room = Room::open().await;
    let other = CardId(room.app.store.ambient().uuid());
    let guest = actor(&room, "guest").await;
    let board = room.app.store.board(room.board()).await.unwrap();
    let write = Operation::Write {
        card: other,
        column: board.columns[0].id,
        kind: CardKind::Problem,
        text: "Der Bus fährt selten.".to_owned(),
    };
    room.act(guest, write).await;
    let merge = Operation::Merge {
        card: other,
        into: Some(room.public),
    };
    room.act(room.moderator, merge).await;
    for text in says(&room, FIRST, "").await {
        assert!(
            text.contains("steht auch für Karte 3: Der Bus fährt selten."),
            "{text}"
        );
    }
    for text in says(&room, FIRST, &device("moderator")).await {
        assert!(text.contains("Karte 3 zusammengeführt mit Karte 1"), "{text}");
    }
}

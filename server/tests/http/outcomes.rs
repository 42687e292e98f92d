//! What comes out of boards, as the office reads it: boards side by side, results of all boards, and what is read with a codebook.

use domain::board::{Finding, Operation, Progress, Responsibility};
use domain::ids::CardId;

use crate::access::begin_a_coding;
use crate::boards::Room;
use crate::support::TestApp;

const EMAIL: &str = "amt@rollen.example";

#[tokio::test(flavor = "multi_thread")]
async fn side_by_side_each_card_is_named_and_what_can_be_brought_is_counted() {
    let app = TestApp::start_filled().await;
    let session = app.staff_signs_in(EMAIL).await;
    let template = app.store.templates().await.unwrap().remove(0).slug;
    let page = app.get_as(&format!("/vorlagen/{template}"), &session).await;
    let page = page.text();
    let many = page.matches(">Übernehmen<").count();
    assert!(many > 1, "{page}");
    let all = format!("Die {many} übrigen Karten ins landesweite Board übernehmen");
    for words in [all.as_str(), ">Karte 1<", ">Landesweit<", "Landkreis oder Stadt"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_list_of_boards_what_waits_stands_last() {
    let app = TestApp::start_filled().await;
    let session = app.staff_signs_in(EMAIL).await;
    let page = app.get_as("/themen", &session).await.text();
    let mut kinds = page
        .split("class=\"card-kind\"")
        .skip(1)
        .filter_map(|kind| kind.split("</p>").next());
    let waits = kinds.find(|kind| kind.contains("badge-warm")).unwrap();
    let [example, waiting] = ["Beispiel", "badge-warm"].map(|words| waits.find(words).unwrap());
    assert!(example < waiting && waits.contains("\u{a0}warten<"), "{waits}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_codebook_and_a_reading_say_what_they_are() {
    let room = Room::open().await;
    let session = room.app.staff_signs_in(EMAIL).await;
    let (book, _, coding) = begin_a_coding(&room.app, room.board()).await;
    for (path, title) in [
        (format!("codebuch/{book}"), "Codebuch: Zugang"),
        (coding.to_string(), "Auswertung: Lesen"),
    ] {
        let path = format!("/verwaltung/auswertung/{path}");
        let page = room.app.get_as(&path, &session).await.text();
        for words in [
            format!("<title>{title} – "),
            format!(">{title}<"),
            ">Alle Auswertungen<".to_owned(),
        ] {
            assert!(page.contains(&words), "{words}: {page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_is_marked_otherwise_than_what_is_not_pursued() {
    let room = Room::open().await;
    let session = room.app.staff_signs_in(EMAIL).await;
    for progress in [Progress::Settled, Progress::Dropped] {
        let card = CardId(room.app.store.ambient().uuid());
        room.write(room.moderator, card, "Es fehlt ein Merkblatt.").await;
        let finding = Finding {
            text: "Das Merkblatt ist geprüft.".to_owned(),
            taker: String::new(),
            level: Responsibility::State,
            progress,
        };
        let conclude = Operation::Conclude {
            card,
            finding: Some(finding),
            base: None,
        };
        room.act(room.moderator, conclude).await;
    }
    let page = room.app.get_as("/verwaltung/ergebnisse", &session).await.text();
    for badge in ["badge-good\">Erledigt<", "badge-plain\">Wird nicht verfolgt<"] {
        assert!(page.contains(badge), "{badge}: {page}");
    }
}

//! What was found about a card, written down by two who moderate at once: with a script, without one, and where results stand.

use domain::board::Finding;

use crate::boards::{Room, device};
use crate::moderating::plainly;

/// What a form was made of where nothing was found yet.
fn nothing() -> String {
    Finding::as_read([""; 4])
}

/// The form on one of the pages that have it.
fn form(room: &Room, on: &str, seen: &str, finding: &str) -> String {
    let card = room.public.to_string();
    let fields = [
        ("slug", room.row.slug.as_str()),
        ("on", on),
        ("card", &card),
        ("seen", seen),
        ("finding", finding),
        ("taker", ""),
        ("level", "state"),
        ("progress", "underway"),
    ];
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

async fn found(room: &Room) -> Option<String> {
    let board = room.app.store.board(room.board()).await.unwrap();
    let finding = board.cards[&room.public].finding.clone();
    finding.map(|finding| finding.text)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_has_found_meanwhile_is_read_first_and_nothing_typed_is_lost() {
    let room = Room::open().await;
    let saves = async |who: &str, seen: &str, finding: &str| {
        let form = form(&room, "moderation/1", seen, finding);
        let answer = room.post("/api/board-conclude", &form, &device(who)).await;
        serde_json::from_slice::<serde_json::Value>(&answer.body).unwrap()
    };
    let done = "Das Ergebnis ist festgehalten.";
    let first = saves("moderator", &nothing(), " Wird geprüft. ").await;
    assert_eq!(first["notice"], done, "{first}");
    // Whoever has written it goes on from there, as a browser ends lines.
    let seen = first["values"]["seen"].as_str().unwrap().replace('\n', "\r\n");
    let more = saves("moderator", &seen, "Wird geprüft.\nBis Mai.").await;
    assert_eq!(more["notice"], done, "{more}");

    // The other has opened the form before that.
    let late = saves("helper", &nothing(), "Ist abgelehnt.").await;
    let said = late["errors"][0]["sentence"].as_str().unwrap();
    let now = "Jetzt steht dort: „Wird geprüft.\nBis Mai.“ (In Arbeit, zuständig: Land).";
    assert!(
        said.contains("jemand anders das Ergebnis geändert") && said.contains(now),
        "{said}"
    );
    assert_eq!(late["values"]["finding"], "Ist abgelehnt.");
    assert_eq!(found(&room).await.as_deref(), Some("Wird geprüft.\nBis Mai."));
    // Having read that, it is written over.
    let seen = late["values"]["seen"].as_str().unwrap();
    let again = saves("helper", seen, "Ist abgelehnt.").await;
    assert_eq!(again["notice"], done, "{again}");
    assert_eq!(found(&room).await.as_deref(), Some("Ist abgelehnt."));

    // Taken away by the one, it is not put back by the other unread.
    let seen = again["values"]["seen"].as_str().unwrap();
    let gone = saves("moderator", seen, "").await;
    assert_eq!(gone["notice"], "Das Ergebnis ist entfernt.", "{gone}");
    let late = saves("helper", seen, "Ist doch genehmigt.").await;
    let said = late["errors"][0]["sentence"].as_str().unwrap();
    assert!(
        said.contains("Jetzt ist dort keines festgehalten.") && said.contains("„Ist doch genehmigt.“"),
        "{said}"
    );
    assert_eq!(found(&room).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_script_what_came_too_late_stands_in_its_form_again_over_what_is_there_now() {
    let room = Room::open().await;
    let saves = async |who: &str, on: &str, seen: &str, finding: &str| {
        let form = form(&room, on, seen, finding);
        plainly(&room, "/api/board-conclude", &form, &device(who)).await
    };
    let page = saves("moderator", "moderation/1", &nothing(), "Wird geprüft.").await;
    assert!(page.contains("Das Ergebnis ist festgehalten."), "{page}");
    let mut seen = nothing();
    for (on, late) in [
        ("moderation/1", "Ist abgelehnt."),
        ("ergebnisse", "Ist genehmigt."),
    ] {
        let page = saves("helper", on, &seen, late).await;
        for words in ["jemand anders das Ergebnis geändert", &format!(">{late}")] {
            assert!(page.contains(words), "{on}, {words}: {page}");
        }
        let now = found(&room).await.unwrap();
        assert_ne!(now, late, "{on}");
        // What the form holds now is what was read.
        seen = Finding::as_read(["state", "underway", "", &now]);
        assert!(
            page.contains(&format!("name=\"seen\" value=\"{seen}\"")),
            "{on}: {page}"
        );
        let page = saves("helper", on, &seen, late).await;
        assert!(page.contains("Das Ergebnis ist festgehalten."), "{on}: {page}");
        assert_eq!(found(&room).await.as_deref(), Some(late));
    }
}

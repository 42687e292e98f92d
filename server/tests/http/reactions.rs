//! "Bei uns auch" of a comment, from a page without a script to the file.

use domain::board::Operation;
use domain::ids::CardId;

use crate::boards::{Room, device};

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_is_known_elsewhere_too_without_a_script() {
    let room = Room::open().await;
    let store = &room.app.store;
    let comment = CardId(store.ambient().uuid());
    let say = Operation::Comment {
        card: comment,
        on: room.public,
        text: "Das kennen wir.".to_owned(),
    };
    room.act(room.helper, say).await;
    let form = |given: bool| {
        let same = Operation::SameHere { card: comment, given };
        let same = serde_json::to_string(&same).unwrap();
        format!("slug={}&operation={same}", room.row.slug)
    };
    let page = room.get("", &device("guest")).await.text();
    assert!(
        page.contains("aria-label=\"Kommentar 3: Bei uns auch\""),
        "{page}"
    );
    for (given, answered, label) in [
        (true, "Notiert: bei Ihnen auch.", "Bei uns auch · 1"),
        (true, "Notiert: bei Ihnen auch.", "Bei uns auch · 1"),
        (false, "Zurückgenommen.", "Bei uns auch"),
        (true, "Notiert: bei Ihnen auch.", "Bei uns auch · 1"),
    ] {
        let answer = room.post("/api/board-act", &form(given), &device("guest")).await;
        assert!(answer.text().contains(answered), "{}", answer.text());
        let page = room.get("", &device("guest")).await.text();
        let label = format!("aria-label=\"Kommentar 3: {label}\"");
        assert!(page.contains(&label), "{label}: {page}");
    }
    // Who only reads sees how many, and presses nothing.
    let page = room.get("", "").await.text();
    assert!(page.contains("<span class=\"hint\">Bei uns auch · 1<"), "{page}");
    assert!(!page.contains("aria-label=\"Kommentar 3: Bei uns auch"), "{page}");
    let file = room.get("/export.md", "").await.text();
    assert!(
        file.contains("Das kennen wir. (Moderation, 1 × bei uns auch)"),
        "{file}"
    );
}

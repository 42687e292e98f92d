//! What staff corrects of a board after it was made, and who takes it.

use axum::http::StatusCode;
use domain::board::{Operation, Phase};

use crate::boards::{Room, device};
use crate::support::Answer;

fn reply(answer: &Answer) -> serde_json::Value {
    serde_json::from_slice(&answer.body).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_corrects_a_board_and_pages_that_are_open_hear_of_it() {
    let room = Room::open().await;
    let staff = room.staff().await;
    let (slug, moderator) = (&room.row.slug, device("moderator"));
    let form = |seen: u32, title: &str, votes: u32| {
        format!("slug={slug}&seen={seen}&title={title}&lead=Was+hilft%3F&votes={votes}&workshop=")
    };
    let corrects = async |form: String| reply(&room.post("/api/board-correct", &form, &staff).await);
    // Who only moderates is offered nothing, and corrects nothing.
    let refused = room
        .post("/api/board-correct", &form(0, "Fremd", 5), &moderator)
        .await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert_eq!(
        room.get("/bearbeiten", &moderator).await.status,
        StatusCode::NOT_FOUND
    );
    let console = room.get("/moderation", &moderator).await;
    assert_eq!(console.status, StatusCode::OK);
    assert!(!console.text().contains("Board bearbeiten"));
    let console = room.get("/moderation", &staff).await.text();
    assert!(console.contains("Board bearbeiten"), "{console}");

    for (wrong, field) in [
        (form(0, "W", 5), "title"),
        (form(0, "Wohnung", 21), "votes"),
        (format!("{}unbekannt", form(0, "Wohnung", 5)), "workshop"),
    ] {
        let said = corrects(wrong).await;
        assert_eq!(said["errors"][0]["field"], field, "{said}");
    }
    let mut line = room.line("", &device("guest")).await;
    line.hears("board").await;
    let done = corrects(form(0, "Wohnung+in+Pirna", 5)).await;
    let next = done["next"].as_str().unwrap();
    assert!(next.starts_with(&format!("/themen/{slug}/moderation")), "{done}");
    let change = line.hears("change").await;
    assert_eq!(change["settings"]["called"]["title"], "Wohnung in Pirna");
    assert_eq!(change["votes_left"], 5);
    for page in ["", "/leinwand"] {
        let page = room.get(page, "").await.text();
        assert!(page.contains("Wohnung in Pirna"), "{page}");
    }
    assert!(room.get("", "").await.text().contains("Was hilft?"));

    // A form that was made of what stood there before is refused, with what was typed.
    let late = corrects(form(0, "Ganz+anders", 5)).await;
    let said = late["errors"][0]["sentence"].as_str().unwrap();
    assert!(said.contains("hat sich inzwischen geändert"), "{late}");
    assert_eq!(late["values"]["title"], "Ganz anders");
    // Once somebody has voted the number of votes stays.
    room.act(room.moderator, Operation::GoTo { phase: Phase::Weigh })
        .await;
    let vote = Operation::Vote {
        card: room.public,
        given: true,
    };
    room.act(room.helper, vote).await;
    let said = corrects(form(1, "Wohnung+in+Pirna", 6)).await;
    let sentence = said["errors"][0]["sentence"].as_str().unwrap();
    assert!(sentence.contains("hat schon jemand abgestimmt"), "{said}");
    assert_eq!(said["values"]["title"], "Wohnung in Pirna");
    assert!(
        said["values"].get("votes").is_none(),
        "the next try is one without: {said}"
    );
    let page = room.get("/bearbeiten", &staff).await.text();
    assert!(page.contains("Hier hat schon jemand abgestimmt."), "{page}");
    assert_eq!(
        room.app.store.board_by_slug(slug).await.unwrap().title,
        "Wohnung in Pirna"
    );
}

//! What moderators did, on a page of its own: what its file says, part by part, and no words of cards.

use axum::http::StatusCode;
use domain::board::Operation;

use crate::boards::{PUBLIC, Room, SECRET, device};

/// Times that the board is stopped and goes on: more deeds than a page shows.
const STOPS: usize = 30;

/// What stands in the list of the page.
fn listed(page: &str) -> &str {
    let list = page.split("class=\"history\"").nth(1).unwrap();
    list.split("</ol>").next().unwrap()
}

/// The pages from the newest on, each by the way that the one before it shows.
async fn pages(room: &Room, cookie: &str) -> Vec<String> {
    let mut pages = Vec::new();
    let (mut page, mut before) = ("/protokoll".to_owned(), usize::MAX);
    loop {
        let answer = room.get(&page, cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        pages.push(answer.text());
        let links = answer.links();
        let numbers = links
            .iter()
            .filter_map(|link| link.split("?vor=").nth(1)?.parse().ok());
        match numbers.min().filter(|number| *number < before) {
            Some(number) => (page, before) = (format!("/protokoll?vor={number}"), number),
            None => return pages,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_the_log_says_what_its_file_says_part_by_part_and_no_words_of_cards() {
    let room = Room::open().await;
    let cookie = device("moderator");
    for _ in 0..STOPS {
        for frozen in [true, false] {
            room.act(room.moderator, Operation::Freeze { frozen }).await;
        }
    }
    room.act(room.moderator, Operation::Erase { card: room.public })
        .await;
    let file = room.get("/protokoll.csv", &cookie).await.text();
    let lines: Vec<&str> = file.lines().skip(1).collect();
    assert!(lines.len() > 2 * STOPS, "{file}");
    let pages = pages(&room, &cookie).await;
    assert!(pages.len() > 1, "{}", pages.len());
    let items: usize = pages
        .iter()
        .map(|page| listed(page).matches("<li>").count())
        .sum();
    assert_eq!(items, lines.len(), "{file}");
    let all: String = pages.iter().map(|page| listed(page)).collect();
    for line in &lines {
        let cells = line.strip_prefix('"').and_then(|line| line.strip_suffix('"'));
        let cells: Vec<&str> = cells.unwrap().split("\";\"").collect();
        let [number, at, who, what, card] = cells[..] else {
            panic!("{line}")
        };
        let when = match number {
            "" => format!("{at} ·\u{a0}{who}"),
            _ => format!("Nr.\u{a0}{number} · {at} ·\u{a0}{who}"),
        };
        let what = match card {
            "" => what.to_owned(),
            _ => format!("Karte\u{a0}{card}: {what}"),
        };
        assert!(all.contains(&when) && all.contains(&what), "{line}: {all}");
    }
    assert!(
        all.find("Text gelöscht").unwrap() < all.find("Board läuft weiter").unwrap(),
        "the newest first"
    );
    for page in &pages {
        assert!(!page.contains(PUBLIC) && !page.contains(SECRET), "{page}");
    }
    let newest = room.get("/protokoll?vor=gestern", &cookie).await.text();
    assert_eq!(
        listed(&newest),
        listed(&pages[0]),
        "what cannot be read is nothing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn moderators_come_to_the_log_from_their_pages_and_from_there_to_its_file() {
    let room = Room::open().await;
    let path = format!("/themen/{}/protokoll", room.row.slug);
    for (page, way) in [
        ("/moderation", path.clone()),
        ("/anwesend", path.clone()),
        ("/protokoll", format!("{path}.csv")),
    ] {
        let links = room.get(page, &device("moderator")).await.links();
        assert!(links.contains(&way), "{page}: {links:?}");
    }
    for who in ["guest", "nobody"] {
        let answer = room.get("/protokoll", &device(who)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{who}");
        let asked = format!("slug={}", room.row.slug);
        let answer = room.post("/api/board-log", &asked, &device(who)).await;
        assert_eq!(answer.text().trim(), "null", "{who}");
    }
}

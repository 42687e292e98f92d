//! One moderator who is in control: what is done is taken back, what is written is marked, what waits is said, the code is another
//! one, and a board has rules of its own.

use axum::body::Body;
use axum::http::{Method, header};
use domain::board::state::{REPORTS_TO_HIDE, RULES_CHARACTERS_MAX};
use domain::board::{Actor, Anonymity, CardKind, Level, Operation, Settings, Standing};
use domain::ids::{CardId, ColumnId, OperationId};
use store::audit;
use store::boards::BoardDraft;

use crate::boards::{PUBLIC, Room, device, stand};
use crate::support::{Answer, request};

/// A form's field, as a browser writes it.
fn field(name: &str, value: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .append_pair(name, value)
        .finish()
}

fn form(room: &Room, fields: &[(&str, &str)]) -> String {
    let mut form = field("slug", &room.row.slug);
    for (name, value) in [("on", "moderation")].iter().chain(fields) {
        form.push('&');
        form.push_str(&field(name, value));
    }
    form
}

fn act(room: &Room, operation: &Operation) -> String {
    form(room, &[("operation", &serde_json::to_string(operation).unwrap())])
}

/// What an answer offers to take back what was done.
fn undo(answer: &Answer) -> Option<String> {
    let answer: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    Some(answer["values"].get("undo")?.as_str().unwrap().to_owned())
}

async fn standing(room: &Room, card: CardId) -> Standing {
    let board = room.app.store.board(room.board()).await.unwrap();
    board.cards[&card].standing.clone()
}

/// The same form without a script: the page that the browser is led to.
pub async fn plainly(room: &Room, path: &str, form: &str, cookies: &str) -> String {
    let sent = room.app.form(path, "text/html").header(header::COOKIE, cookies);
    let answer = room.app.send(sent, Body::from(form.to_owned())).await;
    let next = answer.header(header::LOCATION.as_str()).to_owned();
    let shown = request(Method::GET, &next)
        .header(header::ACCEPT, "text/html")
        .header(header::COOKIE, cookies);
    room.app.send(shown, Body::empty()).await.text()
}

/// What stands in a hidden field of a page, as it was before it was escaped.
fn hidden(page: &str, name: &str) -> String {
    let marker = format!("name=\"{name}\" value=\"");
    let start = page.find(&marker).unwrap_or_else(|| panic!("no {name}: {page}")) + marker.len();
    let value = page[start..].split('"').next().unwrap();
    value
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&amp;", "&")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_moderator_does_with_a_card_is_taken_back_as_the_answer_offers() {
    let room = Room::open().await;
    let moderator = device("moderator");
    let hide = act(&room, &stand(room.public, Standing::Hidden));
    let answer = room.post("/api/board-act", &hide, &moderator).await;
    let offered = undo(&answer).unwrap();
    assert_eq!(standing(&room, room.public).await, Standing::Hidden);
    let back = form(&room, &[("operations", &offered)]);
    // Nobody else takes it back.
    for cookies in [device("guest"), String::new()] {
        let answer = room.post("/api/board-undo", &back, &cookies).await;
        assert!(!answer.text().contains("Zurückgenommen"), "{}", answer.text());
        assert_eq!(standing(&room, room.public).await, Standing::Hidden);
    }
    let answer = room.post("/api/board-undo", &back, &moderator).await;
    assert!(answer.text().contains("Zurückgenommen."), "{}", answer.text());
    assert_eq!(standing(&room, room.public).await, Standing::Published);
    // Nothing is offered after that, and the old offer is worth nothing any more.
    assert_eq!(undo(&answer).as_deref(), Some(""));
    let answer = room.post("/api/board-undo", &back, &moderator).await;
    assert!(
        answer
            .text()
            .contains("Inzwischen hat jemand anders etwas daran geändert."),
        "{}",
        answer.text()
    );
    assert_eq!(standing(&room, room.public).await, Standing::Published);
    // What a participant does, and what cannot be taken back, offers nothing.
    let like = act(
        &room,
        &Operation::SameHere {
            card: room.public,
            given: true,
        },
    );
    let answer = room.post("/api/board-act", &like, &device("guest")).await;
    assert_eq!(undo(&answer), None);
    let erase = act(&room, &Operation::Erase { card: room.public });
    let answer = room.post("/api/board-act", &erase, &moderator).await;
    assert_eq!(undo(&answer), None);
    for nothing in ["", "[]", "kein JSON"] {
        let answer = room
            .post(
                "/api/board-undo",
                &form(&room, &[("operations", nothing)]),
                &moderator,
            )
            .await;
        assert!(!answer.text().contains("Zurückgenommen"), "{nothing}");
    }
}

/// Three cards of a guest that wait.
async fn three_wait(room: &Room) -> [CardId; 3] {
    room.act(room.moderator, Operation::Moderate { level: Level::All })
        .await;
    let guest = room.app.store.board_member(room.board(), "guest").await.unwrap();
    let cards = [(); 3].map(|()| CardId(room.app.store.ambient().uuid()));
    for (number, card) in cards.into_iter().enumerate() {
        room.write(guest, card, &format!("Karte mit der Nummer {number}."))
            .await;
    }
    cards
}

#[tokio::test(flavor = "multi_thread")]
async fn several_cards_are_taken_back_together() {
    let room = Room::open().await;
    let moderator = device("moderator");
    let cards = three_wait(&room).await;
    let read = cards.map(|card| format!("{card}:0"));
    let approve = form(&room, &[("cards", &read.join(" "))]);
    let answer = room.post("/api/board-approve", &approve, &moderator).await;
    let offered = undo(&answer).unwrap();
    let answer = room
        .post(
            "/api/board-undo",
            &form(&room, &[("operations", &offered)]),
            &moderator,
        )
        .await;
    assert!(answer.text().contains("Zurückgenommen."), "{}", answer.text());
    for card in cards {
        assert_eq!(standing(&room, card).await, Standing::Waiting);
    }
    let refuse = form(
        &room,
        &[
            ("cards[0]", &format!("{}:2", cards[0])),
            ("cards[1]", &format!("{}:2", cards[1])),
            ("rule", "0"),
        ],
    );
    let answer = room.post("/api/board-refuse-several", &refuse, &moderator).await;
    let offered = undo(&answer).unwrap();
    room.post(
        "/api/board-undo",
        &form(&room, &[("operations", &offered)]),
        &moderator,
    )
    .await;
    for card in cards {
        assert_eq!(standing(&room, card).await, Standing::Waiting);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_script_the_answers_page_offers_it_by_a_form() {
    let room = Room::open().await;
    let moderator = device("moderator");
    let empty = room.get("/moderation", &moderator).await.text();
    assert_eq!(hidden(&empty, "operations"), "", "nothing was done yet");
    let hide = act(&room, &stand(room.public, Standing::Hidden));
    let page = plainly(&room, "/api/board-act", &hide, &moderator).await;
    assert!(
        page.contains("Ausgeblendet.") && page.contains("Rückgängig"),
        "{page}"
    );
    assert!(
        page.contains("class=\"notice-success\">Ausgeblendet.") && !page.contains("notice notice-success"),
        "said once, in the line: {page}"
    );
    let back = form(&room, &[("operations", &hidden(&page, "operations"))]);
    let page = plainly(&room, "/api/board-undo", &back, &moderator).await;
    assert!(
        page.contains("class=\"notice-success\">Zurückgenommen."),
        "{page}"
    );
    assert_eq!(hidden(&page, "operations"), "", "nothing is offered after that");
    assert_eq!(standing(&room, room.public).await, Standing::Published);
    // A participant's page has no such line.
    let page = room.get("", &device("guest")).await.text();
    assert!(!page.contains("/api/board-undo"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_moderator_writes_is_marked_on_every_page_and_in_every_file() {
    let room = Room::open().await;
    let card = CardId(room.app.store.ambient().uuid());
    room.write(room.moderator, card, "Bitte bleiben Sie beim Thema.")
        .await;
    let mark = "<span class=\"badge badge-good\">Moderation<";
    // Who moderates sees the hidden one of the other moderator, too.
    for (cookies, count) in [(String::new(), 1), (device("guest"), 1), (device("moderator"), 2)] {
        let page = room.get("", &cookies).await.text();
        assert_eq!(page.matches(mark).count(), count, "{cookies}: {page}");
    }
    let screen = room.get("/leinwand", "").await.text();
    assert_eq!(screen.matches(mark).count(), 1, "{screen}");
    for file in ["csv", "md"] {
        let file = room.get(&format!("/export.{file}"), "").await.text();
        assert!(file.contains("Moderation") && file.contains(PUBLIC), "{file}");
    }
    let json = room.get("/export.json", "").await.text();
    assert_eq!(json.matches("\"by_moderation\": true").count(), 1, "{json}");
    let line = room.line("", "").await.hears("board").await.to_string();
    assert_eq!(line.matches("\"by_moderation\":true").count(), 1, "{line}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_called_like_the_moderators_and_is_told_so_at_the_field() {
    let mut room = Room::open().await;
    let draft = BoardDraft {
        title: "Mit Namen".to_owned(),
        ..store_testing::board_draft(Settings::new(Level::Off, Anonymity::Pseudonym, 3))
    };
    let store = room.app.store.clone();
    room.row = store.create_board(audit::Actor::System, &draft).await.unwrap();
    let sentence = "So heißt hier nur die Moderation.";
    let join = |name: &str| form(&room, &[("name", name)]);
    for name in ["Moderation", " M0deration", "Moderator*in", "La Fa St"] {
        let answer = room.post("/api/board-join", &join(name), &device("guest")).await;
        let answer: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(answer["errors"][0]["field"], "name", "{answer}");
        let said = answer["errors"][0]["sentence"].as_str().unwrap();
        assert!(said.starts_with(sentence), "{answer}");
    }
    let page = plainly(&room, "/api/board-join", &join("Moderation"), &device("guest")).await;
    assert!(page.contains(sentence), "{page}");
    // By the way of devices, too.
    let wanted = serde_json::json!([{ "id": store.ambient().uuid(), "operation": { "join": { "name": "Moderation", "district": null } } }]);
    let push = format!(
        "{}&{}",
        field("slug", &room.row.slug),
        field("wanted", &wanted.to_string())
    );
    let answer = room.post("/api/board-push", &push, &device("guest")).await.text();
    assert!(answer.contains("name_reserved"), "{answer}");
    let answer = room
        .post("/api/board-join", &join("Amsel"), &device("guest"))
        .await;
    assert!(answer.text().contains("Sie sind dabei."), "{}", answer.text());
    // Staff takes part under that name, by acting.
    let staff = format!("{}; {}", room.staff().await, device("office"));
    let freeze = act(&room, &Operation::Freeze { frozen: true });
    let answer = room.post("/api/board-act", &freeze, &staff).await.text();
    assert!(answer.contains("angehalten"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_another_code_the_old_one_leads_nowhere_who_is_there_stays_and_no_lock_is_promised() {
    let room = Room::open().await;
    let old = room.row.code.clone();
    let leads = async |code: &str| {
        let path = format!("/b/{code}");
        let sent = request(Method::GET, &path).header(header::ACCEPT, "text/html");
        let answer = room.app.send(sent, Body::empty()).await;
        answer.header(header::LOCATION.as_str()).to_owned()
    };
    let path = format!("/themen/{}?mitmachen=1", room.row.slug);
    let image = room.get("/code.svg", "").await.text();
    assert_eq!(leads(&old).await, path);
    let renew = act(&room, &Operation::RenewCode);
    room.post("/api/board-act", &renew, &device("guest")).await;
    assert_eq!(leads(&old).await, path, "a participant changes nothing");
    let mut screen = room.line("?als=leinwand", "").await;
    screen.hears("board").await;
    let page = plainly(&room, "/api/board-act", &renew, &device("moderator")).await;
    let new = room.app.store.board_by_slug(&room.row.slug).await.unwrap().code;
    assert_ne!(new, old);
    let spaced = |code: &str| app::boards::words::spaced(code);
    assert!(
        page.contains("Der neue Code gilt.") && page.contains(&spaced(&new)),
        "{page}"
    );
    assert!(!page.contains(&spaced(&old)), "{page}");
    assert!(
        leads(&old).await.starts_with("/themen?antwort="),
        "the old one leads nowhere"
    );
    assert_eq!(leads(&new).await, path);
    assert_ne!(
        room.get("/code.svg", "").await.text(),
        image,
        "the picture is another one"
    );
    // An open projector learns that it shows an old one.
    assert!(screen.hears("change").await.to_string().contains("\"codes\":1"));
    let guest = room.get("", &device("guest")).await.text();
    assert!(guest.contains("Karte schreiben"), "who is there stays: {guest}");
    // Whoever has the address takes part as before, and no page says otherwise.
    let desk = room.get("/moderation", &device("moderator")).await.text();
    assert!(
        desk.contains("Wer die Adresse des Boards hat, kann weiter mitmachen."),
        "{desk}"
    );
    for words in [&desk, &page] {
        assert!(words.contains("Der alte"), "{words}");
        assert!(!words.contains("niemand mehr herein"), "{words}");
    }
    let join = form(&room, &[("name", "Amsel")]);
    let answer = room.post("/api/board-join", &join, &device("late")).await;
    assert!(answer.text().contains("Sie sind dabei."), "{}", answer.text());
    let log = room.get("/protokoll.csv", &device("moderator")).await.text();
    assert_eq!(log.matches("neuen Code vergeben").count(), 1, "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_that_has_stopped_says_beside_the_form_why_nothing_can_be_sent() {
    let room = Room::open().await;
    for frozen in [true, false] {
        room.act(room.moderator, Operation::Freeze { frozen }).await;
        let page = room.get("", &device("guest")).await.text();
        let says =
            ["Sie können weiterschreiben;", "Karten erscheinen sofort."].map(|words| page.contains(words));
        assert_eq!(says, [frozen, !frozen], "{page}");
        // Nothing opens that could not be sent.
        let (before, after) = page.split_once("popovertarget=\"verschieben-1\"").unwrap();
        let opener = [
            before.rsplit('<').next().unwrap(),
            after.split('>').next().unwrap(),
        ]
        .concat();
        assert_eq!(opener.contains("disabled"), frozen, "{opener}");
        // Who moderates goes on.
        let page = room.get("", &device("moderator")).await.text();
        assert!(!page.contains("Sie können weiterschreiben;"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_card_waits_reads_what_comes_first_and_who_moderates_reads_that_it_waits() {
    let room = Room::open().await;
    room.act(room.moderator, stand(room.public, Standing::Waiting))
        .await;
    let mark = "badge-warm\">Wartet auf Freigabe";
    for (page, who, explains) in [
        ("", "guest", true),
        ("", "moderator", false),
        ("/moderation", "moderator", false),
    ] {
        let page = room.get(page, &device(who)).await.text();
        assert!(page.contains(mark), "{who}: {page}");
        let says = page.contains("Zuerst liest sie die Moderation.");
        assert_eq!(says, explains, "{who}: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_is_offered_to_be_taken_away_only_where_no_card_is_in_it() {
    let room = Room::open().await;
    let columns = [(); 2].map(|()| ColumnId(room.app.store.ambient().uuid()));
    for (column, title) in columns.into_iter().zip(["Was hilft", "Was offen ist"]) {
        let title = title.to_owned();
        room.act(room.moderator, Operation::AddColumn { column, title })
            .await;
    }
    let offered = async |titles: [&str; 3]| {
        let page = room.get("/moderation", &device("moderator")).await.text();
        titles.map(|title| page.contains(&format!("Spalte {title}: Leere Spalte entfernen")))
    };
    let titles = ["Was fehlt", "Was hilft", "Was offen ist"];
    assert_eq!(offered(titles).await, [false, true, true]);
    // One that only moderators see is in it, too.
    let hidden = Operation::Move {
        card: room.secret,
        column: columns[0],
        after: None,
    };
    room.act(room.moderator, hidden).await;
    assert_eq!(offered(titles).await, [false, false, true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_or_hidden_is_put_elsewhere_by_the_moderator_only() {
    let room = Room::open().await;
    let reason = app::boards::words::POLICY[3].to_owned();
    for (standing, authors) in [
        (Standing::Refused { reason }, false),
        (Standing::Hidden, false),
        (Standing::Published, true),
    ] {
        room.act(room.moderator, stand(room.public, standing)).await;
        for (page, who, offers) in [("", "guest", authors), ("/moderation", "moderator", true)] {
            let page = room.get(page, &device(who)).await.text();
            assert!(page.contains("id=\"karte-1\""), "{who}: {page}");
            assert_eq!(page.contains("Karte 1: Verschieben"), offers, "{who}: {page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_tells_staff_what_waits_and_nobody_else() {
    let room = Room::open().await;
    let guest = room.app.store.board_member(room.board(), "guest").await.unwrap();
    room.act(room.moderator, Operation::Moderate { level: Level::All })
        .await;
    let card = CardId(room.app.store.ambient().uuid());
    room.write(guest, card, "Wartet.").await;
    let staff = room.staff().await;
    let list = async |cookies: &str| {
        let sent = request(Method::GET, "/themen")
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, cookies);
        room.app.send(sent, Body::empty()).await.text()
    };
    let words = ">1\u{a0}wartet<";
    // For who moderates the board with work is first; for others the newest.
    let draft = BoardDraft {
        title: "Ganz neu".to_owned(),
        ..store_testing::board_draft(Settings::new(Level::Off, Anonymity::Anonymous, 3))
    };
    let newer = room.app.store.create_board(audit::Actor::System, &draft).await;
    let [newer, busy] = [newer.unwrap().slug, room.row.slug.clone()].map(|slug| format!("/themen/{slug}\""));
    let is_newer_first = |page: &str| page.find(&newer).unwrap() < page.find(&busy).unwrap();
    let page = list(&staff).await;
    assert!(page.contains(words) && !is_newer_first(&page), "{page}");
    assert!(page.contains("href=\"#anlegen\""), "the way to the form: {page}");
    for cookies in ["", &device("guest")] {
        let list = list(cookies).await;
        assert!(
            list.contains("Wohnen") && !list.contains("\u{a0}wartet"),
            "{list}"
        );
        assert!(is_newer_first(&list) && !list.contains("#anlegen"), "{list}");
    }
    // On the board, beside the way to the queue.
    assert!(room.get("", &staff).await.text().contains("(1 wartet)"));
    assert!(!room.get("", &device("guest")).await.text().contains("(1 wartet)"));
    // In the archive nothing is decided any more.
    for archived in [true, false] {
        room.act(room.moderator, Operation::Archive { archived }).await;
        assert_eq!(list(&staff).await.contains(words), !archived);
    }
    room.act(room.moderator, stand(card, Standing::Published)).await;
    assert!(!list(&staff).await.contains("\u{a0}wartet"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_has_rules_of_its_own() {
    let room = Room::open().await;
    let moderator = device("moderator");
    let rules = "Wir duzen uns.\nKeine <b>Namen</b> von Ämtern.";
    let set = |rules: &str| form(&room, &[("rules", rules)]);
    room.post("/api/board-rules", &set(rules), &device("guest")).await;
    assert!(!room.get("", "").await.text().contains("Wir duzen uns."));
    let answer = room
        .post("/api/board-rules", &set(rules), &moderator)
        .await
        .text();
    assert!(answer.contains("sind gespeichert"), "{answer}");
    // Where one joins, and beside the rules that hold on all boards.
    let stranger = room.get("", "").await.text();
    let said = "<p class=\"note-text\">Wir duzen uns.";
    assert_eq!(stranger.matches(said).count(), 2, "{stranger}");
    assert!(!stranger.contains("<b>Namen</b>"), "it is words only: {stranger}");
    assert_eq!(
        room.get("", &device("guest")).await.text().matches(said).count(),
        1
    );
    let console = room.get("/moderation", &moderator).await.text();
    assert!(console.contains("Wir duzen uns."), "{console}");

    let refuse = form(
        &room,
        &[
            ("card", &room.public.to_string()),
            ("version", "0"),
            ("rule", "5"),
        ],
    );
    let answer = room.post("/api/board-refuse", &refuse, &moderator).await.text();
    assert!(answer.contains("Abgelehnt."), "{answer}");
    let author = room.get("", &device("guest")).await.text();
    assert!(
        author.contains("passt nicht zu den Regeln für dieses Board"),
        "{author}"
    );
    let beyond = form(
        &room,
        &[
            ("card", &room.public.to_string()),
            ("version", "1"),
            ("rule", "6"),
        ],
    );
    let answer = room.post("/api/board-refuse", &beyond, &moderator).await.text();
    assert!(answer.contains("Bitte wählen Sie die Regel"), "{answer}");

    let answer = room
        .post(
            "/api/board-rules",
            &set(&"x".repeat(RULES_CHARACTERS_MAX + 1)),
            &moderator,
        )
        .await;
    let answer: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(answer["errors"][0]["field"], "rules", "{answer}");
    let said = answer["errors"][0]["sentence"].as_str().unwrap();
    assert!(said.contains(&RULES_CHARACTERS_MAX.to_string()), "{answer}");
    // Without a script what was refused stands in the field again, and the field is to be seen.
    let typed = format!("Zu lang: {}", "x".repeat(RULES_CHARACTERS_MAX));
    let page = plainly(&room, "/api/board-rules", &set(&typed), &moderator).await;
    assert!(
        page.contains("Zu lang: xxx") && page.contains("id=\"rules-error\""),
        "{page}"
    );
    let opened = page.split("<summary>Regeln für dieses Board").next().unwrap();
    let details = opened.rsplit("<details").next().unwrap();
    assert!(details.contains(" open"), "{details}");
    room.post("/api/board-rules", &set(""), &moderator).await;
    assert!(!room.get("", "").await.text().contains("Regeln für dieses Board"));
    let log = room.get("/protokoll.csv", &moderator).await.text();
    assert_eq!(
        log.matches("Regeln für dieses Board geändert").count(),
        2,
        "{log}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_save_rules_at_once_the_second_reads_what_the_first_has_written() {
    let room = Room::open().await;
    let moderator = device("moderator");
    let set = |rules: &str, base: &str| form(&room, &[("rules", rules), ("base", base)]);
    let saves = async |rules: &str, base: &str| {
        let answer = room.post("/api/board-rules", &set(rules, base), &moderator).await;
        serde_json::from_slice::<serde_json::Value>(&answer.body).unwrap()
    };
    let console = async || room.get("/moderation", &moderator).await.text();
    let option = "<option value=\"5\">Regeln dieses Boards";
    room.act(room.moderator, stand(room.public, Standing::Waiting))
        .await;
    let page = console().await;
    assert!(page.contains("<option value=\"3\">Nicht zum Thema"), "{page}");
    // In the order of the buttons at one card.
    let [publishes, refuses] =
        ["veröffentlichen", "ablehnen"].map(|deed| page.find(&format!("Ausgewählte {deed}")).unwrap());
    assert!(publishes < refuses, "{page}");
    assert!(!console().await.contains(option));
    let first = "Wir duzen uns.\nKeine Namen.";
    assert!(
        saves(first, "").await["notice"]
            .as_str()
            .unwrap()
            .contains("sind gespeichert")
    );
    assert!(console().await.contains(option));

    // The second has opened the form before that.
    let late = saves("Bitte auf Deutsch.", "").await;
    assert_eq!(late["errors"][0]["field"], "rules", "{late}");
    let said = late["errors"][0]["sentence"].as_str().unwrap();
    assert!(
        said.contains(&format!("„{first}“")) && said.contains("speichern Sie noch einmal"),
        "{said}"
    );
    assert_eq!(
        (&late["values"]["rules"], &late["values"]["base"]),
        (&"Bitte auf Deutsch.".into(), &first.into())
    );
    assert!(room.get("", "").await.text().contains("Wir duzen uns."));
    // Without a script it stands in the field again, over what is there now.
    let page = plainly(
        &room,
        "/api/board-rules",
        &set("Bitte auf Deutsch.", ""),
        &moderator,
    )
    .await;
    assert!(
        page.contains("Inzwischen hat jemand anders die Regeln geändert."),
        "{page}"
    );
    assert!(
        page.contains(">Bitte auf Deutsch.") && page.contains(&format!(">{first}")),
        "{page}"
    );
    // Whoever has read it writes over it, as a browser ends lines.
    let again = saves("Bitte auf Deutsch.", &first.replace('\n', "\r\n")).await;
    assert!(
        again["notice"].as_str().unwrap().contains("sind gespeichert"),
        "{again}"
    );
    assert!(!room.get("", "").await.text().contains("Wir duzen uns."));
    // Where the first has taken them away, that is said.
    saves("", "Bitte auf Deutsch.").await;
    let late = saves("Leise sprechen.", "Bitte auf Deutsch.").await;
    let said = late["errors"][0]["sentence"].as_str().unwrap();
    assert!(said.contains("Jetzt stehen dort keine eigenen Regeln."), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_waits_where_the_board_wants_that_and_the_queue_says_why() {
    let room = Room::open().await;
    let guest: Actor = room.app.store.board_member(room.board(), "guest").await.unwrap();
    room.act(
        room.moderator,
        Operation::Moderate {
            level: Level::Flagged,
        },
    )
    .await;
    for (text, why) in [
        ("Mehr auf www.traeger.example", "Enthält einen Link"),
        ("So ein Idiot", "Enthält ein verletzendes Wort"),
    ] {
        let card = CardId(room.app.store.ambient().uuid());
        let column = room.app.store.board(room.board()).await.unwrap().columns[0].id;
        let write = Operation::Write {
            card,
            column,
            kind: CardKind::Topic,
            text: text.to_owned(),
        };
        let id = OperationId(room.app.store.ambient().uuid());
        let answer = room.app.store.board_act(room.board(), guest, id, write).await;
        assert!(answer.unwrap().is_ok(), "it is taken");
        assert_eq!(standing(&room, card).await, Standing::Waiting);
        assert!(!room.get("", "").await.text().contains(text));
        let console = room.get("/moderation", &device("moderator")).await.text();
        assert!(console.contains(why), "{console}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_a_sign_or_was_reported_is_first_in_the_queue_then_what_waits_longest() {
    let room = Room::open().await;
    room.act(room.moderator, Operation::Moderate { level: Level::All })
        .await;
    let guest = room.app.store.board_member(room.board(), "guest").await.unwrap();
    let cards = [(); 4].map(|()| CardId(room.app.store.ambient().uuid()));
    let texts = [
        "Der Bus fährt selten.",
        "Dolmetscher fehlen.",
        "Geboren am 14.03.1991, wartet auf Post.",
        "Räume fehlen.",
    ];
    for (card, text) in cards.into_iter().zip(texts) {
        room.write(guest, card, text).await;
    }
    let order = async || {
        let page = room.get("/moderation", &device("moderator")).await.text();
        let parts = page.split("id=\"wartet-").skip(1);
        let numbers = parts.map(|part| part.split('"').next().unwrap().to_owned());
        numbers.collect::<Vec<_>>()
    };
    // The first two are those of the room.
    assert_eq!(order().await, ["5", "3", "4", "6"]);
    let report = Operation::Report {
        card: room.public,
        given: true,
    };
    for number in 0..REPORTS_TO_HIDE {
        let device = format!("melder-{number}");
        let member = room.app.store.board_member(room.board(), &device).await.unwrap();
        let join = Operation::Join {
            name: None,
            district: None,
            role: None,
        };
        room.act(member, join).await;
        room.act(member, report.clone()).await;
    }
    assert_eq!(order().await, ["1", "5", "3", "4", "6"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_of_who_was_removed_is_published_by_no_batch_and_waits_again_with_its_author() {
    let room = Room::open().await;
    let moderator = device("moderator");
    room.act(room.moderator, Operation::Moderate { level: Level::All })
        .await;
    let guest = room.app.store.board_member(room.board(), "guest").await.unwrap();
    let cards = [(); 2].map(|()| CardId(room.app.store.ambient().uuid()));
    for (card, text) in cards.into_iter().zip(["Eins von zweien.", "Zwei von zweien."]) {
        room.write(guest, card, text).await;
    }
    let batch = "ohne Hinweis veröffentlichen";
    let mark = "Person vom Board genommen";
    let console = async || room.get("/moderation", &moderator).await.text();
    for removed in [true, false] {
        let remove = Operation::Remove {
            card: cards[0],
            removed,
        };
        room.act(room.moderator, remove).await;
        let page = console().await;
        assert_eq!(page.contains("Nichts wartet."), removed, "{page}");
        assert_eq!(page.contains(batch), !removed, "{page}");
        // With the card that was published before.
        let marked = if removed { 3 } else { 0 };
        assert_eq!(page.matches(mark).count(), marked, "{page}");
        assert!(page.contains("Eins von zweien."), "among all cards: {page}");
    }
    assert!(!room.get("", &device("guest")).await.text().contains(mark));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reads_that_the_own_card_is_hidden_is_told_by_whom() {
    let room = Room::open().await;
    let by_reports = "Mehrere Personen haben die Karte gemeldet, jetzt sieht die Moderation sie sich an.";
    let by_moderation = "Die Moderation hat die Karte aus der Ansicht genommen.";
    let reports = async || {
        for number in 0..REPORTS_TO_HIDE {
            let device = format!("melder-{number}");
            let member = room.app.store.board_member(room.board(), &device).await.unwrap();
            let join = Operation::Join {
                name: None,
                district: None,
                role: None,
            };
            room.act(member, join).await;
            let report = Operation::Report {
                card: room.public,
                given: true,
            };
            room.act(member, report).await;
        }
    };
    let says = async |who: &str| {
        let page = room.get("", &device(who)).await.text();
        [by_reports, by_moderation].map(|sentence| page.contains(sentence))
    };
    reports().await;
    assert_eq!(standing(&room, room.public).await, Standing::Hidden);
    assert_eq!(says("guest").await, [true, false]);
    assert_eq!(says("melder-0").await, [false, false]);
    // Shown again it stays, however many report it.
    room.act(room.moderator, stand(room.public, Standing::Published))
        .await;
    reports().await;
    assert_eq!(standing(&room, room.public).await, Standing::Published);
    let queue = room.get("/moderation", &device("moderator")).await.text();
    assert!(queue.contains("Gemeldet von 3"), "{queue}");
    room.act(room.moderator, stand(room.public, Standing::Hidden))
        .await;
    assert_eq!(says("guest").await, [false, true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_cards_are_published_at_once_each_as_it_was_read() {
    let room = Room::open().await;
    let moderator = device("moderator");
    let cards = three_wait(&room).await;
    let page = room.get("/moderation", &moderator).await.text();
    let decides = page.split("/api/board-refuse-several").nth(1).unwrap();
    let decides = decides.split("</form>").next().unwrap();
    assert!(
        decides.contains("name=\"deed\"") && decides.contains("value=\"publish\""),
        "{decides}"
    );
    // One was changed after it was read, one is not chosen.
    let edit = Operation::Edit {
        card: cards[1],
        base: 0,
        text: "Etwas anderes.".to_owned(),
    };
    let guest = room.app.store.board_member(room.board(), "guest").await.unwrap();
    room.act(guest, edit).await;
    let (first, second) = (format!("{}:0", cards[0]), format!("{}:0", cards[1]));
    let publish = form(
        &room,
        &[
            ("cards[0]", &first),
            ("cards[1]", &second),
            ("rule", "0"),
            ("deed", "publish"),
        ],
    );
    room.post("/api/board-refuse-several", &publish, &device("guest"))
        .await;
    assert_eq!(standing(&room, cards[0]).await, Standing::Waiting);
    let answer = room.post("/api/board-refuse-several", &publish, &moderator).await;
    let said = answer.text();
    assert!(
        said.contains("Eine Karte ist veröffentlicht.") && said.contains("1 nicht"),
        "{said}"
    );
    let now = [
        standing(&room, cards[0]).await,
        standing(&room, cards[1]).await,
        standing(&room, cards[2]).await,
    ];
    assert_eq!(now, [Standing::Published, Standing::Waiting, Standing::Waiting]);
    let back = form(&room, &[("operations", &undo(&answer).unwrap())]);
    room.post("/api/board-undo", &back, &moderator).await;
    assert_eq!(standing(&room, cards[0]).await, Standing::Waiting);
    let none = form(&room, &[("deed", "publish")]);
    let answer = room.post("/api/board-refuse-several", &none, &moderator).await;
    assert!(
        answer.text().contains("mindestens eine Karte"),
        "{}",
        answer.text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_published_cards_are_brought_together_and_who_wants_another_one_is_told_why() {
    let room = Room::open().await;
    let moderator = device("moderator");
    let guest = room.app.store.board_member(room.board(), "guest").await.unwrap();
    let other = CardId(room.app.store.ambient().uuid());
    room.write(guest, other, "Dasselbe noch einmal.").await;
    room.act(room.moderator, Operation::Moderate { level: Level::All })
        .await;
    let waits = CardId(room.app.store.ambient().uuid());
    room.write(guest, waits, "Dasselbe zum dritten Mal.").await;
    // A workbench offers it where it can be done: neither for what waits nor for what is hidden.
    let offers = async |number: u32| {
        let bench = format!("/moderation?karte={number}");
        let page = room.get(&bench, &moderator).await.text();
        assert!(page.contains(&format!("Werkbank: Karte {number}")), "{page}");
        page.contains("id=\"zusammen\"")
    };
    assert_eq!(
        [offers(1).await, offers(2).await, offers(4).await],
        [true, false, false]
    );
    // Offered is what is published, and nothing else: neither what waits nor what is hidden.
    let page = room.get("/moderation?karte=1", &moderator).await.text();
    let offered = page.split("id=\"zusammen\"").nth(1).unwrap();
    let offered = offered.split("</select>").next().unwrap();
    assert_eq!(
        [other, waits, room.secret, room.public].map(|card| offered.contains(&card.to_string())),
        [true, false, false, false],
        "{offered}"
    );
    let merge = form(
        &room,
        &[("card", &waits.to_string()), ("into", &room.public.to_string())],
    );
    let answer = room.post("/api/board-merge", &merge, &moderator).await;
    assert!(
        answer.text().contains("Veröffentlichen Sie sie bitte zuerst"),
        "{}",
        answer.text()
    );
    assert_eq!(undo(&answer), None);
    room.act(room.moderator, stand(waits, Standing::Published)).await;
    assert!(offers(4).await);
    let answer = room.post("/api/board-merge", &merge, &moderator).await;
    assert!(answer.text().contains("Zusammengeführt."), "{}", answer.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_that_waits_says_about_what_it_is_and_has_a_workbench_for_who_wrote_it() {
    let room = Room::open().await;
    let moderator = device("moderator");
    let store = &room.app.store;
    let talker = store.board_member(room.board(), "talker").await.unwrap();
    let join = Operation::Join {
        name: None,
        district: None,
        role: None,
    };
    room.act(talker, join).await;
    room.act(room.moderator, Operation::Moderate { level: Level::All })
        .await;
    let [comment, answer] = [(); 2].map(|()| CardId(store.ambient().uuid()));
    let says = |card, on, text: &str| Operation::Comment {
        card,
        on,
        text: text.to_owned(),
    };
    room.act(talker, says(comment, room.public, "Bei uns gar nicht."))
        .await;
    // With the hidden card it is the third.
    let queue = room.get("/moderation", &moderator).await.text();
    let queued = queue.split("id=\"wartet-3\"").nth(1).unwrap();
    let queued = queued.split("</li>").next().unwrap();
    for part in [
        format!("zu Karte 1: {PUBLIC}").as_str(),
        "moderation?karte=3",
        "Kommentar 3: Veröffentlichen",
    ] {
        assert!(queued.contains(part), "{part}: {queued}");
    }
    let bench = async || {
        let page = room.get("/moderation?karte=3", &moderator).await.text();
        let bench = page.split("aria-labelledby=\"werkbank\"").nth(1).unwrap();
        bench.split("</section>").next().unwrap().to_owned()
    };
    let tools = bench().await;
    for part in [
        "Werkbank: Kommentar 3",
        "Kommentar 3: Ausblenden",
        "Kommentar 3: Autor*in vom Board nehmen",
        "Mitmoderieren lassen",
    ] {
        assert!(tools.contains(part), "{part}: {tools}");
    }
    for part in [
        // That stands beside who moderates, in the list of who is there.
        "Nicht mehr moderieren lassen",
        "Zusammenführen",
        "Teilen",
        "Handzeichen",
        "Ergebnis",
        "Karte sperren<",
    ] {
        assert!(!tools.contains(part), "{part}: {tools}");
    }
    // What answers a comment is about that.
    room.act(room.moderator, stand(comment, Standing::Published))
        .await;
    room.act(talker, says(answer, comment, "Doch, montags.")).await;
    let queue = room.get("/moderation", &moderator).await.text();
    assert!(queue.contains("zu Kommentar 3: Bei uns gar nicht."), "{queue}");
    // Who only comments is removed and let back there.
    for (removed, label) in [(true, "wieder zulassen"), (false, "vom Board nehmen")] {
        let remove = act(
            &room,
            &Operation::Remove {
                card: comment,
                removed,
            },
        );
        room.post("/api/board-act", &remove, &moderator).await;
        let tools = bench().await;
        assert!(tools.contains(&format!("Autor*in {label}")), "{tools}");
        let board = store.board(room.board()).await.unwrap();
        assert_eq!(board.members[&talker.member].removed_at.is_some(), removed);
    }
    let page = room.get("", &moderator).await.text();
    assert!(page.contains("moderation?karte=3"), "the way to it: {page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_moderates_with_and_has_no_card_any_more_is_stopped_from_the_list() {
    let mut room = Room::open().await;
    let moderator = device("moderator");
    let summary = "Wer mitmoderiert";
    let list = async |room: &Room, cookies: &str| room.get("/anwesend", cookies).await.text();
    let page = list(&room, &moderator).await;
    assert!(
        page.contains(summary) && page.contains("ein Gerät, seit "),
        "{page}"
    );
    room.act(room.helper, Operation::Erase { card: room.secret })
        .await;
    // The own device is not in its own list, and the list is the moderators' only.
    let member = hidden(&list(&room, &moderator).await, "member");
    assert_eq!(member, room.helper.member.to_string());
    let own = hidden(&list(&room, &device("helper")).await, "member");
    assert_eq!(own, room.moderator.member.to_string());
    for cookies in [device("guest"), String::new()] {
        assert!(!room.get("", &cookies).await.text().contains(&member));
    }
    let stop = form(&room, &[("member", &member)]);
    room.post("/api/board-hand-over", &stop, &device("guest")).await;
    assert!(list(&room, &moderator).await.contains(summary));
    // Nobody is made a moderator without a card.
    let guest = room.app.store.board_member(room.board(), "guest").await.unwrap();
    let give = form(&room, &[("member", &guest.member.to_string()), ("given", "1")]);
    room.post("/api/board-hand-over", &give, &moderator).await;
    assert!(list(&room, &moderator).await.contains(summary));
    let page = plainly(&room, "/api/board-hand-over", &stop, &moderator).await;
    assert!(page.contains("Diese Person moderiert nicht mehr."), "{page}");
    assert!(!list(&room, &moderator).await.contains(summary));
    let gone = room.get("/moderation", &device("helper")).await;
    assert_eq!(gone.status, axum::http::StatusCode::NOT_FOUND);

    // Where names are shown they are called by them.
    let draft = BoardDraft {
        title: "Mit Namen".to_owned(),
        ..store_testing::board_draft(Settings::new(Level::Off, Anonymity::Pseudonym, 3))
    };
    let store = room.app.store.clone();
    room.row = store.create_board(audit::Actor::System, &draft).await.unwrap();
    for (name, device) in [("Amsel", "moderator"), ("Birke", "helper")] {
        let member = store.board_member(room.board(), device).await.unwrap();
        let join = Operation::Join {
            name: Some(name.to_owned()),
            district: None,
            role: None,
        };
        room.act(member, join).await;
        room.lets_moderate(member, true).await;
    }
    let page = list(&room, &moderator).await;
    assert!(
        page.contains("Birke, seit ") && !page.contains("Amsel, seit "),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_names_an_account_where_its_role_allows_to_moderate_and_else_the_member() {
    let room = Room::open().await;
    let store = &room.app.store;
    // Signed in, and of no office: it is the device that moderates.
    let signed_in = room.app.signs_in("anna@traeger.example").await;
    let helps = format!("{}; lafast={signed_in}", device("moderator"));
    // Of the office, with a device that moderates: the role allows it.
    let staff = format!("{}; {}", device("moderator"), room.staff().await);
    let card = room.public.to_string();
    let give = form(&room, &[("card", &card), ("given", "1")]);
    let notes =
        |base: &str, note: &str| format!("slug={}&card={card}&base={base}&note={note}", room.row.slug);
    for (cookies, base, note) in [(&helps, "", "Eins"), (&staff, "Eins", "Zwei")] {
        let given = room.post("/api/board-hand-over", &give, cookies).await.text();
        assert!(given.contains("moderiert jetzt mit"), "{given}");
        let noted = room
            .post("/api/board-note", &notes(base, note), cookies)
            .await
            .text();
        assert!(noted.contains("gespeichert"), "{noted}");
    }
    let mut rows = store
        .audit_rows(Some(&room.board().to_string()), 100)
        .await
        .unwrap();
    rows.retain(|row| {
        ["board_handed_over", "board_noted"].contains(&row.action.as_str()) && row.actor != "system"
    });
    let member = audit::Actor::Member(room.moderator.member).key();
    let named = rows
        .iter()
        .map(|row| (row.actor_email.as_deref(), row.actor == member))
        .collect::<Vec<_>>();
    let office = (Some("amt@rollen.example"), false);
    assert_eq!(named, [office, office, (None, true), (None, true)]);
}

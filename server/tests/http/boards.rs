//! Boards: rights end while lines are open, the projector shows what everybody sees, and nobody floods a board.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use domain::board::label::ANONYMOUS_SHARED_MIN;
use domain::board::state::TRIAL_CHARACTERS_MAX;
use domain::board::{Actor, Anonymity, CardKind, Level, MemberRole, Operation, Phase, Settings, Standing};
use domain::district::District;
use domain::ids::{BoardId, CardId, ColumnId, OperationId};
use domain::time::Instant;
use futures::StreamExt;
use store::accounts::STAFF_IDLE_HOURS;
use store::boards::{BoardDraft, BoardRow, Push};
use store::{Ambient, audit};

use crate::support::{Answer, Line, TestApp, request};

/// What everybody may read, and what only moderators may.
pub const PUBLIC: &str = "Diese Karte lesen alle.";
pub const SECRET: &str = "Diese Karte ist ausgeblendet.";

/// A board with a moderator, somebody who moderates with, and a participant; one card is for all, one was hidden.
pub struct Room {
    pub app: TestApp,
    pub row: BoardRow,
    pub moderator: Actor,
    pub helper: Actor,
    pub public: CardId,
    pub secret: CardId,
}

pub fn device(secret: &str) -> String {
    format!("lafast-device={secret}")
}

pub fn stand(card: CardId, standing: Standing) -> Operation {
    Operation::Stand {
        card,
        standing,
        version: None,
    }
}

impl Room {
    pub async fn open() -> Self {
        let app = TestApp::start().await;
        let draft = BoardDraft {
            lead: "Was fehlt?".to_owned(),
            ..store_testing::board_draft(Settings::new(Level::Off, Anonymity::Anonymous, 3))
        };
        let row = app
            .store
            .create_board(audit::Actor::System, &draft)
            .await
            .unwrap();
        for name in ["moderator", "helper"] {
            let member = app.store.board_member(row.id, name).await.unwrap().member;
            app.store
                .let_moderate(audit::Actor::System, row.id, member, true)
                .await
                .unwrap();
        }
        let [moderator, helper, guest] =
            ["moderator", "helper", "guest"].map(|name| app.store.board_member(row.id, name));
        let (moderator, helper, guest) = (
            moderator.await.unwrap(),
            helper.await.unwrap(),
            guest.await.unwrap(),
        );
        let (public, secret) = (
            CardId(app.store.ambient().uuid()),
            CardId(app.store.ambient().uuid()),
        );
        let room = Self {
            app,
            row,
            moderator,
            helper,
            public,
            secret,
        };
        for actor in [moderator, helper, guest] {
            let join = Operation::Join {
                name: None,
                district: None,
                role: None,
            };
            room.act(actor, join).await;
        }
        room.write(guest, public, PUBLIC).await;
        room.write(helper, secret, SECRET).await;
        room.act(moderator, stand(secret, Standing::Hidden)).await;
        room
    }

    pub fn board(&self) -> BoardId {
        self.row.id
    }

    pub async fn act(&self, actor: Actor, operation: Operation) {
        let id = OperationId(self.app.store.ambient().uuid());
        let answer = self.app.store.board_act(self.board(), actor, id, operation).await;
        answer.unwrap().unwrap();
    }

    pub async fn write(&self, actor: Actor, card: CardId, text: &str) {
        let board = self.app.store.board(self.board()).await.unwrap();
        let operation = Operation::Write {
            card,
            column: board.columns[0].id,
            kind: CardKind::Topic,
            text: text.to_owned(),
        };
        self.act(actor, operation).await;
    }

    pub async fn lets_moderate(&self, actor: Actor, moderates: bool) {
        let store = &self.app.store;
        store
            .let_moderate(audit::Actor::System, self.board(), actor.member, moderates)
            .await
            .unwrap();
    }

    pub async fn line(&self, query: &str, cookies: &str) -> Line {
        let path = format!("/live/boards/{}{query}", self.board());
        Line::open(&self.app.origin, &path, cookies).await
    }

    pub async fn get(&self, page: &str, cookies: &str) -> Answer {
        let path = format!("/themen/{}{page}", self.row.slug);
        let request = request(Method::GET, &path)
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, cookies);
        self.app.send(request, Body::empty()).await
    }

    /// Somebody of the office, signed in: the cookie.
    pub async fn staff(&self) -> String {
        format!("lafast={}", self.app.staff_signs_in("amt@rollen.example").await)
    }

    pub async fn post(&self, path: &str, form: &str, cookies: &str) -> Answer {
        let request = self
            .app
            .form(path, "application/json")
            .header(header::COOKIE, cookies);
        self.app.send(request, Body::from(form.to_owned())).await
    }

    /// A message that wants something so many times.
    fn message(&self, operation: &Operation, count: usize) -> String {
        let wanted = (0..count).map(|_| {
            let id = self.app.store.ambient().uuid();
            serde_json::json!({ "id": id, "operation": operation })
        });
        serde_json::Value::Array(wanted.collect()).to_string()
    }
}

/// What a line was sent, as text to look into.
fn said(news: &serde_json::Value) -> String {
    news.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_ends_to_show_what_its_device_may_not_see_any_more() {
    let room = Room::open().await;
    let mut line = room.line("", &device("helper")).await;
    assert!(
        said(&line.hears("board").await).contains(SECRET),
        "as a moderator sees it"
    );
    room.lets_moderate(room.moderator, false).await;
    room.lets_moderate(room.helper, false).await;
    let board = line.hears("board").await;
    assert!(said(&board).contains(PUBLIC) && !said(&board).contains("\"desk\""));
    // The author still sees the own hidden card; nobody else does, and nothing may be decided any more.
    line.say(&room.message(&Operation::Freeze { frozen: true }, 1))
        .await;
    assert!(said(&line.hears("answers").await).contains("not_allowed"));
    room.lets_moderate(room.helper, true).await;
    let board = line.hears("board").await;
    assert!(
        said(&board).contains("\"desk\""),
        "and sees more again when it may"
    );
    line.say(&room.message(&Operation::Freeze { frozen: true }, 1))
        .await;
    assert!(said(&line.hears("answers").await).contains("Ok"));
}

#[tokio::test(flavor = "multi_thread")]
async fn events_end_to_show_it_too() {
    let room = Room::open().await;
    let path = format!("{}/live/boards/{}/events", room.app.origin, room.board());
    let request = request(Method::GET, &path).header(header::COOKIE, device("moderator"));
    let answer = room
        .app
        .client
        .request(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    let mut events = Body::new(answer.into_body()).into_data_stream();
    let mut heard = String::new();
    let mut hears = async |word: &str| {
        let hears = async {
            heard.clear();
            while !(heard.contains("\"board\"") && heard.contains(word)) {
                heard.push_str(&String::from_utf8_lossy(&events.next().await.unwrap().unwrap()));
            }
            heard.clone()
        };
        tokio::time::timeout(std::time::Duration::from_secs(30), hears)
            .await
            .unwrap()
    };
    assert!(hears(PUBLIC).await.contains(SECRET));
    room.lets_moderate(room.moderator, false).await;
    assert!(!hears(PUBLIC).await.contains(SECRET));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_moderated_and_is_removed_reads_nothing_of_the_desk() {
    let room = Room::open().await;
    let cookie = device("helper");
    let mut line = room.line("", &cookie).await;
    assert!(said(&line.hears("board").await).contains("\"desk\""));
    for (page, status) in [("/moderation", 200), ("/protokoll", 200), ("/protokoll.csv", 200)] {
        assert_eq!(room.get(page, &cookie).await.status, status, "{page}");
    }
    // Another one's hidden card, so that it is not seen as the own.
    let other = CardId(room.app.store.ambient().uuid());
    room.write(room.moderator, other, "Das ist nur für die Moderation.")
        .await;
    room.act(room.moderator, stand(other, Standing::Hidden)).await;
    assert!(
        room.get("/export.json", &cookie)
            .await
            .text()
            .contains("nur für die Moderation")
    );

    let remove = Operation::Remove {
        card: room.secret,
        removed: true,
    };
    room.act(room.moderator, remove).await;
    let board = loop {
        let board = line.hears("board").await;
        if !said(&board).contains("\"desk\"") {
            break board;
        }
    };
    assert!(!said(&board).contains("nur für die Moderation"));
    for (page, status) in [("/moderation", 404), ("/protokoll", 404), ("/protokoll.csv", 404)] {
        assert_eq!(room.get(page, &cookie).await.status, status, "{page}");
    }
    for file in ["json", "csv", "md"] {
        let file = room.get(&format!("/export.{file}"), &cookie).await.text();
        assert!(file.contains(PUBLIC) && !file.contains("nur für die Moderation"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_out_loses_the_desk_within_a_tick_and_decides_nothing_from_then_on() {
    let room = Room::open().await;
    let session = room.staff().await;
    let cookies = format!("{session}; {}", device("guest"));
    let mut acts = room.line("", &cookies).await;
    let mut only_reads = room.line("", &cookies).await;
    for line in [&mut acts, &mut only_reads] {
        assert!(said(&line.hears("board").await).contains(SECRET));
    }
    room.post("/api/account-sign-out", "", &session).await;
    acts.say(&room.message(&Operation::Freeze { frozen: true }, 1))
        .await;
    assert!(said(&acts.hears("answers").await).contains("not_allowed"));
    for line in [&mut acts, &mut only_reads] {
        let board = line.hears("board").await;
        assert!(said(&board).contains(PUBLIC) && !said(&board).contains(SECRET));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_projector_shows_staff_what_everybody_sees() {
    let room = Room::open().await;
    let cookies = format!("{}; {}", room.staff().await, device("guest"));
    // A card is large on all screens, and then hidden.
    let secret = room.secret;
    for operation in [
        stand(secret, Standing::Published),
        Operation::Spotlight { card: Some(secret) },
        stand(secret, Standing::Hidden),
    ] {
        room.act(room.moderator, operation).await;
    }
    // A guest's card waits, one comes while new cards are held back, and one is of somebody who was removed.
    let store = &room.app.store;
    let gone = store.board_member(room.board(), "gone").await.unwrap();
    let join = Operation::Join {
        name: None,
        district: None,
        role: None,
    };
    room.act(gone, join).await;
    let guest = store.board_member(room.board(), "guest").await.unwrap();
    let [waits, held, removed] = [(); 3].map(|()| CardId(store.ambient().uuid()));
    room.act(room.moderator, Operation::Moderate { level: Level::All })
        .await;
    room.write(guest, waits, "Wartet auf die Moderation.").await;
    room.act(room.moderator, Operation::Moderate { level: Level::Off })
        .await;
    room.write(gone, removed, "Von jemandem, der entfernt ist.").await;
    let remove = Operation::Remove {
        card: removed,
        removed: true,
    };
    room.act(room.moderator, remove).await;
    room.act(room.moderator, Operation::Pause { paused: true }).await;
    room.write(guest, held, "Wird zurückgehalten.").await;
    let hidden = [
        SECRET,
        "Wartet auf die Moderation.",
        "Von jemandem, der entfernt ist.",
        "Wird zurückgehalten.",
    ];

    let mut line = room.line("?als=leinwand", &cookies).await;
    let sent = [
        room.get("/leinwand", &cookies).await.text(),
        said(&line.hears("board").await),
        room.post(
            "/api/board",
            &format!("slug={}?leinwand", room.row.slug),
            &cookies,
        )
        .await
        .text(),
    ];
    // Who cannot scan the code reads where to type it.
    for words in ["Mitmachen unter 127.0.0.1:", "<wbr>/themen, Code"] {
        assert!(sent[0].contains(words), "{words}: {}", sent[0]);
        assert!(!room.get("", &cookies).await.text().contains(words));
    }
    for sent in &sent {
        assert!(sent.contains(PUBLIC), "{sent}");
        for text in hidden {
            assert!(!sent.contains(text), "{text}: {sent}");
        }
    }
    // The same browser would be shown all of it with its own eyes.
    let desk = room.get("/moderation", &cookies).await.text();
    let mut own = room.line("", &cookies).await;
    let own = said(&own.hears("board").await);
    for text in hidden {
        assert!(desk.contains(text) && own.contains(text), "{text}");
    }

    room.act(room.moderator, Operation::Curtain { closed: true })
        .await;
    assert!(!room.get("/leinwand", &cookies).await.text().contains(PUBLIC));
    assert!(
        said(&line.hears("change").await).contains(&room.public.to_string()),
        "it is told what is gone"
    );
    assert!(room.get("/moderation", &cookies).await.text().contains(PUBLIC));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_projector_has_more_cards_than_fit_and_says_where_there_are_none() {
    let room = Room::open().await;
    let guest = room.app.store.board_member(room.board(), "guest").await.unwrap();
    for number in 2..=12 {
        let card = CardId(room.app.store.ambient().uuid());
        room.write(guest, card, &format!("Gedanke {number}.")).await;
    }
    let (cards, none) = ("<li class=\"note\">", "<p>Hier steht noch nichts.</p>");
    let screen = room.get("/leinwand", "").await.text().replace("<!>", "");
    let said = [screen.matches(cards).count(), screen.matches(none).count()];
    assert_eq!(said, [10, 0], "{screen}");
    let new = Operation::AddColumn {
        column: ColumnId(room.app.store.ambient().uuid()),
        title: "Was hilft".to_owned(),
    };
    room.act(room.moderator, new).await;
    let screen = room.get("/leinwand", "").await.text().replace("<!>", "");
    let said = [screen.matches(cards).count(), screen.matches(none).count()];
    assert_eq!(said, [10, 1], "{screen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_is_bounded_by_what_it_does_not_by_how_many_messages_that_takes() {
    let room = Room::open().await;
    let same = Operation::SameHere {
        card: room.public,
        given: true,
    };
    let full = room.message(&same, 50);
    let mut line = room.line("", &device("guest")).await;
    for _ in 0..2 {
        line.say(&full).await;
        assert_eq!(line.hears("answers").await.as_array().unwrap().len(), 50);
    }
    line.say(&full).await;
    assert!(line.hears("busy").await.as_u64().unwrap() > 1);
    // The same bucket, where no WebSocket gets through, and whatever stands before it in the form.
    let form = format!("{}slug={}&wanted={full}", "x=1&".repeat(200), room.row.slug);
    let pushed = room.post("/api/board-push", &form, &device("guest")).await;
    assert_eq!(pushed.status, StatusCode::TOO_MANY_REQUESTS);
    // Another device types on.
    let other = format!("slug={}&wanted={}", room.row.slug, room.message(&same, 6));
    let pushed = room.post("/api/board-push", &other, &device("moderator")).await;
    assert_eq!(pushed.status, StatusCode::OK, "{}", pushed.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn several_cards_are_refused_at_once_each_as_it_was_read() {
    let room = Room::open().await;
    let store = &room.app.store;
    let guest = store.board_member(room.board(), "guest").await.unwrap();
    room.act(room.moderator, Operation::Moderate { level: Level::All })
        .await;
    let cards = [(); 3].map(|()| CardId(store.ambient().uuid()));
    for card in cards {
        room.write(guest, card, "Dasselbe noch einmal, wie schon gesagt.")
            .await;
    }
    let page = room.get("/moderation", &device("moderator")).await.text();
    let read = cards.map(|card| format!("{card}:0"));
    for read in &read {
        assert!(
            page.contains(&format!("value=\"{read}\"")),
            "a box for each: {page}"
        );
    }
    assert!(page.contains("(wartet auch)"), "they are named at each other");
    // One was changed after it was read.
    let edit = Operation::Edit {
        card: cards[1],
        base: 0,
        text: "Etwas anderes.".to_owned(),
    };
    room.act(guest, edit).await;
    let chosen: Vec<String> = read.iter().map(|read| format!("&cards[]={read}")).collect();
    let form = format!("slug={}&on=moderation{}&rule=4", room.row.slug, chosen.concat());
    let before = store_testing::fingerprint(store).await.unwrap();
    room.post("/api/board-refuse-several", &form, &device("guest"))
        .await;
    assert_eq!(
        store_testing::fingerprint(store).await.unwrap(),
        before,
        "a guest refuses nothing, and leaves nothing"
    );
    let answer = room
        .post("/api/board-refuse-several", &form, &device("moderator"))
        .await
        .text();
    assert!(
        answer.contains("2 Karten sind abgelehnt") && answer.contains("1 nicht"),
        "{answer}"
    );
    let board = store.board(room.board()).await.unwrap();
    let refused = cards.map(|card| matches!(board.cards[&card].standing, Standing::Refused { .. }));
    assert_eq!(refused, [true, false, true]);
    let none = format!("slug={}&on=moderation&rule=4", room.row.slug);
    let answer = room
        .post("/api/board-refuse-several", &none, &device("moderator"))
        .await
        .text();
    assert!(answer.contains("mindestens eine Karte"), "{answer}");
}

/// What a line asks by the clock, and what a page asks that somebody opens, each an hour after the other.
#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_left_open_keeps_nobody_signed_in() {
    let ambient = Ambient::manual(Instant(1_800_000_000_000_000));
    let app = TestApp::start_with(ambient.clone(), |_| {}).await;
    let token = app.staff_signs_in("amt@rollen.example").await;
    let mut lasts = Vec::new();
    for uses in [true, true, false, false] {
        ambient.advance_seconds(STAFF_IDLE_HOURS * 3_600 - 60);
        let viewer = if uses {
            app.store.session(&token).await
        } else {
            app.store.session_unused(&token).await
        };
        lasts.push(viewer.unwrap().is_some());
    }
    assert_eq!(lasts, [true, true, true, false]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_to_join_says_first_what_others_will_see_of_who_writes() {
    let app = TestApp::start().await;
    let says = [
        (
            Anonymity::Named,
            "An Ihren Karten steht der Name, den Sie hier angeben. Die Moderation sieht mit ihm auch, ob Sie gerade da sind.",
        ),
        (
            Anonymity::Pseudonym,
            "An Ihren Karten steht ein Name, den Sie sich für dieses Board ausdenken. Auch die Moderation sieht nur ihn, und ob Sie gerade da sind.",
        ),
        (
            Anonymity::Anonymous,
            "An Ihren Karten steht kein Name, auch die Moderation sieht keinen. Was Sie tun und woher Sie kommen, steht nur daran, wenn mindestens fünf Personen hier dasselbe angeben: beides zusammen, sonst nur eines davon, sonst nichts.",
        ),
    ];
    for (anonymity, _) in says {
        let draft = store_testing::board_draft(Settings::new(Level::Off, anonymity, 3));
        let row = app.store.create_board(audit::Actor::System, &draft);
        let slug = row.await.unwrap().slug;
        let page = app.get(&format!("/themen/{slug}")).await.text();
        let form = page.split("id=\"mitmachen\"").nth(1).unwrap();
        let before_its_fields = form.split("/api/board-join").next().unwrap();
        for (other, words) in says {
            let is_said = before_its_fields.contains(words);
            assert_eq!(is_said, other == anonymity, "{words}: {before_its_fields}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_joins_without_a_script_says_a_role_of_the_list_or_none() {
    let room = Room::open().await;
    let page = room.get("", "").await.text();
    let field = page.split("name=\"role\"").nth(1).unwrap();
    let field = field.split("</select>").next().unwrap();
    for words in [
        "Keine Angabe",
        "Flüchtlingssozialarbeit",
        "Migrationsberatung (MBE, JMD)",
        "Ehrenamt",
    ] {
        assert!(field.contains(words), "{words}: {field}");
    }
    assert!(
        page.contains("mindestens fünf Personen hier dasselbe angeben"),
        "what is shown is said first"
    );
    let join = |role: &str| format!("slug={}&district=leipzig&role={role}", room.row.slug);
    let before = room.app.store.board(room.board()).await.unwrap().members;
    let answer = room.post("/api/board-join", &join("kaiserin"), "").await.text();
    assert!(
        answer.contains("Bitte wählen Sie einen Eintrag aus der Liste.") && answer.contains("role"),
        "{answer}"
    );
    assert_eq!(room.app.store.board(room.board()).await.unwrap().members, before);
    let answer = room
        .post("/api/board-join", &join("counselling"), &device("neu"))
        .await
        .text();
    assert!(answer.contains("Sie sind dabei."), "{answer}");
    let member = room
        .app
        .store
        .board_member(room.board(), "neu")
        .await
        .unwrap()
        .member;
    let members = room.app.store.board(room.board()).await.unwrap().members;
    assert_eq!(members[&member].role, Some(MemberRole::Counselling));
}

/// Somebody tells of a solution by a form, and what each reads of it on the page and in every file.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_tried_is_told_without_a_script_and_waits_as_a_card_does() {
    const TOLD: &str = "Mit zwei festen Terminen ging es.";
    let room = Room::open().await;
    let store = &room.app.store;
    let guest = store.board_member(room.board(), "guest").await.unwrap();
    let card = CardId(store.ambient().uuid());
    let column = store.board(room.board()).await.unwrap().columns[0].id;
    let solution = Operation::Write {
        card,
        column,
        kind: CardKind::Solution,
        text: "Termine in der Woche.".to_owned(),
    };
    room.act(room.helper, solution).await;
    for number in 0..ANONYMOUS_SHARED_MIN {
        let other = store
            .board_member(room.board(), &format!("leipzig-{number}"))
            .await
            .unwrap();
        let join = Operation::Join {
            name: None,
            district: District::parse("leipzig"),
            role: None,
        };
        room.act(other, join).await;
    }
    room.act(room.moderator, Operation::Moderate { level: Level::All })
        .await;
    let page = room.get("", &device("guest")).await.text();
    assert!(
        page.contains("/api/board-tried") && page.contains("Noch 160 Zeichen."),
        "{page}"
    );
    let form = |key: uuid::Uuid, outcome: &str, district: &str, context: &str| {
        format!(
            "slug={}&key={key}&card={card}&outcome={outcome}&district={district}&context={context}",
            room.row.slug
        )
    };
    let key = store.ambient().uuid();
    let long = "a".repeat(TRIAL_CHARACTERS_MAX + 1);
    for (wrong, sentence) in [
        (
            form(key, "super", "", TOLD),
            "Bitte wählen Sie, was daraus geworden ist.",
        ),
        (
            form(key, "helped", "atlantis", TOLD),
            "Bitte wählen Sie einen Eintrag aus der Liste.",
        ),
        (form(key, "helped", "", &long), "höchstens 160 Zeichen"),
    ] {
        let answer = room
            .post("/api/board-tried", &wrong, &device("guest"))
            .await
            .text();
        assert!(answer.contains(sentence), "{sentence}: {answer}");
    }
    assert!(
        store.board(room.board()).await.unwrap().cards[&card]
            .tried
            .is_empty()
    );
    // Sent twice it is one sentence.
    for _ in 0..2 {
        let sent = form(key, "partly", "leipzig", TOLD);
        let answer = room
            .post("/api/board-tried", &sent, &device("guest"))
            .await
            .text();
        assert!(answer.contains("Ihr Satz steht unter der Lösung."), "{answer}");
    }
    let another = form(store.ambient().uuid(), "partly", "leipzig", "Noch einer.");
    let answer = room
        .post("/api/board-tried", &another, &device("guest"))
        .await
        .text();
    assert!(answer.contains("löschen Sie ihn bitte zuerst"), "{answer}");

    let files = ["", "/export.csv", "/export.json", "/export.md"];
    for file in files {
        let others = room.get(file, &device("leipzig-0")).await.text();
        assert!(!others.contains(TOLD), "{file}: it waits");
        assert!(
            room.get(file, &device("guest")).await.text().contains(TOLD),
            "{file}: it is the author's"
        );
    }
    assert!(
        room.get("/moderation", &device("moderator"))
            .await
            .text()
            .contains(TOLD)
    );
    let mut cards = store.board(room.board()).await.unwrap().cards.into_values();
    let told = cards.find(|card| card.tells).unwrap();
    assert_eq!(told.author, guest.member);
    room.act(room.moderator, stand(told.id, Standing::Published))
        .await;
    for file in files {
        let others = room.get(file, &device("leipzig-0")).await.text();
        assert!(others.contains(TOLD), "{file}: {others}");
        let says = if file.ends_with("json") {
            "\"partly\""
        } else {
            "Teilweise · Leipzig"
        };
        assert!(others.contains(says), "{file}: {others}");
    }
    let paper = room.get("/export.pdf", &device("leipzig-0")).await;
    assert_eq!(paper.status, StatusCode::OK);
    // Without a sentence it says what became of it, and takes the sentence out of sight when it says nothing any more.
    let back = serde_json::to_string(&Operation::Tried {
        card,
        outcome: None,
        district: None,
    });
    let back = format!("slug={}&operation={}", room.row.slug, back.unwrap());
    let answer = room.post("/api/board-act", &back, &device("guest")).await.text();
    assert!(answer.contains("Zurückgenommen."), "{answer}");
    for file in files {
        let others = room.get(file, &device("leipzig-0")).await.text();
        assert!(!others.contains(TOLD), "{file}: taken back");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_moderator_changes_columns_without_a_script_and_the_log_tells() {
    let room = Room::open().await;
    let store = &room.app.store;
    let columns = async || store.board(room.board()).await.unwrap().columns;
    let first = columns().await[0].id;
    let slug = &room.row.slug;
    let key = store.ambient().uuid();
    let add_with = |key: uuid::Uuid| format!("slug={slug}&on=moderation&key={key}&title=Was+hilft");
    let add = add_with(key);
    let rename = format!("slug={slug}&on=moderation&key={key}&column={first}&title=Was+uns+fehlt");
    let remove = |column| {
        let operation = serde_json::to_string(&Operation::RemoveColumn { column }).unwrap();
        format!("slug={slug}&on=moderation&operation={operation}")
    };
    for (path, form) in [
        // Another form: the same one would be answered as the first time.
        ("/api/board-column", &add_with(store.ambient().uuid())),
        ("/api/board-column", &rename),
        ("/api/board-act", &remove(first)),
    ] {
        let answer = room.post(path, form, &device("guest")).await.text();
        assert!(answer.contains("nur die Moderation"), "{answer}");
    }
    assert_eq!(columns().await.len(), 1);
    // Sent twice it is one column.
    for _ in 0..2 {
        let answer = room
            .post("/api/board-column", &add, &device("moderator"))
            .await
            .text();
        assert!(answer.contains("Die Spalte ist da."), "{answer}");
    }
    let answer = room
        .post("/api/board-column", &rename, &device("moderator"))
        .await
        .text();
    assert!(answer.contains("heißt jetzt anders"), "{answer}");
    let titles: Vec<String> = columns().await.into_iter().map(|column| column.title).collect();
    assert_eq!(titles, ["Was uns fehlt", "Was hilft"]);
    let answer = room
        .post("/api/board-act", &remove(first), &device("moderator"))
        .await
        .text();
    assert!(answer.contains("liegen noch Karten"), "{answer}");
    let second = columns().await[1].id;
    let to_the_left = Operation::MoveColumn {
        column: second,
        after: None,
    };
    room.act(room.moderator, to_the_left).await;
    let page = room.get("", "").await.text();
    assert!(
        page.find("Was hilft").unwrap() < page.find("Was uns fehlt").unwrap(),
        "{page}"
    );
    let console = room.get("/moderation", &device("moderator")).await.text();
    assert!(
        console.contains("/api/board-column") && console.contains("Nach rechts"),
        "{console}"
    );
    let answer = room
        .post("/api/board-act", &remove(second), &device("moderator"))
        .await
        .text();
    assert!(answer.contains("Die Spalte ist entfernt."), "{answer}");
    let log = room.get("/protokoll.csv", &device("moderator")).await.text();
    for line in [
        "„Was hilft“ angelegt",
        "umbenannt in „Was uns fehlt“",
        "„Was hilft“ entfernt",
    ] {
        assert!(log.contains(line), "{line}: {log}");
    }
}

/// After a backup was put back the log can have the number up to which a device has the board, and say something else there.
#[tokio::test(flavor = "multi_thread")]
async fn who_comes_back_from_another_history_is_sent_the_whole_board() {
    let room = Room::open().await;
    let board = async || room.app.store.board(room.board()).await.unwrap();
    let before = board().await;
    let (number, at) = (before.sequence, before.changed_at.unwrap().micros());
    let first = async |query: String| room.line(&query, &device("guest")).await.news().await;
    let is_whole = |news: &serde_json::Value| news.get("board").is_some();
    for round in 0..2 {
        for (query, whole) in [
            (format!("?ab={number}&zeit={at}"), false),
            (format!("?ab={number}"), false),
            (format!("?ab={number}&zeit={}", at + 1), true),
            (format!("?ab={}&zeit={at}", board().await.sequence + 1), true),
        ] {
            let news = first(query.clone()).await;
            assert_eq!(is_whole(&news), whole, "round {round}, {query}: {news}");
        }
        // Once more with something that was missed.
        for given in [true, false, true] {
            let same = Operation::SameHere {
                card: room.public,
                given,
            };
            room.act(room.helper, same).await;
        }
    }
    // Of the same history, and too far behind: a whole board is less than all that was done since.
    let mut watches = room.line("", &device("helper")).await;
    watches.hears("board").await;
    let last = board().await;
    let (number, at) = (last.sequence, last.changed_at.unwrap().micros());
    let query = format!("?ab={number}&zeit={at}");
    for (more, whole) in [(500, false), (1, true)] {
        let pushes = (0..more).map(|nth| Push {
            actor: room.helper,
            id: OperationId(room.app.store.ambient().uuid()),
            operation: Operation::SameHere {
                card: room.public,
                given: nth % 2 == 0,
            },
        });
        let answers = room.app.store.board_push(room.board(), pushes.collect()).await;
        assert!(answers.unwrap().iter().all(Result::is_ok));
        // The room has heard of it all.
        let newest = board().await.sequence;
        while watches.hears("change").await["sequence"] != newest {}
        let news = first(query.clone()).await;
        assert_eq!(is_whole(&news), whole, "{} behind: {news}", newest - number);
    }
}

/// Somebody of the office whom one who moderates with has taken off the board.
#[tokio::test(flavor = "multi_thread")]
async fn staff_stay_moderators_and_let_themselves_back() {
    let room = Room::open().await;
    let store = &room.app.store;
    let cookies = format!("{}; {}", room.staff().await, device("office"));
    let staff = store.board_member(room.board(), "office").await.unwrap();
    let join = Operation::Join {
        name: None,
        district: None,
        role: None,
    };
    room.act(staff, join).await;
    let card = CardId(store.ambient().uuid());
    room.write(staff, card, "Willkommen.").await;
    let remove = |removed| Operation::Remove { card, removed };
    room.act(room.helper, remove(true)).await;
    let is_removed = async || {
        let board = store.board(room.board()).await.unwrap();
        board.members[&staff.member].removed_at.is_some()
    };
    assert!(is_removed().await);
    let page = room.get("", &cookies).await.text();
    assert!(!page.contains("von diesem Board genommen"), "{page}");
    let act = |operation: &Operation| {
        let operation = serde_json::to_string(operation).unwrap();
        format!("slug={}&on=moderation&operation={operation}", room.row.slug)
    };
    let back = act(&remove(false));
    // Without the office's session it is a participant who was removed.
    let refused = room.post("/api/board-act", &back, &device("office")).await.text();
    assert!(
        refused.contains("von diesem Board genommen") && is_removed().await,
        "{refused}"
    );
    let answer = room.post("/api/board-act", &back, &cookies).await.text();
    assert!(answer.contains("wieder da") && !is_removed().await, "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_removed_while_a_line_is_open_is_told_on_it() {
    let room = Room::open().await;
    let mut guest = room.line("", &device("guest")).await;
    guest.hears("board").await;
    let remove = |removed| Operation::Remove {
        card: room.public,
        removed,
    };
    room.act(room.moderator, remove(true)).await;
    assert_eq!(guest.hears("change").await["removed"], true);
    // The line goes on as that of a reader: what others write comes, and nothing that is said on it is taken.
    let card = CardId(room.app.store.ambient().uuid());
    room.write(room.helper, card, "Es geht weiter.").await;
    let change = guest.hears("change").await;
    assert_eq!(change["cards"][0]["text"], "Es geht weiter.");
    let same = Operation::SameHere { card, given: true };
    let id = OperationId(room.app.store.ambient().uuid());
    let wanted = serde_json::json!([{ "id": id, "operation": same }]);
    guest.say(&wanted.to_string()).await;
    let answers = guest.hears("answers").await;
    assert!(answers[0]["answer"].get("Err").is_some(), "{answers}");
    // Who comes back is told, too; whoever else looks is not.
    let mut again = room.line("", &device("guest")).await;
    assert_eq!(again.hears("board").await["removed"], true);
    room.act(room.moderator, remove(false)).await;
    for line in [&mut guest, &mut again] {
        assert_eq!(line.hears("change").await["removed"], false);
    }
    let mut other = room.line("", &device("helper")).await;
    assert!(other.hears("board").await.get("removed").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_tells_with_whom_moderation_was_shared_what_was_large_and_whose_cards_were_moved() {
    let room = Room::open().await;
    let guest = room.app.store.board_member(room.board(), "guest").await.unwrap();
    let column = room.app.store.board(room.board()).await.unwrap().columns[0].id;
    let put = |card| Operation::Move {
        card,
        column,
        after: None,
    };
    room.lets_moderate(guest, true).await;
    room.lets_moderate(guest, false).await;
    let light = |card| Operation::Spotlight { card };
    room.act(room.moderator, light(Some(room.public))).await;
    room.act(room.moderator, light(None)).await;
    room.act(room.moderator, put(room.public)).await;
    // Everybody sorts, and a moderator the own cards: that is no moderator's deed.
    let other = CardId(room.app.store.ambient().uuid());
    room.write(room.helper, other, "Eine andere Karte.").await;
    let sort = Operation::GoTo { phase: Phase::Sort };
    room.act(room.moderator, sort).await;
    for (actor, card) in [(guest, other), (guest, room.public), (room.helper, other)] {
        room.act(actor, put(card)).await;
    }
    let log = room.get("/protokoll.csv", &device("moderator")).await.text();
    for (line, times) in [
        // The two who moderate from the beginning, and the guest.
        ("Moderation geteilt mit", 3),
        ("Moderation nicht mehr geteilt mit", 1),
        (";\"groß gezeigt\";", 1),
        ("\"nicht mehr groß gezeigt\"", 1),
        ("in Spalte „Was fehlt“ gerückt", 1),
    ] {
        assert_eq!(log.matches(line).count(), times, "{line}: {log}");
    }
    assert!(
        log.find("Moderation nicht mehr geteilt") < log.find("groß gezeigt"),
        "in the order in which it was: {log}"
    );
    let table = room.get("/export.csv", &device("moderator")).await.text();
    let first = table.lines().next().unwrap();
    assert!(
        first.ends_with("\"Probiert\";\"Herkunft\";\"Zusammengeführt aus\";\"Besprochen\";\"Interne Notiz\""),
        "what was there stays where it was: {first}"
    );
}

/// A device with another build wants something that this server has never heard of.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_refused_under_its_id_and_takes_nothing_with_it() {
    let room = Room::open().await;
    let same = Operation::SameHere {
        card: room.public,
        given: true,
    };
    let mut wanted: Vec<serde_json::Value> = serde_json::from_str(&room.message(&same, 1)).unwrap();
    let unheard_of = room.app.store.ambient().uuid().to_string();
    wanted.insert(
        0,
        serde_json::json!({ "id": unheard_of, "operation": { "unheard_of": { "card": room.public } } }),
    );
    let message = serde_json::to_string(&wanted).unwrap();
    let mut line = room.line("", &device("guest")).await;
    line.say(&message).await;
    let on_the_line = line.hears("answers").await;
    let form = format!("slug={}&wanted={message}", room.row.slug);
    let by_post = room.post("/api/board-push", &form, &device("guest")).await;
    assert_eq!(by_post.status, StatusCode::OK, "{}", by_post.text());
    for answers in [on_the_line, serde_json::from_str(&by_post.text()).unwrap()] {
        let answer_to = |id: &serde_json::Value| {
            let mut answers = answers.as_array().unwrap().iter();
            answers.find(|answer| &answer["id"] == id).unwrap()["answer"].clone()
        };
        assert_eq!(
            answer_to(&unheard_of.clone().into()),
            serde_json::json!({ "Err": "unreadable" })
        );
        assert!(answer_to(&wanted[1]["id"])["Ok"].is_u64(), "{answers}");
    }
    // The line goes on.
    line.say(&room.message(&same, 1)).await;
    assert_eq!(line.hears("answers").await.as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_take_a_place_among_the_lines_for_as_long_as_somebody_reads_them() {
    let room = Room::open().await;
    let path = format!("/live/boards/{}/events", room.board());
    let mut taken = Vec::new();
    while let Some(place) = room.app.rooms.place(None) {
        taken.push(place);
    }
    let full = room.app.send(request(Method::GET, &path), Body::empty()).await;
    assert_eq!(full.status, StatusCode::SERVICE_UNAVAILABLE);
    taken.pop();
    let path = format!("{}{path}", room.app.origin);
    let open = request(Method::GET, &path).body(Body::empty()).unwrap();
    let open = room.app.client.request(open).await.unwrap();
    assert_eq!(open.status(), StatusCode::OK);
    assert!(room.app.rooms.place(None).is_none(), "it has the last place");
    drop(open);
    let is_free = async {
        while room.app.rooms.place(None).is_none() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), is_free)
        .await
        .expect("the place is free again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_too_short_or_too_long_is_said_at_its_field() {
    let room = Room::open().await;
    let sentence = "Bitte geben Sie einen Namen an (2 bis 60 Zeichen).";
    for name in ["A".to_owned(), "A".repeat(61)] {
        let form = format!("slug={}&name={name}", room.row.slug);
        let answer = room.post("/api/board-join", &form, "").await.text();
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(
            answer["errors"],
            serde_json::json!([{ "field": "name", "sentence": sentence }])
        );
    }
}

/// What another moderator is reading is not published with all the rest.
#[tokio::test(flavor = "multi_thread")]
async fn all_that_waits_is_published_without_what_somebody_else_is_reading() {
    let room = Room::open().await;
    let store = &room.app.store;
    let guest = store.board_member(room.board(), "guest").await.unwrap();
    room.act(room.moderator, Operation::Moderate { level: Level::All })
        .await;
    let cards = [(); 3].map(|()| CardId(store.ambient().uuid()));
    for (card, text) in cards.into_iter().zip(["Eins.", "Zwei.", "Drei."]) {
        room.write(guest, card, text).await;
    }
    let offered = async |who: &str| {
        let page = room.get("/moderation", &device(who)).await.text();
        let form = page.split("/api/board-approve").nth(1).unwrap();
        let form = form.split("</form>").next().unwrap().to_owned();
        cards.map(|card| form.contains(&format!("{card}:")))
    };
    assert_eq!(offered("moderator").await, [true, true, true]);
    let claim = Operation::Claim {
        card: cards[1],
        claimed: true,
    };
    room.act(room.helper, claim).await;
    assert_eq!(offered("moderator").await, [true, false, true]);
    assert_eq!(offered("helper").await, [true, true, true], "one's own is");
}

/// A card gets to any place of its column by a form, one place at a time.
#[tokio::test(flavor = "multi_thread")]
async fn a_card_goes_one_place_up_or_down_without_a_script() {
    let room = Room::open().await;
    let store = &room.app.store;
    let guest = store.board_member(room.board(), "guest").await.unwrap();
    let [second, third] = [(); 2].map(|()| CardId(store.ambient().uuid()));
    for card in [second, third] {
        room.write(guest, card, &format!("Karte {card}")).await;
    }
    let order = async || {
        let board = store.board(room.board()).await.unwrap();
        let cards = domain::board::view(&board, domain::board::Audience::Member(guest.member)).cards;
        cards.into_iter().map(|card| card.id).collect::<Vec<_>>()
    };
    assert_eq!(order().await, [room.public, second, third]);
    let moves = async |card: CardId, target: &str| {
        let form = format!("slug={}&card={card}&target={target}", room.row.slug);
        room.post("/api/board-move", &form, &device("guest")).await.text()
    };
    assert!(moves(third, "up").await.contains("Die Karte ist verschoben."));
    assert_eq!(order().await, [room.public, third, second]);
    assert!(moves(third, "up").await.contains("Die Karte ist verschoben."));
    assert_eq!(order().await, [third, room.public, second]);
    assert!(moves(third, "up").await.contains("steht schon"));
    assert!(moves(third, "down").await.contains("Die Karte ist verschoben."));
    assert_eq!(order().await, [room.public, third, second]);
    assert!(moves(second, "down").await.contains("steht schon"));
    assert!(moves(second, "sideways").await.contains("Bitte wählen Sie"));
}

/// What an author puts there again stands as if it had just been written.
#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_put_there_again_waits_only_where_it_would_have_waited() {
    let room = Room::open().await;
    let store = &room.app.store;
    let guest = store.board_member(room.board(), "guest").await.unwrap();
    let flagged = CardId(store.ambient().uuid());
    let wanted = async |card: CardId| {
        let page = room.get("", &device("guest")).await.text();
        let mut forms = page
            .split("<form")
            .filter(|form| form.contains("Wieder einreichen"));
        let form = forms.find(|form| form.contains(&card.to_string())).unwrap();
        ["waiting", "published"].map(|standing| form.contains(standing))
    };
    room.write(guest, flagged, "Frau Beispiel wartet.").await;
    for card in [room.public, flagged] {
        room.act(guest, stand(card, Standing::Withdrawn)).await;
    }
    for (level, harmless, looks_like) in [
        (Level::Off, [false, true], [false, true]),
        (Level::Flagged, [false, true], [true, false]),
        (Level::All, [true, false], [true, false]),
    ] {
        room.act(room.moderator, Operation::Moderate { level }).await;
        assert_eq!(wanted(room.public).await, harmless, "{level:?}");
        assert_eq!(wanted(flagged).await, looks_like, "{level:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_column_that_is_closed_nothing_is_offered_that_would_be_refused() {
    let room = Room::open().await;
    let offered = async |page: &str, who: &str| {
        let page = room.get(page, &device(who)).await.text();
        ["board-edit", "board-move", "board-comment", "Bei uns auch"].map(|form| page.contains(form))
    };
    assert_eq!(offered("", "guest").await, [true; 4]);
    let column = room.app.store.board(room.board()).await.unwrap().columns[0].id;
    let close = Operation::LockColumn { column, locked: true };
    room.act(room.moderator, close).await;
    assert_eq!(offered("", "guest").await, [false; 4]);
    assert_eq!(offered("/moderation", "moderator").await, [true; 4]);
}

/// What a moderator sees as a participant does stays so, whichever kind of cards is chosen.
#[tokio::test(flavor = "multi_thread")]
async fn the_kinds_of_cards_leave_the_rest_of_the_address_as_it_is() {
    let room = Room::open().await;
    let path = format!("/themen/{}", room.row.slug);
    let modest = room
        .get("?als=teilnehmende&art=quote", &device("moderator"))
        .await
        .text();
    assert!(modest.contains("So sehen es Teilnehmende."));
    let hrefs = |page: &str| -> Vec<String> {
        let links = page
            .split("<a ")
            .skip(1)
            .filter_map(|link| link.split('>').next());
        let chips = links.filter(|link| link.contains("class=\"chip\""));
        let hrefs = chips.filter_map(|chip| chip.split("href=\"").nth(1)?.split('"').next());
        hrefs.map(|href| href.replace("&amp;", "&")).collect()
    };
    let ways = hrefs(&modest);
    assert_eq!(ways.len(), 1 + CardKind::ALL.len());
    assert_eq!(ways[0], format!("{path}?als=teilnehmende"));
    assert_eq!(ways[1], format!("{path}?als=teilnehmende&art=topic"));
    for way in &ways {
        let page = room.get(&way[path.len()..], &device("moderator")).await.text();
        assert!(page.contains("So sehen es Teilnehmende."), "{way}");
    }
    let own = room.get("?art=quote", &device("guest")).await.text();
    assert_eq!(hrefs(&own)[..2], [path.clone(), format!("{path}?art=topic")]);
}

/// A card that keeps its words says why, as it is at that time.
#[tokio::test(flavor = "multi_thread")]
async fn why_a_card_keeps_its_words_is_true_in_each_phase() {
    let room = Room::open().await;
    let says = async || {
        let form = format!(
            "slug={}&card={}&base=0&number=1&text=Anders.",
            room.row.slug, room.public
        );
        room.post("/api/board-edit", &form, &device("guest")).await.text()
    };
    let goes_to = async |phase| room.act(room.moderator, Operation::GoTo { phase }).await;
    let vote = |given| Operation::Vote {
        card: room.public,
        given,
    };
    goes_to(Phase::Weigh).await;
    assert!(says().await.contains("Über die Karten wird abgestimmt."));
    room.act(room.helper, vote(true)).await;
    for (phase, sentence) in [
        (Phase::Discuss, "Die Karten werden jetzt besprochen."),
        (Phase::Sort, "Für diese Karte gibt es schon Stimmen."),
        (Phase::Collect, "Für diese Karte gibt es schon Stimmen."),
    ] {
        goes_to(phase).await;
        let said = says().await;
        assert!(said.contains(sentence), "{phase:?}: {said}");
        assert!(!said.contains("wird abgestimmt"), "{phase:?}: {said}");
    }
    goes_to(Phase::Weigh).await;
    room.act(room.helper, vote(false)).await;
    goes_to(Phase::Collect).await;
    assert!(says().await.contains("Ihr neuer Text ist gespeichert."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_card_that_lacks_several_things_is_told_all_of_them() {
    let room = Room::open().await;
    let key = room.app.store.ambient().uuid();
    let column = room.app.store.board(room.board()).await.unwrap().columns[0].id;
    let lacks = async |typed: &str| {
        let form = format!("slug={}&key={key}&{typed}", room.row.slug);
        let answer = room.post("/api/board-write", &form, &device("guest")).await;
        let answer: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        let errors = answer["errors"].as_array().unwrap().iter();
        let fields = errors.map(|error| error["field"].as_str().unwrap().to_owned());
        fields.collect::<Vec<_>>()
    };
    assert_eq!(lacks("text=%20").await, ["text", "kind", "column"]);
    assert_eq!(lacks(&format!("column={column}&text=")).await, ["text", "kind"]);
    assert_eq!(lacks(&format!("column={column}&text=Wohnen")).await, ["kind"]);
    assert_eq!(
        lacks(&format!("column={column}&kind=topic&text=")).await,
        ["text"]
    );
}

/// On a card that is closed nothing is told of a solution: the page says so, and what was sent too late is still there.
#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_is_closed_says_so_where_a_solution_would_be_told_of() {
    const CLOSED: &str = "Gesperrt: Was daraus geworden ist, lässt sich gerade nicht eintragen.";
    let room = Room::open().await;
    let store = &room.app.store;
    let card = CardId(store.ambient().uuid());
    let column = store.board(room.board()).await.unwrap().columns[0].id;
    let solution = Operation::Write {
        card,
        column,
        kind: CardKind::Solution,
        text: "Termine in der Woche.".to_owned(),
    };
    room.act(room.helper, solution).await;
    let offers = async |page: &str, who: &str| {
        let page = room.get(page, &device(who)).await.text();
        ["/api/board-tried", CLOSED].map(|part| page.contains(part))
    };
    assert_eq!(offers("", "guest").await, [true, false]);
    let board = store.board(room.board()).await.unwrap();
    let number = board.cards[&card].number;
    let lock = |locked| Operation::Lock { card, locked };
    room.act(room.moderator, lock(true)).await;
    assert_eq!(offers("", "guest").await, [false, true]);
    assert_eq!(
        offers("", "nobody").await,
        [false, false],
        "who only reads needs no word"
    );
    assert_eq!(offers("/moderation", "moderator").await, [true, false]);
    // Sent from a page that was opened before, as a browser without WebAssembly does.
    let path = format!("/themen/{}", room.row.slug);
    let sends = async |to: &str, fields: &str| {
        let key = store.ambient().uuid();
        let form = format!("slug={}&key={key}&number={number}&{fields}", room.row.slug);
        let sent = room
            .app
            .form(to, "text/html")
            .header(header::COOKIE, device("guest"));
        let answer = room.app.send(sent, Body::from(form)).await;
        assert!(answer.status.is_redirection(), "{}", answer.status);
        let next = answer.header("location").replace(&room.app.origin, "");
        let page = room
            .get(next.strip_prefix(&path).unwrap(), &device("guest"))
            .await
            .text();
        assert!(page.contains("Ihr Text ist nicht verloren."), "{page}");
        page
    };
    let told = format!("card={card}&outcome=helped&district=&context=Das ging gut.");
    let page = sends("/api/board-tried", &told).await;
    for part in [CLOSED, "Noch nicht gesendet: Das ging gut."] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let page = sends("/api/board-comment", &format!("about={card}&text=Und abends?")).await;
    assert!(page.contains("Noch nicht gesendet: Und abends?"), "{page}");
    room.act(room.moderator, lock(false)).await;
    assert_eq!(offers("", "guest").await, [true, false]);
    // The same in a column that is closed.
    room.act(room.moderator, Operation::LockColumn { column, locked: true })
        .await;
    assert_eq!(offers("", "guest").await, [false, true]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_to_take_part_is_folded_for_who_reads_and_open_for_who_came_by_code_or_was_answered() {
    let room = Room::open().await;
    let is_open = |page: &str| {
        let form = page.split("id=\"mitmachen\"").nth(1).unwrap();
        let tag = form.split("<details").nth(1).unwrap().split('>').next().unwrap();
        tag.contains(" open")
    };
    assert!(!is_open(&room.get("", "").await.text()));
    let led = room.app.get(&format!("/b/{}", room.row.code)).await;
    let page = room.app.get(led.header("location")).await.text();
    assert!(is_open(&page), "{page}");
    let form = format!("slug={}&district=nirgends", room.row.slug);
    let answer = room.app.post("/api/board-join", &form).await;
    let next = answer.header("location").replace(&room.app.origin, "");
    let page = room.app.get(next.split('#').next().unwrap()).await.text();
    assert!(
        page.contains("Bitte wählen Sie einen Eintrag aus der Liste.") && is_open(&page),
        "{page}"
    );
    // Who takes part already needs no form.
    let page = room.get("?mitmachen=1", &device("guest")).await.text();
    assert!(
        page.contains("Karte schreiben") && !page.contains("id=\"mitmachen\""),
        "{page}"
    );
}

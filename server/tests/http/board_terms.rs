//! How long what was written on a board stays: set by staff, told to everybody, and kept.

use axum::body::Body;
use axum::http::{StatusCode, header};
use domain::board::{Anonymity, CardKind, Goes, Level, Operation, Settings, Term};
use domain::german::day_year;
use domain::ids::{CardId, OperationId};
use domain::time::Instant;
use store::boards::{BoardDraft, BoardRow};
use store::{Ambient, audit};

use crate::page_cache::{comes_back, form_key};
use crate::support::{Answer, Line, TestApp};

const TEXT: &str = "Es fehlt an Dolmetscher*innen.";

/// A board on which somebody has written a card.
async fn board(app: &TestApp) -> (BoardRow, CardId) {
    let draft = BoardDraft {
        title: "Sprache".to_owned(),
        ..store_testing::board_draft(Settings::new(Level::Off, Anonymity::Anonymous, 3))
    };
    let store = &app.store;
    let row = store.create_board(audit::Actor::System, &draft).await.unwrap();
    let guest = store.board_member(row.id, "guest").await.unwrap();
    let card = CardId(store.ambient().uuid());
    let column = store.board(row.id).await.unwrap().columns[0].id;
    for operation in [
        Operation::Join {
            name: None,
            district: None,
            role: None,
        },
        Operation::Write {
            card,
            column,
            kind: CardKind::Problem,
            text: TEXT.to_owned(),
        },
    ] {
        let id = OperationId(store.ambient().uuid());
        store
            .board_act(row.id, guest, id, operation)
            .await
            .unwrap()
            .unwrap();
    }
    (row, card)
}

async fn posts(app: &TestApp, path: &str, form: &str, session: &str) -> Answer {
    let request = app
        .form(path, "application/json")
        .header(header::COOKIE, format!("lafast={session}"));
    app.send(request, Body::from(form.to_owned())).await
}

/// The moderator's side of a board.
async fn console(app: &TestApp, path: &str, session: &str) -> String {
    by_staff(app, &format!("{path}/moderation"), session).await
}

/// A page, as the office sees it.
async fn by_staff(app: &TestApp, path: &str, session: &str) -> String {
    app.get_as(path, session).await.text()
}

/// What can be pressed there.
const CONTROLS: [&str; 7] = [
    "Board anhalten",
    "Ins Archiv legen",
    "Zeit starten",
    "Regeln speichern",
    "Neuen Code vergeben",
    "Spalten ändern",
    "Spalte sperren",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_office_sets_a_term_the_page_tells_it_and_at_its_end_every_screen_is_empty() {
    let begin = Instant::from_input("2026-11-27T10:00").unwrap();
    let clock = Ambient::manual(begin);
    let app = TestApp::start_with(clock.clone(), |_| {}).await;
    let (row, card) = board(&app).await;
    let path = format!("/themen/{}", row.slug);
    let says = async |path: &str| app.get(path).await.text();
    assert!(
        says(&path)
            .await
            .contains("Die Beiträge bleiben, bis jemand sie löscht.")
    );

    let staff = app.staff_signs_in("amt@rollen.example").await;
    let set = |term: &str| format!("slug={}&on=bearbeiten&term={term}", row.slug);
    // Who only moderates sets none.
    let guest = app.store.board_member(row.id, "guest").await.unwrap();
    app.store
        .let_moderate(audit::Actor::System, row.id, guest.member, true)
        .await
        .unwrap();
    let request = app
        .form("/api/board-term", "application/json")
        .header(header::COOKIE, "lafast-device=guest");
    let refused = app.send(request, Body::from(set("90"))).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let wrong = posts(&app, "/api/board-term", &set("7"), &staff).await.text();
    assert!(
        wrong.contains("Bitte wählen Sie einen Eintrag aus der Liste."),
        "{wrong}"
    );
    assert_eq!(app.store.board_by_slug(&row.slug).await.unwrap().term, None);

    let day = day_year(begin.plus_hours(90 * 24));
    let sentence = format!("werden alle Beiträge und Ergebnisse am {day} gelöscht");
    let done = posts(&app, "/api/board-term", &set("90"), &staff).await.text();
    assert!(done.contains(&sentence), "{done}");
    assert!(says(&path).await.contains(&sentence));

    let desk = console(&app, &path, &staff).await;
    for control in CONTROLS {
        assert!(desk.contains(control), "{control}: {desk}");
    }
    let correction = format!("{path}/bearbeiten");
    assert!(
        by_staff(&app, &correction, &staff)
            .await
            .contains("Frist speichern")
    );
    let mut line = Line::open(&app.origin, &format!("/live/boards/{}", row.id), "").await;
    line.hears("board").await;
    clock.advance_seconds(91 * 24 * 3_600);
    app.store.prune().await.unwrap();
    let change = line.hears("change").await;
    assert_eq!(change["gone"], serde_json::json!([card]));
    for page in [
        "",
        "/leinwand",
        "/ergebnisse",
        "/export.json",
        "/export.csv",
        "/export.md",
    ] {
        assert!(!says(&format!("{path}{page}")).await.contains(TEXT), "{page}");
    }
    let page = says(&path).await;
    assert!(page.contains("gelöscht: Ihre Frist war vorbei."), "{page}");
    // Nothing there is kept up or done any more, and no page says otherwise.
    let staff = app.signs_in("amt@rollen.example").await;
    let desk = console(&app, &path, &staff).await;
    for page in [&page, &desk, &says(&format!("{path}/leinwand")).await] {
        assert!(page.contains("Die Frist dieses Boards ist vorbei"), "{page}");
        assert!(!page.contains("liegt im Archiv"), "{page}");
    }
    for control in CONTROLS {
        assert!(!desk.contains(control), "{control}: {desk}");
    }
    let page = by_staff(&app, &correction, &staff).await;
    assert!(!page.contains("Frist speichern"), "{page}");
    assert!(page.contains("gelöscht: Ihre Frist war vorbei."), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_is_made_with_a_term() {
    let app = TestApp::start().await;
    let staff = app.staff_signs_in("amt@rollen.example").await;
    let form = |term: &str| {
        format!("title=Wohnen&lead=&columns=Eins&anonymity=named&level=off&votes=3&workshop=&term={term}")
    };
    let wrong = posts(&app, "/api/board-create", &form("7"), &staff).await.text();
    assert!(
        wrong.contains("Bitte wählen Sie einen Eintrag aus der Liste."),
        "{wrong}"
    );
    assert!(app.store.boards().await.unwrap().is_empty());
    let wrong = posts(&app, "/api/board-create", &form("730&goes=nichts"), &staff).await;
    let wrong: serde_json::Value = serde_json::from_slice(&wrong.body).unwrap();
    assert_eq!(wrong["errors"][0]["field"], "goes", "{wrong}");
    for (term, kept, goes) in [
        ("730", Some(Term::Days730), Goes::All),
        ("90&goes=posts", Some(Term::Days90), Goes::Posts),
        ("&goes=posts", None, Goes::All),
    ] {
        posts(&app, "/api/board-create", &form(term), &staff).await;
        let newest = app.store.boards().await.unwrap().remove(0);
        assert_eq!((newest.term.map(|(term, _)| term), newest.goes), (kept, goes));
    }
    // Sent again the form gets the same board; with something else in it, another one.
    let key = app.store.ambient().uuid();
    let before = app.store.boards().await.unwrap().len();
    let mut made = Vec::new();
    for title in ["Noch eins", "Noch eins", "Ein anderes"] {
        let form = format!(
            "key={key}&title={title}&lead=&columns=Eins&anonymity=named&level=off&votes=3&workshop=&term="
        );
        made.push(posts(&app, "/api/board-create", &form, &staff).await.text());
    }
    assert_eq!(app.store.boards().await.unwrap().len(), before + 2);
    assert!(made[0] == made[1] && made[1] != made[2], "{made:?}");
    // One that was wrong comes back with its key: the answer of the first time may just have been lost.
    let key = app.store.ambient().uuid().to_string();
    let wrong = format!("key={key}&title=&lead=&columns=Eins&anonymity=named&level=off&votes=3");
    let page = comes_back(&app, &staff, "/api/board-create", wrong).await;
    assert_eq!(form_key(&page), key);
}

#[tokio::test(flavor = "multi_thread")]
async fn results_stay_where_the_office_says_so_and_every_page_tells_it() {
    let begin = Instant::from_input("2026-11-27T10:00").unwrap();
    let clock = Ambient::manual(begin);
    let app = TestApp::start_with(clock.clone(), |_| {}).await;
    let (row, card) = board(&app).await;
    let path = format!("/themen/{}", row.slug);
    let says = async |path: &str| app.get(path).await.text();
    let staff = app.staff_signs_in("amt@rollen.example").await;
    let conclude = |finding: &str, progress: &str| {
        let slug = &row.slug;
        format!(
            "slug={slug}&on=ergebnisse&card={card}&finding={finding}&taker=Amt&level=state&progress={progress}"
        )
    };
    let done = posts(
        &app,
        "/api/board-conclude",
        &conclude("Eine+Stelle+mehr", "open"),
        &staff,
    )
    .await;
    assert!(
        done.text().contains("Das Ergebnis ist festgehalten."),
        "{}",
        done.text()
    );

    // Pages that are open hear of the term.
    let mut line = Line::open(&app.origin, &format!("/live/boards/{}", row.id), "").await;
    line.hears("board").await;
    let set = |term: &str| format!("slug={}&on=bearbeiten&term={term}&goes=posts", row.slug);
    let day = day_year(begin.plus_hours(90 * 24));
    let sentence = format!(
        "werden alle Beiträge, Stimmen und Namen am {day} gelöscht. Ergebnisse, die die Moderation festgehalten hat, bleiben."
    );
    let done = posts(&app, "/api/board-term", &set("90"), &staff).await.text();
    assert!(done.contains(&sentence), "{done}");
    assert!(says(&path).await.contains(&sentence));
    assert_eq!(line.hears("change").await["settings"]["codes"], 1);
    let page = by_staff(&app, &format!("{path}/bearbeiten"), &staff).await;
    assert!(page.contains("<option value=\"posts\" selected"), "{page}");

    clock.advance_seconds(91 * 24 * 3_600);
    app.store.prune().await.unwrap();
    line.hears("change").await;
    for page in [
        "",
        "/leinwand",
        "/ergebnisse",
        "/export.json",
        "/export.csv",
        "/export.md",
    ] {
        assert!(!says(&format!("{path}{page}")).await.contains(TEXT), "{page}");
    }
    let page = says(&path).await;
    assert!(
        page.contains("gelöscht: Ihre Frist war vorbei. Die Ergebnisse sind geblieben."),
        "{page}"
    );
    for file in ["export.json", "export.csv", "export.md"] {
        assert!(
            says(&format!("{path}/{file}")).await.contains("Eine Stelle mehr"),
            "{file}"
        );
    }
    let staff = app.signs_in("amt@rollen.example").await;
    let results = says(&format!("{path}/ergebnisse")).await;
    for said in [
        "Eine Stelle mehr",
        "Übernimmt: Amt",
        "Spalte „Was fehlt“. Die Karte selbst ist gelöscht",
    ] {
        assert!(results.contains(said), "{said}: {results}");
    }
    // The office keeps them up.
    let done = posts(
        &app,
        "/api/board-conclude",
        &conclude("Die+Stelle+ist+da", "settled"),
        &staff,
    )
    .await
    .text();
    assert!(done.contains("Das Ergebnis ist festgehalten."), "{done}");
    let results = says(&format!("{path}/ergebnisse")).await;
    assert!(
        results.contains("Die Stelle ist da") && results.contains("Verlauf (2 Schritte)"),
        "{results}"
    );
    assert_eq!(
        app.store.board(row.id).await.unwrap().members.len(),
        0,
        "who keeps them up takes no part"
    );
    // Nobody takes part any more: who moderates shows them to everybody, or to nobody else.
    let shows = |hidden: bool| {
        format!(
            "slug={}&on=ergebnisse&operation=%7B%22hide_findings%22%3A%7B%22hidden%22%3A{hidden}%7D%7D",
            row.slug
        )
    };
    for (hidden, status) in [(true, StatusCode::NOT_FOUND), (false, StatusCode::OK)] {
        posts(&app, "/api/board-act", &shows(hidden), &staff).await;
        assert_eq!(app.get(&format!("{path}/ergebnisse")).await.status, status);
        let json = says(&format!("{path}/export.json")).await;
        assert_eq!(json.contains("Die Stelle ist da"), !hidden, "{json}");
    }
    // A term that comes too late is refused, with a sentence.
    let late = posts(&app, "/api/board-term", &set("730"), &staff).await;
    let late: serde_json::Value = serde_json::from_slice(&late.body).unwrap();
    assert!(late["notice"].is_null(), "{late}");
    let said = late["errors"][0]["sentence"].as_str().unwrap();
    assert!(said.contains("Ihre Frist war vorbei."), "{late}");
    let now = app.store.board_by_slug(&row.slug).await.unwrap();
    assert_eq!(now.term.map(|(term, _)| term), Some(Term::Days90));
}

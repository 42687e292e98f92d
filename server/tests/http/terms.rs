//! What has outlived its term goes by itself, and the page on privacy says when (A6).

use std::time::Duration;

use axum::http::StatusCode;
use domain::contact::EmailAddress;
use store::audit::Actor;
use store::retention::{
    ACCESS_NEEDS_DAYS, BOARD_DAYS, CERTIFICATE_DAYS, CODE_HOURS, DEMAND_DAYS, EVIDENCE_DAYS,
    FORM_REPLY_SECONDS, MAIL_DAYS, RECOGNITION_DRAFT_DAYS, RECOGNITION_WAITS_DAYS, SIGN_UP_DAYS,
};
use store::{Ambient, Engine};
use store_testing::{TestDatabase, command, form, plan};

use crate::support::TestApp;

/// The jobs begin with the server: what they do is done sooner, or not at all.
const WAITS_AT_MOST: Duration = Duration::from_secs(30);
const YEAR_DAYS: i64 = 365;

/// Anna signed up and asked for a code, and mistyped something, so many days ago. Returns the database, which nobody has open.
async fn left_behind(days: i64) -> TestDatabase {
    let database = TestDatabase::new(Engine::Sqlite);
    let then = Ambient::system().now().plus_hours(-days * 24);
    let store = database.open_at(then).await;
    let draft = plan(then, 2, 5);
    let row = store.create_workshop(Actor::System, &draft).await.unwrap();
    store.publish_workshop(Actor::System, row.id).await.unwrap();
    let email = "anna@traeger.example";
    let request = form("Anna", email).parse().unwrap();
    store.sign_up(command(&store, row.id, request)).await.unwrap();
    let mail = store.mails(1).await.unwrap().remove(0);
    let token = mail.payload["place"]["token"].as_str().unwrap();
    store.confirm(token).await.unwrap();
    store
        .request_code(&EmailAddress::parse(email).unwrap())
        .await
        .unwrap();
    store.keep_form_reply("anna@traeger").await.unwrap();
    store.close().await;
    database
}

/// The database, once this holds of it.
async fn until(app: &TestApp, holds: impl Fn(&str) -> bool) -> String {
    let mut content = String::new();
    let looks = async {
        loop {
            content = store_testing::fingerprint(&app.store)
                .await
                .unwrap()
                .to_lowercase();
            if holds(&content) {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
    let done = tokio::time::timeout(WAITS_AT_MOST, looks).await;
    assert!(done.is_ok(), "{content}");
    content
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_removes_what_has_outlived_its_term_without_being_asked() {
    let app = TestApp::start_again(left_behind(2 * YEAR_DAYS).await).await;
    until(&app, |content| !content.contains("anna")).await;
}

/// What stands in place of a personal link is made of an id that calendars show: it opens nothing.
#[tokio::test(flavor = "multi_thread")]
async fn what_stays_of_a_place_is_shown_to_nobody() {
    let app = TestApp::start_again(left_behind(2 * YEAR_DAYS).await).await;
    let content = until(&app, |content| !content.contains("anna")).await;
    let (_, rest) = content.split_once("'gone:").unwrap();
    let (id, _) = rest.split_once('\'').unwrap();
    for path in [
        format!("/anmeldung/gone:{id}"),
        format!("/anmeldung/gone:{id}/kalender.ics"),
    ] {
        assert_eq!(app.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

/// A minute is enough for what was typed into a form, an hour for a code; a sign-up stays.
#[tokio::test(flavor = "multi_thread")]
async fn and_nothing_else() {
    let app = TestApp::start_again(left_behind(1).await).await;
    let content = until(&app, |content| {
        rows(content, "form_reply") == 0 && rows(content, "sign_in_code") == 0
    })
    .await;
    assert_eq!(rows(&content, "sign_up"), 1);
    assert!(rows(&content, "outbox") > 0 && content.contains("anna@traeger.example"));
}

/// How many rows of a table there are in the text of a database.
fn rows(content: &str, table: &str) -> usize {
    let (_, rest) = content.split_once(&format!("\n# {table}\n")).unwrap();
    let rows = rest.split("\n# ").next().unwrap_or_default();
    rows.lines().filter(|line| !line.is_empty()).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_on_privacy_says_the_terms_that_hold() {
    let page = TestApp::start().await.get("/datenschutz").await.text();
    for sentence in [
        format!("Unterstützung löschen wir {ACCESS_NEEDS_DAYS} Tage nach der Veranstaltung"),
        format!("Nachweise löschen wir {EVIDENCE_DAYS} Tage nach der Entscheidung"),
        format!("{RECOGNITION_DRAFT_DAYS} Tage nach der letzten Änderung"),
        format!("Gesendete E-Mails löschen wir nach {MAIL_DAYS} Tagen"),
    ] {
        assert!(page.contains(&sentence), "{sentence}");
    }
    for (sentence, term, said) in [
        ("ein Jahr danach", SIGN_UP_DAYS, YEAR_DAYS),
        ("Ihre Meldung löschen wir nach einem Jahr", DEMAND_DAYS, YEAR_DAYS),
        (
            "Anträge ohne Entscheidung ein Jahr nach dem Einreichen",
            RECOGNITION_WAITS_DAYS,
            YEAR_DAYS,
        ),
        (
            "Wir bewahren ihn zehn Jahre auf",
            CERTIFICATE_DAYS,
            10 * YEAR_DAYS,
        ),
        (
            "Ein Jahr, nachdem sich auf einem Board zuletzt etwas getan hat",
            BOARD_DAYS,
            YEAR_DAYS,
        ),
        // With the minute until the job comes by.
        ("höchstens eine Viertelstunde", FORM_REPLY_SECONDS + 60, 15 * 60),
    ] {
        assert!(page.contains(sentence), "{sentence}");
        assert_eq!(term, said, "{sentence}");
    }
    let document = include_str!("../../../docs/privacy.md");
    assert!(document.contains(&format!("deleted after {CODE_HOURS} hours")));
}

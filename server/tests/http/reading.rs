//! Reading changes nothing (S2): every page and link is read, and the database stays as it was.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use domain::account::Role;
use domain::contact::EmailAddress;
use domain::time::Instant;
use store::Ambient;
use store::audit::Actor;

use crate::places::places_of_each_state;
use crate::support::{Answer, TestApp, pages, request, server_functions};

/// More than there are: a crawl that comes to this many was cut off, and is no proof.
const PAGES_MAX: usize = 4_000;

async fn read(app: &TestApp, method: Method, path: &str, session: Option<&str>) -> Answer {
    let mut request = request(method, path).header(header::ACCEPT, "text/html");
    if let Some(session) = session {
        request = request.header(header::COOKIE, format!("lafast={session}"));
    }
    app.send(request, Body::empty()).await
}

/// Pages that differ in an id only (one for each sign-up, each mail) are read up to so many: the next one does the same.
const ALIKE_MAX: u32 = 60;

/// The address without what names one thing among its like.
fn shape(path: &str) -> String {
    let is_id =
        |part: &&str| part.len() >= 20 && part.chars().all(|one| one.is_ascii_hexdigit() || one == '-');
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parts = path.split('/').map(|part| if is_id(&part) { "*" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Follows links from the pages of the route list and from these, to the last one. Returns what was read.
async fn crawl(app: &TestApp, session: Option<&str>, places: &[String]) -> BTreeSet<String> {
    let mut waiting: Vec<String> = pages();
    waiting.extend(places.iter().cloned());
    waiting.extend(["/healthz", "/readyz", "/robots.txt", "/sitemap.xml"].map(str::to_owned));
    let mut seen = BTreeSet::new();
    let mut alike: BTreeMap<String, u32> = BTreeMap::new();
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let shape = shape(&path);
        let count = alike.entry(shape.clone()).or_default();
        *count += 1;
        if shape.contains('*') && *count > ALIKE_MAX {
            seen.remove(&path);
            continue;
        }
        assert!(seen.len() < PAGES_MAX, "the crawl is cut off");
        let answer = read(app, Method::GET, &path, session).await;
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
        if answer.header("content-type").starts_with("text/html") {
            waiting.extend(
                answer
                    .links()
                    .into_iter()
                    .filter(|link| !link.starts_with("/pkg/")),
            );
        }
    }
    seen
}

/// Does what the jobs would do in their next rounds, because the clock was moved: reading is not what writes it.
async fn what_is_due_is_done(app: &TestApp) {
    while app.store.settle_due().await.unwrap() > 0 {}
    while app.store.remind_of_workshops().await.unwrap() > 0 {}
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_every_page_as_a_visitor_and_as_staff_writes_nothing() {
    let clock = Ambient::manual(Instant::from_input("2026-11-09T09:00").unwrap());
    let app = TestApp::start_filled_with(clock.clone(), |_| {}).await;
    let places = places_of_each_state(&app, &clock).await;
    let email = EmailAddress::parse("buero@lafast.example").unwrap();
    app.store
        .admin_add(Actor::System, &email, Role::Admin, None)
        .await
        .unwrap();
    let session = app.signs_in(email.as_str()).await;
    for place in &places {
        assert_eq!(app.get(place).await.status, StatusCode::OK, "{place}");
    }
    what_is_due_is_done(&app).await;
    let before = app.content().await;

    let by_visitor = crawl(&app, None, &places).await;
    let by_staff = crawl(&app, Some(&session), &places).await;

    assert!(by_visitor.len() > 100, "{by_visitor:?}");
    assert!(by_staff.len() > by_visitor.len(), "{by_staff:?}");
    let after = app.content().await;
    let known: BTreeSet<_> = before.lines().collect();
    let written: Vec<_> = after.lines().filter(|line| !known.contains(line)).collect();
    assert!(after == before, "reading wrote something: {written:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_function_that_is_read_does_not_act() {
    let app = TestApp::start().await;
    let before = app.content().await;
    for path in server_functions() {
        let answer = read(
            &app,
            Method::GET,
            &format!("{path}?email=anna%40traeger.example&next="),
            None,
        )
        .await;
        assert!(
            matches!(
                answer.status,
                StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_FOUND
            ),
            "{path}"
        );
        read(&app, Method::HEAD, &path, None).await;
    }
    assert_eq!(app.content().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn sabotage_a_single_write_is_noticed() {
    let app = TestApp::start().await;
    let before = app.content().await;
    app.post("/api/account-request-code", "email=anna%40traeger.example&next=")
        .await;
    assert_ne!(app.content().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_visitor_may_not_see_is_not_there() {
    let app = TestApp::start().await;
    for path in pages().iter().filter(|path| path.starts_with("/verwaltung")) {
        let answer = app.get(path).await;
        let hidden = matches!(
            answer.status,
            StatusCode::NOT_FOUND | StatusCode::FOUND | StatusCode::SEE_OTHER
        );
        assert!(hidden, "{path}: {}", answer.status);
    }
}

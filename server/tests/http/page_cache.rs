//! Public pages that are kept between visitors (P3): each answer has its own nonce and form key, and nobody is told
//! what was true before a change they know of.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use store::Ambient;

use crate::support::{Answer, TestApp, request};

/// The value of an attribute after some text of the page.
fn after<'a>(page: &'a str, start: &str) -> &'a str {
    let rest = &page[page.find(start).unwrap() + start.len()..];
    &rest[..rest.find('"').unwrap()]
}

pub fn form_key(answer: &Answer) -> String {
    after(&answer.text(), "name=\"key\" value=\"").to_owned()
}

/// A browser without script sends a form, and is shown the page with what became of it.
pub async fn comes_back(app: &TestApp, session: &str, path: &str, form: String) -> Answer {
    let cookie = format!("lafast={session}");
    let sent = app.form(path, "text/html").header(header::COOKIE, &cookie);
    let sent = app.send(sent, Body::from(form)).await;
    let page = request(Method::GET, sent.header("location"))
        .header(header::ACCEPT, "text/html")
        .header(header::COOKIE, &cookie);
    app.send(page, Body::empty()).await
}

fn nonce(answer: &Answer) -> String {
    let policy = answer.header("content-security-policy");
    let rest = &policy[policy.find("'nonce-").unwrap() + 7..];
    rest[..rest.find('\'').unwrap()].to_owned()
}

/// With it, no page becomes old by itself.
fn stopped_clock() -> Ambient {
    Ambient::manual(domain::time::Instant(1_800_000_000_000_000))
}

/// A published Veranstaltung with free seats on site.
pub async fn open_event(app: &TestApp) -> String {
    let list = app.get("/veranstaltungen?frei=1").await.text();
    let start = "href=\"/veranstaltungen/";
    list.match_indices(start)
        .map(|(at, _)| after(&list[at..], "href=\"").to_owned())
        .find(|path| !path.contains('?'))
        .unwrap()
}

pub async fn signs_up(app: &TestApp, path: &str, key: &str, who: &str) -> Answer {
    signs_up_with(app, path, key, who, "").await
}

/// With more fields, as `&name=value`.
pub async fn signs_up_with(app: &TestApp, path: &str, key: &str, who: &str, more: &str) -> Answer {
    let page = app.get(path).await.text();
    let slug = path.trim_start_matches("/veranstaltungen/");
    let mode = after(&page[page.find("name=\"mode\"").unwrap()..], "value=\"").to_owned();
    app.post(
        "/api/sign-up",
        &format!(
            "slug={slug}&key={key}&name={who}&email={who}%40traeger.example&organisation=Haus&district=dresden&mode={mode}{more}"
        ),
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_visitor_has_a_nonce_and_a_form_key_of_their_own() {
    let app = TestApp::start_filled().await;
    let path = open_event(&app).await;
    let (mut nonces, mut keys) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..10 {
        let answer = app.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK);
        let (nonce, key) = (nonce(&answer), form_key(&answer));
        let page = answer.text();
        assert!(
            page.contains(&format!("nonce=\"{nonce}\"")),
            "the scripts carry the nonce of the policy"
        );
        // In the form, and in the data for the browser's half.
        assert_eq!(page.matches(&key).count(), 2, "the form's key is in both places");
        assert!(domain::ids::IdempotencyKey::parse(&key).is_ok(), "{key}");
        nonces.insert(nonce);
        keys.insert(key);
    }
    assert_eq!((nonces.len(), keys.len()), (10, 10));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_after_a_sign_up_knows_of_it() {
    let app = TestApp::start_filled_with(stopped_clock(), |_| {}).await;
    assert!(knows_of_it(&app).await);
}

/// Sabotage: without the comparison of commits the page of before is shown, for up to a second.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_comparison_the_page_is_old() {
    let app =
        TestApp::start_filled_with(stopped_clock(), |config| config.protections.fresh_pages = false).await;
    assert!(!knows_of_it(&app).await);
}

/// Times of day move on, and another process may have written.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_old_after_a_second() {
    let clock = stopped_clock();
    let app =
        TestApp::start_filled_with(clock.clone(), |config| config.protections.fresh_pages = false).await;
    let path = open_event(&app).await;
    let before = app.get(&path).await;
    signs_up(&app, &path, &form_key(&before), "anna").await;
    assert_eq!(seats(&before), seats(&app.get(&path).await));
    clock.advance_seconds(1);
    assert_ne!(seats(&before), seats(&app.get(&path).await));
}

/// Ten people sign up, each between two looks at the page. Whether each time the seats were counted anew.
async fn knows_of_it(app: &TestApp) -> bool {
    let path = open_event(app).await;
    let mut all = true;
    for number in 0..10 {
        let before = app.get(&path).await;
        let signed_up = signs_up(app, &path, &form_key(&before), &format!("person{number}")).await;
        assert!(signed_up.status.is_redirection(), "{}", signed_up.text());
        let after = app.get(&path).await;
        all &= seats(&before) != seats(&after);
    }
    all
}

const HINT: &str = "<span class=\"hint\">";

/// What the page says of the seats of each form, in the badge and beside it.
fn seats(answer: &Answer) -> Vec<String> {
    let badges: Vec<String> = answer
        .text()
        .split("<span class=\"badge")
        .skip(1)
        .map(|rest| {
            let (badge, after) = rest.split_once("</span>").unwrap_or((rest, ""));
            // What stands right behind it, if something does: other parts of the page differ for each visitor.
            let beside = after.find(HINT).filter(|at| *at < 40);
            let beside = beside.and_then(|at| after[at + HINT.len()..].split('<').next());
            format!("{badge} {}", beside.unwrap_or_default())
        })
        .collect();
    assert!(!badges.is_empty());
    badges
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_somebody_signed_in_is_kept_for_nobody() {
    let app = TestApp::start_filled().await;
    let session = app.signs_in("anna@traeger.example").await;
    let path = open_event(&app).await;
    let own = app.get_as(&path, &session).await.text();
    assert!(
        own.contains("anna@traeger.example"),
        "the form is filled in for who is signed in"
    );
    let public = app.get(&path).await.text();
    assert!(!public.contains("anna@traeger.example"));
    // And the other way round: what everybody sees is not shown instead of one's own.
    let own = app.get_as(&path, &session).await.text();
    assert!(own.contains("anna@traeger.example"));
}

//! Security headers and cache rules on every answer (S1).

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use store::Ambient;

use crate::support::{Answer, TestApp, request};

const ALWAYS: [(&str, &str); 6] = [
    (
        "strict-transport-security",
        "max-age=31536000; includeSubDomains; preload",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
];

/// Which of the headers that every answer has are not there.
pub fn missing(answer: &Answer) -> Vec<&'static str> {
    let mut missing: Vec<_> = ALWAYS
        .into_iter()
        .filter(|(name, value)| answer.header(name) != *value)
        .map(|(name, _)| name)
        .collect();
    let policy = answer.header("content-security-policy");
    if !policy.contains("default-src 'none'")
        || policy.contains("unsafe-inline")
        || policy.contains("'unsafe-eval'")
    {
        missing.push("content-security-policy");
    }
    if !answer.header("permissions-policy").contains("camera=()") {
        missing.push("permissions-policy");
    }
    missing
}

/// One answer of each kind.
async fn answers(app: &TestApp) -> Vec<(StatusCode, Answer)> {
    let css = app.get("/pkg/lafast.css").await;
    let known = request(Method::GET, "/pkg/lafast.css").header(header::IF_NONE_MATCH, css.header("etag"));
    let foreign =
        request(Method::POST, "/api/account-sign-out").header(header::ORIGIN, "https://attacker.example");
    let large = request(Method::POST, "/api/account-sign-out").header(header::ORIGIN, &app.origin);
    vec![
        (StatusCode::OK, app.get("/").await),
        (StatusCode::OK, app.get("/healthz").await),
        (StatusCode::OK, app.get("/pkg/lafast.wasm").await),
        (StatusCode::OK, css),
        (StatusCode::NOT_MODIFIED, app.send(known, Body::empty()).await),
        (StatusCode::NOT_FOUND, app.get("/gibt-es-nicht").await),
        (StatusCode::NOT_FOUND, app.get("/pkg/gibt-es-nicht.js").await),
        (StatusCode::NOT_FOUND, app.get("/api/gibt-es-nicht").await),
        (
            StatusCode::METHOD_NOT_ALLOWED,
            app.get("/api/account-sign-out").await,
        ),
        (StatusCode::FORBIDDEN, app.send(foreign, Body::empty()).await),
        (
            StatusCode::PAYLOAD_TOO_LARGE,
            app.send(large, Body::from(vec![b'x'; 300_000])).await,
        ),
        (StatusCode::FOUND, app.post("/api/account-sign-out", "").await),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_the_security_headers() {
    let app = TestApp::start().await;
    for (status, answer) in answers(&app).await {
        assert_eq!(answer.status, status, "{}", answer.text());
        assert_eq!(missing(&answer), Vec::<&str>::new(), "{status}");
        assert!(!answer.header("x-request-id").is_empty(), "{status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sabotage_without_the_layer_the_headers_are_missed() {
    let app = TestApp::start_with(Ambient::system(), |config| config.protections.headers = false).await;
    for (_, answer) in answers(&app).await {
        assert!(missing(&answer).len() >= ALWAYS.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_page_has_a_nonce_of_its_own_and_uses_it() {
    let app = TestApp::start().await;
    let nonce = |answer: &Answer| {
        let policy = answer.header("content-security-policy").to_owned();
        policy
            .split("script-src 'nonce-")
            .nth(1)
            .and_then(|rest| rest.split('\'').next())
            .unwrap()
            .to_owned()
    };
    for path in ["/", "/gibt-es-nicht"] {
        let (first, second) = (app.get(path).await, app.get(path).await);
        assert_ne!(nonce(&first), nonce(&second));
        let text = first.text();
        assert!(text.contains(&format!("nonce=\"{}\"", nonce(&first))), "{text}");
        let scripts = text.matches("<script").count();
        let data = text.matches("<script type=\"application/").count();
        let with_nonce = text
            .split("<script")
            .skip(1)
            .filter(|tag| tag.split('>').next().unwrap_or("").contains("nonce="))
            .count();
        assert!(with_nonce + data >= scripts, "a script without nonce: {text}");
        assert!(!text.contains(" style=\""), "a style attribute: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_keep_an_answer() {
    let app = TestApp::start().await;
    let rule = async |path: &str| app.get(path).await.header("cache-control").to_owned();
    assert_eq!(rule("/").await, "no-cache");
    assert_eq!(rule("/konto/anmelden").await, "no-store");
    assert_eq!(rule("/anmeldung").await, "no-store");
    assert_eq!(
        rule("/pkg/chunk.aB3dEfGhIjKlMnOpQrStUv.wasm").await,
        "public, max-age=31536000, immutable"
    );
    assert_eq!(rule("/sw.js").await, "no-cache");
    assert_eq!(rule("/favicon.svg").await, "public, max-age=3600");

    let signed_in = request(Method::GET, "/")
        .header(header::ACCEPT, "text/html")
        .header(header::COOKIE, "lafast=x");
    assert_eq!(
        app.send(signed_in, Body::empty()).await.header("cache-control"),
        "no-store"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_precompressed_file_is_served_compressed() {
    let app = TestApp::start().await;
    let wanted = request(Method::GET, "/pkg/lafast.css").header(header::ACCEPT_ENCODING, "br");
    let answer = app.send(wanted, Body::empty()).await;
    assert_eq!(answer.header("content-encoding"), "br");
    assert_eq!(answer.body.len(), 3);
    assert!(answer.header("vary").to_lowercase().contains("accept-encoding"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_a_cookie_for_reading() {
    let app = TestApp::start().await;
    for path in crate::support::pages() {
        assert_eq!(app.get(&path).await.header("set-cookie"), "", "{path}");
    }
}

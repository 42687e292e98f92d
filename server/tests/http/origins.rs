//! Nothing changes at the word of another website (S2).

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use store::Ambient;

use crate::support::{Answer, TestApp, pages, request, server_functions};

/// What a browser says when another website sends the request.
const FOREIGN: [(&str, &str); 8] = [
    ("origin", "https://attacker.example"),
    ("origin", "null"),
    ("origin", ""),
    ("origin", "https://127.0.0.1"),
    ("origin", "http://127.0.0.1"),
    ("origin", "http://127.0.0.1.attacker.example"),
    ("sec-fetch-site", "cross-site"),
    ("sec-fetch-site", "same-site"),
];
const FORM: &str =
    "email=anna%40traeger.example&next=&code=ABCD2345&token=abc&id=abc&session=abc&sure=yes&name=Anna";

async fn post(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request =
        request(Method::POST, path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request, Body::from(FORM)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_server_function_refuses_every_foreign_origin_and_changes_nothing() {
    let app = TestApp::start().await;
    let before = app.content().await;
    for path in server_functions() {
        for header in FOREIGN {
            let answer = post(&app, &path, &[header]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {header:?}");
            assert_eq!(answer.header("content-type"), "application/problem+json");
        }
        let session_without_origin = post(&app, &path, &[("cookie", "lafast=abc")]).await;
        assert_eq!(session_without_origin.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(app.content().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_refuse_foreign_posts_too() {
    let app = TestApp::start().await;
    for path in pages() {
        assert_eq!(
            post(&app, &path, &[FOREIGN[0]]).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_method_gets_around_it() {
    let app = TestApp::start().await;
    for method in ["PUT", "PATCH", "DELETE", "PROPFIND"] {
        let request = request(
            Method::from_bytes(method.as_bytes()).unwrap(),
            "/api/account-delete",
        )
        .header(header::ORIGIN, "https://attacker.example");
        assert_eq!(
            app.send(request, Body::empty()).await.status,
            StatusCode::FORBIDDEN,
            "{method}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_websocket_is_refused() {
    let app = TestApp::start().await;
    for path in ["/", "/live/boards/1"] {
        let request = request(Method::GET, path)
            .header(header::CONNECTION, "upgrade")
            .header(header::UPGRADE, "websocket")
            .header(header::ORIGIN, "https://attacker.example");
        assert_eq!(
            app.send(request, Body::empty()).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_pages_and_plain_programs_are_not_refused() {
    let app = TestApp::start().await;
    let own = app.origin.clone();
    let by_name = own.replace("127.0.0.1", "localhost");
    for headers in [
        &[("origin", own.as_str())][..],
        &[("origin", &by_name)],
        &[("sec-fetch-site", "same-origin")],
        &[],
    ] {
        let answer = post(&app, "/api/account-request-code", headers).await;
        assert_ne!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_navigates_gets_a_page() {
    let app = TestApp::start().await;
    let headers = [("origin", "null"), ("accept", "text/html")];
    let answer = post(&app, "/api/account-request-code", &headers).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.text().contains("Es wurde nichts geändert"));
}

#[tokio::test(flavor = "multi_thread")]
async fn sabotage_without_the_layer_a_foreign_website_writes() {
    let app = TestApp::start_with(Ambient::system(), |config| config.protections.origin = false).await;
    let before = app.content().await;
    let answer = post(&app, "/api/account-request-code", &[FOREIGN[0]]).await;
    assert_ne!(answer.status, StatusCode::FORBIDDEN);
    assert_ne!(app.content().await, before);
}

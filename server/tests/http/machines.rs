//! Programs that ask for JSON are told no in RFC 9457, whoever says it; browsers get a page.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use lafast::security::body::BODY_BYTES_MAX;

use crate::headers::missing;
use crate::support::{Answer, TestApp, request};

/// Requests to which the answer is no.
fn refused() -> [(Method, &'static str, usize, StatusCode); 11] {
    let large = BODY_BYTES_MAX + 1;
    [
        (Method::GET, "/gibt-es-nicht", 0, StatusCode::NOT_FOUND),
        (Method::HEAD, "/gibt-es-nicht", 0, StatusCode::NOT_FOUND),
        (Method::GET, "/pkg/gibt-es-nicht.js", 0, StatusCode::NOT_FOUND),
        (
            Method::GET,
            "/veranstaltungen/gibt-es-nicht",
            0,
            StatusCode::NOT_FOUND,
        ),
        (
            Method::GET,
            "/veranstaltungen/gibt-es-nicht.ics",
            0,
            StatusCode::NOT_FOUND,
        ),
        (Method::GET, "/anmeldung/gibt-es-nicht", 0, StatusCode::NOT_FOUND),
        (Method::GET, "/module/NIE-999", 0, StatusCode::NOT_FOUND),
        (
            Method::GET,
            "/veranstaltungen.ics?kreis=a&kreis=b",
            0,
            StatusCode::BAD_REQUEST,
        ),
        (
            Method::GET,
            "/api/account-sign-out",
            0,
            StatusCode::METHOD_NOT_ALLOWED,
        ),
        (
            Method::DELETE,
            "/veranstaltungen",
            0,
            StatusCode::METHOD_NOT_ALLOWED,
        ),
        (
            Method::POST,
            "/api/account-sign-out",
            large,
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
    ]
}

async fn asks(app: &TestApp, method: Method, path: &str, bytes: usize, accept: &str) -> Answer {
    let asked = request(method, path)
        .header(header::ORIGIN, &app.origin)
        .header(header::ACCEPT, accept);
    app.send(asked, Body::from(vec![b'x'; bytes])).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_json_is_refused_in_json() {
    let app = TestApp::start().await;
    for (method, path, bytes, status) in refused() {
        let answer = asks(&app, method.clone(), path, bytes, "application/json").await;
        let asked = format!("{method} {path}: {} {}", answer.status, answer.text());
        assert_eq!(answer.status, status, "{asked}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{asked}"
        );
        assert_eq!(answer.header("content-encoding"), "", "{asked}");
        assert_eq!(answer.header("cache-control"), "no-store", "{asked}");
        assert_eq!(missing(&answer), Vec::<&str>::new(), "{asked}");
        assert!(
            !answer.header("content-security-policy").contains("nonce-"),
            "{asked}"
        );
        if method == Method::HEAD {
            continue;
        }
        let problem: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(problem["status"], status.as_u16(), "{asked}");
        assert_eq!(problem["type"], "about:blank", "{asked}");
        for part in ["title", "detail"] {
            assert!(
                problem[part].as_str().is_some_and(|text| !text.is_empty()),
                "{asked}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_are_refused_with_a_page() {
    let app = TestApp::start().await;
    for (method, path, bytes, status) in refused() {
        for accept in ["text/html", "text/html,application/json;q=0.9"] {
            let answer = asks(&app, method.clone(), path, bytes, accept).await;
            assert_eq!(answer.status, status, "{method} {path}");
            // What no link of ours leads to is answered with a line.
            if status != StatusCode::BAD_REQUEST {
                assert!(
                    answer.header("content-type").starts_with("text/html"),
                    "{method} {path}"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_json_and_is_answered_is_answered_as_everybody() {
    let app = TestApp::start().await;
    let page = asks(&app, Method::GET, "/veranstaltungen", 0, "application/json").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.header("content-type").starts_with("text/html"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_another_moochub_is_told_which_one_there_is() {
    let app = TestApp::start().await;
    let asked = "application/vnd.api+json; moochub-version=2.1";
    let answer = asks(&app, Method::GET, "/bridges/moochub/courses", 0, asked).await;
    assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(
        (&problem["status"], &problem["type"]),
        (&406.into(), &"about:blank".into())
    );
    assert!(
        problem["detail"].as_str().unwrap().contains("MOOChub 3.0"),
        "{problem}"
    );
}

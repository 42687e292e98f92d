//! The account of somebody with two devices.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};

use crate::support::{TestApp, request};

/// What the account's own file answers to each of these sessions.
async fn answers(app: &TestApp, sessions: &[String]) -> Vec<StatusCode> {
    let mut answers = Vec::new();
    for session in sessions {
        let read =
            request(Method::GET, "/konto/auskunft.json").header(header::COOKIE, format!("lafast={session}"));
        answers.push(app.send(read, Body::empty()).await.status);
    }
    answers
}

async fn acts(app: &TestApp, path: &str, session: &str) {
    let form = request(Method::POST, path)
        .header(header::ORIGIN, &app.origin)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, format!("lafast={session}"));
    let answer = app.send(form, Body::empty()).await;
    assert!(answer.status.is_redirection(), "{path}: {}", answer.status);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_everywhere_ends_the_sessions_of_all_devices_and_of_nobody_else() {
    const IN: StatusCode = StatusCode::OK;
    const OUT: StatusCode = StatusCode::NOT_FOUND;
    let app = TestApp::start().await;
    let mut sessions = Vec::new();
    for name in ["anna", "anna", "anna", "berta"] {
        sessions.push(app.signs_in(&format!("{name}@traeger.example")).await);
    }
    assert_eq!(answers(&app, &sessions).await, [IN, IN, IN, IN]);
    // One device is one device: so it is the button that ends the others.
    acts(&app, "/api/account-sign-out", &sessions[0]).await;
    assert_eq!(answers(&app, &sessions).await, [OUT, IN, IN, IN]);
    acts(&app, "/api/account-sign-out-everywhere", &sessions[1]).await;
    assert_eq!(answers(&app, &sessions).await, [OUT, OUT, OUT, IN]);
}

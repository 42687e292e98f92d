//! A form ends on a page for everybody who does not ask for JSON: also for a program that takes anything, or says nothing.

use axum::body::Body;
use axum::http::{StatusCode, header};

use crate::support::TestApp;

/// Status and destination of what is asked for with this address, by somebody who accepts this.
async fn asks(app: &TestApp, email: &str, accept: Option<&str>) -> (StatusCode, String) {
    let mut form = app.form("/api/account-request-code", accept.unwrap_or_default());
    if accept.is_none() {
        form.headers_mut().unwrap().remove(header::ACCEPT);
    }
    let answer = app.send(form, Body::from(format!("email={email}&next="))).await;
    let place = answer.header("location").split('=').next().unwrap_or_default();
    (answer.status, place.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_ends_on_a_page_unless_json_is_asked_for() {
    let app = TestApp::start().await;
    for email in ["anna%40traeger.example", "keine+adresse"] {
        let browser = asks(&app, email, Some("text/html,*/*;q=0.8")).await;
        assert_eq!(browser.0, StatusCode::FOUND, "{email}");
        for accept in [Some("*/*"), None] {
            assert_eq!(asks(&app, email, accept).await, browser, "{email} {accept:?}");
        }
        let script = asks(&app, email, Some("application/json")).await;
        assert_eq!(script.0, StatusCode::OK, "{email}");
    }
}

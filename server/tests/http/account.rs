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
    let form = app
        .form(path, "text/html")
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

/// The account's own file.
async fn account(app: &TestApp, session: &str) -> (StatusCode, String) {
    let read =
        request(Method::GET, "/konto/auskunft.json").header(header::COOKIE, format!("lafast={session}"));
    let answer = app.send(read, Body::empty()).await;
    (answer.status, answer.text())
}

/// Sends a form and gives the address to which the browser is sent.
async fn sends(app: &TestApp, path: &str, session: &str, form: &str) -> String {
    let request = app
        .form(path, "text/html")
        .header(header::COOKIE, format!("lafast={session}"));
    let answer = app.send(request, Body::from(form.to_owned())).await;
    assert!(answer.status.is_redirection(), "{path}: {}", answer.status);
    answer.header(header::LOCATION.as_str()).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_deleted_only_by_who_is_sure() {
    let app = TestApp::start().await;
    let session = app.signs_in("anna@traeger.example").await;
    sends(
        &app,
        "/api/account-save",
        &session,
        "name=Anna&organisation=Mulde&district=dresden",
    )
    .await;
    let (status, before) = account(&app, &session).await;
    assert_eq!(status, StatusCode::OK);
    assert!(before.contains("Anna"));
    for unsure in ["", "sure=", "sure=no", "sure=YES", "name=yes"] {
        let next = sends(&app, "/api/account-delete", &session, unsure).await;
        assert!(next.starts_with("/konto?antwort="), "{unsure}: {next}");
        let page = app
            .send(
                request(Method::GET, &next).header(header::COOKIE, format!("lafast={session}")),
                Body::empty(),
            )
            .await;
        assert!(page.text().contains("Bitte setzen Sie das Häkchen"), "{unsure}");
        let (status, after) = account(&app, &session).await;
        assert_eq!(status, StatusCode::OK, "{unsure}");
        assert!(after.contains("Anna") && after.contains("Mulde"), "{unsure}");
    }
    let next = sends(&app, "/api/account-delete", &session, "sure=yes").await;
    assert!(next.starts_with("/konto/anmelden?antwort="), "{next}");
    let page = app.get(&next).await.text();
    assert!(page.contains("Ihr Konto ist gelöscht."), "{page}");
    assert_eq!(account(&app, &session).await.0, StatusCode::NOT_FOUND);
}

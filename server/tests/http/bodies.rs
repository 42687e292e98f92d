//! Bodies end (S7).

use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode, header};
use futures::stream;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use lafast::security::body::bytes_max;
use store::Ambient;

use crate::support::{Answer, Process, TestApp, pages, request, resident_bytes, server_functions};

const CHUNK_BYTES: usize = 64 * 1_024;
const LARGE_BYTES: usize = 100 * 1_024 * 1_024;
const MEMORY_GROWTH_BYTES_MAX: u64 = 24 * 1_024 * 1_024;

fn endless(bytes: usize) -> Body {
    let chunk = Bytes::from(vec![b'x'; CHUNK_BYTES]);
    let chunks = (0..bytes / CHUNK_BYTES).map(move |_| Ok::<_, std::io::Error>(chunk.clone()));
    Body::from_stream(stream::iter(chunks))
}

/// Whoever sends a server function what it does not take; as a browser that navigates, or as a program.
async fn misfit(app: &TestApp, accept: &str, form: &'static [u8]) -> Answer {
    let request = app.form("/api/account-redeem-code", accept);
    app.send(request, Body::from(form)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_a_server_function_is_told_to_programs_as_their_fault() {
    let app = TestApp::start().await;
    for form in [&b"email=anna%40traeger.example"[..], b"", b"email=\xff&code=x"] {
        let answer = misfit(&app, "application/json", form).await;
        let said = answer.text();
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{form:?}: {said}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{said}"
        );
        assert!(
            said.contains("\"status\":400") && !said.contains("anna"),
            "{said}"
        );
        // A browser goes back to where it was.
        assert_eq!(misfit(&app, "text/html", form).await.status, StatusCode::FOUND);
    }
    // What fits and is wrong is answered by the function itself.
    let wrong = misfit(&app, "application/json", b"email=anna&code=x").await;
    assert_eq!(wrong.status, StatusCode::OK, "{}", wrong.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_refuses_a_body_that_is_too_large() {
    let app = TestApp::start().await;
    let mut paths = pages();
    paths.extend(server_functions());
    paths.extend(["/healthz", "/sitemap.xml", "/gibt-es-nicht", "/pkg/lafast.css"].map(str::to_owned));
    // Where devices follow boards, and where codes lead to them.
    paths.extend(["/live/boards/1", "/live/boards/1/events", "/b", "/b/abcd2345"].map(str::to_owned));
    for path in paths {
        for method in [Method::GET, Method::POST] {
            let most = bytes_max(&path);
            let announced = request(method.clone(), &path).header(header::ORIGIN, &app.origin);
            let answer = app.send(announced, Body::from(vec![b'x'; most + 1])).await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{method} {path}");
            let streamed = request(method.clone(), &path)
                .header(header::ORIGIN, &app.origin)
                .header(header::TRANSFER_ENCODING, "chunked");
            let answer = app.send(streamed, endless(2 * most)).await;
            assert_eq!(
                answer.status,
                StatusCode::PAYLOAD_TOO_LARGE,
                "{method} {path}, streamed"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_megabytes_leave_memory_flat() {
    let server = Process::start();
    let client = Client::builder(TokioExecutor::new()).build_http::<Body>();
    let before = server.resident_bytes();
    for _ in 0..3 {
        let request = request(Method::POST, &format!("{}/api/account-sign-out", server.origin));
        let answer = client
            .request(request.body(endless(LARGE_BYTES)).unwrap())
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    }
    let grown = server.resident_bytes().zip(before);
    let grown = grown.map(|(after, before)| after.saturating_sub(before));
    assert!(
        grown.is_none_or(|bytes| bytes < MEMORY_GROWTH_BYTES_MAX),
        "{grown:?} bytes more"
    );
    assert_eq!(grown.is_some(), cfg!(target_os = "linux"), "it was measured");
}

/// What the test before measures with sees a body that is kept.
#[cfg(target_os = "linux")]
#[test]
fn sabotage_a_body_that_is_kept_is_noticed() {
    let memory = || resident_bytes(std::process::id()).unwrap();
    let before = memory();
    let kept = vec![b'x'; LARGE_BYTES];
    assert!(memory().saturating_sub(before) > MEMORY_GROWTH_BYTES_MAX);
    drop(kept);
}

#[tokio::test(flavor = "multi_thread")]
async fn sabotage_without_the_layer_large_bodies_pass() {
    let app = TestApp::start_with(Ambient::system(), |config| {
        config.protections.bodies = false;
        config.protections.rates = false;
    })
    .await;
    let request = request(Method::GET, "/healthz");
    assert_eq!(
        app.send(request, endless(512 * 1_024)).await.status,
        StatusCode::OK
    );
}

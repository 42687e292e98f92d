//! Bodies end (S7).

use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode, header};
use futures::stream;
use store::Ambient;

use crate::support::{TestApp, pages, request, server_functions};

const CHUNK_BYTES: usize = 64 * 1_024;
const LARGE_BYTES: usize = 100 * 1_024 * 1_024;
const MEMORY_GROWTH_BYTES_MAX: u64 = 48 * 1_024 * 1_024;

fn endless(bytes: usize) -> Body {
    let chunk = Bytes::from(vec![b'x'; CHUNK_BYTES]);
    let chunks = (0..bytes / CHUNK_BYTES).map(move |_| Ok::<_, std::io::Error>(chunk.clone()));
    Body::from_stream(stream::iter(chunks))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_refuses_a_body_that_is_too_large() {
    let app = TestApp::start().await;
    let mut paths = pages();
    paths.extend(server_functions());
    paths.extend(["/healthz", "/sitemap.xml", "/gibt-es-nicht", "/pkg/lafast.css"].map(str::to_owned));
    for path in paths {
        for method in [Method::GET, Method::POST] {
            let announced = request(method.clone(), &path).header(header::ORIGIN, &app.origin);
            let answer = app.send(announced, Body::from(vec![b'x'; 257 * 1_024])).await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{method} {path}");
            let streamed = request(method.clone(), &path).header(header::ORIGIN, &app.origin);
            let answer = app.send(streamed, endless(512 * 1_024)).await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{method} {path}, streamed");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_megabytes_leave_memory_flat() {
    let app = TestApp::start().await;
    app.get("/").await;
    let before = resident_bytes();
    for _ in 0..3 {
        let request = request(Method::POST, "/api/account-sign-out").header(header::ORIGIN, &app.origin);
        assert_eq!(app.send(request, endless(LARGE_BYTES)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    }
    let grown = resident_bytes().saturating_sub(before);
    assert!(grown < MEMORY_GROWTH_BYTES_MAX, "{grown} bytes more");
}

/// Memory of this process, 0 where the system does not say.
fn resident_bytes() -> u64 {
    const PAGE_BYTES: u64 = 4_096;
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    text.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0) * PAGE_BYTES
}

#[tokio::test(flavor = "multi_thread")]
async fn sabotage_without_the_layer_large_bodies_pass() {
    let app = TestApp::start_with(Ambient::system(), |config| {
        config.protections.bodies = false;
        config.protections.rates = false;
    })
    .await;
    let request = request(Method::GET, "/healthz");
    assert_eq!(app.send(request, endless(512 * 1_024)).await.status, StatusCode::OK);
}

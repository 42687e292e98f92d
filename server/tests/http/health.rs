//! Whether the platform can be watched.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use store::Ambient;
use store_testing::run_sql;

use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_works_is_alive_and_ready() {
    let app = TestApp::start().await;
    assert_eq!(app.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(app.get("/readyz").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_database_it_is_alive_and_not_ready() {
    let app = TestApp::start().await;
    app.store.close().await;
    assert_eq!(app.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(app.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_tables_of_a_newer_version_it_is_not_ready() {
    let app = TestApp::start().await;
    let newer = "INSERT INTO migration (name, checksum) VALUES ('9999_later', 'x')";
    run_sql(app.store.url(), newer).await.unwrap();
    assert_eq!(app.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_are_on_their_own_address_only_and_hold_no_paths() {
    let app = TestApp::start_with(Ambient::system(), |config| {
        config.metrics_addr = Some("127.0.0.1:0".parse().unwrap());
    })
    .await;
    assert_eq!(app.get("/metrics").await.status, StatusCode::NOT_FOUND);
    app.get("/anmeldung/geheimes-token?email=anna").await;
    let url = format!("{}/metrics", app.metrics.clone().unwrap());
    let metrics = app
        .answer(Request::get(url).body(Body::empty()).unwrap())
        .await
        .text();
    assert!(metrics.contains("http_request_duration_seconds"), "{metrics}");
    assert!(metrics.contains("/anmeldung/{token}"), "{metrics}");
    assert!(
        !metrics.contains("geheim") && !metrics.contains("anna"),
        "{metrics}"
    );
}

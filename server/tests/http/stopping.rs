//! The server stops well: what is under way is answered, nothing new is taken.

use std::process::Command;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use futures::stream;
use tokio::sync::oneshot;

use crate::support::{Process, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn a_request_under_way_is_answered() {
    let app = TestApp::start().await;
    let (send, rest) = oneshot::channel::<Bytes>();
    let (begun, has_begun) = oneshot::channel::<()>();
    let first = stream::once(async move {
        let _ = begun.send(());
        Ok::<_, std::io::Error>(Bytes::from("email=anna%40traeger"))
    });
    let second = stream::once(async move { Ok(rest.await.unwrap()) });
    let body = Body::from_stream(futures::StreamExt::chain(first, second));
    let request = app
        .form(&format!("{}/api/account-request-code", app.origin), "text/html")
        .body(body)
        .unwrap();
    let origin = app.origin.clone();
    let client = app.client.clone();
    let answer = tokio::spawn(client.request(request));
    has_begun.await.unwrap();
    assert_eq!(app.get("/healthz").await.status, StatusCode::OK);
    let (served, _kept) = app.stop();
    let port = origin.rsplit(':').next().unwrap().to_owned();
    until("the port is closed", || {
        std::net::TcpStream::connect(format!("127.0.0.1:{port}")).is_err()
    });
    send.send(Bytes::from(".example&next=")).unwrap();
    assert_eq!(answer.await.unwrap().unwrap().status(), StatusCode::FOUND);
    served.await.unwrap();
}

#[test]
#[cfg(unix)]
fn sigterm_ends_the_process_well_within_seconds() {
    let mut server = Process::start();
    assert!(
        Command::new("kill")
            .args(["-TERM", &server.child.id().to_string()])
            .status()
            .unwrap()
            .success()
    );
    let told = Instant::now();
    assert!(server.child.wait().unwrap().success());
    assert!(told.elapsed() < Duration::from_secs(6), "{:?}", told.elapsed());
}

fn until(what: &str, condition: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(10);
    while !condition() {
        assert!(Instant::now() < end, "waited in vain: {what}");
        std::thread::yield_now();
    }
}

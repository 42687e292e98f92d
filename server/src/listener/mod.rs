//! Accepts connections, bounded in number and patience, and lets them end well.
//!
//! - [`stream`]: the stream of one connection, and the way to write to it from outside

pub mod stream;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::response::Response;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt;

use crate::live::presence::SLOW_AT_MOST;
use stream::{Outgoing, Stream};

/// Ten thousand phones on live boards (bar P5), and as many again.
const CONNECTIONS_MAX: usize = 20_000;
/// Who needs longer for a few hundred bytes holds the connection open on purpose.
const HEADER_SECONDS_MAX: u64 = 10;
/// Headers of a browser with cookies are below 8 KiB.
const HEADER_BYTES_MAX: usize = 32 * 1_024;
/// How long requests under way may take after the server was told to stop.
pub const DRAIN_SECONDS_MAX: u64 = 5;
/// Pause after the system refused a connection, for example because files ran out.
const REFUSED_PAUSE: Duration = Duration::from_millis(50);

/// Serves until `stop` turns true; then takes no more connections and lets requests under way end.
pub async fn serve(listener: TcpListener, router: Router, mut stop: watch::Receiver<bool>) {
    let mut http = Builder::new(TokioExecutor::new()).http1_only();
    http.http1()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(HEADER_SECONDS_MAX))
        .max_buf_size(HEADER_BYTES_MAX);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            break;
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                pause().await;
                continue;
            }
        };
        if let Err(error) = prepare(&stream) {
            tracing::debug!(%error, "a connection is as the system makes it");
        }
        let stream = Stream::new(stream);
        let service = TowerToHyperService::new(for_peer(router.clone(), peer, stream.outgoing()));
        let connection = http
            .serve_connection_with_upgrades(TokioIo::new(stream), service)
            .into_owned();
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection broke off");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(Duration::from_secs(DRAIN_SECONDS_MAX), graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("requests were cut off after {DRAIN_SECONDS_MAX} s");
    }
}

/// What is said goes out at once, and who does not take it is gone after a while (RFC 5482): without that the system waits for a quarter
/// of an hour for a phone that left without a word. Elsewhere than on Linux that is left to the system.
fn prepare(stream: &TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    #[cfg(target_os = "linux")]
    socket2::SockRef::from(stream).set_tcp_user_timeout(Some(SLOW_AT_MOST))?;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "nothing tells when the system has files to give again"
)]
async fn pause() {
    tokio::time::sleep(REFUSED_PAUSE).await;
}

/// The router, told who is at the other end, and where to write to them.
fn for_peer<B>(
    router: Router,
    peer: SocketAddr,
    outgoing: Outgoing,
) -> impl tower::Service<Request<B>, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
where
    B: axum::body::HttpBody<Data = axum::body::Bytes, Error: Into<axum::BoxError>> + Send + 'static,
{
    router.map_request(move |request: Request<B>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(outgoing.clone());
        crate::router::rewrite(&mut request);
        request
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_takes_nothing_any_more_is_gone_before_the_system_would_say_so() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let there = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (here, _) = listener.accept().await.unwrap();
        prepare(&here).unwrap();
        let patience = |stream: &TcpStream| socket2::SockRef::from(stream).tcp_user_timeout().unwrap();
        assert_eq!([patience(&here), patience(&there)], [Some(SLOW_AT_MOST), None]);
    }
}

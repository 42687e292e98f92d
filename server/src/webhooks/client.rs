//! The way out. Names are looked up here, and an address that belongs to this machine or a network around it is not gone to,
//! whatever the name says and whenever it changes: what was looked at is what is connected to.

use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::access::address::is_public;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::rt::TokioExecutor;
use tower::Service;

/// Another server that says nothing for this long is away.
const ANSWER_SECONDS_MAX: u64 = 10;

/// Why nothing was answered.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The certificates of the system cannot be read.
    #[error("no certificates: {0}")]
    Certificates(std::io::Error),
    /// It could not be reached, or is not to be reached.
    #[error("{0}")]
    Unreachable(String),
    /// It said nothing in time.
    #[error("no answer for {ANSWER_SECONDS_MAX} s")]
    TooSlow,
}

/// Looks names up, and keeps to the network out there.
#[derive(Clone, Debug)]
struct Resolver {
    may_private: bool,
}

type Lookup = Pin<Box<dyn Future<Output = std::io::Result<std::vec::IntoIter<SocketAddr>>> + Send>>;

impl Service<Name> for Resolver {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = std::io::Error;
    type Future = Lookup;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Lookup {
        let may_private = self.may_private;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|at| may_private || is_public(at.ip())).collect();
            if allowed.is_empty() {
                return Err(std::io::Error::other("the name leads to no public address"));
            }
            Ok(allowed.into_iter())
        })
    }
}

/// The way out.
#[derive(Clone, Debug)]
pub struct Out {
    client: Client<HttpsConnector<HttpConnector<Resolver>>, Body>,
    may_private: bool,
}

impl Out {
    /// With the certificates of the system. `may_private`: also to networks around the server, and without encryption.
    ///
    /// # Errors
    /// When the certificates cannot be read.
    pub fn new(may_private: bool) -> Result<Self, SendError> {
        let mut http = HttpConnector::new_with_resolver(Resolver { may_private });
        http.enforce_http(false);
        http.set_connect_timeout(Some(Duration::from_secs(ANSWER_SECONDS_MAX)));
        let secured = HttpsConnectorBuilder::new()
            .with_native_roots()
            .map_err(SendError::Certificates)?;
        let connector = if may_private {
            secured.https_or_http().enable_http1().wrap_connector(http)
        } else {
            secured.https_only().enable_http1().wrap_connector(http)
        };
        Ok(Self {
            client: Client::builder(TokioExecutor::new()).build(connector),
            may_private,
        })
    }

    /// Sends a request and tells with which status it was answered; what else is answered nobody reads.
    ///
    /// # Errors
    /// When nothing is answered.
    pub async fn send(&self, request: Request<Body>) -> Result<StatusCode, SendError> {
        // A number in place of a name is looked up by nobody.
        let host = request.uri().host().unwrap_or_default();
        let number = host.trim_matches(['[', ']']).parse().ok();
        if number.is_some_and(|ip| !self.may_private && !is_public(ip)) {
            return Err(SendError::Unreachable("not a public address".to_owned()));
        }
        let answered = tokio::time::timeout(
            Duration::from_secs(ANSWER_SECONDS_MAX),
            self.client.request(request),
        );
        match answered.await {
            Ok(Ok(answer)) => Ok(answer.status()),
            Ok(Err(error)) => Err(SendError::Unreachable(error.to_string())),
            Err(_) => Err(SendError::TooSlow),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nothing_is_sent_into_the_network_around_the_server() {
        let out = Out::new(false).unwrap();
        for inside in [
            "https://127.0.0.1:9/",
            "https://localhost:9/",
            "https://[::1]:9/",
            "https://169.254.169.254/",
        ] {
            let request = Request::post(inside).body(Body::empty()).unwrap();
            assert!(
                matches!(out.send(request).await, Err(SendError::Unreachable(_))),
                "{inside}"
            );
        }
        let plain = Request::post("http://93.184.216.34/")
            .body(Body::empty())
            .unwrap();
        assert!(
            matches!(out.send(plain).await, Err(SendError::Unreachable(_))),
            "not encrypted"
        );
    }
}

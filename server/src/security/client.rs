//! Whose request it is, as seen through trusted proxies.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderName};
use axum::response::Response;

use crate::config::TrustedProxies;
use crate::state::AppState;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// What only a proxy may say about a request.
const PROXY_HEADERS: [HeaderName; 4] = [
    FORWARDED_FOR,
    HeaderName::from_static("x-forwarded-proto"),
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("forwarded"),
];

/// The address behind a request. Used for the outer ring of the rate limits, and never logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// The address as limits count it. Loopback is not counted: it is the operator's own machine, or a proxy that
    /// LAFAST_TRUSTED_PROXIES does not name, and then a limit would shut out everybody at once.
    #[must_use]
    pub fn counted(self) -> Option<IpAddr> {
        (!self.0.to_canonical().is_loopback()).then(|| self.for_limits())
    }

    /// The address as a limit counts it: an IPv6 customer owns at least a /64 (RFC 6177).
    fn for_limits(self) -> IpAddr {
        match self.0.to_canonical() {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            address => address,
        }
    }
}

/// Finds the address and puts it beside the request. What a stranger claims about proxies is removed.
pub async fn around<F: Future<Output = Response>>(
    state: &AppState,
    mut request: Request,
    next: impl FnOnce(Request) -> F,
) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip());
    let peer = peer.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
    let proxies = &state.config.trusted_proxies;
    let address = behind(peer, request.headers(), proxies);
    if !proxies.contains(peer) {
        for name in PROXY_HEADERS {
            request.headers_mut().remove(name);
        }
    }
    request.extensions_mut().insert(ClientAddress(address));
    next(request).await
}

/// Walks the list from the right, the end that our own proxies wrote, to the first address that is not ours.
fn behind(peer: IpAddr, headers: &HeaderMap, proxies: &TrustedProxies) -> IpAddr {
    let mut nearest = peer;
    let lines: Vec<&str> = headers
        .get_all(FORWARDED_FOR)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !proxies.contains(nearest) {
            break;
        }
        match hop.trim().parse() {
            Ok(address) => nearest = address,
            Err(_) => break,
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn client(peer: &str, forwarded: &'static str) -> String {
        let headers = HeaderMap::from_iter([(FORWARDED_FOR, HeaderValue::from_static(forwarded))]);
        let proxies = TrustedProxies::parse("127.0.0.1, 10.0.0.0/8").unwrap();
        behind(peer.parse().unwrap(), &headers, &proxies).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(client("127.0.0.1", "203.0.113.7"), "203.0.113.7");
        assert_eq!(client("198.51.100.1", "203.0.113.7"), "198.51.100.1");
    }

    #[test]
    fn what_the_client_wrote_itself_does_not_count() {
        assert_eq!(
            client("127.0.0.1", "1.1.1.1, 203.0.113.7, 10.0.0.3"),
            "203.0.113.7"
        );
        assert_eq!(client("127.0.0.1", "nonsense, 203.0.113.7"), "203.0.113.7");
        assert_eq!(client("127.0.0.1", "nonsense"), "127.0.0.1");
    }

    #[test]
    fn one_network_of_the_sixth_version_is_one_client() {
        let one = ClientAddress("2001:db8:1:2:aaaa::1".parse().unwrap());
        let other = ClientAddress("2001:db8:1:2:bbbb::9".parse().unwrap());
        assert_eq!(one.for_limits(), other.for_limits());
    }
}

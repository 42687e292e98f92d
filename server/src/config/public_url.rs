//! Where people find the platform.

use std::net::{IpAddr, SocketAddr};

use axum::http::Uri;

/// The platform's own origin, without a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    /// Other names of the same loopback address, for work on one's own machine.
    aliases: Vec<String>,
}

impl PublicUrl {
    /// Parses scheme, host and maybe port.
    ///
    /// # Errors
    /// What is wrong, as the end of a sentence that begins with the variable's name.
    pub fn parse(text: &str) -> Result<Self, String> {
        let not_a_url = || format!("is “{text}”, which is not a URL with http or https and a host");
        let uri: Uri = text.trim().parse().map_err(|_| not_a_url())?;
        let (Some(scheme @ ("http" | "https")), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(not_a_url());
        };
        if authority.as_str().contains('@') || authority.host().is_empty() {
            return Err(not_a_url());
        }
        if uri.path() != "/" || uri.query().is_some() {
            return Err(format!(
                "is “{text}”, but the platform needs a host of its own, without a path"
            ));
        }
        Ok(Self::new(
            scheme,
            &authority.host().to_lowercase(),
            authority.port_u16(),
        ))
    }

    /// The address itself, when nothing else is set.
    #[must_use]
    pub fn of_address(address: SocketAddr) -> Self {
        let host = match address.ip() {
            ip if ip.is_unspecified() => "127.0.0.1".to_owned(),
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        };
        Self::new("http", &host, Some(address.port()))
    }

    fn new(scheme: &str, host: &str, port: Option<u16>) -> Self {
        let port = port.filter(|port| *port != if scheme == "https" { 443 } else { 80 });
        let origin = |host: &str| match port {
            Some(port) => format!("{scheme}://{host}:{port}"),
            None => format!("{scheme}://{host}"),
        };
        const LOOPBACK: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];
        let aliases = if LOOPBACK.contains(&host) {
            LOOPBACK.map(origin).to_vec()
        } else {
            Vec::new()
        };
        Self {
            origin: origin(host),
            aliases,
        }
    }

    /// Scheme, host and maybe port, as a browser writes them in `Origin`. No slash at the end.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether people come over HTTPS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// The full URL of a path.
    #[must_use]
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Whether a browser's `Origin` is this platform.
    #[must_use]
    pub fn is_own_origin(&self, origin: &str) -> bool {
        origin == self.origin || self.aliases.iter().any(|alias| alias == origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_ports_and_a_slash_make_no_difference() {
        let url = PublicUrl::parse("https://LaFaSt.example:443/").unwrap();
        assert_eq!(url.origin(), "https://lafast.example");
        assert!(url.is_secure());
        assert!(url.is_own_origin("https://lafast.example"));
        assert!(!url.is_own_origin("http://lafast.example"));
        assert!(!url.is_own_origin("https://lafast.example.attacker.example"));
        assert_eq!(url.join("/module"), "https://lafast.example/module");
    }

    #[test]
    fn names_of_the_own_machine_are_one_origin_but_ports_are_not() {
        let url = PublicUrl::of_address("0.0.0.0:3000".parse().unwrap());
        assert_eq!(url.origin(), "http://127.0.0.1:3000");
        assert!(url.is_own_origin("http://localhost:3000"));
        assert!(!url.is_own_origin("http://localhost:3001"));
    }

    #[test]
    fn anything_but_a_host_is_refused() {
        for text in [
            "lafast.example",
            "ftp://lafast.example",
            "https://",
            "https://a@b.example",
            "https://a.example/b",
        ] {
            assert!(PublicUrl::parse(text).is_err(), "{text}");
        }
    }
}

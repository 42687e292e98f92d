//! Where a program is told something.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// Characters of an address.
pub const URL_CHARACTERS_MAX: usize = 300;

/// Why an address is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Neither `https://` nor a host behind it.
    #[error("not an https address")]
    Form,
    /// Longer than [`URL_CHARACTERS_MAX`].
    #[error("too long")]
    TooLong,
    /// It holds a name or a password, which would stand in logs.
    #[error("holds a name or a password")]
    Secret,
}

/// An `http://` or `https://` address. Whether `http://` is taken, the server's settings say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WebhookUrl(String);

impl WebhookUrl {
    /// Reads an address without name, password and fragment.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn parse(typed: &str) -> Result<Self, AddressError> {
        let typed = typed.trim();
        if typed.chars().count() > URL_CHARACTERS_MAX {
            return Err(AddressError::TooLong);
        }
        let (_, rest) = typed
            .split_once("://")
            .filter(|(scheme, _)| matches!(*scheme, "https" | "http"))
            .ok_or(AddressError::Form)?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if host.contains('@') {
            return Err(AddressError::Secret);
        }
        let is_plain =
            typed.bytes().all(|byte| byte.is_ascii_graphic()) && !typed.contains(['#', '\\', '"', '<', '>']);
        let has_host = host.bytes().any(|byte| byte.is_ascii_alphanumeric());
        if is_plain && has_host {
            Ok(Self(typed.to_owned()))
        } else {
            Err(AddressError::Form)
        }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nobody on the way can read what is sent.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.0.starts_with("https://")
    }
}

/// Whether an address belongs to the network out there, and not to this machine or a network around it: else a form would be
/// a way into the operator's own network (OWASP: server-side request forgery).
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [first, second, third, _] = v4.octets();
            let is_special = v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_multicast()
                || v4.is_broadcast()
                || v4.is_documentation()
                || first == 0
                || first >= 240
                // Shared by providers (RFC 6598), for protocols (RFC 6890), for benchmarks (RFC 2544).
                || (first == 100 && (64..128).contains(&second))
                || (first == 192 && second == 0 && third == 0)
                || (first == 198 && (18..20).contains(&second));
            !is_special
        }
        IpAddr::V6(v6) => {
            // What is global begins with 2000::/3; documentation and NAT64 lie elsewhere or are left out.
            let first = v6.segments()[0];
            (first & 0xe000) == 0x2000 && !(first == 0x2001 && v6.segments()[1] == 0x0db8)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_plain() {
        for good in [
            "https://campus.example/hook",
            "https://campus.example:8443/a?b=c",
            "http://127.0.0.1:9/x",
        ] {
            assert_eq!(
                WebhookUrl::parse(good).map(|url| url.as_str().to_owned()),
                Ok(good.to_owned())
            );
        }
        for (wrong, why) in [
            ("", AddressError::Form),
            ("campus.example", AddressError::Form),
            ("ftp://campus.example", AddressError::Form),
            ("javascript://x", AddressError::Form),
            ("https:///hook", AddressError::Form),
            ("https://campus.example/ä", AddressError::Form),
            ("https://campus.example/#a", AddressError::Form),
            ("https://anna:geheim@campus.example", AddressError::Secret),
        ] {
            assert_eq!(WebhookUrl::parse(wrong), Err(why), "{wrong}");
        }
        let long = format!("https://campus.example/{}", "x".repeat(URL_CHARACTERS_MAX));
        assert_eq!(WebhookUrl::parse(&long), Err(AddressError::TooLong));
    }

    #[test]
    fn nobody_is_led_into_the_network_around_the_server() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["93.184.216.34", "2a00:1450:4001::1", "100.128.0.1"] {
            assert!(is_public(outside.parse().unwrap()), "{outside}");
        }
    }
}

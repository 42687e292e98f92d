//! Whose word about the client's address counts.

use std::net::IpAddr;

/// Networks of the proxies in front of the server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies {
    networks: Vec<Network>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Network {
    address: u128,
    mask: u128,
}

impl TrustedProxies {
    /// Parses addresses and networks (`10.0.0.0/8`), separated by commas.
    ///
    /// # Errors
    /// A part that is neither, as the end of a sentence that begins with the variable's name.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let networks = parts.map(network).collect::<Result<_, _>>()?;
        Ok(Self { networks })
    }

    /// Whether this address is one of ours.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let bits = bits(address);
        self.networks
            .iter()
            .any(|network| bits & network.mask == network.address)
    }
}

fn network(part: &str) -> Result<Network, String> {
    let unknown = || format!("holds “{part}”, which is neither an IP address nor a network");
    let (address, length) = part
        .split_once('/')
        .map_or((part, None), |(address, length)| (address, Some(length)));
    let address: IpAddr = address.parse().map_err(|_| unknown())?;
    let longest = if address.is_ipv4() { 32 } else { 128 };
    let length = match length {
        None => longest,
        Some(length) => length
            .parse()
            .ok()
            .filter(|length| *length <= longest)
            .ok_or_else(unknown)?,
    };
    // IPv4 lives in the last 32 bits (RFC 4291, 2.5.5.2).
    let mask = u128::MAX.checked_shl(longest - length).unwrap_or(0);
    Ok(Network {
        address: bits(address) & mask,
        mask,
    })
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_ipv6_mapped()),
        IpAddr::V6(address) => u128::from(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(networks: &str, address: &str) -> bool {
        TrustedProxies::parse(networks)
            .unwrap()
            .contains(address.parse().unwrap())
    }

    #[test]
    fn nobody_is_trusted_unless_named() {
        assert!(!contains("", "127.0.0.1"));
        assert!(contains("127.0.0.1", "127.0.0.1"));
        assert!(contains("127.0.0.1", "::ffff:127.0.0.1"));
        assert!(!contains("127.0.0.1", "127.0.0.2"));
    }

    #[test]
    fn a_network_holds_its_addresses_and_no_others() {
        assert!(contains("::1, 10.0.0.0/8", "10.200.0.1"));
        assert!(!contains("10.0.0.0/8", "11.0.0.1"));
        assert!(contains("2001:db8::/32", "2001:db8::7"));
        assert!(contains("0.0.0.0/0", "203.0.113.1"));
        assert!(!contains("0.0.0.0/0", "2001:db8::7"));
    }

    #[test]
    fn nonsense_is_named() {
        assert!(
            TrustedProxies::parse("10.0.0.0/33")
                .unwrap_err()
                .contains("10.0.0.0/33")
        );
        assert!(TrustedProxies::parse("proxy").is_err());
    }
}

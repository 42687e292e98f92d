//! Where people find the platform, for what leaves it: data for programs, links in files.

use std::sync::Arc;

/// Scheme, host and maybe port, without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicAddress(pub Arc<str>);

impl PublicAddress {
    /// The whole address of a path.
    #[must_use]
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// As people type it: browsers know the scheme.
    #[must_use]
    pub fn typed(&self) -> &str {
        self.0.split_once("://").map_or(&self.0, |(_, host)| host)
    }
}

#[cfg(test)]
mod tests {
    use super::PublicAddress;

    #[test]
    fn what_people_type_has_no_scheme() {
        for (address, typed) in [
            ("https://lafast.example", "lafast.example"),
            ("http://127.0.0.1:3000", "127.0.0.1:3000"),
        ] {
            assert_eq!(PublicAddress(address.into()).typed(), typed);
        }
    }
}

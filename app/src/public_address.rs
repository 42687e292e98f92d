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
}

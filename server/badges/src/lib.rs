//! Certificates as signed files: an OpenBadgeCredential (1EdTech Open Badges 3.0) in a JSON Web Token (RFC 7519), signed with
//! Ed25519 (RFC 8037). Whoever has the file and the public key needs nobody to check it.
//!
//! - [`credential`]: what the badge says
//! - [`key`]: the key pair, and its public half as JSON Web Key
//! - [`token`]: signing, and reading what was signed

pub mod credential;
pub mod key;
pub mod token;

pub use credential::{Addresses, credential};
pub use key::{Key, KeyError};
pub use token::{TokenError, sign, verify};

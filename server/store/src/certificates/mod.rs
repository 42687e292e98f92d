//! Certificates of modules that were passed.
//!
//! - [`key`]: the keys with which they are signed
//! - [`issue`]: issuing and revoking
//! - [`find`]: by code, of a run, of a person
//! - `forget`: whose they are, once the account is deleted

pub mod find;
pub(crate) mod forget;
pub mod issue;
pub mod key;

pub use find::CertificateRow;
pub use issue::{Issue, IssueError};
pub use key::SigningKey;

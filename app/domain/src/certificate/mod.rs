//! Certificates of modules that were passed: a micro-credential with the eleven elements that the Council Recommendation of
//! 16 June 2022 (2022/C 243/02, Annex I) asks for.
//!
//! - [`code`]: what is printed on it, to check it by
//! - [`facts`]: what it says, kept as it was on the day

pub mod code;
pub mod facts;

pub use code::CertificateCode;
pub use facts::{Certificate, Element};

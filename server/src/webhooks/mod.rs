//! Telling programs of other institutions what happened, after Standard Webhooks (standardwebhooks.com): signed, tried again,
//! with a time that makes a repeat by somebody else worthless.
//!
//! - [`worker`]: tells what is due
//! - [`sign`]: the signature
//! - [`client`]: the way out, which leads to no network around the server

pub mod client;
pub mod sign;
pub mod worker;

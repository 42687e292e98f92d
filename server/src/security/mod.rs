//! What stands around every route, from the outside in.
//!
//! - [`headers`]: security headers on every answer
//! - [`client`]: whose request it is, as seen through trusted proxies
//! - [`origin`]: nothing changes at the word of another website
//! - [`body`]: bodies end, in size and in time
//! - [`limits`], [`buckets`]: how often who may do what
//! - [`deadline`]: answers begin within a time
//! - [`cache`]: who may keep an answer

pub mod body;
pub mod buckets;
pub mod cache;
pub mod client;
pub mod deadline;
pub mod headers;
pub mod limits;
pub mod origin;

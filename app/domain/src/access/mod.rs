//! Programs of other institutions: what they may do here, and what they are told.
//!
//! - [`scope`]: what a program may do with a token
//! - [`event`]: what a program is told
//! - [`address`]: where it is told

pub mod address;
pub mod event;
pub mod scope;

pub use address::WebhookUrl;
pub use event::Event;
pub use scope::{Scope, TERMS_DAYS};

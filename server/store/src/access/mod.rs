//! Programs of other institutions.
//!
//! - [`tokens`]: with which they come
//! - [`webhooks`]: where they are told what happened
//! - [`deliveries`]: what is told, and what came of it
//! - `tell`: what happened, noted in the transaction in which it does

pub mod deliveries;
pub(crate) mod tell;
pub mod tokens;
pub mod webhooks;

pub use deliveries::{Delivery, DeliveryRow};
pub use tokens::{Caller, TokenDraft, TokenRow};
pub use webhooks::{WebhookDraft, WebhookRow};

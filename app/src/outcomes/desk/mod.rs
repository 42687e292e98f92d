//! What the server functions do.
//!
//! - [`results`]: what a room has found
//! - [`card`]: one card
//! - [`note`]: what moderators note about it for each other
//! - [`findings`]: what was found on all boards
//! - [`templates`]: templates and boards of them
//! - [`comparison`]: boards side by side
//! - [`bring`]: cards onto the board for all
//! - `weight`: what a card weighs, in words

pub mod bring;
pub mod card;
pub mod comparison;
pub mod findings;
pub mod note;
pub mod results;
pub mod templates;
mod weight;

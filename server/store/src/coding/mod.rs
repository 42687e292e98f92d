//! Coding of cards: codebooks, what two people made of the same cards, and what they agreed on.
//!
//! - [`codebook`]: codes, and the versions of their book
//! - [`project`]: the reading of some boards with one codebook
//! - [`reading`]: what one person made of a card
//! - `forget`: what goes with the text of a card

pub mod codebook;
pub(crate) mod forget;
pub mod project;
pub mod reading;

pub use codebook::{Code, Codebook};
pub use project::Coding;
pub use reading::Reading;

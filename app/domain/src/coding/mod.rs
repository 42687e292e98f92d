//! Coding: what cards say, in the terms of a codebook. Two people read the same cards, each without seeing what the other
//! made of them, and then look at where they differ (qualitative content analysis).
//!
//! - [`draft`]: what is typed, with its limits
//! - [`agreement`]: how far two readings agree
//! - [`sight`]: whose reading one may see

pub mod agreement;
pub mod draft;
pub mod sight;

pub use agreement::Agreement;
pub use draft::{CodeDraft, CodebookDraft, CodingDraft};

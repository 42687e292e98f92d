//! What the server functions do.
//!
//! - [`check`]: what a certificate says
//! - [`run`]: who passed a run
//! - [`signed`]: certificates as signed badges

pub mod check;
pub mod run;
pub(crate) mod signed;

//! What the server functions do.
//!
//! - [`shelf`]: the catalogue in memory, ready to be asked
//! - [`list`]: find and filter
//! - [`demand`]: where somebody would take a module
//! - [`detail`]: one version
//! - [`compare`]: several side by side
//! - [`said`]: fields in words
//! - [`structured`]: modules for programs, after schema.org

pub mod compare;
pub mod demand;
pub mod detail;
pub mod list;
pub mod said;
pub mod shelf;
pub mod structured;

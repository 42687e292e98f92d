//! Home: what is next in my district, what is open for sign-up, search.
//!
//! - [`page`] at `/`
//! - [`my_district`]: the district that this device remembers, only after a choice
//! - [`actions`]: the server function

pub mod actions;
mod my_district;
mod page;

pub use page::HomePage;

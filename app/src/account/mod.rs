//! Account: sign in by mailed code, my data, my devices.
//!
//! - [`sign_in`]: `/konto/anmelden`, address then code
//! - [`page`]: `/konto`, my data, my sessions, export, delete
//! - [`actions`]: the server functions
//! - [`dto`]: what travels between server and browser

pub mod actions;
pub mod dto;
mod page;
mod sign_in;

pub use page::AccountPage;
pub use sign_in::SignInPage;

//! Pages, components and server functions of the platform.
//!
//! One crate, built twice: to WebAssembly (feature `hydrate`) and into the server (feature `ssr`).
//!
//! - [`shell`]: the HTML document around every page
//! - [`wake`]: when a page comes to life
//! - [`routes`]: every page of the platform
//! - [`home`], [`workshops`], [`signup`], [`boards`], [`outcomes`], [`coding`], [`modules`], [`plan`], [`recognition`],
//!   [`certificates`], [`catalogue`], [`access`], [`account`], [`staff`], [`legal`]: the features
//! - [`ui`]: widgets without domain words
//! - [`form_key`]: what makes a form one request, however often it is sent
//! - [`form_reply`]: how a form answers with and without WebAssembly
//! - [`told`]: which of the forms of a page an answer changes
//! - [`loading`]: the data of a page, on the server and in the browser
//! - [`json`]: how it is read
//! - `cookies`, `session`: who is asking; `public_address`: where people find the platform

#![recursion_limit = "256"]

pub mod access;
pub mod account;
pub mod boards;
pub mod catalogue;
pub mod certificates;
pub mod coding;
#[cfg(feature = "ssr")]
pub mod cookies;
pub mod form_key;
pub mod form_reply;
pub mod home;
pub mod json;
pub mod legal;
pub mod loading;
pub mod modules;
pub mod outcomes;
pub mod plan;
#[cfg(feature = "ssr")]
pub mod public_address;
pub mod recognition;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod session;
pub mod shell;
pub mod signup;
pub mod staff;
pub mod told;
pub mod ui;
pub mod wake;
pub mod workshops;

pub use routes::App;

/// Room that nothing uses, and that is in no file which a browser loads. When pages are split off, each part's constants
/// begin at an aligned place; if all of them together grow longer by that than they were, all constants of all pages
/// land in the first file (25 KB more). What is left out here makes up for it.
#[cfg(feature = "hydrate")]
#[used]
static ROOM_FOR_ALIGNMENT: [u8; 4_096] = [1; 4_096];

/// Brings the server-rendered page to life. Called once by the generated loader.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    // What a panic says is for developers; a release build does without the code that would print it.
    if cfg!(debug_assertions) {
        console_error_panic_hook::set_once();
    }
    leptos::mount::hydrate_lazy(App);
}

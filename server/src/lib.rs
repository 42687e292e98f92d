//! The server: configuration, router, security, jobs, commands.
//!
//! - [`config`]: every setting, parsed once at the start
//! - [`startup`]: builds the application and serves it until it is told to stop
//! - [`listener`]: accepts connections
//! - [`router`]: the table of all routes
//! - [`gate`]: what every request and every answer goes through
//! - [`security`]: headers, origins, limits, around everything
//! - [`again`]: a page that does not come is rendered once more
//! - [`arguments`]: what does not fit a server function is the caller's fault
//! - [`page_cache`]: public pages are rendered once per change of the data
//! - [`plain_form`]: a form that takes anything is answered with a page
//! - [`health`], [`telemetry`]: how the platform is watched
//! - [`calendar`], [`feeds`], [`exports`]: files for other programs
//! - [`live`]: boards, as it happens
//! - [`mail`]: from the outbox to the mail server
//! - [`jobs`]: what happens without a request
//! - [`demo`]: demo content for an empty database
//! - [`commands`]: what the binary does besides serving

#![recursion_limit = "256"]

pub mod again;
pub mod api;
pub mod arguments;
pub mod assets;
pub mod calendar;
pub mod commands;
pub mod config;
pub mod demo;
pub mod discovery;
pub mod exchange;
pub mod exports;
pub mod feeds;
pub mod gate;
pub mod health;
pub mod jobs;
pub mod listener;
pub mod live;
pub mod mail;
pub mod page_cache;
pub mod plain_form;
pub mod problem;
pub mod router;
pub mod security;
pub mod startup;
pub mod state;
pub mod telemetry;
pub mod webhooks;

#[cfg(test)]
mod tests {
    use std::hint::black_box;

    /// Tests are built with the profile of a release, so this holds for what is deployed, too.
    #[test]
    fn a_number_that_does_not_fit_is_found() {
        let sum = std::panic::catch_unwind(|| black_box(u8::MAX) + black_box(1));
        assert!(sum.is_err());
    }
}

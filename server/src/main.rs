//! `lafast`: serves the platform, checks it, backs it up and restores it.

use std::process::ExitCode;

use clap::Parser;
use lafast::commands::Cli;

#[tokio::main]
async fn main() -> ExitCode {
    Cli::parse().run().await
}

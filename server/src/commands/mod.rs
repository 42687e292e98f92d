//! What the binary does.
//!
//! - [`serve`]: the server
//! - [`backup`]: a consistent copy while serving, and back
//! - [`modules`]: the catalogue as a file, and back
//! - [`admin`]: the first account of an installation, roles given and taken away
//! - [`check`]: one line for each thing that must be in order

pub mod admin;
pub mod backup;
pub mod check;
pub mod modules;
pub mod serve;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use store::migrate::Standing;
use store::{Ambient, Store, StoreError};

use crate::config::{Config, Settings};

/// The platform of the Landesfachstelle.
#[derive(Debug, Parser)]
#[command(name = "lafast", version, about, max_term_width = 110, flatten_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the platform
    Serve {
        /// Load the demo into an empty database first, and print sign-in codes
        #[arg(long)]
        demo: bool,
    },
    /// Write a consistent copy of the database to a new file, also while serving
    Backup {
        /// The new file
        file: PathBuf,
    },
    /// Replace the database by a verified copy; refused while a server has it open
    Restore {
        /// A file that `backup` wrote
        file: PathBuf,
    },
    /// Accounts with a role
    #[command(subcommand, flatten_help = true)]
    Admin(AdminCommand),
    /// The catalogue as a file
    #[command(subcommand, flatten_help = true)]
    Modules(ModulesCommand),
    /// Check configuration, database, migrations, mail and clock, one line each
    Check,
}

#[derive(Debug, Subcommand)]
enum AdminCommand {
    /// Give a role to a mail address; the account is made if it is not there
    Add {
        /// The mail address
        email: String,
        /// What the person may do
        #[arg(long, value_parser = ["staff", "curator", "admin"])]
        role: String,
        /// Whose modules a curator looks after; needed for this role
        #[arg(long, value_name = "NAME")]
        organisation: Option<String>,
    },
    /// Take a role from a mail address and end its sessions; the account stays
    Remove {
        /// The mail address
        email: String,
        /// What the person may no longer do
        #[arg(long, value_parser = ["staff", "curator", "admin"])]
        role: String,
        /// Only the role for this organisation; without it, wherever it was given
        #[arg(long, value_name = "NAME")]
        organisation: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
enum ModulesCommand {
    /// Read modules from a CSV, XLSX or JSON file into drafts, all of them or none
    Import {
        /// The file
        file: PathBuf,
        /// Only say what would change, cell by cell
        #[arg(long)]
        dry_run: bool,
    },
    /// Write every module with its newest version to a new file: .csv, .xlsx or .json
    Export {
        /// The new file
        file: PathBuf,
    },
}

impl Cli {
    /// Does what was asked. Anything that goes wrong is one line on standard error and exit code 1.
    pub async fn run(self) -> ExitCode {
        let config = match Config::parse(&self.settings) {
            Ok(config) => config,
            Err(error) if matches!(self.command, Command::Check) => return check::misconfigured(&error),
            Err(error) => return failed(&error),
        };
        let done = match self.command {
            Command::Serve { demo } => serve::run(Config { demo, ..config }).await,
            Command::Backup { file } => backup::backup(&config, &file).await,
            Command::Restore { file } => backup::restore(&config, &file).await,
            Command::Admin(AdminCommand::Add {
                email,
                role,
                organisation,
            }) => admin::add(&config, &email, &role, organisation.as_deref()).await,
            Command::Admin(AdminCommand::Remove {
                email,
                role,
                organisation,
            }) => admin::remove(&config, &email, &role, organisation.as_deref()).await,
            Command::Modules(ModulesCommand::Import { file, dry_run }) => {
                modules::import(&config, &file, dry_run).await
            }
            Command::Modules(ModulesCommand::Export { file }) => modules::export(&config, &file).await,
            Command::Check => return check::run(&config).await,
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(sentence) => failed(&sentence),
        }
    }
}

/// Opens the database for a change: makes it where there is none, and brings its tables up to date.
async fn open(config: &Config) -> Result<Store, String> {
    opened(Store::open(&config.database_url, Ambient::system()).await)
}

/// As [`open`], only to look at what is there: nothing is made and nothing changed.
async fn look(config: &Config) -> Result<Store, String> {
    opened(Store::open_existing(&config.database_url, Ambient::system()).await)
}

/// As [`look`], for a command that reads what is in it: only where the tables are those of this version.
async fn read(config: &Config) -> Result<Store, String> {
    let store = look(config).await?;
    let problem = match store.migrations().await {
        Ok(standing) => out_of_date(&standing),
        Err(error) => Some(error.to_string()),
    };
    let Some(problem) = problem else {
        return Ok(store);
    };
    store.close().await;
    Err(format!("the database cannot be read: migrations: {problem}"))
}

/// What keeps a database from being one of this version.
fn out_of_date(standing: &Standing) -> Option<String> {
    if standing.is_empty() {
        return Some("none is applied; “lafast serve” applies them".to_owned());
    }
    let unknown: Vec<_> = standing.unknown.iter().map(String::as_str).collect();
    let problems = [
        ("missing, “lafast serve” applies them", &standing.missing),
        (
            "unknown to this version, a newer one wrote the database",
            &unknown,
        ),
        ("changed after they were applied", &standing.changed),
    ];
    let problems = problems.iter().filter(|(_, names)| !names.is_empty());
    let sentences: Vec<_> = problems
        .map(|(problem, names)| format!("{problem}: {}", names.join(", ")))
        .collect();
    (!sentences.is_empty()).then(|| sentences.join("; "))
}

fn opened(store: Result<Store, StoreError>) -> Result<Store, String> {
    store.map_err(|error| format!("DATABASE_URL cannot be opened: {error}"))
}

#[expect(clippy::print_stdout, reason = "a command answers the person who typed it")]
fn say(sentence: &str) {
    println!("{sentence}");
}

#[expect(clippy::print_stderr, reason = "a command answers the person who typed it")]
fn failed(sentence: &impl std::fmt::Display) -> ExitCode {
    eprintln!("lafast: {sentence}");
    ExitCode::FAILURE
}

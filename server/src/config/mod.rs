//! Every setting, parsed once at the start. A wrong value stops the start with one clear line.
//!
//! - [`settings`]: the settings as typed, from the environment or as flags
//! - [`proxies`]: whose word about the client's address counts
//! - [`public_url`]: where people find the platform

pub mod proxies;
pub mod public_url;
pub mod settings;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

pub use proxies::TrustedProxies;
pub use public_url::PublicUrl;
pub use settings::Settings;

use crate::mail::server::MailServer;

/// The sender while no mail leaves the house: no SMTP server is set.
const PLACEHOLDER_SENDER: &str = "LaFaSt Sachsen <keine-antwort@lafast.example>";

/// Everything that can be set, valid.
#[derive(Clone, Debug)]
pub struct Config {
    /// `sqlite:…` or `postgres://…`. May hold a password.
    pub database_url: String,
    /// Where the server listens.
    pub addr: SocketAddr,
    /// Where people find the platform.
    pub public_url: PublicUrl,
    /// Folder of the built site.
    pub site_root: PathBuf,
    /// Mail server, `None`: mails stay in the outbox. May hold a password.
    pub smtp_url: Option<String>,
    /// Sender of all mails, as in a `From` header.
    pub mail_from: String,
    /// Proxies whose `X-Forwarded-For` counts.
    pub trusted_proxies: TrustedProxies,
    /// Where `/metrics` is served, `None`: nowhere.
    pub metrics_addr: Option<SocketAddr>,
    /// Sign-in through a university. Nothing uses it yet: [`Config::warning`] says so.
    pub oidc: Option<Oidc>,
    /// Whether programs may be told inside the network around the server, too, and without encryption.
    pub webhook_private: bool,
    /// What is logged, as a filter of `tracing`.
    pub log: String,
    /// How a log line looks.
    pub log_format: LogFormat,
    /// Whether this is a demo: content is loaded into an empty database, sign-in codes are printed.
    pub demo: bool,
    /// Protections that only a test turns off, to show that it would notice.
    pub protections: Protections,
}

/// Which protections are on. No setting reaches these: they are for sabotage tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protections {
    /// Requests of foreign origins are refused.
    pub origin: bool,
    /// Security headers are set.
    pub headers: bool,
    /// Bodies are bounded.
    pub bodies: bool,
    /// Rates are bounded.
    pub rates: bool,
    /// A public page is rendered anew after each change.
    pub fresh_pages: bool,
}

impl Default for Protections {
    fn default() -> Self {
        Self {
            origin: true,
            headers: true,
            bodies: true,
            rates: true,
            fresh_pages: true,
        }
    }
}

/// How a log line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// A university's sign-in (OpenID Connect).
#[derive(Clone, PartialEq, Eq)]
pub struct Oidc {
    /// The issuer's URL.
    pub issuer: String,
    /// What the issuer calls this platform.
    pub client_id: String,
    /// The secret shared with the issuer.
    pub client_secret: String,
    /// The organisation whose people sign in so.
    pub organisation: String,
}

impl std::fmt::Debug for Oidc {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Oidc")
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

/// A setting that does not fit: which one, why, and how one looks that does.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{variable} {problem}. Example: {variable}={example}")]
pub struct ConfigError {
    /// The environment variable.
    pub variable: &'static str,
    /// What is wrong, without the value where it may hold a password.
    pub problem: String,
    /// A value that fits.
    pub example: &'static str,
}

impl Config {
    /// Parses the settings.
    ///
    /// # Errors
    /// The first setting that does not fit.
    pub fn parse(settings: &Settings) -> Result<Self, ConfigError> {
        // A variable that is set to nothing counts as not set.
        let settings = settings.clone().without_nothing();
        let addr = listening(settings.addr.as_deref().unwrap_or(settings::ADDR))?;
        let smtp_url = settings.smtp_url.as_deref().map(smtp).transpose()?;
        Ok(Self {
            database_url: database(settings.database_url.as_deref().unwrap_or(settings::DATABASE_URL))?,
            addr,
            public_url: match &settings.public_url {
                Some(url) => PublicUrl::parse(url)
                    .map_err(|problem| wrong("LAFAST_PUBLIC_URL", problem, "https://lafast.example"))?,
                None => PublicUrl::of_address(addr),
            },
            site_root: settings
                .site_root
                .as_deref()
                .unwrap_or(settings::SITE_ROOT)
                .into(),
            mail_from: sender(settings.mail_from.as_deref(), smtp_url.is_some())?,
            smtp_url,
            trusted_proxies: TrustedProxies::parse(settings.trusted_proxies.as_deref().unwrap_or_default())
                .map_err(|problem| {
                wrong("LAFAST_TRUSTED_PROXIES", problem, "127.0.0.1,10.0.0.0/8")
            })?,
            metrics_addr: settings
                .metrics_addr
                .as_deref()
                .map(|text| address("LAFAST_METRICS_ADDR", text, "127.0.0.1:9100"))
                .transpose()?,
            oidc: oidc(&settings)?,
            webhook_private: yes_or_no("LAFAST_WEBHOOK_PRIVATE", settings.webhook_private.as_deref())?,
            log: log_filter(settings.log.as_deref().unwrap_or(settings::LOG))?,
            log_format: log_format(settings.log_format.as_deref().unwrap_or(settings::LOG_FORMAT))?,
            demo: false,
            protections: Protections::default(),
        })
    }
}

impl Config {
    /// What is set and does nothing, in one line for whoever set it.
    #[must_use]
    pub fn warning(&self) -> Option<&'static str> {
        self.oidc.as_ref().map(|_| {
            "LAFAST_OIDC_… is set, but this version does not use it: everybody signs in with a mailed code"
        })
    }
}

/// Whether this folder holds a built site. Only who serves needs one.
///
/// # Errors
/// When it has no built files.
pub fn built_site(root: &Path) -> Result<(), ConfigError> {
    if root.join("pkg").is_dir() {
        return Ok(());
    }
    Err(wrong(
        "LAFAST_SITE_ROOT",
        format!(
            "is “{}”, which holds no built site (no folder “pkg”)",
            root.display()
        ),
        "target/site",
    ))
}

fn wrong(variable: &'static str, problem: impl Into<String>, example: &'static str) -> ConfigError {
    ConfigError {
        variable,
        problem: problem.into(),
        example,
    }
}

fn address(variable: &'static str, text: &str, example: &'static str) -> Result<SocketAddr, ConfigError> {
    text.parse().map_err(|_| {
        wrong(
            variable,
            format!("is “{text}”, which is not an IP address with a port"),
            example,
        )
    })
}

fn listening(text: &str) -> Result<SocketAddr, ConfigError> {
    address("LAFAST_ADDR", text, "127.0.0.1:3000")
}

/// The value is never repeated: it may hold a password.
fn database(url: &str) -> Result<String, ConfigError> {
    let is_sqlite = url
        .strip_prefix("sqlite:")
        .is_some_and(|path| !path.trim_start_matches('/').is_empty());
    let is_postgres = ["postgres://", "postgresql://"]
        .iter()
        .any(|scheme| url.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    if is_sqlite || is_postgres {
        return Ok(url.to_owned());
    }
    let problem = "is neither “sqlite:” with a file nor “postgres://” with a server";
    Err(wrong("DATABASE_URL", problem, "sqlite:data/lafast.db"))
}

/// The value is never repeated: it may hold a password.
fn smtp(url: &str) -> Result<String, ConfigError> {
    match MailServer::from_url(url) {
        Ok(_) => Ok(url.to_owned()),
        Err(error) => Err(wrong(
            "LAFAST_SMTP_URL",
            format!("names no mail server: {error}"),
            "smtps://user:password@mail.example:465",
        )),
    }
}

fn sender(text: Option<&str>, is_needed: bool) -> Result<String, ConfigError> {
    let example = "\"LaFaSt Sachsen <keine-antwort@lafast.example>\"";
    match text {
        None if is_needed => Err(wrong(
            "LAFAST_MAIL_FROM",
            "is missing, and LAFAST_SMTP_URL is set: mails need a sender",
            example,
        )),
        None => Ok(PLACEHOLDER_SENDER.to_owned()),
        Some(text) if text.parse::<lettre::message::Mailbox>().is_ok() => Ok(text.to_owned()),
        Some(text) => Err(wrong(
            "LAFAST_MAIL_FROM",
            format!("is “{text}”, which is not a mail address"),
            example,
        )),
    }
}

fn oidc(settings: &Settings) -> Result<Option<Oidc>, ConfigError> {
    let example = "https://login.university.example";
    let parts = [
        ("LAFAST_OIDC_ISSUER", settings.oidc_issuer.as_deref(), example),
        (
            "LAFAST_OIDC_CLIENT_ID",
            settings.oidc_client_id.as_deref(),
            "lafast",
        ),
        (
            "LAFAST_OIDC_CLIENT_SECRET",
            settings.oidc_client_secret.as_deref(),
            "…",
        ),
        (
            "LAFAST_OIDC_ORGANISATION",
            settings.oidc_organisation.as_deref(),
            "\"Hochschule Beispielstadt\"",
        ),
    ];
    if parts.iter().all(|(_, value, _)| value.is_none()) {
        return Ok(None);
    }
    let [issuer, client_id, client_secret, organisation] = parts.map(|(variable, value, example)| {
        value.map(str::to_owned).ok_or_else(|| {
            wrong(
                variable,
                "is missing, and another LAFAST_OIDC_… is set: all four belong together",
                example,
            )
        })
    });
    let issuer = issuer?;
    if !issuer.starts_with("https://") {
        let problem = format!("is “{issuer}”, which does not start with “https://”");
        return Err(wrong("LAFAST_OIDC_ISSUER", problem, example));
    }
    Ok(Some(Oidc {
        issuer,
        client_id: client_id?,
        client_secret: client_secret?,
        organisation: organisation?,
    }))
}

fn yes_or_no(variable: &'static str, text: Option<&str>) -> Result<bool, ConfigError> {
    match text {
        None | Some("no") => Ok(false),
        Some("yes") => Ok(true),
        Some(other) => Err(wrong(
            variable,
            format!("is “{other}”, but only “yes” and “no” exist"),
            "yes",
        )),
    }
}

fn log_filter(text: &str) -> Result<String, ConfigError> {
    match text.parse::<tracing_subscriber::filter::EnvFilter>() {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err(wrong(
            "LAFAST_LOG",
            format!("is “{text}”, which is not a log filter"),
            "info,store=debug",
        )),
    }
}

fn log_format(text: &str) -> Result<LogFormat, ConfigError> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(wrong(
            "LAFAST_LOG_FORMAT",
            format!("is “{text}”, but only “text” and “json” exist"),
            "json",
        )),
    }
}

#[cfg(test)]
mod tests;

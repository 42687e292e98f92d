//! The settings as typed: environment variables, each also a flag.

use clap::Args;

pub(super) const DATABASE_URL: &str = "sqlite:data/lafast.db";
pub(super) const ADDR: &str = "127.0.0.1:3000";
pub(super) const SITE_ROOT: &str = "target/site";
pub(super) const LOG: &str = "info";
pub(super) const LOG_FORMAT: &str = "text";

/// The settings as typed. [`super::Config::parse`] makes sense of them.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Settings (flag or environment variable)")]
pub struct Settings {
    /// Database: `sqlite:` with a file, or `postgres://` with a server
    #[arg(
        long,
        env = "DATABASE_URL",
        value_name = "URL",
        default_value = DATABASE_URL,
        hide_env_values = true,
        global = true
    )]
    pub database_url: Option<String>,

    /// Address and port where the server listens
    #[arg(
        long,
        env = "LAFAST_ADDR",
        value_name = "ADDRESS",
        default_value = ADDR,
        global = true
    )]
    pub addr: Option<String>,

    /// Where people find the platform; with `https` cookies are `Secure` [default: http:// and LAFAST_ADDR]
    #[arg(long, env = "LAFAST_PUBLIC_URL", value_name = "URL", global = true)]
    pub public_url: Option<String>,

    /// Folder of the built site
    #[arg(
        long,
        env = "LAFAST_SITE_ROOT",
        value_name = "FOLDER",
        default_value = SITE_ROOT,
        global = true
    )]
    pub site_root: Option<String>,

    /// Mail server, `smtp://` or `smtps://`; without it mails stay in the outbox
    #[arg(
        long,
        env = "LAFAST_SMTP_URL",
        value_name = "URL",
        hide_env_values = true,
        global = true
    )]
    pub smtp_url: Option<String>,

    /// Sender of all mails; needed when there is a mail server
    #[arg(long, env = "LAFAST_MAIL_FROM", value_name = "MAILBOX", global = true)]
    pub mail_from: Option<String>,

    /// Proxies whose X-Forwarded-For counts: addresses or networks, separated by commas [default: none]
    #[arg(long, env = "LAFAST_TRUSTED_PROXIES", value_name = "NETWORKS", global = true)]
    pub trusted_proxies: Option<String>,

    /// Address and port where /metrics is served, for the inside only [default: nowhere]
    #[arg(long, env = "LAFAST_METRICS_ADDR", value_name = "ADDRESS", global = true)]
    pub metrics_addr: Option<String>,

    /// Not used yet, sign-in through a university: the issuer's URL
    #[arg(long, env = "LAFAST_OIDC_ISSUER", value_name = "URL", global = true)]
    pub oidc_issuer: Option<String>,

    /// Not used yet, sign-in through a university: what the issuer calls this platform
    #[arg(long, env = "LAFAST_OIDC_CLIENT_ID", value_name = "ID", global = true)]
    pub oidc_client_id: Option<String>,

    /// Not used yet, sign-in through a university: the secret shared with the issuer
    #[arg(
        long,
        env = "LAFAST_OIDC_CLIENT_SECRET",
        value_name = "SECRET",
        hide_env_values = true,
        global = true
    )]
    pub oidc_client_secret: Option<String>,

    /// Not used yet, sign-in through a university: whose people they are
    #[arg(long, env = "LAFAST_OIDC_ORGANISATION", value_name = "NAME", global = true)]
    pub oidc_organisation: Option<String>,

    /// Whether webhooks may lead into the network around the server, and go without encryption: yes or no
    #[arg(long, env = "LAFAST_WEBHOOK_PRIVATE", value_name = "yes|no", global = true)]
    pub webhook_private: Option<String>,

    /// What is logged
    #[arg(
        long,
        env = "LAFAST_LOG",
        value_name = "FILTER",
        default_value = LOG,
        global = true
    )]
    pub log: Option<String>,

    /// How a log line looks: `text` or `json`
    #[arg(
        long,
        env = "LAFAST_LOG_FORMAT",
        value_name = "FORMAT",
        default_value = LOG_FORMAT,
        global = true
    )]
    pub log_format: Option<String>,
}

impl Settings {
    /// The same, where whatever is set to nothing is not set.
    pub(super) fn without_nothing(mut self) -> Self {
        let Self {
            database_url,
            addr,
            public_url,
            site_root,
            smtp_url,
            mail_from,
            trusted_proxies,
            metrics_addr,
            oidc_issuer,
            oidc_client_id,
            oidc_client_secret,
            oidc_organisation,
            webhook_private,
            log,
            log_format,
        } = &mut self;
        let places = [
            database_url,
            addr,
            public_url,
            site_root,
            smtp_url,
            mail_from,
            trusted_proxies,
        ];
        let rest = [metrics_addr, webhook_private, log, log_format];
        let oidc = [oidc_issuer, oidc_client_id, oidc_client_secret, oidc_organisation];
        for setting in places.into_iter().chain(rest).chain(oidc) {
            let typed = setting.take().map(|typed| typed.trim().to_owned());
            *setting = typed.filter(|typed| !typed.is_empty());
        }
        self
    }
}

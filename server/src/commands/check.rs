//! `lafast check`: one line for each thing that must be in order.

use std::process::ExitCode;

use domain::time::Instant;
use store::migrate::Standing;
use store::{Ambient, Store, StoreError};

use crate::config::{Config, ConfigError, built_site};
use crate::mail::server::MailServer;

/// 2026-01-01T00:00:00Z in microseconds: a clock before this program was written is wrong.
const WRITTEN_AT: Instant = Instant(1_767_225_600_000_000);

/// What came of one check: a sentence, good or bad.
type Finding = Result<String, String>;

/// Checks everything and says so; changes nothing. Exit code 1 if anything fails.
pub async fn run(config: &Config) -> ExitCode {
    let store = super::look(config).await;
    let mut findings = vec![("configuration", configuration(config))];
    match &store {
        Ok(store) => {
            let standing = store.migrations().await;
            findings.push(("database", database(store, &standing).await));
            findings.push(("migrations", migrations(&standing)));
        }
        Err(problem) => {
            findings.push(("database", Err(problem.clone())));
            findings.push(("migrations", Err("unknown without a database".to_owned())));
        }
    }
    findings.push(("mail", mail(config).await));
    findings.push(("clock", clock(store.as_ref().ok()).await));
    if let Ok(store) = store {
        store.close().await;
    }
    let code = say(findings);
    if let Some(warning) = config.warning() {
        super::say(&format!("warn  configuration: {warning}"));
    }
    code
}

/// Says which setting does not fit: nothing can be checked without it. Exit code 1.
pub fn misconfigured(error: &ConfigError) -> ExitCode {
    say(vec![("configuration", Err(error.to_string()))])
}

fn say(findings: Vec<(&str, Finding)>) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for (what, finding) in findings {
        match finding {
            Ok(sentence) => super::say(&format!("ok    {what}: {sentence}")),
            Err(sentence) => {
                super::say(&format!("FAIL  {what}: {sentence}"));
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}

fn configuration(config: &Config) -> Finding {
    built_site(&config.site_root).map_err(|error| error.to_string())?;
    Ok(format!(
        "serves {} at {}",
        config.public_url.origin(),
        config.addr
    ))
}

async fn database(store: &Store, standing: &Result<Standing, StoreError>) -> Finding {
    if standing.as_ref().is_ok_and(Standing::is_empty) {
        return Err("it holds no tables of the platform".to_owned());
    }
    let findings = store.findings().await.map_err(|error| error.to_string())?;
    let sentence = findings
        .iter()
        .map(|finding| finding.found.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    if findings.iter().all(|finding| finding.fine) {
        Ok(sentence)
    } else {
        Err(sentence)
    }
}

fn migrations(standing: &Result<Standing, StoreError>) -> Finding {
    let standing = standing.as_ref().map_err(ToString::to_string)?;
    match super::out_of_date(standing) {
        None => Ok(format!("all {} are applied", store::migrate::names().count())),
        Some(problem) => Err(problem),
    }
}

/// Asks the mail server as the worker does, without a mail.
async fn mail(config: &Config) -> Finding {
    let Some(url) = &config.smtp_url else {
        return Ok("LAFAST_SMTP_URL is not set: mails stay in the outbox".to_owned());
    };
    let server = MailServer::from_url(url).map_err(|error| format!("LAFAST_SMTP_URL: {error}"))?;
    server.greet().await.map_err(|error| error.to_string())?;
    Ok(format!(
        "the mail server takes the platform; mails come from {}",
        config.mail_from
    ))
}

/// The clock is after the making of this program, and not before what was written last.
async fn clock(store: Option<&Store>) -> Finding {
    let now = Ambient::system().now();
    let last = match store {
        Some(store) => store
            .audit_rows(None, 1)
            .await
            .ok()
            .and_then(|rows| rows.first().map(|row| row.at)),
        None => None,
    };
    if now < WRITTEN_AT || last.is_some_and(|last| last > now.plus_seconds(60)) {
        return Err(format!(
            "{} is in the past: set the machine's clock (NTP)",
            now.to_rfc3339()
        ));
    }
    Ok(now.to_rfc3339())
}

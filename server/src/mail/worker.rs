//! Sends what is due: woken at once after a commit, else by the clock.
//!
//! A mail is claimed before it is sent and marked as sent when the mail server has taken it. Between these
//! two a crash of the machine can repeat it: its Message-ID stays the same, so that mailboxes can tell.

use std::time::Duration;

use domain::mail::Occasion;
use domain::time::Instant;
use lettre::transport::smtp::Error as SmtpError;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use store::outbox::OutboxRow;
use tokio::sync::watch;

use super::message::{self, MessageError};
use super::render::CodeFacts;
use crate::state::AppState;

/// Mails that are claimed at once.
const CLAIM_MAX: i64 = 20;
/// Without a wake-up the outbox is looked at this often: another server may have filled it.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// The first retry after this long; each further one after twice as long …
const RETRY_SECONDS_MIN: i64 = 30;
/// … up to this.
const RETRY_SECONDS_MAX: i64 = 4 * 3_600;
/// Then the mail is given up, after about a day and a half.
const TRIES_MAX: i64 = 16;
/// A mail server that says nothing for this long is down.
const SMTP_SECONDS_MAX: u64 = 20;

/// Runs until `stopped` turns true.
pub async fn run(state: AppState, mut stopped: watch::Receiver<bool>) {
    let transport = transport(&state);
    loop {
        if transport.is_some() || state.config.demo {
            while send_due(&state, transport.as_ref()).await > 0 {
                if *stopped.borrow() {
                    return;
                }
            }
        }
        let waited = tokio::time::timeout(LOOK_EVERY, state.store.mail_was_enqueued());
        tokio::select! {
            biased;
            _ = stopped.wait_for(|stopped| *stopped) => return,
            // Woken or not, the outbox is looked at.
            _ = waited => {}
        }
    }
}

fn transport(state: &AppState) -> Option<AsyncSmtpTransport<Tokio1Executor>> {
    let url = state.config.smtp_url.as_ref()?;
    match AsyncSmtpTransport::<Tokio1Executor>::from_url(url) {
        Ok(builder) => Some(
            builder
                .timeout(Some(Duration::from_secs(SMTP_SECONDS_MAX)))
                .build(),
        ),
        Err(error) => {
            tracing::error!(%error, "LAFAST_SMTP_URL cannot be used; mails stay in the outbox");
            None
        }
    }
}

/// Sends one round. Returns how many mails left the outbox: nothing more to do now if none did.
async fn send_due(state: &AppState, transport: Option<&AsyncSmtpTransport<Tokio1Executor>>) -> usize {
    let mails = match state.store.claim_mails(CLAIM_MAX).await {
        Ok(mails) => mails,
        Err(error) => {
            tracing::error!(%error, "the outbox cannot be read");
            return 0;
        }
    };
    let mut gone = 0;
    for mail in &mails {
        let outcome = match transport {
            Some(transport) => send(state, transport, mail).await,
            None => show_code(mail),
        };
        let written = match outcome {
            Outcome::Sent => {
                gone += 1;
                state.store.mail_sent(&mail.id).await
            }
            Outcome::Later(why) => {
                tracing::warn!(
                    occasion = mail.occasion.key(),
                    tries = mail.tries + 1,
                    "a mail waits: {why}"
                );
                state
                    .store
                    .mail_failed(&mail.id, &why, next_try(state.store.ambient().now(), mail.tries))
                    .await
            }
            Outcome::Never(why) => {
                tracing::error!(occasion = mail.occasion.key(), "a mail is given up: {why}");
                state.store.mail_failed(&mail.id, &why, None).await
            }
            Outcome::Stays => Ok(()),
        };
        if let Err(error) = written {
            tracing::error!(%error, "the outbox cannot be written");
            return 0;
        }
    }
    gone
}

/// What became of an attempt.
enum Outcome {
    Sent,
    Later(String),
    Never(String),
    Stays,
}

async fn send(state: &AppState, transport: &AsyncSmtpTransport<Tokio1Executor>, mail: &OutboxRow) -> Outcome {
    let built = message::build(mail, &state.config.mail_from, &state.config.public_url);
    let message = match built {
        Ok(message) => message,
        Err(error @ (MessageError::Facts(_) | MessageError::Address(_))) => {
            return Outcome::Never(error.to_string());
        }
        Err(error) => return Outcome::Later(error.to_string()),
    };
    match transport.send(message).await {
        Ok(_) => Outcome::Sent,
        Err(error) if SmtpError::is_permanent(&error) => Outcome::Never(error.to_string()),
        Err(error) => Outcome::Later(error.to_string()),
    }
}

/// With the demo and without a mail server, codes are shown where the server was started.
#[expect(clippy::print_stdout, reason = "whoever tries the demo reads the code here")]
fn show_code(mail: &OutboxRow) -> Outcome {
    if mail.occasion != Occasion::SignInCode {
        return Outcome::Stays;
    }
    match serde_json::from_value::<CodeFacts>(mail.payload.clone()) {
        Ok(facts) => {
            println!("Code für {}: {}", mail.recipient, facts.code);
            Outcome::Sent
        }
        Err(error) => Outcome::Never(error.to_string()),
    }
}

/// When a mail that failed this often is tried again; never, if that was often enough.
fn next_try(now: Instant, tries: i64) -> Option<Instant> {
    let doublings = u32::try_from(tries).unwrap_or(u32::MAX).min(20);
    let seconds = RETRY_SECONDS_MIN
        .saturating_mul(1_i64 << doublings)
        .min(RETRY_SECONDS_MAX);
    (tries + 1 < TRIES_MAX).then(|| now.plus_seconds(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_wait_longer_and_longer_and_end() {
        let waits = (0..TRIES_MAX).map(|tries| next_try(Instant(0), tries).map(|at| at.micros() / 1_000_000));
        let waits = waits.collect::<Vec<_>>();
        assert_eq!(waits[..4], [Some(30), Some(60), Some(120), Some(240)]);
        assert_eq!(waits.last(), Some(&None));
        assert!(
            waits
                .iter()
                .flatten()
                .all(|seconds| *seconds <= RETRY_SECONDS_MAX)
        );
    }
}

//! Sends what is due: woken at once after a commit, else by the clock.
//!
//! A mail is claimed before it is sent and marked as sent when the mail server has taken it. Between these
//! two a crash of the machine can repeat it: its Message-ID stays the same, so that mailboxes can tell.

use std::time::Duration;

use domain::mail::Occasion;
use domain::time::Instant;
use store::outbox::OutboxRow;
use store::{Store, StoreError};
use tokio::sync::watch;

use super::answer::Why;
use super::message::{self, MessageError};
use super::render::CodeFacts;
use super::server::{ANSWER_SECONDS_MAX, MailServer, NotSent};
use crate::state::AppState;

/// Without a wake-up the outbox is looked at this often: another server may have filled it.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// And not more often than this, whatever is due: the database may be away.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// The first retry after this long; each further one after twice as long …
const RETRY_SECONDS_MIN: i64 = 30;
/// … up to this.
const RETRY_SECONDS_MAX: i64 = 4 * 3_600;
/// Then the mail is given up, after about a day and a half.
const TRIES_MAX: i64 = 16;
/// In the demo without a mail server, a mail that is no code is looked at this often.
const STAYS_SECONDS: i64 = 3_600;
/// While the mail server cannot be reached, mails are tried this often; that counts as no try of theirs, so that an
/// outage of days loses nothing and is over twenty seconds after its end, with the pause between two looks.
const DOWN_SECONDS: i64 = 10;
/// Whoever refuses the platform (its password, its address, its sender) is not asked again for each mail that waits: many wrong
/// passwords in a row shut an account. Then a mail that is due is tried again; none of them has lost a try.
const REFUSED_PAUSE: Duration = Duration::from_secs(10);
/// A mail that is out is noted as such for this many seconds, while the database is away.
const NOTE_TRIES_MAX: u32 = 60;
const NOTE_EVERY: Duration = Duration::from_secs(1);

/// Runs until `stopped` turns true.
pub async fn run(state: AppState, mut stopped: watch::Receiver<bool>) {
    let server = mail_server(&state);
    let sends = server.is_some() || state.config.demo;
    loop {
        let mut then = Then::Waits;
        if sends {
            loop {
                then = send_next(&state, server.as_ref()).await;
                if then != Then::GoesOn {
                    break;
                }
                if *stopped.borrow() {
                    return;
                }
            }
        } else {
            // Its mails are read by staff. What was asked for becomes mails all the same.
            make_due_links(&state).await;
        }
        let pause = if then == Then::Rests {
            REFUSED_PAUSE
        } else {
            let next = next_at(&state.store, sends).await.ok().flatten();
            pause(state.store.ambient().now(), next)
        };
        let woken = async {
            if then == Then::Rests {
                std::future::pending::<()>().await;
            }
            state.store.mail_was_enqueued().await;
        };
        let waited = tokio::time::timeout(pause, woken);
        tokio::select! {
            biased;
            _ = stopped.wait_for(|stopped| *stopped) => return,
            // Woken or not, the outbox is looked at.
            _ = waited => {}
        }
    }
}

fn mail_server(state: &AppState) -> Option<MailServer> {
    let url = state.config.smtp_url.as_ref()?;
    MailServer::from_url(url)
        .inspect_err(
            |error| tracing::error!(%error, "LAFAST_SMTP_URL cannot be used; mails stay in the outbox"),
        )
        .ok()
}

/// What the worker does after a mail.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    /// There may be more to do now.
    GoesOn,
    /// It looks again when it is woken, or after a while.
    Waits,
    /// It looks again after [`REFUSED_PAUSE`], whatever comes.
    Rests,
}

impl Then {
    fn after(written: &Result<(), StoreError>) -> Self {
        if written.is_ok() {
            Self::GoesOn
        } else {
            Self::Waits
        }
    }
}

/// Sends the mail whose turn it is.
///
/// Only one is claimed at a time: a server that is killed holds back one mail, and not for long.
async fn send_next(state: &AppState, server: Option<&MailServer>) -> Then {
    let claimed = state.store.claim_mails(1).await;
    let mail = match claimed.as_deref() {
        Ok([mail]) => mail,
        Ok(_) => return Then::Waits,
        Err(error) => {
            tracing::error!(%error, "the outbox cannot be read");
            return Then::Waits;
        }
    };
    if mail.occasion == Occasion::LinksWanted {
        return Then::after(&make_links(state, &mail.id).await);
    }
    let outcome = match server {
        Some(server) => send(state, server, mail).await,
        None => show_code(mail),
    };
    let now = state.store.ambient().now();
    let (written, held_up) = match outcome {
        Outcome::Sent => (note_sent(state, mail).await, None),
        Outcome::Down(why) => {
            tracing::warn!("mails wait, the mail server cannot be reached: {}", why.logged);
            let again = now.plus_seconds(DOWN_SECONDS);
            let written = state.store.mail_postponed(&mail.id, &why.said, again).await;
            (written, Some(Then::Waits))
        }
        Outcome::Refused(why) => {
            tracing::error!(
                "mails wait, the mail server takes none from this platform: {}; see LAFAST_SMTP_URL and LAFAST_MAIL_FROM",
                why.logged
            );
            let again = now.plus_seconds(DOWN_SECONDS);
            let written = state.store.mail_postponed(&mail.id, &why.said, again).await;
            (written, Some(Then::Rests))
        }
        Outcome::Later(why) => {
            tracing::warn!(
                occasion = mail.occasion.key(),
                tries = mail.tries + 1,
                "a mail waits: {}",
                why.logged
            );
            let again = next_try(now, mail.tries);
            (state.store.mail_failed(&mail.id, &why.said, again).await, None)
        }
        Outcome::Never(why) => {
            tracing::error!(
                occasion = mail.occasion.key(),
                "a mail is given up: {}",
                why.logged
            );
            (state.store.mail_failed(&mail.id, &why.said, None).await, None)
        }
        Outcome::Stays => {
            let again = now.plus_seconds(STAYS_SECONDS);
            let why = "kein Mailserver eingerichtet";
            (state.store.mail_postponed(&mail.id, why, again).await, None)
        }
    };
    if let Err(error) = &written {
        tracing::error!(%error, "the outbox cannot be written");
    }
    held_up.unwrap_or_else(|| Then::after(&written))
}

/// Makes mails with links of what somebody asked for. If that fails, it is tried again when the claim ends.
async fn make_links(state: &AppState, wish: &str) -> Result<(), StoreError> {
    let made = state.store.mail_links(wish).await;
    if let Err(error) = &made {
        tracing::error!(%error, "links that were asked for could not be mailed");
    }
    made.map(|_| ())
}

/// Makes mails of every wish that is due.
async fn make_due_links(state: &AppState) {
    match state.store.due_links().await {
        Ok(wishes) => {
            for wish in wishes {
                // What fails is in the log.
                drop(make_links(state, &wish).await);
            }
        }
        Err(error) => tracing::error!(%error, "the outbox cannot be read"),
    }
}

#[expect(clippy::disallowed_methods, reason = "nothing says when the database is back")]
async fn a_moment() {
    tokio::time::sleep(NOTE_EVERY).await;
}

/// Notes that a mail is out, also when the database is away for a moment: else it would go out again.
async fn note_sent(state: &AppState, mail: &OutboxRow) -> Result<(), StoreError> {
    let mut written = state.store.mail_sent(&mail.id).await;
    for _ in 0..NOTE_TRIES_MAX {
        if written.is_ok() {
            break;
        }
        a_moment().await;
        written = state.store.mail_sent(&mail.id).await;
    }
    written
}

/// What became of an attempt.
enum Outcome {
    Sent,
    /// It is not this mail's fault: the server cannot be reached at all.
    Down(Why),
    /// Nor here: the server takes nothing from this platform.
    Refused(Why),
    Later(Why),
    Never(Why),
    Stays,
}

async fn send(state: &AppState, server: &MailServer, mail: &OutboxRow) -> Outcome {
    let built = message::build(mail, &state.config.mail_from, &state.config.public_url);
    let message = match built {
        Ok(message) => message,
        Err(error @ (MessageError::Facts(_) | MessageError::Address(_))) => {
            return Outcome::Never(Why::of_mail(&error));
        }
        Err(error) => return Outcome::Later(Why::of_mail(&error)),
    };
    match server.send(&message).await {
        Ok(()) => Outcome::Sent,
        Err(NotSent::Away(error)) => Outcome::Down(Why::of_server(&error)),
        Err(NotSent::Platform(error)) => Outcome::Refused(Why::of_server(&error)),
        Err(NotSent::Mail(error)) if error.is_permanent() => Outcome::Never(Why::of_server(&error)),
        Err(NotSent::Mail(error)) => Outcome::Later(Why::of_server(&error)),
        Err(NotSent::Silent) => Outcome::Down(Why::plain(format!("no answer for {ANSWER_SECONDS_MAX} s"))),
        Err(NotSent::Lacks(words)) => Outcome::Later(Why::plain(words)),
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
        Err(error) => Outcome::Never(Why::of_mail(&MessageError::Facts(error))),
    }
}

/// When something is to be done next. Where nothing is sent, mails that are due stay due: only wishes for links count.
async fn next_at(store: &Store, sends: bool) -> Result<Option<Instant>, StoreError> {
    if sends {
        store.next_mail_at().await
    } else {
        store.next_links_at().await
    }
}

/// How long the outbox is left alone, when the next mail can be claimed then.
fn pause(now: Instant, next: Option<Instant>) -> Duration {
    let due = next.map(|next| next.micros().saturating_sub(now.micros()));
    let due = due.map(|micros| Duration::from_micros(u64::try_from(micros).unwrap_or(0)));
    due.unwrap_or(LOOK_EVERY).clamp(LOOK_AGAIN, LOOK_EVERY)
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
    use domain::contact::EmailAddress;
    use store::Engine;
    use store_testing::TestDatabase;

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn where_nothing_is_sent_only_a_wish_for_links_is_waited_for() {
        let start = Instant::from_input("2026-11-09T09:00").unwrap();
        let database = TestDatabase::new(Engine::Sqlite);
        let store = database.open_at(start).await;
        let anna = EmailAddress::parse("anna@traeger.example").unwrap();
        store.request_code(&anna).await.unwrap();
        assert_eq!(next_at(&store, true).await.unwrap(), Some(start));
        assert_eq!(
            next_at(&store, false).await.unwrap(),
            None,
            "the code is due, and stays so"
        );
        store.ask_for_links(&anna).await.unwrap();
        let wish = next_at(&store, false).await.unwrap().unwrap();
        assert!(wish > start);
        store.ambient().set(wish);
        for wish in store.due_links().await.unwrap() {
            store.mail_links(&wish).await.unwrap();
        }
        assert_eq!(next_at(&store, false).await.unwrap(), None, "it was made a mail");
    }

    #[test]
    fn what_is_due_soon_is_not_left_to_the_next_look() {
        let in_seconds = |seconds| Some(Instant(0).plus_seconds(seconds));
        assert_eq!(pause(Instant(0), in_seconds(4)), Duration::from_secs(4));
        assert_eq!(pause(Instant(0), in_seconds(-4)), LOOK_AGAIN);
        assert_eq!(pause(Instant(0), in_seconds(4_000)), LOOK_EVERY);
        assert_eq!(pause(Instant(0), None), LOOK_EVERY);
    }

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

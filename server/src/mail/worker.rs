//! Sends what is due: woken at once after a commit, else by the clock.
//!
//! A mail is claimed before it is sent and marked as sent when the mail server has taken it. Between these
//! two a crash of the machine can repeat it: its Message-ID stays the same, so that mailboxes can tell.
//! A mail server that has a text and takes its time over it is waited for while other mails are sent; that counts as a try from
//! its beginning, because the platform may be stopped meanwhile.

use std::time::Duration;

use domain::mail::Occasion;
use domain::time::Instant;
use store::outbox::OutboxRow;
use store::{Store, StoreError};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::answer::Why;
use super::message::{self, MessageError};
use super::render::CodeFacts;
use super::server::{ANSWER_SECONDS_MAX, Handed, LAST_WORD_SECONDS_MAX, LastWord, MailServer, NotSent};
use crate::listener::DRAIN_SECONDS_MAX;
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
/// What became of a mail is noted for this many seconds, while the database is away.
const NOTE_TRIES_MAX: u32 = 60;
const NOTE_EVERY: Duration = Duration::from_secs(1);
/// A mail whose text the mail server has is nobody else's for at least this long: until it has said what it does with it, and that
/// is noted.
const HELD_SECONDS: i64 = LAST_WORD_SECONDS_MAX as i64 + 2 * NOTE_TRIES_MAX as i64;
/// A stop waits for this long for what mail servers have yet to say: less than until jobs are cut off.
const LAST_WORDS_AT_STOP: Duration = Duration::from_secs(DRAIN_SECONDS_MAX - 1);

/// Runs until `stopped` turns true.
pub async fn run(state: AppState, stopped: watch::Receiver<bool>) {
    // Each comes here after ANSWER_SECONDS_MAX and is gone after LAST_WORD_SECONDS_MAX: thirty at a time at most.
    let mut late = JoinSet::new();
    send_all(&state, stopped, &mut late).await;
    last_words(&mut late, LAST_WORDS_AT_STOP).await;
}

/// Waits for what mail servers have yet to say, for a time. What is not said until then has cost the mail its try.
async fn last_words(late: &mut JoinSet<()>, patience: Duration) {
    let all = async { while late.join_next().await.is_some() {} };
    if tokio::time::timeout(patience, all).await.is_err() {
        tracing::warn!(
            mails = late.len(),
            "stopping before the mail server has said whether it takes some mails; they are tried again later"
        );
    }
}

async fn send_all(state: &AppState, mut stopped: watch::Receiver<bool>, late: &mut JoinSet<()>) {
    let server = mail_server(state);
    let sends = server.is_some() || state.config.demo;
    loop {
        let mut then = Then::Waits;
        if sends {
            loop {
                then = send_next(state, server.as_ref(), late).await;
                if then != Then::GoesOn {
                    break;
                }
                if *stopped.borrow() {
                    return;
                }
            }
        } else {
            // Its mails are read by staff. What was asked for becomes mails all the same.
            make_due_links(state).await;
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
async fn send_next(state: &AppState, server: Option<&MailServer>, late: &mut JoinSet<()>) -> Then {
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
    if server.is_some() && mail.tries >= TRIES_MAX {
        // The platform was stopped while the last one was waited for, which is counted.
        let tried = OutboxRow {
            tries: mail.tries - 1,
            ..mail.clone()
        };
        let never = Outcome::Never(Why::plain("no answer after its text"));
        return note(&state.store, &tried, never).await;
    }
    let outcome = match server {
        Some(server) => match send(state, server, mail).await {
            Ok(outcome) => outcome,
            Err(word) => return wait_beside(&state.store, mail, word, late).await,
        },
        None => show_code(mail),
    };
    note(&state.store, mail, outcome).await
}

/// Waits for what the mail server has yet to say of a mail, while others are sent.
async fn wait_beside(store: &Store, mail: &OutboxRow, word: LastWord, late: &mut JoinSet<()>) -> Then {
    tracing::warn!(
        occasion = mail.occasion.key(),
        "the mail server has a mail, and has not said for {ANSWER_SECONDS_MAX} s whether it takes it"
    );
    let held = noted(mail, || {
        store.mail_held(mail, held_until(store.ambient().now(), mail.tries))
    })
    .await;
    // Those that have ended are not kept.
    while late.try_join_next().is_some() {}
    let (store, mail) = (store.clone(), mail.clone());
    late.spawn(async move {
        let outcome = outcome(word.heard().await);
        note(&store, &mail, outcome).await;
    });
    Then::after(&held)
}

/// Until when a mail is nobody else's whose text the mail server has: if nothing is heard of it until then, it may have been
/// refused, and is tried again no sooner than that.
fn held_until(now: Instant, tries: i64) -> Instant {
    let answered = now.plus_seconds(HELD_SECONDS);
    next_try(now, tries).map_or(answered, |next| next.max(answered))
}

/// Notes what became of a mail.
async fn note(store: &Store, mail: &OutboxRow, outcome: Outcome) -> Then {
    let in_seconds = |seconds| store.ambient().now().plus_seconds(seconds);
    let (written, held_up) = match outcome {
        Outcome::Sent => (noted(mail, || store.mail_sent(&mail.id)).await, None),
        Outcome::Down(why) => {
            tracing::warn!("mails wait, the mail server cannot be reached: {}", why.logged);
            let postponed = || store.mail_postponed(mail, &why.said, in_seconds(DOWN_SECONDS));
            (noted(mail, postponed).await, Some(Then::Waits))
        }
        Outcome::Refused(why) => {
            tracing::error!(
                "mails wait, the mail server takes none from this platform: {}; see LAFAST_SMTP_URL and LAFAST_MAIL_FROM",
                why.logged
            );
            let postponed = || store.mail_postponed(mail, &why.said, in_seconds(DOWN_SECONDS));
            (noted(mail, postponed).await, Some(Then::Rests))
        }
        Outcome::Later(why) => {
            tracing::warn!(
                occasion = mail.occasion.key(),
                tries = mail.tries + 1,
                "a mail waits: {}",
                why.logged
            );
            let failed = || {
                let again = next_try(store.ambient().now(), mail.tries);
                store.mail_failed(mail, &why.said, again)
            };
            (noted(mail, failed).await, None)
        }
        Outcome::Never(why) => {
            tracing::error!(
                occasion = mail.occasion.key(),
                "a mail is given up: {}",
                why.logged
            );
            let failed = || store.mail_failed(mail, &why.said, None);
            (noted(mail, failed).await, None)
        }
        Outcome::Stays => {
            let why = "kein Mailserver eingerichtet";
            let postponed = || store.mail_postponed(mail, why, in_seconds(STAYS_SECONDS));
            (noted(mail, postponed).await, None)
        }
    };
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

/// Notes something of a mail, also when the database is away for a moment: else what is out would go out again, and what failed
/// would be tried without a pause or a count.
async fn noted<N>(mail: &OutboxRow, note: impl Fn() -> N) -> Result<(), StoreError>
where
    N: Future<Output = Result<(), StoreError>>,
{
    let mut written = note().await;
    if let Err(error) = &written {
        tracing::warn!(%error, occasion = mail.occasion.key(), "what became of a mail is not noted yet");
    }
    for _ in 0..NOTE_TRIES_MAX {
        if written.is_ok() {
            break;
        }
        a_moment().await;
        written = note().await;
    }
    if let Err(error) = &written {
        tracing::error!(
            %error,
            occasion = mail.occasion.key(),
            "what became of a mail could not be noted; it may go out once more"
        );
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

/// Hands a mail over. Without an outcome there is one later, when the mail server has said its last word.
async fn send(state: &AppState, server: &MailServer, mail: &OutboxRow) -> Result<Outcome, LastWord> {
    let built = message::build(mail, &state.config.mail_from, &state.config.public_url);
    let message = match built {
        Ok(message) => message,
        Err(error @ (MessageError::Facts(_) | MessageError::Address(_))) => {
            return Ok(Outcome::Never(Why::of_mail(&error)));
        }
        Err(error) => return Ok(Outcome::Later(Why::of_mail(&error))),
    };
    match server.send(&message).await {
        Ok(Handed::Late(word)) => Err(word),
        Ok(Handed::Taken) => Ok(Outcome::Sent),
        Err(error) => Ok(outcome(Err(error))),
    }
}

/// What it means for a mail how it was handed over. One that may have been taken costs a try: that is what ends it.
fn outcome(handed: Result<(), NotSent>) -> Outcome {
    match handed {
        Ok(()) => Outcome::Sent,
        Err(NotSent::Away(error)) => Outcome::Down(Why::of_server(&error)),
        Err(NotSent::Platform(error)) => Outcome::Refused(Why::of_server(&error)),
        Err(NotSent::Mail(error)) if error.is_permanent() => Outcome::Never(Why::of_server(&error)),
        Err(NotSent::Mail(error)) => Outcome::Later(Why::of_server(&error)),
        Err(NotSent::Silent) => Outcome::Down(Why::plain(format!("no answer for {ANSWER_SECONDS_MAX} s"))),
        Err(NotSent::Unsure(error)) => Outcome::Later(Why::after_text(&error)),
        Err(NotSent::Unanswered) => Outcome::Later(Why::plain(format!(
            "no answer for {LAST_WORD_SECONDS_MAX} s after its text"
        ))),
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
    use store_testing::{TestDatabase, run_sql};
    use tokio::sync::oneshot;

    use super::*;
    use crate::mail::sink::{self, UP_TO_THE_TEXT, undecided};

    /// What is said is heard and noted within this time.
    const WITHIN: Duration = Duration::from_secs(30);

    /// A mail of two that are due, handed over to a mail server that has its text, and says nothing before it is told what.
    struct HandedOver {
        database: TestDatabase,
        store: Store,
        mail: OutboxRow,
        word: LastWord,
        decides: oneshot::Sender<&'static str>,
    }

    async fn handed_over() -> HandedOver {
        let start = Instant::from_input("2026-11-09T09:00").unwrap();
        let database = TestDatabase::new(Engine::Sqlite);
        let store = database.open_at(start).await;
        for name in ["anna", "ben"] {
            let email = EmailAddress::parse(&format!("{name}@traeger.example")).unwrap();
            store.request_code(&email).await.unwrap();
        }
        let mail = store.claim_mails(1).await.unwrap().remove(0);
        let (url, decides) = undecided().await;
        let server = MailServer::impatient(&url, UP_TO_THE_TEXT, Duration::from_secs(ANSWER_SECONDS_MAX));
        let Handed::Late(word) = server.send(&sink::mail(&mail.recipient)).await.unwrap() else {
            panic!("it has not said anything yet");
        };
        HandedOver {
            database,
            store,
            mail,
            word,
            decides,
        }
    }

    /// What becomes of the mail then.
    async fn late(said: Option<&'static str>) -> OutboxRow {
        let HandedOver {
            database: _database,
            store,
            mail,
            word,
            decides,
        } = handed_over().await;
        let mut beside = JoinSet::new();
        assert!(wait_beside(&store, &mail, word, &mut beside).await == Then::GoesOn);

        // By then its claim would be over.
        store.ambient().advance_seconds(60);
        let others = store.claim_mails(10).await.unwrap();
        assert_eq!(others.len(), 1, "the other one does not wait for it");
        assert_ne!(others[0].id, mail.id);
        match said {
            Some(said) => decides.send(said).unwrap(),
            None => drop(decides),
        }
        // As a stop waits for it.
        last_words(&mut beside, WITHIN).await;
        store.mail(&mail.id).await.unwrap()
    }

    /// The database keeps nothing of a mail, and does again as soon as it was asked to.
    async fn away_for_a_moment<T>(
        database: &TestDatabase,
        store: &Store,
        noting: impl Future<Output = T>,
    ) -> T {
        let away = "CREATE TRIGGER away BEFORE UPDATE ON outbox BEGIN SELECT RAISE(ABORT, 'away'); END";
        run_sql(&database.url, away).await.unwrap();
        let before = store.commits();
        let comes_back = async {
            while store.commits() == before {
                tokio::task::yield_now().await;
            }
            run_sql(&database.url, "DROP TRIGGER away").await.unwrap();
        };
        tokio::join!(noting, comes_back).0
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_stop_does_not_wait_for_ever_and_what_was_not_answered_has_cost_a_try() {
        let HandedOver {
            database: _database,
            store,
            mail,
            word,
            decides,
        } = handed_over().await;
        let mut beside = JoinSet::new();
        wait_beside(&store, &mail, word, &mut beside).await;
        last_words(&mut beside, Duration::ZERO).await;
        assert_eq!(beside.len(), 1, "without this the test shows nothing");
        beside.shutdown().await;
        drop(decides);

        let stopped = store.mail(&mail.id).await.unwrap();
        assert_eq!((stopped.sent_at, stopped.tries), (None, 1));
        store.ambient().advance_seconds(60);
        let due = store.claim_mails(10).await.unwrap();
        assert!(due.iter().all(|other| other.id != mail.id), "not at once");
        store.ambient().advance_seconds(HELD_SECONDS);
        let due = store.claim_mails(10).await.unwrap();
        let again = due.iter().find(|other| other.id == mail.id).unwrap();
        assert_eq!(again.tries, 1);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn that_a_mail_is_waited_for_and_what_became_of_it_is_noted_once_the_database_is_back() {
        let HandedOver {
            database,
            store,
            mail,
            word,
            decides,
        } = handed_over().await;
        let mut beside = JoinSet::new();
        let waits = wait_beside(&store, &mail, word, &mut beside);
        assert!(away_for_a_moment(&database, &store, waits).await == Then::GoesOn);
        assert_eq!(store.mail(&mail.id).await.unwrap().tries, 1);
        beside.shutdown().await;
        drop(decides);

        for (outcome, tries, is_sent) in [
            (Outcome::Later(Why::plain("451")), 1, false),
            (Outcome::Sent, 1, true),
        ] {
            let noting = note(&store, &mail, outcome);
            away_for_a_moment(&database, &store, noting).await;
            let noted = store.mail(&mail.id).await.unwrap();
            assert_eq!((noted.tries, noted.sent_at.is_some()), (tries, is_sent));
        }
    }

    #[test]
    fn a_mail_that_was_held_is_tried_again_no_sooner_than_one_that_was_refused() {
        let seconds = |tries| held_until(Instant(0), tries).micros() / 1_000_000;
        assert_eq!([seconds(0), seconds(TRIES_MAX - 1)], [HELD_SECONDS; 2]);
        assert_eq!(seconds(TRIES_MAX - 2), RETRY_SECONDS_MAX);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_mail_that_is_taken_late_was_sent_once() {
        let mail = late(Some("250 kept")).await;
        assert!(mail.sent_at.is_some());
        assert_eq!(
            (mail.tries, mail.next_try_at),
            (1, None),
            "while it was waited for, it was a try"
        );
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_mail_that_may_have_been_taken_costs_a_try() {
        let mail = late(None).await;
        assert_eq!((mail.sent_at, mail.tries), (None, 1));
        let said = mail.last_error.unwrap();
        assert!(said.starts_with("after its text: "), "{said}");
        let pause = mail.next_try_at.unwrap().micros() - mail.created_at.plus_seconds(60).micros();
        assert_eq!(pause, RETRY_SECONDS_MIN * 1_000_000);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_mail_that_is_refused_late_is_given_up() {
        let mail = late(Some("554 5.6.0 not this")).await;
        assert!(mail.failed_at.is_some());
        assert_eq!((mail.tries, mail.next_try_at), (1, None));
    }

    #[test]
    fn what_may_have_been_taken_is_tried_no_more_often_than_what_was_refused() {
        assert!(matches!(outcome(Err(NotSent::Unanswered)), Outcome::Later(_)));
        assert!(matches!(outcome(Err(NotSent::Silent)), Outcome::Down(_)));
        assert!(HELD_SECONDS > i64::try_from(LAST_WORD_SECONDS_MAX).unwrap());
    }

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

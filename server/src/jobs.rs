//! What happens without a request: places whose time is over, mails, what programs are told, and rows whose term is over.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use domain::time::Instant;
use futures::FutureExt;
use store::signups::remind::ROUND_PLACES_MAX;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

use crate::listener::DRAIN_SECONDS_MAX;
use crate::mail;
use crate::state::AppState;
use crate::webhooks;

/// A hold or an offer ends on the minute for people; two seconds later at most is on time.
const SETTLE_EVERY: Duration = Duration::from_secs(2);
/// A reminder is about days; a minute late nobody notices.
const REMIND_EVERY: Duration = Duration::from_secs(60);
/// What was typed into a form is kept for a quarter of an hour, as `/datenschutz` says, this minute included.
const FORGET_EVERY: Duration = Duration::from_secs(60);
/// All other terms are hours, days and weeks.
const PRUNE_EVERY: Duration = Duration::from_secs(3_600);
/// In this hour of Saxony hardly anybody writes, and the nightly backup is over: the file of SQLite is written anew.
const QUIET_HOUR: i8 = 4;

/// A job that panicked begins anew after this long.
const AFTER_PANIC: Duration = Duration::from_secs(10);

/// The jobs that run.
#[derive(Debug)]
pub struct Jobs {
    tasks: JoinSet<()>,
}

/// Starts all jobs. They end by themselves when `stopped` turns true.
#[must_use]
pub fn start(state: &AppState, stopped: &watch::Receiver<bool>) -> Jobs {
    let mut jobs = Jobs {
        tasks: JoinSet::new(),
    };
    jobs.begin("settle", state, stopped, settle);
    jobs.begin("remind", state, stopped, remind);
    jobs.begin("forget", state, stopped, forget);
    jobs.begin("prune", state, stopped, prune);
    jobs.begin("mail", state, stopped, mail::worker::run);
    jobs.begin("webhooks", state, stopped, webhooks::worker::run);
    jobs
}

impl Jobs {
    fn begin<F>(
        &mut self,
        name: &'static str,
        state: &AppState,
        stopped: &watch::Receiver<bool>,
        job: fn(AppState, watch::Receiver<bool>) -> F,
    ) where
        F: Future<Output = ()> + Send + 'static,
    {
        let (state, stops) = (state.clone(), stopped.clone());
        let job = move || job(state.clone(), stops.clone());
        self.tasks.spawn(keep(name, AFTER_PANIC, stopped.clone(), job));
    }

    /// Waits for what is under way, for a time.
    pub async fn end(mut self) {
        let all = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(Duration::from_secs(DRAIN_SECONDS_MAX), all)
            .await
            .is_err()
        {
            tracing::warn!("jobs were cut off after {DRAIN_SECONDS_MAX} s");
        }
    }
}

/// Runs a job to its end, and from its beginning again if it panics: one broken round is not its last one.
async fn keep<F: Future<Output = ()>>(
    name: &'static str,
    pause: Duration,
    mut stopped: watch::Receiver<bool>,
    job: impl Fn() -> F,
) {
    while AssertUnwindSafe(job()).catch_unwind().await.is_err() {
        tracing::error!(job = name, "a job panicked, and begins anew");
        let stops = stopped.wait_for(|stopped| *stopped);
        if tokio::time::timeout(pause, stops).await.is_ok() {
            return;
        }
    }
}

/// Ends holds and offers whose time is over, and gives the seats to those who wait.
async fn settle(state: AppState, mut stopped: watch::Receiver<bool>) {
    let mut ticks = ticks(SETTLE_EVERY);
    while tick(&mut ticks, &mut stopped).await {
        match state.store.settle_due().await {
            Ok(0) => {}
            Ok(places) => tracing::info!(places, "places changed because their time was over"),
            Err(error) => tracing::error!(%error, "places were not settled"),
        }
    }
}

/// Reminds people of a Veranstaltung before it starts, and thanks them once it is over.
async fn remind(state: AppState, mut stopped: watch::Receiver<bool>) {
    let mut ticks = ticks(REMIND_EVERY);
    while tick(&mut ticks, &mut stopped).await {
        // A round is bounded; whoever is left over is told in the next one, and other changes come between them.
        loop {
            let full = match state.store.remind_of_workshops().await {
                Ok(0) => false,
                Ok(people) => {
                    tracing::info!(people, "people were reminded or thanked");
                    // Of each of the two occasions there may be more.
                    i64::try_from(people).is_ok_and(|people| people >= ROUND_PLACES_MAX)
                }
                Err(error) => {
                    tracing::error!(%error, "people were not reminded");
                    false
                }
            };
            if !full || *stopped.borrow() {
                break;
            }
        }
    }
}

/// Removes what was typed into forms that were refused, and what the log of SQLite still holds of all that was erased.
async fn forget(state: AppState, mut stopped: watch::Receiver<bool>) {
    let mut ticks = ticks(FORGET_EVERY);
    while tick(&mut ticks, &mut stopped).await {
        if let Err(error) = state.store.forget_form_replies().await {
            tracing::error!(%error, "replies of forms were not removed");
        }
        match state.store.empty_log().await {
            Ok(true) => {}
            Ok(false) => {
                tracing::info!("the log of the database is still read; it is emptied in the next round")
            }
            Err(error) => tracing::error!(%error, "the log of the database was not emptied"),
        }
    }
}

/// Removes sessions, codes and other rows whose term is over; asks once a semester what still holds.
async fn prune(state: AppState, mut stopped: watch::Receiver<bool>) {
    let mut ticks = ticks(PRUNE_EVERY);
    while tick(&mut ticks, &mut stopped).await {
        match state.store.prune().await {
            Ok(0) => {}
            Ok(rows) => tracing::info!(rows, "rows were removed because their term was over"),
            Err(error) => tracing::error!(%error, "rows past their term were not removed"),
        }
        match state.store.remind_of_confirmation().await {
            Ok(0) => {}
            Ok(people) => tracing::info!(people, "asked whether modules still hold"),
            Err(error) => tracing::error!(%error, "nobody was asked whether modules still hold"),
        }
        if is_quiet(state.store.ambient().now()) {
            match state.store.write_file_anew().await {
                Ok(true) => {}
                Ok(false) => tracing::warn!("the file of the database is too large to be written anew"),
                Err(error) => tracing::error!(%error, "the file of the database was not written anew"),
            }
        }
    }
}

/// Once a day: whoever comes by every hour finds it once.
fn is_quiet(now: Instant) -> bool {
    now.berlin().hour() == QUIET_HOUR
}

fn ticks(every: Duration) -> tokio::time::Interval {
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

/// The next turn; `false` when it is over.
async fn tick(ticks: &mut tokio::time::Interval, stopped: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        biased;
        _ = stopped.wait_for(|stopped| *stopped) => false,
        _ = ticks.tick() => true,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    /// How often a job begins that panics so often.
    async fn begins(panics: u32, pause: Duration, is_stopped: bool) -> u32 {
        let begun = AtomicU32::new(0);
        let (_stop, stopped) = watch::channel(is_stopped);
        let job = || async {
            let nth = begun.fetch_add(1, Ordering::Relaxed);
            assert!(nth >= panics, "a fault, as the test wants it");
        };
        keep("test", pause, stopped, job).await;
        begun.into_inner()
    }

    #[test]
    fn the_file_is_written_anew_once_in_a_day() {
        let midnight = Instant::from_input("2026-11-09T00:30").unwrap();
        let hours = (0..24).filter(|hour| is_quiet(midnight.plus_hours(*hour)));
        assert_eq!(hours.collect::<Vec<_>>(), [4]);
    }

    #[tokio::test]
    async fn a_job_that_panics_begins_anew_until_it_ends_well() {
        assert_eq!(begins(0, Duration::ZERO, false).await, 1);
        assert_eq!(begins(2, Duration::ZERO, false).await, 3);
    }

    #[tokio::test]
    async fn a_job_that_panics_while_the_server_stops_has_ended() {
        assert_eq!(begins(u32::MAX, Duration::from_secs(3_600), true).await, 1);
    }
}

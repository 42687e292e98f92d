//! What happens without a request: places whose time is over, mails, what programs are told, and rows whose term is over.

use std::time::Duration;

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
/// Terms are days and weeks.
const PRUNE_EVERY: Duration = Duration::from_secs(3_600);

/// The jobs that run.
#[derive(Debug)]
pub struct Jobs {
    tasks: JoinSet<()>,
}

/// Starts all jobs. They end by themselves when `stopped` turns true.
#[must_use]
pub fn start(state: &AppState, stopped: &watch::Receiver<bool>) -> Jobs {
    let mut tasks = JoinSet::new();
    tasks.spawn(settle(state.clone(), stopped.clone()));
    tasks.spawn(remind(state.clone(), stopped.clone()));
    tasks.spawn(prune(state.clone(), stopped.clone()));
    tasks.spawn(mail::worker::run(state.clone(), stopped.clone()));
    tasks.spawn(webhooks::worker::run(state.clone(), stopped.clone()));
    Jobs { tasks }
}

impl Jobs {
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
    }
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

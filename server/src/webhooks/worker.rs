//! Tells what is due: several webhooks at a time, each one after the other.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::time::Instant;
use serde_json::json;
use store::access::Delivery;
use tokio::sync::watch;

use super::client::{Out, SendError};
use super::sign::signature;
use crate::state::AppState;

/// What is due is looked for this often.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// The first retry after this long; each further one after twice as long …
const RETRY_SECONDS_MIN: i64 = 30;
/// … up to this.
const RETRY_SECONDS_MAX: i64 = 6 * 3_600;
/// Then it is given up, after about two days.
const TRIES_MAX: i64 = 16;

/// Webhooks that are told something at the same time.
const AT_ONCE: usize = 4;

/// Runs until `stopped` turns true.
pub async fn run(state: AppState, stopped: watch::Receiver<bool>) {
    let out = match Out::new(state.config.webhook_private) {
        Ok(out) => out,
        Err(error) => {
            tracing::error!(%error, "webhooks are told nothing");
            return;
        }
    };
    let workers = (0..AT_ONCE).map(|_| work(&state, &out, stopped.clone()));
    futures::future::join_all(workers).await;
}

async fn work(state: &AppState, out: &Out, mut stopped: watch::Receiver<bool>) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            _ = stopped.wait_for(|stopped| *stopped) => return,
            _ = ticks.tick() => {}
        }
        while tell_next(state, out).await {
            if *stopped.borrow() {
                return;
            }
        }
    }
}

/// Tells what has been due for longest. Returns whether there may be more.
async fn tell_next(state: &AppState, out: &Out) -> bool {
    let delivery = match state.store.claim_delivery().await {
        Ok(Some(delivery)) => delivery,
        Ok(None) => return false,
        Err(error) => {
            tracing::error!(%error, "webhooks cannot be read");
            return false;
        }
    };
    let now = state.store.ambient().now();
    let answer = match request(state, &delivery, now) {
        Some(request) => out.send(request).await,
        None => Err(SendError::Unreachable("not an address".to_owned())),
    };
    let written = match answer {
        Ok(status) if status.is_success() => state.store.delivered(&delivery.id, status.as_str()).await,
        // The other side wants nothing more (Standard Webhooks, "Delivery").
        Ok(StatusCode::GONE) => {
            state
                .store
                .webhook_gone(delivery.webhook, "410: nicht mehr erwünscht")
                .await
        }
        Ok(status) => later(state, &delivery, now, status.as_str()).await,
        Err(error) => later(state, &delivery, now, &error.to_string()).await,
    };
    if let Err(error) = &written {
        tracing::error!(%error, "what was told cannot be noted");
    }
    written.is_ok()
}

async fn later(
    state: &AppState,
    delivery: &Delivery,
    now: Instant,
    answer: &str,
) -> Result<(), store::StoreError> {
    tracing::warn!(
        event = delivery.event.key(),
        tries = delivery.tries + 1,
        "a webhook was not told: {answer}"
    );
    state
        .store
        .not_delivered(&delivery.id, answer, next_try(now, delivery.tries))
        .await
}

/// When it is tried again after so many failures before this one; nothing: given up.
fn next_try(now: Instant, tries: i64) -> Option<Instant> {
    if tries + 1 >= TRIES_MAX {
        return None;
    }
    let doubled = RETRY_SECONDS_MIN.saturating_mul(
        1_i64
            .checked_shl(u32::try_from(tries).unwrap_or(0))
            .unwrap_or(i64::MAX),
    );
    Some(now.plus_seconds(doubled.min(RETRY_SECONDS_MAX)))
}

/// What is sent. The id is the same in each try, the time is that of the try.
fn request(state: &AppState, delivery: &Delivery, now: Instant) -> Option<Request<Body>> {
    let mut data = delivery.data.clone();
    if let Some(path) = data["path"].as_str().map(str::to_owned) {
        data["url"] = json!(state.config.public_url.join(&path));
    }
    let body = json!({
        "type": delivery.event.key(),
        "timestamp": delivery.made_at.to_rfc3339(),
        "data": data,
    })
    .to_string();
    let seconds = now.micros() / 1_000_000;
    Request::post(delivery.url.as_str())
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::USER_AGENT, "LaFaSt-Webhook/1")
        .header("webhook-id", &delivery.id)
        .header("webhook-timestamp", seconds)
        .header(
            "webhook-signature",
            signature(&delivery.secret, &delivery.id, seconds, &body),
        )
        .body(Body::from(body))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let now = Instant(0);
        let pause = |tries| next_try(now, tries).map(|at| at.micros() / 1_000_000);
        assert_eq!([pause(0), pause(1), pause(2)], [Some(30), Some(60), Some(120)]);
        assert_eq!(pause(14), Some(RETRY_SECONDS_MAX));
        assert_eq!(pause(15), None);
    }
}

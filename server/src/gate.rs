//! Every request goes through here, and every answer back.
//!
//! One layer for all of it: the router copies a layer with everything inside it for each request, and layers around
//! layers are copied again and again.

use std::panic::AssertUnwindSafe;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::FutureExt;

use crate::problem::{self, Problem};
use crate::security::{body, cache, client, deadline, headers, limits, origin};
use crate::state::AppState;
use crate::telemetry;

/// From the outside in: what comes later is inside of what comes before.
pub async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let state = &state;
    let handler = |request| next.run(request);
    let told = |request| problem::around(request, handler);
    let bounded = |request| deadline::around(state, request, told);
    let limited = |request| limits::around(state, request, bounded);
    let read = |request| body::around(state, request, limited);
    let ours = |request| origin::around(state, request, read);
    let known = |request| client::around(state, request, ours);
    let kept = |request| cache::around(state, request, known);
    let caught = |request| catching(request, kept);
    let watched = |request| telemetry::around(state, request, caught);
    headers::around(state, request, watched).await
}

/// A handler that panics is an answer, too.
async fn catching<F: Future<Output = Response>>(
    request: Request,
    next: impl FnOnce(Request) -> F,
) -> Response {
    let answer = AssertUnwindSafe(next(request)).catch_unwind().await;
    answer.unwrap_or_else(|_| {
        tracing::error!("a handler panicked");
        Problem::Internal.into_response()
    })
}

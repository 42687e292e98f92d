//! Every answer begins within a time, or is honestly refused.

use std::time::Duration;

use axum::extract::Request;
use axum::response::Response;

use crate::problem::Problem;
use crate::state::AppState;

/// Far above what any page takes; a browser's patience ends about here.
const ANSWER_SECONDS_MAX: u64 = 30;

/// Answers 503 when the handler takes too long.
pub async fn around<F: Future<Output = Response>>(
    state: &AppState,
    request: Request,
    next: impl FnOnce(Request) -> F,
) -> Response {
    let asked = request.headers().clone();
    match tokio::time::timeout(Duration::from_secs(ANSWER_SECONDS_MAX), next(request)).await {
        Ok(response) => response,
        Err(_) => Problem::Unavailable.answer(&asked, &state.site.stylesheet),
    }
}

//! Whether the process lives, and whether it can do its work.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use store::Store;

use crate::problem::Problem;

/// The process answers.
pub async fn process() -> &'static str {
    "ok\n"
}

/// The database answers, has the tables of this version, and takes changes.
pub async fn ready(State(store): State<Store>) -> Response {
    match store.is_ready().await {
        Ok(true) => "ready\n".into_response(),
        Ok(false) => Problem::Unavailable.into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            Problem::Unavailable.into_response()
        }
    }
}

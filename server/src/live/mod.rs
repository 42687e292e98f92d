//! Live boards: who follows one is sent what is new, as it happens, and nothing else.
//!
//! - [`rooms`]: one task per board that somebody follows
//! - [`events`]: `/live/boards/{id}/events`, as server-sent events
//! - [`join`]: `/b/{code}`, the way into a room

pub mod events;
pub mod join;
pub mod rooms;

use axum::Router;
use axum::routing::get;

use crate::state::AppState;

pub use rooms::Rooms;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/live/boards/{id}/events", get(events::follow))
        .route("/b", get(join::by_form))
        .route("/b/{code}", get(join::by_link))
}

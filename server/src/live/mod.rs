//! Live boards: who follows one is sent what is new, as it happens, and nothing else.
//!
//! - [`rooms`]: one task per board that somebody follows
//! - [`room`]: such a board: its newest state, and the screens that show it
//! - [`heard`]: what a room has heard of its board and not shown yet
//! - [`asker`]: who asks for a board, and what they may now
//! - [`follower`]: one that follows, and what it is told next
//! - [`screen`]: its screen: what it was sent last, and how something new gets there
//! - [`places`]: how many lines there can be, in all and of one address
//! - [`packed`]: the board for all who come at once
//! - [`shared`]: what is new, for all whom it does not concern
//! - [`presence`]: whether the other end is still there
//! - [`there`]: who is in a room
//! - [`socket`]: `/live/boards/{id}`, a WebSocket
//! - [`events`]: `/live/boards/{id}/events`, server-sent events where no WebSocket gets through
//! - [`join`]: `/b/{code}`, the way into a room

pub mod asker;
pub mod events;
pub mod follower;
pub mod heard;
pub mod join;
pub mod packed;
pub mod places;
pub mod presence;
pub mod room;
pub mod rooms;
pub mod screen;
pub mod shared;
pub mod socket;
pub mod there;

use app::boards::eyes::Eyes;
use axum::Router;
use axum::http::HeaderMap;
use axum::routing::get;

use domain::ids::BoardId;
use domain::time::Instant;
use serde::Deserialize;
use store::StoreError;

use crate::listener::stream::Outgoing;
use crate::problem::Problem;
use crate::state::AppState;
use asker::Asker;
use follower::{Follower, Since, Who};
use rooms::RoomError;
use screen::Screen;

pub use rooms::Rooms;

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/live/boards/{id}", get(socket::follow))
        .route("/live/boards/{id}/events", get(events::follow))
        .route("/b", get(join::by_form))
        .route("/b/{code}", get(join::by_link))
        .route("/themen/{slug}/code.svg", get(join::image))
}

/// The way in which somebody wants to follow.
#[derive(Debug, Default, Deserialize)]
pub struct Way {
    /// `teilnehmende`: as a participant, also for who moderates; `leinwand`: as a stranger.
    #[serde(default, rename = "als")]
    r#as: String,
    /// The record up to which the device has the board already.
    #[serde(default, rename = "ab")]
    since: Option<u64>,
    /// When that record was taken, in microseconds: whether it is still the same.
    #[serde(default, rename = "zeit")]
    at: Option<i64>,
    /// `1`: the device can unpack the board.
    #[serde(default, rename = "gepackt")]
    packed: Option<u8>,
}

/// Finds the board and who asks, and follows. What is the same for all may be written to `outgoing`.
async fn open(
    state: &AppState,
    id: &str,
    way: &Way,
    headers: &HeaderMap,
    outgoing: Option<Outgoing>,
) -> Result<Follower, Problem> {
    let board = BoardId::parse(id).map_err(|_| Problem::NotFound)?;
    let asker = Asker::of(state, board, Eyes::parse(&way.r#as), headers);
    let asking = asker.ask(&state.store).await.map_err(|_| Problem::Unavailable)?;
    let screen = Screen::new(asking.audience(), outgoing);
    let following = state
        .rooms
        .follow(&state.store, board, screen)
        .await
        .map_err(|error| match error {
            RoomError::Store(StoreError::NotFound) => Problem::NotFound,
            error => {
                tracing::warn!(%error, "a board cannot be followed");
                Problem::Unavailable
            }
        })?;
    let who = Who { asker, asking };
    let since = way.since.map(|sequence| Since {
        sequence,
        at: way.at.map(Instant),
    });
    Ok(Follower::new(state.clone(), board, who, following, since))
}

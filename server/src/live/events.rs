//! `/live/boards/{id}/events`: server-sent events (WHATWG HTML, section 9.2), where a network lets no WebSocket
//! through. The first one is the board as this follower may see it, each further one what is new for this follower.
//! Nothing that it may not see is ever sent.

use std::convert::Infallible;

use super::follower::Said;
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use domain::board::News;
use futures::stream;

use super::{Way, open};
use crate::problem::Problem;
use crate::security::client::ClientAddress;
use crate::state::AppState;

/// Proxies must not hold events back.
const NO_BUFFERING: (HeaderName, HeaderValue) = (
    HeaderName::from_static("x-accel-buffering"),
    HeaderValue::from_static("no"),
);

/// Follows a board.
pub async fn follow(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(way): Query<Way>,
    client: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
) -> Response {
    let follower = match open(&state, &id, &way, &headers, None).await {
        Ok(follower) => follower,
        Err(problem) => return problem.answer(&headers, &state.site.stylesheet),
    };
    // Held for as long as somebody reads the events.
    let Some(place) = state.rooms.place(client.map(|Extension(client)| client)) else {
        return Problem::Unavailable.answer(&headers, &state.site.stylesheet);
    };
    let events = stream::unfold((follower, place), |(mut follower, place)| async move {
        let event = match follower.next().await? {
            Said::News(news) | Said::Alive(news) => event(&news),
            Said::Written(text) => Event::default().data(text.as_str()),
            // Events are text that goes out by itself: nothing is packed here, and nobody else writes.
            Said::Packed(_) | Said::Rest => return None,
        };
        Some((Ok::<_, Infallible>(event), (follower, place)))
    });
    ([NO_BUFFERING], Sse::new(events)).into_response()
}

fn event(news: &News) -> Event {
    // What cannot be written is passed over; the follower hears of it with the next board.
    let text = serde_json::to_string(news).unwrap_or_default();
    Event::default().data(text)
}

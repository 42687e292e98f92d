//! `/live/boards/{id}/events`: server-sent events (WHATWG HTML, section 9.2). The first one is the board as this
//! follower may see it, each further one what is new for this follower. Nothing that it may not see is ever sent.

use std::convert::Infallible;
use std::time::Duration;

use app::boards::device::Asking;
use app::cookies::Cookie;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use domain::board::{Actor, Audience, BoardView, Change, News, view};
use domain::ids::BoardId;
use futures::stream;
use store::StoreError;

use super::rooms::{Following, RoomError};
use crate::problem::Problem;
use crate::state::AppState;

/// A line that says nothing for longer is dead: its other end opens a new one.
const ALIVE_EVERY: Duration = Duration::from_secs(15);
/// Proxies must not hold events back.
const NO_BUFFERING: (HeaderName, HeaderValue) = (
    HeaderName::from_static("x-accel-buffering"),
    HeaderValue::from_static("no"),
);

/// Follows a board.
pub async fn follow(State(state): State<AppState>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let problem = |problem: Problem| problem.answer(&headers, &state.site.stylesheet);
    let Ok(id) = BoardId::parse(&id) else {
        return problem(Problem::NotFound);
    };
    let following = match state.rooms.follow(&state.store, id).await {
        Ok(following) => following,
        Err(RoomError::Store(StoreError::NotFound)) => return problem(Problem::NotFound),
        Err(error) => {
            tracing::warn!(%error, "a board cannot be followed");
            return problem(Problem::Unavailable);
        }
    };
    let Ok(audience) = audience(&state, id, &headers).await else {
        return problem(Problem::Unavailable);
    };
    let follower = Follower {
        following,
        audience,
        sent: None,
    };
    let events = stream::unfold(follower, |mut follower| async move {
        let news = follower.next().await?;
        Some((Ok::<_, Infallible>(event(&news)), follower))
    });
    ([NO_BUFFERING], Sse::new(events)).into_response()
}

fn event(news: &News) -> Event {
    // What cannot be written is passed over; the follower hears of it with the next board.
    let text = serde_json::to_string(news).unwrap_or_default();
    Event::default().data(text)
}

/// Who follows: the same device and the same rights as on the pages.
async fn audience(state: &AppState, board: BoardId, headers: &HeaderMap) -> Result<Audience, StoreError> {
    let cookies = state.cookies();
    let is_staff = match cookies.session(headers) {
        Some(token) => state
            .store
            .session(&token)
            .await?
            .is_some_and(|viewer| viewer.is_staff()),
        None => false,
    };
    let actor: Option<Actor> = match cookies.find(Cookie::Device, headers) {
        Some(secret) => state.store.known_board_member(board, &secret).await?,
        None => None,
    };
    let moderates = is_staff || actor.is_some_and(|actor| actor.moderates);
    Ok(Asking { actor, moderates }.audience())
}

/// One that follows: what it may see, and what it was sent last.
struct Follower {
    following: Following,
    audience: Audience,
    sent: Option<BoardView>,
}

impl Follower {
    /// The next thing to send; nothing when the room is closed.
    async fn next(&mut self) -> Option<News> {
        loop {
            let Some(before) = &self.sent else {
                let first = view(&self.following.borrow_and_update(), self.audience);
                self.sent = Some(first.clone());
                return Some(News::Board(first));
            };
            match tokio::time::timeout(ALIVE_EVERY, self.following.changed()).await {
                Err(_) => return Some(News::Alive),
                Ok(Err(_)) => return None,
                Ok(Ok(())) => {}
            }
            let now = view(&self.following.borrow_and_update(), self.audience);
            let change = Change::between(before, &now);
            self.sent = Some(now);
            // What is new for others only is not news here, not even that there was something.
            if let Some(change) = change {
                return Some(News::Change(change));
            }
        }
    }
}

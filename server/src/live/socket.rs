//! `/live/boards/{id}`: a WebSocket (RFC 6455). The same news as the events, and back what the device wants.
//!
//! The upgrade is checked for its origin with all that changes something ([`crate::security::origin`]). A message is
//! bounded in size, a device in how often it speaks, and who stays silent on pings is gone.

use app::boards::pushed::Pushed;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{Extension, Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::board::wire::{MESSAGE_BYTES_MAX, WANTED_MAX};
use domain::board::{Answered, News, Refusal};
use futures::SinkExt;
use store::boards::Push;

use super::follower::{Follower, Said};
use super::places::Place;
use super::presence::{Gone, Presence, SLOW_AT_MOST, takes};
use super::{Way, open};
use crate::listener::stream::Outgoing;
use crate::problem::Problem;
use crate::security::client::ClientAddress;
use crate::state::AppState;

/// What a socket reads and writes at once. Ten thousand phones that say nothing keep as many of these.
const BUFFER_BYTES: usize = 512;
/// Bytes that wait for a slow device before it is left alone; what it missed comes with its next line.
const WAITING_BYTES_MAX: usize = 4 * 1_024 * 1_024;

/// Follows a board, and takes what the device wants.
pub async fn follow(
    upgrade: WebSocketUpgrade,
    outgoing: Option<Extension<Outgoing>>,
    client: Option<Extension<ClientAddress>>,
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(way): Query<Way>,
    headers: HeaderMap,
) -> Response {
    let outgoing = outgoing.map(|Extension(outgoing)| outgoing);
    let follower = match open(&state, &id, &way, &headers, outgoing.clone()).await {
        Ok(follower) => follower,
        Err(problem) => return problem.answer(&headers, &state.site.stylesheet),
    };
    let Some(place) = state.rooms.place(client.map(|Extension(client)| client)) else {
        return Problem::Unavailable.answer(&headers, &state.site.stylesheet);
    };
    let unpacks = way.packed.is_some();
    let follower = if unpacks { follower.unpacking() } else { follower };
    let line = Line {
        state,
        outgoing,
        _place: place,
    };
    upgrade
        // One byte more than allowed can be read, so that it can be answered with the right code.
        .max_message_size(MESSAGE_BYTES_MAX * 4)
        .max_frame_size(MESSAGE_BYTES_MAX * 4)
        .max_write_buffer_size(WAITING_BYTES_MAX)
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .on_upgrade(|socket| line.live(socket, follower))
}

/// One open socket.
struct Line {
    state: AppState,
    /// Where the room writes to it.
    outgoing: Option<Outgoing>,
    /// Its place among all lines.
    _place: Place,
}

/// Why a socket is closed.
struct Closing(u16, &'static str);

impl Line {
    async fn live(self, mut socket: WebSocket, mut follower: Follower) {
        if let Some(outgoing) = &self.outgoing {
            outgoing.begin_frames();
        }
        let mut presence = Presence::default();
        let closing = loop {
            let sent = tokio::select! {
                biased;
                news = follower.next() => match news {
                    Some(Said::News(news)) => say(&mut socket, &news).await,
                    Some(Said::Alive(_)) if presence.ask().is_err() => {
                        break Some(Closing(close_code::AWAY, "Keine Antwort."));
                    }
                    Some(Said::Alive(news)) => match say(&mut socket, &news).await {
                        Ok(()) => socket.send(Message::Ping(axum::body::Bytes::new())).await,
                        lost => lost,
                    },
                    Some(Said::Written(text)) => socket.send(Message::Text(text)).await,
                    Some(Said::Packed(bytes)) => socket.send(Message::Binary(bytes)).await,
                    Some(Said::Rest) => match takes(socket.flush(), SLOW_AT_MOST).await {
                        Ok(()) => Ok(()),
                        Err(Gone) => break None,
                    },
                    None => break Some(Closing(close_code::RESTART, "Bitte neu verbinden.")),
                },
                message = socket.recv() => {
                    presence.heard();
                    match message {
                        // On the heap, and only then: a device that says nothing keeps no room for it.
                        Some(Ok(message)) => match Box::pin(self.hear(message, &mut follower)).await {
                            Ok(Some(news)) => say(&mut socket, &news).await,
                            Ok(None) => Ok(()),
                            Err(closing) => break Some(closing),
                        },
                        Some(Err(_)) => break Some(Closing(close_code::SIZE, "Die Nachricht ist zu groß.")),
                        None => break None,
                    }
                },
            };
            // Who cannot be sent anything is gone, and comes back by itself.
            if sent.is_err() {
                break None;
            }
        };
        // Nothing comes behind the last word.
        drop(follower);
        if let Some(Closing(code, reason)) = closing {
            let frame = CloseFrame {
                code,
                reason: reason.into(),
            };
            // The other end may be gone already.
            drop(socket.send(Message::Close(Some(frame))).await);
        }
    }

    async fn hear(&self, message: Message, follower: &mut Follower) -> Result<Option<News>, Closing> {
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(_) => return Err(Closing(close_code::UNSUPPORTED, "Nur Text.")),
            Message::Ping(_) | Message::Pong(_) | Message::Close(_) => return Ok(None),
        };
        if text.len() > MESSAGE_BYTES_MAX {
            return Err(Closing(close_code::SIZE, "Die Nachricht ist zu groß."));
        }
        let pushed = Pushed::read(&text).ok_or(Closing(close_code::INVALID, "Das ist nicht lesbar."))?;
        if pushed.len() > WANTED_MAX {
            return Err(Closing(close_code::POLICY, "Zu vieles auf einmal."));
        }
        let now = self.state.store.ambient().now();
        let count = u32::try_from(pushed.len()).unwrap_or(u32::MAX);
        if self.state.config.protections.rates
            && let Err(seconds) = self.state.limits.operations_of(follower.device(), count, now)
        {
            return Ok(Some(News::Busy(u32::try_from(seconds).unwrap_or(u32::MAX))));
        }
        Ok(Some(self.push(pushed, follower).await))
    }

    async fn push(&self, Pushed { wanted, refused }: Pushed, follower: &mut Follower) -> News {
        let ids: Vec<_> = wanted.iter().map(|wanted| wanted.id).collect();
        let answers = match follower.acting().await {
            Err(error) => Err(error),
            Ok(None) => Ok(vec![Err(Refusal::NotJoined); wanted.len()]),
            Ok(Some(actor)) => {
                let pushes = wanted
                    .into_iter()
                    .map(|wanted| Push {
                        actor,
                        id: wanted.id,
                        operation: wanted.operation,
                    })
                    .collect();
                self.state.store.board_push(follower.board(), pushes).await
            }
        };
        match answers {
            Ok(answers) => News::Answers(
                ids.into_iter()
                    .zip(answers)
                    .map(|(id, answer)| Answered { id, answer })
                    .chain(refused)
                    .collect(),
            ),
            Err(error) => {
                tracing::warn!(%error, "a board could not be changed");
                News::Busy(1)
            }
        }
    }
}

async fn say(socket: &mut WebSocket, news: &News) -> Result<(), axum::Error> {
    match serde_json::to_string(news) {
        Ok(text) => socket.send(Message::text(text)).await,
        // What cannot be written is passed over; the follower hears of it with the next board.
        Err(_) => Ok(()),
    }
}

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
    // On the heap before there is a socket: what waits for one would keep its room for as long as the socket is open.
    let line = Box::new(Line {
        state,
        outgoing,
        follower,
        presence: Presence::default(),
        _place: place,
    });
    upgrade
        // One byte more than allowed can be read, so that it can be answered with the right code.
        .max_message_size(MESSAGE_BYTES_MAX * 4)
        .max_frame_size(MESSAGE_BYTES_MAX * 4)
        .max_write_buffer_size(WAITING_BYTES_MAX)
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .on_upgrade(|socket| line.live(Box::new(socket)))
}

/// One open socket: what it keeps from one word to the next.
struct Line {
    state: AppState,
    /// Where the room writes to it.
    outgoing: Option<Outgoing>,
    follower: Follower,
    presence: Presence,
    /// Its place among all lines.
    _place: Place,
}

/// How a line ends.
enum End {
    /// The other end is gone, and comes back by itself.
    Gone,
    /// With a last word (RFC 6455, section 7.4).
    Word(u16, &'static str),
}

impl From<axum::Error> for End {
    /// Who cannot be sent anything is gone.
    fn from(_: axum::Error) -> Self {
        Self::Gone
    }
}

impl From<Gone> for End {
    fn from(Gone: Gone) -> Self {
        Self::Gone
    }
}

impl Line {
    /// Waits, says and hears until the line ends. All but the waiting is on the heap only while it lasts: ten thousand lines
    /// that say nothing would keep room for it.
    async fn live(mut self: Box<Self>, mut socket: Box<WebSocket>) {
        if let Some(outgoing) = &self.outgoing {
            outgoing.begin_frames();
        }
        loop {
            let done = tokio::select! {
                biased;
                said = self.follower.next() => Box::pin(self.say(said, &mut socket)).await,
                message = socket.recv() => Box::pin(self.take(message, &mut socket)).await,
            };
            if let Err(end) = done {
                return Box::pin(self.end(end, socket)).await;
            }
        }
    }

    /// Says what there is to say; nothing when following has ended.
    async fn say(&mut self, said: Option<Said>, socket: &mut WebSocket) -> Result<(), End> {
        match said {
            Some(Said::News(news)) => tell(socket, &news).await?,
            Some(Said::Alive(_)) if self.presence.ask().is_err() => {
                return Err(End::Word(close_code::AWAY, "Keine Antwort."));
            }
            Some(Said::Alive(news)) => {
                tell(socket, &news).await?;
                socket.send(Message::Ping(axum::body::Bytes::new())).await?;
            }
            Some(Said::Written(text)) => socket.send(Message::Text(text)).await?,
            Some(Said::Packed(bytes)) => socket.send(Message::Binary(bytes)).await?,
            Some(Said::Rest) => takes(socket.flush(), SLOW_AT_MOST).await?,
            None => return Err(End::Word(close_code::RESTART, "Bitte neu verbinden.")),
        }
        Ok(())
    }

    /// Takes what the device says; nothing when it has left.
    async fn take(
        &mut self,
        message: Option<Result<Message, axum::Error>>,
        socket: &mut WebSocket,
    ) -> Result<(), End> {
        self.presence.heard();
        match message {
            Some(Ok(message)) => match self.hear(message).await? {
                Some(news) => Ok(tell(socket, &news).await?),
                None => Ok(()),
            },
            Some(Err(_)) => Err(End::Word(close_code::SIZE, "Die Nachricht ist zu groß.")),
            None => Err(End::Gone),
        }
    }

    async fn end(self: Box<Self>, end: End, mut socket: Box<WebSocket>) {
        let Self { follower, _place, .. } = *self;
        // Nothing comes behind the last word.
        drop(follower);
        if let End::Word(code, reason) = end {
            let frame = CloseFrame {
                code,
                reason: reason.into(),
            };
            // The other end may be gone already.
            drop(socket.send(Message::Close(Some(frame))).await);
        }
    }

    async fn hear(&mut self, message: Message) -> Result<Option<News>, End> {
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(_) => return Err(End::Word(close_code::UNSUPPORTED, "Nur Text.")),
            Message::Ping(_) | Message::Pong(_) | Message::Close(_) => return Ok(None),
        };
        if text.len() > MESSAGE_BYTES_MAX {
            return Err(End::Word(close_code::SIZE, "Die Nachricht ist zu groß."));
        }
        let pushed = Pushed::read(&text).ok_or(End::Word(close_code::INVALID, "Das ist nicht lesbar."))?;
        if pushed.len() > WANTED_MAX {
            return Err(End::Word(close_code::POLICY, "Zu vieles auf einmal."));
        }
        let now = self.state.store.ambient().now();
        let count = u32::try_from(pushed.len()).unwrap_or(u32::MAX);
        if self.state.config.protections.rates
            && let Err(seconds) = self
                .state
                .limits
                .operations_of(self.follower.device(), count, now)
        {
            return Ok(Some(News::Busy(u32::try_from(seconds).unwrap_or(u32::MAX))));
        }
        Ok(Some(self.push(pushed).await))
    }

    async fn push(&mut self, Pushed { wanted, refused }: Pushed) -> News {
        let ids: Vec<_> = wanted.iter().map(|wanted| wanted.id).collect();
        let answers = match self.follower.acting().await {
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
                self.state.store.board_push(self.follower.board(), pushes).await
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

async fn tell(socket: &mut WebSocket, news: &News) -> Result<(), axum::Error> {
    match serde_json::to_string(news) {
        Ok(text) => socket.send(Message::text(text)).await,
        // What cannot be written is passed over; the follower hears of it with the next board.
        Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What ten thousand lines may keep that say nothing, each: what it knows, its socket, and its task.
    const WAITING_LINE_BYTES_MAX: usize = 1_536;

    fn task_bytes<A, B, F: Future>(_of: impl Fn(A, B) -> F) -> usize {
        size_of::<F>()
    }

    #[test]
    fn a_line_that_waits_keeps_no_room_for_what_it_does_seldom() {
        let parts = [size_of::<Line>(), size_of::<WebSocket>(), task_bytes(Line::live)];
        let bytes: usize = parts.iter().sum();
        assert!(bytes <= WAITING_LINE_BYTES_MAX, "{parts:?}");
    }
}

//! What is new on a board, written once for all whom it does not concern: in a room of two hundred that is almost everybody.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::ws::Utf8Bytes;
use domain::board::{Audience, Change, News, concerned};
use domain::ids::MemberId;

use super::room::State;

/// What is new, in the words that most followers are told it in.
#[derive(Debug)]
pub struct Shared {
    concerned: BTreeSet<MemberId>,
    /// By how many votes somebody has left; nothing, if there is nothing to tell.
    written: Mutex<HashMap<Option<u32>, Option<Written>>>,
}

/// Some news, written down.
#[derive(Clone, Debug)]
pub struct Written {
    /// As text.
    pub text: Utf8Bytes,
    /// The same as a frame of a WebSocket. What a server sends is not masked, so it is the same for all.
    pub frame: Bytes,
}

impl Written {
    fn of(news: &News) -> Option<Self> {
        // What cannot be written is passed over; the follower hears of it with the next board.
        let text = serde_json::to_vec(news).ok()?;
        let mut frame = text_header(text.len());
        let header = frame.len();
        frame.extend(text);
        let frame = Bytes::from(frame);
        let text = Utf8Bytes::try_from(frame.slice(header..)).ok()?;
        Some(Self { text, frame })
    }
}

/// What stands before a text of this length (RFC 6455, section 5.2): one frame that is not masked, and is the whole message.
fn text_header(length: usize) -> Vec<u8> {
    const WHOLE_TEXT: u8 = 0x81;
    const TWO_BYTES_FOLLOW: u8 = 126;
    const EIGHT_BYTES_FOLLOW: u8 = 127;
    let mut header = vec![WHOLE_TEXT];
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(length), _) if length < TWO_BYTES_FOLLOW => header.push(length),
        (_, Ok(length)) => {
            header.push(TWO_BYTES_FOLLOW);
            header.extend(length.to_be_bytes());
        }
        _ => {
            header.push(EIGHT_BYTES_FOLLOW);
            header.extend((length as u64).to_be_bytes());
        }
    }
    header
}

impl Shared {
    /// Nothing, if what is new may concern everybody.
    #[must_use]
    pub fn of(state: &State) -> Option<Self> {
        Some(Self {
            concerned: concerned(&state.before, &state.board, &state.touched)?,
            written: Mutex::default(),
        })
    }

    /// Whether somebody is told the same as all others: who moderates never is.
    #[must_use]
    pub fn is_for(&self, audience: Audience) -> bool {
        match audience {
            Audience::Everybody => true,
            Audience::Member(member) => !self.concerned.contains(&member),
            Audience::Moderator(_) => false,
        }
    }

    /// What somebody is told whom it does not concern; nothing, if there is nothing to tell.
    #[must_use]
    pub fn written(&self, state: &State, audience: Audience, votes_left: Option<u32>) -> Option<Written> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let write = || {
            let change = Change::of(&state.before, &state.board, audience, &state.touched)?;
            Written::of(&News::Change(change))
        };
        written.entry(votes_left).or_insert_with(write).clone()
    }
}

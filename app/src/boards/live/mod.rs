//! The line to the server while a board is shown: a WebSocket, or server-sent events where a network lets none through.
//!
//! The server sends the whole board when a device comes or comes back, then only what is new. Phones kill such lines
//! silently: so each new look at the page opens a fresh one, and so does a line that says nothing for too long.
//!
//! - `browser`: the half that runs in the browser
//! - `unpack`: a board that was packed for many

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
mod unpack;

use super::eyes::Eyes;
use super::shown::Shown;

/// The line on which a device follows a board, while its page is shown.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    #[cfg(feature = "hydrate")]
    kept: browser::Kept,
}

/// Makes the line; it is opened with [`Line::open`].
pub fn line(id: &str, eyes: Eyes) -> Line {
    #[cfg(feature = "hydrate")]
    return Line {
        kept: browser::line(id, eyes),
    };
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = (id, eyes);
        Line {}
    }
}

impl Line {
    /// Opens it, or opens it anew. Who looks with other rights than before does not have what there is to see yet.
    pub fn open(self, shown: Shown, has_board: bool) {
        #[cfg(feature = "hydrate")]
        browser::open(self.kept, shown, has_board);
        #[cfg(not(feature = "hydrate"))]
        let _ = (shown, has_board);
    }

    /// Sends a message. False if the line takes none now.
    #[must_use]
    pub fn send(self, message: &str) -> bool {
        #[cfg(feature = "hydrate")]
        return browser::send(self.kept, message);
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = message;
            false
        }
    }

    /// Sends what waits after so many seconds, and a little later than others do.
    pub fn send_later(self, shown: Shown, seconds: u32) {
        #[cfg(feature = "hydrate")]
        browser::send_later(self.kept, shown, seconds);
        #[cfg(not(feature = "hydrate"))]
        let _ = (shown, seconds);
    }
}

//! The board as everybody sees it, written and compressed once for all who come: two hundred phones come at the same
//! moment, when a room begins or its network is back. What one of them sees otherwise is sent behind it as a change.

use std::io::Write as _;

use axum::body::Bytes;
use domain::board::{Audience, Board, BoardView, News, view};
use flate2::Compression;
use flate2::write::GzEncoder;

/// A board as everybody sees it.
#[derive(Debug)]
pub struct Packed {
    /// For the difference to what somebody sees.
    pub view: BoardView,
    /// The news of the board as gzip (RFC 1952).
    pub bytes: Bytes,
}

impl Packed {
    /// Packs a board. Nothing if it cannot be written; then it is sent as it is.
    #[must_use]
    pub fn of(board: &Board) -> Option<Self> {
        let news = News::Board(view(board, Audience::Everybody));
        let text = serde_json::to_vec(&news).ok()?;
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(&text).ok()?;
        let bytes = gzip.finish().ok()?.into();
        let News::Board(view) = news else { return None };
        Some(Self { view, bytes })
    }
}

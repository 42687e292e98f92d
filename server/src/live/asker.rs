//! Who asks for a board: the same session and the same device as on the pages. Kept by a line, so that it can be asked again
//! what they may: rights end while lines are open.

use app::boards::device::Asking;
use app::boards::eyes::Eyes;
use app::cookies::Cookie;
use axum::http::HeaderMap;
use domain::board::Actor;
use domain::ids::BoardId;
use store::accounts::Viewer;
use store::{Store, StoreError};

use crate::state::AppState;

/// Who asks.
#[derive(Debug)]
pub struct Asker {
    board: BoardId,
    eyes: Eyes,
    session: Option<String>,
    device: Option<String>,
}

impl Asker {
    /// Who sends these headers, and wants to see the board with these eyes.
    #[must_use]
    pub fn of(state: &AppState, board: BoardId, eyes: Eyes, headers: &HeaderMap) -> Self {
        let cookies = state.cookies();
        Self {
            board,
            eyes,
            session: cookies.session(headers),
            device: cookies.find(Cookie::Device, headers),
        }
    }

    /// The device's secret; empty without one. What its limit hangs on.
    #[must_use]
    pub fn device(&self) -> &str {
        self.device.as_deref().unwrap_or_default()
    }

    /// What this one may now, because somebody wants something.
    ///
    /// # Errors
    /// When the database cannot say.
    pub async fn ask(&self, store: &Store) -> Result<Asking, StoreError> {
        let viewer = match &self.session {
            Some(token) => store.session(token).await?,
            None => None,
        };
        self.asking(store, viewer).await
    }

    /// The same, because time has passed: an open page does not keep anybody signed in.
    ///
    /// # Errors
    /// When the database cannot say.
    pub async fn ask_again(&self, store: &Store) -> Result<Asking, StoreError> {
        let viewer = match &self.session {
            Some(token) => store.session_unused(token).await?,
            None => None,
        };
        self.asking(store, viewer).await
    }

    async fn asking(&self, store: &Store, viewer: Option<Viewer>) -> Result<Asking, StoreError> {
        let is_staff = viewer.is_some_and(|viewer| viewer.is_staff());
        let actor: Option<Actor> = match &self.device {
            Some(secret) => store.known_board_member(self.board, secret).await?,
            None => None,
        };
        let moderates = is_staff || actor.is_some_and(|actor| actor.moderates);
        let actor = actor.map(|actor| Actor { moderates, ..actor });
        Ok(Asking { actor, moderates }.with(self.eyes))
    }
}

//! Who a device is on boards: a random secret in a cookie, made when somebody first takes part. Reading sets none.

use domain::board::{Actor, Audience};
use domain::ids::BoardId;
use leptos::prelude::*;
use store::{Store, audit};

use super::eyes::Eyes;
use crate::cookies::{self, Cookie};
use crate::loading::unavailable;
use crate::session;

/// Who asks, on this board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The device, if it has been here.
    pub actor: Option<Actor>,
    /// Whether the board is the asker's to moderate: as staff, or because it was handed over.
    pub moderates: bool,
}

impl Asking {
    /// The same with other eyes: without what a moderator may, or as a stranger.
    #[must_use]
    pub fn with(self, eyes: Eyes) -> Self {
        let modest = |actor| Actor {
            moderates: false,
            ..actor
        };
        match eyes {
            Eyes::Own => self,
            Eyes::Participant => Self {
                actor: self.actor.map(modest),
                moderates: false,
            },
            Eyes::Everybody => Self {
                actor: None,
                moderates: false,
            },
        }
    }

    /// What may be shown.
    #[must_use]
    pub fn audience(self) -> Audience {
        match (self.actor, self.moderates) {
            (actor, true) => Audience::Moderator(actor.map(|actor| actor.member)),
            (Some(actor), false) => Audience::Member(actor.member),
            (None, false) => Audience::Everybody,
        }
    }
}

/// Who asks, without leaving a trace.
///
/// # Errors
/// When the database cannot say.
pub async fn asking(board: BoardId) -> Result<Asking, ServerFnError> {
    let store = expect_context::<Store>();
    let is_staff = session::viewer().await?.is_some_and(|viewer| viewer.is_staff());
    let actor = match cookies::carried(Cookie::Device) {
        Some(secret) => store
            .known_board_member(board, &secret)
            .await
            .map_err(unavailable)?,
        None => None,
    };
    let moderates = is_staff || actor.is_some_and(|actor| actor.moderates);
    let actor = actor.map(|actor| Actor { moderates, ..actor });
    Ok(Asking { actor, moderates })
}

/// Who moderates this board, as the log names it: the account if its role allows that, else the member of the board. Nobody, if
/// it is not the asker's to moderate.
///
/// # Errors
/// When the database cannot say.
pub async fn moderating(board: BoardId) -> Result<Option<audit::Actor>, ServerFnError> {
    let asking = asking(board).await?;
    if !asking.moderates {
        return Ok(None);
    }
    let staff = session::viewer().await?.filter(|viewer| viewer.is_staff());
    let member = asking.actor.map(|actor| audit::Actor::Member(actor.member));
    Ok(staff.map(|viewer| audit::Actor::Person(viewer.person)).or(member))
}

/// Who acts: a device that has none gets its secret with the answer.
///
/// # Errors
/// When the database cannot say or keep it.
pub async fn acting(board: BoardId) -> Result<Actor, ServerFnError> {
    let store = expect_context::<Store>();
    let asking = asking(board).await?;
    if let Some(actor) = asking.actor {
        return Ok(actor);
    }
    let secret = cookies::carried(Cookie::Device).unwrap_or_else(|| {
        let secret = store.ambient().token();
        cookies::set(Cookie::Device, &secret);
        secret
    });
    let actor = store.board_member(board, &secret).await.map_err(unavailable)?;
    Ok(Actor {
        moderates: asking.moderates,
        ..actor
    })
}

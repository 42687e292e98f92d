//! Does it, and says what happened or why nothing did.

use domain::board::{Actor, Operation, Refusal};
use domain::ids::OperationId;
use leptos::prelude::*;
use store::boards::{Answer, BoardRow};
use store::{Store, StoreError};

use crate::boards::device::{acting, asking};
use crate::boards::words;
use crate::form_reply::{FormReply, SentForm};
use crate::loading::unavailable;
use crate::ui::text::TRY_AGAIN;

/// The name under which staff takes part in a board that shows names.
const MODERATOR_NAME: &str = "Moderation";
const NO_SUCH_BOARD: &str = "Dieses Board gibt es nicht.";

/// Does it, and says what happened or why nothing did.
pub async fn perform(
    form: SentForm,
    slug: &str,
    id: Option<OperationId>,
    operation: Operation,
    notice: &str,
) -> FormReply {
    let store = expect_context::<Store>();
    let id = id.unwrap_or_else(|| OperationId(store.ambient().uuid()));
    match perform_on(&store, slug, id, operation).await {
        Ok(Ok(_) | Err(Refusal::Twice)) => form.done(notice).await,
        Ok(Err(refusal)) => {
            let (field, sentence) = words::refusal(refusal);
            form.wrong(field, sentence).await
        }
        Err(None) => form.failed(NO_SUCH_BOARD).await,
        Err(Some(_)) => form.failed(TRY_AGAIN).await,
    }
}

/// Nothing as the error: there is no such board.
async fn perform_on(
    store: &Store,
    slug: &str,
    id: OperationId,
    operation: Operation,
) -> Result<Answer, Option<ServerFnError>> {
    let row = match store.board_by_slug(slug).await {
        Ok(row) => row,
        Err(StoreError::NotFound) => return Err(None),
        Err(error) => return Err(Some(unavailable(error))),
    };
    // Who only reads and has never taken part leaves no trace with an act that is refused anyway.
    let is_join = matches!(operation, Operation::Join { .. });
    let asking = asking(row.id).await.map_err(Some)?;
    if asking.actor.is_none() && !is_join && !asking.moderates {
        return Ok(Err(Refusal::NotJoined));
    }
    let actor = acting(row.id).await.map_err(Some)?;
    if asking.actor.is_none() && !is_join {
        // The moderator takes part by acting.
        let join = Operation::Join {
            name: Some(MODERATOR_NAME.to_owned()),
            district: None,
        };
        let id = OperationId(store.ambient().uuid());
        if let Err(refusal) = run(store, &row, actor, id, join).await? {
            return Ok(Err(refusal));
        }
    }
    run(store, &row, actor, id, operation).await
}

async fn run(
    store: &Store,
    row: &BoardRow,
    actor: Actor,
    id: OperationId,
    operation: Operation,
) -> Result<Answer, Option<ServerFnError>> {
    store
        .board_act(row.id, actor, id, operation)
        .await
        .map_err(|error| Some(unavailable(error)))
}

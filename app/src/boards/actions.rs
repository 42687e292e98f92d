//! Server functions of boards: parse, find out who acts, call one verb of the store, answer.

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::desk;
use super::dto::{BoardData, BoardList};
use crate::form_reply::FormReply;

/// Every board.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "boards")]
pub async fn load_boards() -> Result<BoardList, ServerFnError> {
    desk::list().await
}

/// A board; nothing if there is none.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "board")]
pub async fn load_board(
    /// Its name in the URL.
    slug: String,
) -> Result<Option<BoardData>, ServerFnError> {
    desk::data(slug).await
}

/// Makes a board.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-create")]
pub async fn create_board(
    /// The title.
    #[server(default)]
    title: String,
    /// What it is about.
    #[server(default)]
    lead: String,
    /// What stands above the columns, one a line.
    #[server(default)]
    columns: String,
    /// How much authors show of themselves.
    #[server(default)]
    anonymity: String,
    /// Which cards wait.
    #[server(default)]
    level: String,
    /// Votes that each member may give.
    #[server(default)]
    votes: String,
    /// To which Veranstaltung it belongs.
    #[server(default)]
    workshop: String,
) -> Result<FormReply, ServerFnError> {
    let form = domain::board::plan::PlanForm {
        title,
        lead,
        columns,
        anonymity,
        level,
        votes,
    };
    Ok(desk::create(form, workshop).await)
}

/// Takes part in a board.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-join")]
pub async fn join_board(
    /// The board's name in the URL.
    slug: String,
    /// The name that is shown, if the board shows names.
    #[server(default)]
    name: String,
    /// The district, if one says it.
    #[server(default)]
    district: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::join(slug, name, district).await)
}

/// Writes a card.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-write")]
pub async fn write_card(
    /// The board's name in the URL.
    slug: String,
    /// The id of the card, made with the form: sent twice, it is one card.
    key: String,
    /// What the card is.
    #[server(default)]
    kind: String,
    /// In which column.
    #[server(default)]
    column: String,
    /// What it says.
    #[server(default)]
    text: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::write(slug, key, kind, column, text).await)
}

/// Says a card in other words.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-edit")]
pub async fn edit_card(
    /// The board's name in the URL.
    slug: String,
    /// Which card.
    card: String,
    /// The revision that was on the screen.
    base: String,
    /// What it shall say.
    #[server(default)]
    text: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::edit(slug, card, base, text).await)
}

/// Puts a card elsewhere.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-move")]
pub async fn move_card(
    /// The board's name in the URL.
    slug: String,
    /// Which card.
    card: String,
    /// Into which column, and there behind which card; without one on top.
    target: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::put(slug, card, target).await)
}

/// Does what a button says.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-act")]
pub async fn act_on_board(
    /// The board's name in the URL.
    slug: String,
    /// The page to which the answer goes: `moderation`, or nothing.
    #[server(default)]
    on: String,
    /// The operation, as JSON.
    operation: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::act(slug, on, operation).await)
}

/// Refuses a card, for a reason of the published rules.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-refuse")]
pub async fn refuse_card(
    /// The board's name in the URL.
    slug: String,
    /// Which card.
    card: String,
    /// The number of the rule.
    #[server(default)]
    rule: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::refuse(slug, card, rule).await)
}

//! Server functions of what comes out of boards.

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::desk;
use super::dto::{CardPaper, Comparison, Found, Results, TemplateList};
use crate::form_reply::FormReply;

/// What a room has found; nothing if there is no such board, or if it is not for the viewer.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "board-results", output = crate::json::Answer)]
pub async fn load_results(
    /// The board's name in the URL.
    slug: String,
    /// Only what is so far; empty: all.
    progress: String,
) -> Result<Option<Results>, ServerFnError> {
    desk::results::load(slug, &progress).await
}

/// One card and what its document can hold; nothing if there is no such card for the viewer.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "board-card", output = crate::json::Answer)]
pub async fn load_card(
    /// The board's name in the URL.
    slug: String,
    /// The number of the card.
    number: String,
) -> Result<Option<CardPaper>, ServerFnError> {
    desk::card::load(&slug, &number).await
}

/// Keeps what moderators note about a card for each other.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "board-note")]
pub async fn note_card(
    /// The board's name in the URL.
    slug: String,
    /// Which card.
    #[server(default)]
    card: String,
    /// What stood there when the form was made.
    #[server(default)]
    base: String,
    /// What shall stand there; empty: nothing.
    #[server(default)]
    note: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::note::keep(&slug, &card, base, note).await)
}

/// What was found on all boards, for staff; nothing for others.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "board-findings", output = crate::json::Answer)]
pub async fn load_findings(
    /// Only what is so far; empty: all.
    progress: String,
    /// Only what these can settle; empty: all.
    level: String,
    /// Only of this district; empty: all.
    district: String,
) -> Result<Option<Vec<Found>>, ServerFnError> {
    desk::findings::load(&progress, &level, &district).await
}

/// Every template.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "templates", output = crate::json::Answer)]
pub async fn load_templates() -> Result<Option<TemplateList>, ServerFnError> {
    desk::templates::list().await.map(Some)
}

/// The boards of a template; nothing if there is none.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "template", output = crate::json::Answer)]
pub async fn load_comparison(
    /// Its name in the URL.
    slug: String,
) -> Result<Option<Comparison>, ServerFnError> {
    desk::comparison::load(slug).await
}

/// Makes a template.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "template-create")]
pub async fn create_template(
    /// Made with the form: a repeat is the same template.
    #[server(default)]
    key: String,
    /// The title.
    #[server(default)]
    title: String,
    /// What its boards are about.
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
) -> Result<FormReply, ServerFnError> {
    let typed = domain::board::plan::PlanForm {
        title,
        lead,
        columns,
        anonymity,
        level,
        votes,
    };
    Ok(desk::templates::create(key, typed).await)
}

/// Makes a board of a template, or one for each district that has none.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "template-board")]
pub async fn create_board_of_template(
    /// The template's name in the URL.
    slug: String,
    /// Of which district; `all`: for all together; `rest`: one for each that has none.
    #[server(default)]
    district: String,
    /// To which Veranstaltung it belongs.
    #[server(default)]
    workshop: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::templates::make_board(slug, district, workshop).await)
}

/// Brings cards onto the board for all.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "template-bring")]
pub async fn bring_cards(
    /// The template's name in the URL.
    slug: String,
    /// `board:card`, with spaces between them.
    #[server(default)]
    cards: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::bring::bring(slug, cards).await)
}

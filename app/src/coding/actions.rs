//! Server functions of coding. Reading gives nothing to whoever is not staff: the page then says that there is none.

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::desk;
use super::dto::{CardToRead, CodebookView, CodingView, Codings};
use crate::form_reply::FormReply;

/// Codebooks, and where they are used.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "codings", output = crate::json::Answer)]
pub async fn load_codings() -> Result<Option<Codings>, ServerFnError> {
    desk::overview::load().await
}

/// A codebook.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "codebook", output = crate::json::Answer)]
pub async fn load_codebook(
    /// Its id.
    id: String,
) -> Result<Option<CodebookView>, ServerFnError> {
    desk::codebook::load(&id).await
}

/// The reading of some boards.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "coding", output = crate::json::Answer)]
pub async fn load_coding(
    /// Its id.
    id: String,
) -> Result<Option<CodingView>, ServerFnError> {
    desk::project::load(&id).await
}

/// One card to read.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "coding-card", output = crate::json::Answer)]
pub async fn load_card(
    /// The coding's id.
    id: String,
    /// The board's name in the URL.
    board: String,
    /// The card's number.
    number: String,
) -> Result<Option<CardToRead>, ServerFnError> {
    desk::card::load(&id, &board, &number).await
}

/// Makes a codebook.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "codebook-create")]
pub async fn create_codebook(
    /// Made with the form: a repeat is the same codebook.
    #[server(default)]
    key: String,
    /// What it is called.
    #[server(default)]
    title: String,
    /// What it is for.
    #[server(default)]
    description: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::codebook::create(key, title, description).await)
}

/// Adds a code to a codebook.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "code-add")]
pub async fn add_code(
    /// The codebook's id.
    codebook: String,
    /// Made with the form: a repeat is the same code.
    #[server(default)]
    key: String,
    /// What it is called.
    #[server(default)]
    name: String,
    /// When it is given, and when not.
    #[server(default)]
    definition: String,
    /// A sentence for which it is given.
    #[server(default)]
    example: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::codebook::add(codebook, key, [name, definition, example]).await)
}

/// Gives a code no more, or again.
///
/// # Errors
/// Only when the request itself is broken.
#[server(prefix = "/api", endpoint = "code-retire")]
pub async fn retire_code(
    /// The codebook's id.
    codebook: String,
    /// The code's id.
    code: String,
    /// `1`: no more.
    #[server(default)]
    retired: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::codebook::retire(codebook, code, retired == "1").await)
}

/// Begins to read some boards.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "coding-create")]
pub async fn create_coding(
    /// Made with the form: a repeat is the same.
    #[server(default)]
    key: String,
    /// What it is called.
    #[server(default)]
    coding_title: String,
    /// With which codebook.
    #[server(default)]
    codebook: String,
    /// Which boards.
    #[server(default)]
    boards: Vec<String>,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::overview::create(key, coding_title, codebook, boards).await)
}

/// Keeps what the viewer made of a card.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "coding-read")]
pub async fn keep_reading(
    /// The coding's id.
    coding: String,
    /// The board's id.
    board: String,
    /// The card's id.
    card: String,
    /// The codes that were given.
    #[server(default)]
    codes: Vec<String>,
    /// What the viewer noted.
    #[server(default)]
    memo: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::card::keep(coding, board, card, codes, memo).await)
}

/// Writes down what was agreed on.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "coding-agree")]
pub async fn agree(
    /// The coding's id.
    coding: String,
    /// The board's id.
    board: String,
    /// The card's id.
    card: String,
    /// The codes that were agreed on.
    #[server(default)]
    codes: Vec<String>,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::card::agree(coding, board, card, codes).await)
}

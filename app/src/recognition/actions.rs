//! Server functions of recognition. Who may not see an application is given nothing.

use domain::recognition::finding::Typed;
use leptos::prelude::*;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};

#[cfg(feature = "ssr")]
use super::desk;
use super::dto::{ApplicationView, DecideView, Overview, Queue};
use crate::form_reply::FormReply;

/// How it goes, and one's own applications.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "recognitions", output = crate::json::Answer)]
pub async fn load_overview() -> Result<Overview, ServerFnError> {
    desk::overview::load().await
}

/// One module, for who can do it already.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "recognition", output = crate::json::Answer)]
pub async fn load_application(
    /// The module's short name.
    code: String,
) -> Result<Option<ApplicationView>, ServerFnError> {
    desk::application::load(&code).await
}

/// What waits for who curates.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "recognition-queue", output = crate::json::Answer)]
pub async fn load_queue() -> Result<Option<Queue>, ServerFnError> {
    desk::decide::queue().await
}

/// An application, for who decides.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "recognition-to-decide", output = crate::json::Answer)]
pub async fn load_decide(
    /// Its id.
    id: String,
) -> Result<Option<DecideView>, ServerFnError> {
    desk::decide::load(&id).await
}

/// Begins an application.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "recognition-begin")]
pub async fn begin_application(
    /// The module's short name.
    #[server(default)]
    code: String,
    /// Which procedure.
    #[server(default)]
    procedure: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::application::begin(code, procedure).await)
}

/// Keeps what somebody says of herself, and does what the button says beyond that.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "recognition-write")]
pub async fn write_claims(
    /// The module's short name.
    #[server(default)]
    code: String,
    /// The application's id.
    #[server(default)]
    id: String,
    /// Numbers of outcomes.
    #[server(default)]
    outcome: Vec<u32>,
    /// How well, for each.
    #[server(default)]
    grasp: Vec<String>,
    /// From where, for each.
    #[server(default)]
    said: Vec<String>,
    /// "submit": and hands it in; "remove-2": and takes file 2 away.
    #[server(default)]
    deed: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::application::write([code, id, deed], (outcome, grasp, said)).await)
}

/// Hands in, takes back, deletes.
///
/// # Errors
/// Only when the request itself is broken.
#[server(prefix = "/api", endpoint = "recognition-act")]
pub async fn act_on_application(
    /// The module's short name.
    #[server(default)]
    code: String,
    /// The application's id.
    #[server(default)]
    id: String,
    /// What is to be done.
    #[server(default)]
    deed: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::application::act([code, id, deed]).await)
}

/// Adds a file, and keeps what somebody says of herself: the fields of [`write_claims`], and `file`.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the file is in the reply.
#[server(prefix = "/api", endpoint = "recognition-upload", input = MultipartFormData)]
pub async fn upload_evidence(
    /// The fields.
    data: MultipartData,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::evidence::upload(data).await)
}

/// Decides, or asks for more.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "recognition-decide")]
pub async fn decide_application(
    /// The application's id, `@`, and when what was seen was handed in, in microseconds.
    #[server(default)]
    seen: String,
    /// What is found, outcome by outcome.
    #[server(default)]
    finding: Vec<Typed>,
    /// What is missing.
    #[server(default)]
    note: String,
    /// "ask": nothing is decided, `note` is asked for.
    #[server(default)]
    deed: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::decide::decide([seen, note, deed], finding).await)
}

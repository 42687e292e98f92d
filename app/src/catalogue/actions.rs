//! Server functions of who curates the catalogue. Others are given nothing: the page then says that there is none.

use leptos::prelude::*;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};

#[cfg(feature = "ssr")]
use super::desk;
use super::dto::{DemandRow, Desk, DryRunView, FieldDesk, Imports, LintView, SemesterView, VersionDesk};
use crate::form_reply::FormReply;

/// All modules, and what waits.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "catalogue", output = crate::json::Answer)]
pub async fn load_desk() -> Result<Option<Desk>, ServerFnError> {
    desk::overview::load().await
}

/// The newest version of a module.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "catalogue-version", output = crate::json::Answer)]
pub async fn load_version(
    /// The module's short name.
    code: String,
) -> Result<Option<VersionDesk>, ServerFnError> {
    desk::version::load(&code).await
}

/// One field of the newest version.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "catalogue-field", output = crate::json::Answer)]
pub async fn load_field(
    /// The module's short name.
    code: String,
    /// The field's name.
    field: String,
) -> Result<Option<FieldDesk>, ServerFnError> {
    desk::field::load(&code, &field).await
}

/// Which modules are asked for, in sums.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "catalogue-demand", output = crate::json::Answer)]
pub async fn load_demand() -> Result<Option<Vec<DemandRow>>, ServerFnError> {
    desk::demand::load().await
}

/// Makes a module.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "module-create")]
pub async fn create_module(
    /// Made with the form: a repeat is the same module.
    #[server(default)]
    key: String,
    /// Its short name.
    #[server(default)]
    code: String,
    /// The title.
    #[server(default)]
    title: String,
    /// The id of the institution.
    #[server(default)]
    institution: String,
    /// The id of a second one with which it is offered.
    #[server(default)]
    partner: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::overview::create(key, [code, title, institution, partner]).await)
}

/// Begins a new version.
///
/// # Errors
/// Only when the request itself is broken.
#[server(prefix = "/api", endpoint = "module-begin")]
pub async fn begin_version(
    /// The module's short name.
    #[server(default)]
    code: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::version::begin(code).await)
}

/// Writes a field.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "module-write")]
pub async fn write_field(
    /// The module's short name.
    #[server(default)]
    code: String,
    /// The number of the version.
    #[server(default)]
    number: String,
    /// The field's name.
    #[server(default)]
    field: String,
    /// What stood in it when the form was made.
    #[server(default)]
    before: String,
    /// What is to stand in it.
    #[server(default)]
    value: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::field::write([code, number, field, before, value]).await)
}

/// Hands in, agrees, asks for changes, publishes, withdraws.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "module-review")]
pub async fn review(
    /// The module's short name.
    #[server(default)]
    code: String,
    /// The number of the version.
    #[server(default)]
    number: String,
    /// What is to be done.
    #[server(default)]
    deed: String,
    /// Why, where it takes a reason.
    #[server(default)]
    reason: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::version::review([code, number, deed, reason]).await)
}

/// Says something about a field.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "module-comment")]
pub async fn comment(
    /// The module's short name.
    #[server(default)]
    code: String,
    /// The number of the version.
    #[server(default)]
    number: String,
    /// The field's name.
    #[server(default)]
    field: String,
    /// Made with the form: a repeat is the same comment.
    #[server(default)]
    key: String,
    /// What.
    #[server(default)]
    said: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::field::comment([code, number, field, key, said]).await)
}

/// Settles a comment.
///
/// # Errors
/// Only when the request itself is broken.
#[server(prefix = "/api", endpoint = "module-comment-settle")]
pub async fn settle_comment(
    /// The module's short name.
    #[server(default)]
    code: String,
    /// The number of the version.
    #[server(default)]
    number: String,
    /// The field's name.
    #[server(default)]
    field: String,
    /// The comment's id.
    #[server(default)]
    comment: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::field::settle([code, number, field, comment]).await)
}

/// Tables that the viewer brought.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "modules-imports", output = crate::json::Answer)]
pub async fn load_imports() -> Result<Option<Imports>, ServerFnError> {
    desk::import::list().await
}

/// What a table would do.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "modules-dry-run", output = crate::json::Answer)]
pub async fn load_dry_run(
    /// Its id.
    id: String,
) -> Result<Option<DryRunView>, ServerFnError> {
    desk::import::load(&id).await
}

/// Brings a table: a plain form of the browser with `file`. Nothing of it is written yet.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the file is in the reply.
#[server(prefix = "/api", endpoint = "modules-upload", input = MultipartFormData)]
pub async fn upload_modules(
    /// The fields.
    data: MultipartData,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::import::upload(data).await)
}

/// Writes a table as drafts, if it does what was looked at.
///
/// # Errors
/// Only when the request itself is broken.
#[server(prefix = "/api", endpoint = "modules-import")]
pub async fn import_modules(
    /// Its id.
    #[server(default)]
    id: String,
    /// What was looked at.
    #[server(default)]
    digest: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::import::write(id, digest).await)
}

/// Takes back what a table wrote.
///
/// # Errors
/// Only when the request itself is broken.
#[server(prefix = "/api", endpoint = "modules-undo")]
pub async fn undo_import(
    /// Its id.
    #[server(default)]
    id: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::import::undo(id).await)
}

/// Each module against each standard.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "catalogue-lint", output = crate::json::Answer)]
pub async fn load_lint() -> Result<Option<LintView>, ServerFnError> {
    desk::lint::load().await
}

/// What still holds in this semester, and which runs are taught again.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "catalogue-semester", output = crate::json::Answer)]
pub async fn load_semester() -> Result<Option<SemesterView>, ServerFnError> {
    desk::semester::load().await
}

/// Says of several modules that they still hold.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "semester-confirm")]
pub async fn confirm_modules(
    /// Short names.
    #[server(default)]
    codes: Vec<String>,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::semester::confirm(codes).await)
}

/// Takes runs over into the next semester, as drafts.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "semester-roll-over")]
pub async fn roll_over(
    /// Ids of Veranstaltungen.
    #[server(default)]
    runs: Vec<String>,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::semester::roll_over(runs).await)
}

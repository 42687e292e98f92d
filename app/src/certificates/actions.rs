//! Server functions of certificates.

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::desk;
use super::dto::{CertificateView, RunView};
use crate::form_reply::FormReply;

/// A certificate, for who checks it; nothing if there is none of this code.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "certificate", output = crate::json::Answer)]
pub async fn load_certificate(
    /// What is printed on it.
    code: String,
) -> Result<Option<CertificateView>, ServerFnError> {
    desk::check::load(&code).await
}

/// A run, for who says who passed.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "run-desk", output = crate::json::Answer)]
pub async fn load_run(
    /// The id of the Veranstaltung.
    id: String,
) -> Result<Option<RunView>, ServerFnError> {
    desk::run::load(&id).await
}

/// Issues certificates to who passed.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "run-pass")]
pub async fn issue_certificates(
    /// The id of the Veranstaltung.
    #[server(default)]
    id: String,
    /// Places.
    #[server(default)]
    passed: Vec<String>,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::run::issue(id, passed).await)
}

/// Revokes a certificate.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "run-revoke")]
pub async fn revoke_certificate(
    /// The id of the Veranstaltung.
    #[server(default)]
    id: String,
    /// What is printed on it.
    #[server(default)]
    code: String,
    /// Why.
    #[server(default)]
    reason: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::run::revoke([id, code, reason]).await)
}

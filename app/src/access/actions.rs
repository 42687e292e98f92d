//! Server functions of tokens and webhooks.

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::desk;
use super::dto::AccessView;
use crate::form_reply::FormReply;

/// Tokens and webhooks of an institution; nothing for who curates none.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "access", output = crate::json::Answer)]
pub async fn load_access(
    /// The id of the institution; empty: the first one of the asker.
    institution: String,
) -> Result<Option<AccessView>, ServerFnError> {
    desk::load(&institution).await
}

/// Makes a token; the answer is the only place where it is said.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "access-token")]
pub async fn make_token(
    /// The id of the institution.
    #[server(default)]
    institution: String,
    /// The key of the form.
    #[server(default)]
    key: String,
    /// What it is for.
    #[server(default)]
    name: String,
    /// What may be done with it.
    #[server(default)]
    scope: String,
    /// After how many days it ends.
    #[server(default)]
    days: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::make_token(&key, [institution, name, scope, days]).await)
}

/// Revokes a token.
///
/// # Errors
/// Only when the request itself is broken.
#[server(prefix = "/api", endpoint = "access-revoke")]
pub async fn revoke_token(
    /// The id of the institution.
    #[server(default)]
    institution: String,
    /// The token.
    #[server(default)]
    id: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::revoke_token([institution, id]).await)
}

/// Makes a webhook; the answer is the only place where its secret is said.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "access-webhook")]
pub async fn make_webhook(
    /// The id of the institution.
    #[server(default)]
    institution: String,
    /// The key of the form.
    #[server(default)]
    key: String,
    /// Where.
    #[server(default)]
    url: String,
    /// About what.
    #[server(default)]
    events: Vec<String>,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::make_webhook(&key, [institution, url], events).await)
}

/// Tries whether a webhook arrives, or ends it.
///
/// # Errors
/// Only when the request itself is broken.
#[server(prefix = "/api", endpoint = "access-webhook-act")]
pub async fn act_on_webhook(
    /// The id of the institution.
    #[server(default)]
    institution: String,
    /// The webhook.
    #[server(default)]
    id: String,
    /// "try" or "end".
    #[server(default)]
    deed: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::act_on_webhook([institution, id, deed]).await)
}

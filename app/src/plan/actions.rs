//! Server functions of plans.

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::desk;
use super::dto::{PlanView, ProgrammeDesk};
use crate::form_reply::FormReply;

/// A plan.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "plan", output = crate::json::Answer)]
pub async fn load_plan(
    /// The query of the page: what is wanted.
    query: String,
) -> Result<PlanView, ServerFnError> {
    desk::show::load(&query).await
}

/// Keeps a plan for the account of who asks.
///
/// # Errors
/// Only when the request itself is broken.
#[server(prefix = "/api", endpoint = "plan-keep")]
pub async fn keep_plan(
    /// The query of the plan.
    #[server(default)]
    wish: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::keep::keep(wish).await)
}

/// Forgets the plan of the account.
///
/// # Errors
/// Only when the request itself is broken.
#[server(prefix = "/api", endpoint = "plan-forget")]
pub async fn forget_plan() -> Result<FormReply, ServerFnError> {
    Ok(desk::keep::forget().await)
}

/// Certificates, for who writes them; nothing for anybody else.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "programmes", output = crate::json::Answer)]
pub async fn load_programmes() -> Result<Option<ProgrammeDesk>, ServerFnError> {
    desk::programmes::load().await
}

/// Says something of a certificate: a new one, or another version.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "programme-save")]
pub async fn save_programme(
    /// The short name.
    #[server(default)]
    code: String,
    /// The title.
    #[server(default)]
    title: String,
    /// What it is.
    #[server(default)]
    lead: String,
    /// Which modules have to be passed.
    #[server(default)]
    rule: String,
    /// What one gets.
    #[server(default)]
    award: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::programmes::save([code, title, lead, rule, award]).await)
}

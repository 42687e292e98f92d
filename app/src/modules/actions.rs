//! Server functions of the catalogue.

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::desk;
use crate::form_reply::FormReply;

use super::dto::{CompareView, ModuleList, ModuleQuery, ModuleView};

/// The list.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "modules", output = crate::json::Answer)]
pub async fn load_modules(
    /// What is looked for.
    query: ModuleQuery,
) -> Result<ModuleList, ServerFnError> {
    desk::list::load(query).await
}

/// One version of a module; nothing if there is none that everybody may see.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "module", output = crate::json::Answer)]
pub async fn load_module(
    /// Its short name.
    code: String,
    /// Which version; empty: the one that counts.
    number: String,
    /// On which day it counted, `2026-12-03`; empty: today.
    day: String,
) -> Result<Option<ModuleView>, ServerFnError> {
    desk::detail::load(&code, &number, &day).await
}

/// Notes where somebody would take a module.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "module-demand")]
pub async fn note_demand(
    /// The module's short name.
    #[server(default)]
    code: String,
    /// A district's slug.
    #[server(default)]
    district: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::demand::note(code, district).await)
}

/// Takes it back.
///
/// # Errors
/// Only when the request itself is broken.
#[server(prefix = "/api", endpoint = "module-demand-take-back")]
pub async fn take_demand_back(
    /// The module's short name.
    #[server(default)]
    code: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::demand::take_back(code).await)
}

/// Modules side by side.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "module-comparison", output = crate::json::Answer)]
pub async fn load_comparison(
    /// Their short names, with commas.
    codes: String,
) -> Result<CompareView, ServerFnError> {
    desk::compare::load(&codes).await
}

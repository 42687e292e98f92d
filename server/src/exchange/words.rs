//! `/module/suche.json`: the words of the catalogue, for who searches it on her own device.

use app::modules::QuickModule;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use domain::module::field::Field;
use domain::module::search::document;

use crate::calendar::fresh_or_not_modified;
use crate::problem::Problem;
use crate::state::AppState;

/// The words of what counts.
pub async fn file(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let modules = match state.store.catalogue().await {
        Ok(modules) => modules,
        Err(error) => {
            tracing::error!(%error, "the words of the catalogue could not be read");
            return Problem::Unavailable.into_response();
        }
    };
    let quick: Vec<QuickModule> = modules
        .iter()
        .map(|listed| QuickModule {
            code: listed.module.code.to_string(),
            title: listed.version.content.get(Field::Title).to_owned(),
            words: document(&listed.module.code, &listed.version.content),
        })
        .collect();
    match serde_json::to_string(&quick) {
        Ok(text) => fresh_or_not_modified(&headers, "application/json", text),
        Err(error) => {
            tracing::error!(%error, "the words of the catalogue could not be written");
            Problem::Internal.into_response()
        }
    }
}

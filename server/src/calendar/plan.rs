//! `/lernweg.ics`: the runs of a plan whose dates are known.

use app::plan::made::{QUERY_BYTES_MAX, make};
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::entry::{self, Method};
use super::files::{calendar, for_one, public_entry};
use crate::exports::viewer;
use crate::problem::Problem;
use crate::state::AppState;

/// The calendar of a plan, with the query of its page.
pub async fn plan(State(state): State<AppState>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let query = query.unwrap_or_default();
    if query.len() > QUERY_BYTES_MAX {
        return Problem::NotFound.answer(&headers, &state.site.stylesheet);
    }
    // What counts for who asks is not planned once more; a calendar that is fetched without a session knows nothing of it.
    let viewer = viewer(&state, &headers).await;
    let is_own = viewer.is_some();
    let credited = match viewer {
        Some(viewer) => state.store.credited(viewer.person).await.unwrap_or_default(),
        None => Vec::new(),
    };
    let Ok(made) = make(&state.store, &query, credited).await else {
        return Problem::Internal.answer(&headers, &state.site.stylesheet);
    };
    let now = state.store.ambient().now();
    let mut entries = Vec::new();
    for load in &made.schedule.terms {
        let begins = load.modules.iter().filter(|placed| !placed.goes_on);
        let runs = begins.filter_map(|placed| made.run(&placed.code, load.term, now));
        entries.extend(runs.map(|run| public_entry(&state, &run.card)));
    }
    let answer = calendar(&headers, entry::file("Mein Lernweg", Method::Publish, &entries));
    if is_own { for_one(answer) } else { answer }
}

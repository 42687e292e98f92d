//! What people need, as a file for those who arrange it. By POST, because each such file leaves a row in the log.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::post;
use domain::ids::WorkshopId;
use store::StoreError;
use store::signups::SignUpRow;
use tables::csv;

use super::table::{HEADINGS, cells};
use super::{download, viewer};
use crate::problem::Problem;
use crate::state::AppState;

/// The heading of the column that the other exports do not have.
const NEEDS_HEADING: &str = "Bedarf";

/// The export.
pub fn routes() -> Router<AppState> {
    Router::new().route("/verwaltung/veranstaltungen/{id}/bedarfe.csv", post(file))
}

async fn file(State(state): State<AppState>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    match find(&state, &id, &headers).await {
        Ok(rows) => {
            let needing = rows.iter().filter_map(with_needs);
            let headings: Vec<&str> = HEADINGS.into_iter().chain([NEEDS_HEADING]).collect();
            let bytes = csv::file(&headings, needing).into_bytes();
            download("text/csv; charset=utf-8", "bedarfe.csv", bytes)
        }
        Err(problem) => problem.answer(&headers, &state.site.stylesheet),
    }
}

/// The sign-ups for staff who arrange what is needed there. Everybody else finds nothing here.
async fn find(state: &AppState, id: &str, headers: &HeaderMap) -> Result<Vec<SignUpRow>, Problem> {
    let viewer = viewer(state, headers).await.filter(|viewer| viewer.is_staff());
    let (Some(viewer), Ok(id)) = (viewer, WorkshopId::parse(id)) else {
        return Err(Problem::NotFound);
    };
    let rows = state.store.export_needs(viewer.person, id).await;
    rows.map_err(|error| match error {
        StoreError::NotFound => Problem::NotFound,
        error => {
            tracing::error!(%error, "what people need could not be read");
            Problem::Unavailable
        }
    })
}

/// The cells of a person with a place that counts, if she needs something.
fn with_needs(row: &SignUpRow) -> Option<Vec<String>> {
    let needs = row.access_needs.as_ref().filter(|needs| !needs.is_empty())?;
    row.state
        .is_active()
        .then(|| cells(row).into_iter().chain([needs.clone()]).collect())
}

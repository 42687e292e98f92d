//! Files to take along: sign-ups for the office, one's own data and boards for everybody.
//!
//! - [`board`]: a board, and what its moderators did
//! - [`certificate`]: who passed a module
//! - [`evidence`]: what people uploaded for a recognition
//! - [`coding`]: cards with the codes that were given to them
//! - [`needs`]: what people need, for who arranges it
//! - [`origin`]: from where a paper is, and of which day
//! - [`papers`]: documents for paper, two at a time
//! - [`table`]: the columns of sign-ups
//! - [`xlsx`]: sign-ups as a spreadsheet; in it and in CSV (`tables::csv`) no formula ever runs

mod board;
mod certificate;
mod coding;
mod evidence;
mod needs;
pub(crate) mod origin;
pub(crate) mod papers;
mod table;
mod xlsx;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::ids::WorkshopId;
use store::accounts::Viewer;
use store::signups::{SignUpFilter, SignUpRow};
use tables::csv;

use crate::problem::Problem;
use crate::state::AppState;

/// Exports.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(
            "/verwaltung/veranstaltungen/{id}/anmeldungen.csv",
            get(sign_ups_csv),
        )
        .route(
            "/verwaltung/veranstaltungen/{id}/anmeldungen.xlsx",
            get(sign_ups_xlsx),
        )
        .route("/konto/auskunft.json", get(own_data))
        .route("/anrechnung/nachweis/{id}", get(evidence::file))
        .merge(needs::routes())
        .merge(board::routes())
        .merge(certificate::routes())
        .merge(coding::routes())
}

async fn sign_ups_csv(State(state): State<AppState>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    match sign_ups(&state, &id, &headers).await {
        Ok(rows) => download(
            "text/csv; charset=utf-8",
            "anmeldungen.csv",
            csv::file(&table::HEADINGS, rows.iter().map(table::cells)).into_bytes(),
        ),
        Err(answer) => answer,
    }
}

async fn sign_ups_xlsx(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    match sign_ups(&state, &id, &headers).await {
        Ok(rows) => match xlsx::file(&rows) {
            Ok(bytes) => {
                let media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
                download(media_type, "anmeldungen.xlsx", bytes)
            }
            Err(error) => {
                tracing::error!(%error, "a spreadsheet could not be written");
                Problem::Internal.answer(&headers, &state.site.stylesheet)
            }
        },
        Err(answer) => answer,
    }
}

/// The sign-ups of a Veranstaltung without access needs ([`needs`] has them). Whoever is not staff finds nothing here.
async fn sign_ups(state: &AppState, id: &str, headers: &HeaderMap) -> Result<Vec<SignUpRow>, Response> {
    let not_found = || Problem::NotFound.answer(headers, &state.site.stylesheet);
    let staff = viewer(state, headers)
        .await
        .is_some_and(|viewer| viewer.is_staff());
    let (true, Ok(id)) = (staff, WorkshopId::parse(id)) else {
        return Err(not_found());
    };
    if state.store.workshop(id).await.is_err() {
        return Err(not_found());
    }
    state
        .store
        .sign_ups(id, &SignUpFilter::default())
        .await
        .map_err(|error| {
            tracing::error!(%error, "the sign-ups could not be read");
            Problem::Internal.answer(headers, &state.site.stylesheet)
        })
}

/// Everything that is kept about the signed-in person (Art. 15 and 20 GDPR).
async fn own_data(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let Some(viewer) = viewer(&state, &headers).await else {
        return Problem::NotFound.answer(&headers, &state.site.stylesheet);
    };
    match state.store.account_export(viewer.person).await {
        Ok(data) => match serde_json::to_vec_pretty(&data) {
            Ok(bytes) => download("application/json", "auskunft.json", bytes),
            Err(_) => Problem::Internal.answer(&headers, &state.site.stylesheet),
        },
        Err(error) => {
            tracing::error!(%error, "a person's data could not be read");
            Problem::Internal.answer(&headers, &state.site.stylesheet)
        }
    }
}

/// Who asks, if anybody is signed in.
pub async fn viewer(state: &AppState, headers: &HeaderMap) -> Option<Viewer> {
    let token = state.cookies().session(headers)?;
    state.store.session(&token).await.ok().flatten()
}

fn download(media_type: &str, name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    (
        [
            (header::CONTENT_TYPE, media_type.to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ],
        bytes,
    )
        .into_response()
}

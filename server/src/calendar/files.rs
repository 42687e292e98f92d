//! `/veranstaltungen.ics` and `/veranstaltungen/{slug}.ics`.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::district::District;
use domain::time::Instant;
use domain::workshop::{Form, Kind, Status};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use store::StoreError;
use store::workshops::{WorkshopCard, WorkshopFilter};

use super::entry::{self, Entry, Method};
use crate::problem::Problem;
use crate::state::AppState;

/// Veranstaltungen in one file at most.
const ENTRIES_MAX: i64 = 200;
/// Calendars keep what is over for a while: four weeks.
const PAST_HOURS: i64 = 28 * 24;

/// Calendar files.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/veranstaltungen.ics", get(list))
        .route("/veranstaltungen/{slug}/kalender.ics", get(one))
        .route("/lernweg.ics", get(super::plan::plan))
        .route("/anmeldung/{token}/kalender.ics", get(super::place::file))
}

/// The filters of the list, as in the page's URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ListFilter {
    kreis: String,
    art: String,
    form: String,
    ab: String,
    bis: String,
    frei: String,
    suche: String,
}

impl ListFilter {
    /// What the store is asked for.
    #[must_use]
    pub fn to_store(&self, now: Instant) -> WorkshopFilter {
        let day = |text: &str| Instant::from_input(&format!("{text}T00:00"));
        WorkshopFilter {
            district: District::parse(&self.kreis),
            kind: Kind::parse(&self.art),
            form: Form::parse(&self.form),
            from: Some(day(&self.ab).unwrap_or(now.plus_hours(-PAST_HOURS))),
            until: day(&self.bis).map(|day| day.plus_hours(24)),
            free_only: self.frei == "1",
            text: self.suche.chars().take(80).collect(),
            limit: ENTRIES_MAX,
            ..WorkshopFilter::default()
        }
    }
}

async fn list(
    State(state): State<AppState>,
    Query(filter): Query<ListFilter>,
    headers: HeaderMap,
) -> Response {
    match state
        .store
        .workshops(&filter.to_store(state.store.ambient().now()))
        .await
    {
        Ok(cards) => {
            let entries = cards
                .iter()
                .map(|card| public_entry(&state, card))
                .collect::<Vec<_>>();
            calendar(
                &headers,
                entry::file("LaFaSt Sachsen: Veranstaltungen", Method::Publish, &entries),
            )
        }
        Err(error) => failed(&state, &headers, &error),
    }
}

async fn one(State(state): State<AppState>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    match state.store.workshop_by_slug(&slug, false).await {
        Ok(card) => calendar(
            &headers,
            entry::file(
                &card.row.draft.title,
                Method::Publish,
                &[public_entry(&state, &card)],
            ),
        ),
        Err(error) => failed(&state, &headers, &error),
    }
}

pub(super) fn failed(state: &AppState, headers: &HeaderMap, error: &StoreError) -> Response {
    if matches!(error, StoreError::NotFound) {
        return Problem::NotFound.answer(headers, &state.site.stylesheet);
    }
    tracing::error!(%error, "a calendar file could not be made");
    Problem::Internal.answer(headers, &state.site.stylesheet)
}

/// A Veranstaltung as everybody may see it.
pub(super) fn public_entry(state: &AppState, card: &WorkshopCard) -> Entry {
    let row = &card.row;
    let venue = row.draft.venue.line();
    Entry {
        uid: format!("{}@veranstaltung.lafast", row.id),
        sequence: row.sequence,
        title: row.draft.title.clone(),
        description: row.draft.summary.clone(),
        location: if venue.is_empty() {
            "Online".to_owned()
        } else {
            venue
        },
        url: state
            .config
            .public_url
            .join(&format!("/veranstaltungen/{}", row.slug)),
        starts_at: row.draft.starts_at,
        ends_at: row.draft.ends_at,
        sessions: row.draft.sessions.clone(),
        stamped_at: row.updated_at,
        cancelled: row.status == Status::Cancelled,
        invitation: None,
    }
}

pub(super) fn calendar(headers: &HeaderMap, file: String) -> Response {
    fresh_or_not_modified(headers, "text/calendar; charset=utf-8", file)
}

/// The body with its entity tag, or 304 if the asker has it already. Everybody may keep it for five minutes; what is meant for
/// one asker goes through [`for_one`].
pub fn fresh_or_not_modified(headers: &HeaderMap, media_type: &'static str, body: String) -> Response {
    let digest = Sha256::digest(body.as_bytes());
    let tag = format!(
        "\"{}\"",
        store::migrate::hex(digest.get(..16).unwrap_or_default())
    );
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        // The compressing layer may have made the tag a weak one.
        .is_some_and(|tags| {
            tags.split(',')
                .any(|one| one.trim().trim_start_matches("W/") == tag)
        });
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, media_type)], body).into_response()
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=300"),
    );
    response
}

/// The same answer, kept by nobody but who asked.
pub fn for_one(mut response: Response) -> Response {
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    response
}

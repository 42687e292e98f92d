//! `/veranstaltungen.atom`: what is new (RFC 4287), with the filters of the page.
//!
//! - `xml`: a feed as XML, for whatever has one

mod xml;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use domain::german;
use domain::workshop::Status;
use store::workshops::{WorkshopCard, WorkshopRow};

use crate::calendar::{ListFilter, fresh_or_not_modified};
use crate::problem::Problem;
use crate::state::AppState;

pub use xml::{Entry, Feed};

/// Feeds.
pub fn routes() -> Router<AppState> {
    Router::new().route("/veranstaltungen.atom", get(atom))
}

async fn atom(
    State(state): State<AppState>,
    Query(filter): Query<ListFilter>,
    headers: HeaderMap,
) -> Response {
    match state
        .store
        .workshops(&filter.to_store(state.store.ambient().now()))
        .await
    {
        Ok(cards) => fresh_or_not_modified(
            &headers,
            "application/atom+xml; charset=utf-8",
            feed(&state, &cards),
        ),
        Err(error) => {
            tracing::error!(%error, "the feed could not be made");
            Problem::Internal.answer(&headers, &state.site.stylesheet)
        }
    }
}

fn feed(state: &AppState, cards: &[WorkshopCard]) -> String {
    let url = |path: &str| state.config.public_url.join(path);
    let entries = cards.iter().map(|card| {
        let row = &card.row;
        let when = german::span(row.draft.starts_at, row.draft.ends_at);
        Entry {
            id: format!("urn:uuid:{}", row.id),
            title: title(row),
            link: url(&format!("/veranstaltungen/{}", row.slug)),
            published: row.published_at.unwrap_or(row.created_at),
            updated: row.updated_at,
            summary: format!("{when}. {}{}", why_not(row), row.draft.summary),
        }
    });
    let feed = Feed {
        title: "LaFaSt Sachsen: Veranstaltungen",
        id: url("/veranstaltungen.atom"),
        page: url("/veranstaltungen"),
        entries: entries.collect(),
    };
    feed.to_xml()
}

/// The title; readers of feeds see little more, so it says that something is cancelled.
fn title(row: &WorkshopRow) -> String {
    match row.status {
        Status::Cancelled => format!("Abgesagt: {}", row.draft.title),
        Status::Draft | Status::Published => row.draft.title.clone(),
    }
}

/// Why it does not take place, as a sentence before the summary.
fn why_not(row: &WorkshopRow) -> String {
    match row.cancel_reason.as_deref().map(str::trim) {
        Some(reason) if row.status == Status::Cancelled && !reason.is_empty() => {
            let end = if reason.ends_with(['.', '!', '?']) {
                ""
            } else {
                "."
            };
            format!("Grund der Absage: {reason}{end} ")
        }
        _ => String::new(),
    }
}

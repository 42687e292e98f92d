//! `/veranstaltungen.atom`: what is new (RFC 4287), with the filters of the page.

use axum::Router;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use domain::german;
use domain::time::Instant;
use store::workshops::WorkshopCard;

use crate::calendar::{ListFilter, fresh_or_not_modified};
use crate::problem::Problem;
use crate::state::AppState;

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
    let url = |path: &str| escaped(&state.config.public_url.join(path));
    let updated = cards
        .iter()
        .map(|card| card.row.updated_at)
        .max()
        .unwrap_or(Instant(0));
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\">\n\
         <title>LaFaSt Sachsen: Veranstaltungen</title>\n\
         <id>{id}</id>\n<link rel=\"self\" href=\"{id}\"/>\n<link href=\"{page}\"/>\n\
         <updated>{updated}</updated>\n<author><name>LaFaSt Sachsen</name></author>\n",
        id = url("/veranstaltungen.atom"),
        page = url("/veranstaltungen"),
        updated = updated.to_rfc3339(),
    );
    for card in cards {
        let row = &card.row;
        let when = german::span(row.draft.starts_at, row.draft.ends_at);
        feed.push_str(&format!(
            "<entry>\n<id>urn:uuid:{id}</id>\n<title>{title}</title>\n<link href=\"{link}\"/>\n\
             <published>{published}</published>\n<updated>{updated}</updated>\n<summary>{summary}</summary>\n</entry>\n",
            id = row.id,
            title = escaped(&row.draft.title),
            link = url(&format!("/veranstaltungen/{}", row.slug)),
            published = row.published_at.unwrap_or(row.created_at).to_rfc3339(),
            updated = row.updated_at.to_rfc3339(),
            summary = escaped(&format!("{when}. {}", row.draft.summary)),
        ));
    }
    feed.push_str("</feed>\n");
    feed
}

/// Text for XML; characters that XML cannot hold are dropped.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\t' => safe.push(' '),
            other if other.is_control() => {}
            other => safe.push(other),
        }
    }
    safe
}

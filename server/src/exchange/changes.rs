//! What was published or withdrawn since: for systems that keep a copy of the catalogue, and for people with a feed reader.
//!
//! `/module/aenderungen.json?changed_since=CURSOR` tells each module once, at its newest change. Whoever asks with the cursor
//! of the answer before is told what is new, in order, and misses nothing. A module that is withdrawn is told, too: as
//! `"state": "withdrawn"`, so that the copy can go.

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use domain::ids::ModuleId;
use domain::module::field::Field;
use domain::time::Instant;
use serde::Deserialize;
use serde_json::{Value, json};
use store::modules::{CHANGES_MAX, ModuleChange};

use crate::calendar::fresh_or_not_modified;
use crate::feeds::{Entry, Feed};
use crate::problem::Problem;
use crate::state::AppState;

/// Entries of the feed.
const ENTRIES_MAX: usize = 50;

/// Since when.
#[derive(Debug, Deserialize)]
pub struct Asked {
    changed_since: Option<String>,
}

/// The place of a change in the order: microseconds and the module's id.
fn cursor(change: &ModuleChange) -> String {
    format!("{}.{}", change.at.micros(), change.module)
}

fn place(cursor: &str) -> Option<(Instant, ModuleId)> {
    let (at, module) = cursor.split_once('.')?;
    Some((Instant(at.parse().ok()?), ModuleId::parse(module).ok()?))
}

/// Changes since a cursor; without one, from the beginning.
pub async fn since(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let behind = match asked.changed_since.as_deref() {
        None | Some("") => None,
        Some(cursor) => match place(cursor) {
            Some(place) => Some(place),
            None => return Problem::BadQuery.into_response(),
        },
    };
    let changes = match state.store.module_changes(behind).await {
        Ok(changes) => changes,
        Err(error) => {
            tracing::error!(%error, "changes of the catalogue could not be read");
            return Problem::Unavailable.into_response();
        }
    };
    let next = changes
        .last()
        .map(cursor)
        .or(asked.changed_since)
        .unwrap_or_default();
    let body = json!({
        "items": changes.iter().map(|change| view(&state, change)).collect::<Vec<_>>(),
        "cursor": next,
        "hasMore": changes.len() == CHANGES_MAX,
    });
    fresh_or_not_modified(&headers, "application/json", body.to_string())
}

fn view(state: &AppState, change: &ModuleChange) -> Value {
    let url = |path: String| state.config.public_url.join(&path);
    json!({
        "id": change.module.to_string(),
        "code": change.code.as_str(),
        "state": if change.number.is_some() { "published" } else { "withdrawn" },
        "version": change.number,
        "changedAt": change.at.to_rfc3339(),
        "url": url(format!("/module/{}", change.code)),
        "course": change.number.map(|_| url(format!("/oeapi/v6/courses/{}", change.module))),
    })
}

/// The newest versions as a feed (RFC 4287).
pub async fn atom(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let mut modules = match state.store.catalogue().await {
        Ok(modules) => modules,
        Err(error) => {
            tracing::error!(%error, "the feed could not be made");
            return Problem::Internal.answer(&headers, &state.site.stylesheet);
        }
    };
    modules.sort_by_key(|listed| std::cmp::Reverse(listed.version.published_at));
    modules.truncate(ENTRIES_MAX);
    let url = |path: &str| state.config.public_url.join(path);
    let entries = modules.iter().map(|listed| {
        let (module, version) = (&listed.module, &listed.version);
        let at = version.published_at.unwrap_or(version.changed_at);
        Entry {
            id: format!("urn:uuid:{}", module.id),
            title: format!("{} {}", module.code, version.content.get(Field::Title)),
            link: url(&format!("/module/{}", module.code)),
            published: at,
            updated: at,
            summary: format!("Fassung {}. {}", version.number, version.content.get(Field::Lead)),
        }
    });
    let feed = Feed {
        title: "LaFaSt Sachsen: Module",
        id: url("/module.atom"),
        page: url("/module"),
        entries: entries.collect(),
    };
    fresh_or_not_modified(&headers, "application/atom+xml; charset=utf-8", feed.to_xml())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_place() {
        let module = ModuleId::parse("0198c0de-0000-7000-8000-000000000001").unwrap();
        let change = ModuleChange {
            module,
            code: domain::module::ModuleCode::parse("FSA-101").unwrap(),
            number: Some(1),
            at: Instant(1_795_000_000_123_456),
        };
        assert_eq!(place(&cursor(&change)), Some((change.at, module)));
        for wrong in ["", ".", "1", "1.x", "x.0198c0de-0000-7000-8000-000000000001"] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }
}

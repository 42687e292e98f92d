//! `/anmeldung/{token}/kalender.ics`: one's own place. The same entry as in the mails about it, so that a calendar that has
//! both shows one.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::booking::{Mode, PlaceState};
use domain::time::Instant;
use domain::workshop::Session;
use store::StoreError;

use super::entry::{self as calendar_entry, Entry, Method};
use super::files::{calendar, failed, for_one};
use crate::config::PublicUrl;
use crate::state::AppState;

/// What a calendar is told of the Veranstaltung.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// Its name in the URL.
    pub slug: &'a str,
    /// The title.
    pub title: &'a str,
    /// Where people meet.
    pub venue: &'a str,
    /// When it starts.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// The dates, if it has more than one.
    pub sessions: &'a [Session],
    /// SEQUENCE of the Veranstaltung.
    pub sequence: i64,
}

/// A place as a calendar entry, without personal link and without video link.
#[must_use]
pub fn entry(id: &str, mode: Mode, revision: i64, event: &Event<'_>, public: &PublicUrl) -> Entry {
    Entry {
        uid: format!("{id}@anmeldung.lafast"),
        // What is told later supersedes what was told before: both numbers only grow, and between two mails that change the
        // calendar at least one of them has.
        sequence: event.sequence + revision,
        title: event.title.to_owned(),
        description:
            "Alles zur Veranstaltung steht auf der Seite. Absagen Sie bitte über den Link in Ihrer E-Mail."
                .to_owned(),
        location: match mode {
            Mode::Online => "Online".to_owned(),
            Mode::OnSite => event.venue.to_owned(),
        },
        url: public.join(&format!("/veranstaltungen/{}", event.slug)),
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        sessions: event.sessions.to_vec(),
        stamped_at: event.starts_at,
        cancelled: false,
        invitation: None,
    }
}

/// The entry of a place that is certain, or that has ended. While somebody waits there is nothing to put into a calendar.
pub async fn file(State(state): State<AppState>, Path(token): Path<String>, headers: HeaderMap) -> Response {
    let place = match state.store.place_by_token(&token).await {
        Ok(place) => place,
        Err(error) => return failed(&state, &headers, &error),
    };
    let confirmed = place.state == PlaceState::Confirmed;
    if place.state.is_active() && !confirmed {
        return failed(&state, &headers, &StoreError::NotFound);
    }
    let row = &place.workshop;
    let event = Event {
        slug: &row.slug,
        title: &row.draft.title,
        venue: &row.draft.venue.line(),
        starts_at: row.draft.starts_at,
        ends_at: row.draft.ends_at,
        sessions: &row.draft.sessions,
        sequence: row.sequence,
    };
    let entry = Entry {
        stamped_at: place
            .history
            .last()
            .map_or(row.updated_at, |last| last.at.max(row.updated_at)),
        cancelled: !confirmed,
        ..entry(
            &place.id.to_string(),
            place.mode,
            place.revision,
            &event,
            &state.config.public_url,
        )
    };
    for_one(calendar(
        &headers,
        calendar_entry::file(&row.draft.title, Method::Publish, &[entry]),
    ))
}

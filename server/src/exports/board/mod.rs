//! A board to take along, and what its moderators did.
//!
//! Whoever asks gets what the pages show: a moderator also what waits, was refused or hidden. What was erased is in no
//! file.
//!
//! - [`rows`]: a table
//! - [`markdown`]: a text for minutes and newsletters
//! - [`pdf`]: on paper, also for who does not see it
//! - [`card`]: one card alone, with the parts that were asked for

mod card;
mod markdown;
mod pdf;
mod rows;

use std::collections::BTreeMap;

use app::boards::eyes::Eyes;
use app::boards::{LOG_HEADINGS, moderation_log};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use domain::board::results::Kept;
use domain::board::{Audience, BoardView, view};
use domain::ids::CardId;
use serde::Serialize;
use store::boards::BoardRow;

use super::{download, papers};
use crate::live::asker::Asker;
use crate::problem::Problem;
use crate::state::AppState;
use tables::csv;

/// Files of boards.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/themen/{slug}/export.csv", get(as_csv))
        .route("/themen/{slug}/export.json", get(as_json))
        .route("/themen/{slug}/export.md", get(as_markdown))
        .route("/themen/{slug}/export.pdf", get(as_pdf))
        .route("/themen/{slug}/protokoll.csv", get(log_as_csv))
        .route("/themen/{slug}/karten/{number}/{kind}", get(card::file))
}

/// A board for who asks.
struct Found {
    row: BoardRow,
    audience: Audience,
}

async fn find(state: &AppState, slug: &str, headers: &HeaderMap) -> Result<Found, Problem> {
    let row = state
        .store
        .board_by_slug(slug)
        .await
        .map_err(|_| Problem::NotFound)?;
    let asking = Asker::of(state, row.id, Eyes::Own, headers)
        .ask(&state.store)
        .await
        .map_err(|_| Problem::Unavailable)?;
    Ok(Found {
        row,
        audience: asking.audience(),
    })
}

/// A board as who asks may see it.
struct Seen {
    row: BoardRow,
    view: BoardView,
    /// The results that have stayed of it, if its term is over.
    kept: Vec<Kept>,
    /// For its moderators: what they note about cards for each other.
    notes: Option<BTreeMap<CardId, String>>,
}

async fn find_view(state: &AppState, slug: &str, headers: &HeaderMap) -> Result<Seen, Problem> {
    let Found { row, audience } = find(state, slug, headers).await?;
    let board = state
        .store
        .board(row.id)
        .await
        .map_err(|_| Problem::Unavailable)?;
    let view = view(&board, audience);
    let moderates = matches!(audience, Audience::Moderator(_));
    let is_hidden = board.settings.findings_hidden && !moderates;
    let kept = if is_hidden { Vec::new() } else { board.results };
    let notes = if moderates {
        let notes = state.store.card_notes(row.id).await;
        Some(notes.map_err(|_| Problem::Unavailable)?)
    } else {
        None
    };
    Ok(Seen {
        row,
        view,
        kept,
        notes,
    })
}

async fn as_csv(State(state): State<AppState>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    match find_view(&state, &slug, &headers).await {
        Ok(Seen {
            view, kept, notes, ..
        }) => {
            // In the last column, which is the moderators' own.
            let with_note = |cells: [String; rows::CELLS], card: Option<CardId>| {
                let of_card = |notes: &BTreeMap<CardId, String>| notes.get(&card?).cloned();
                let note = notes.as_ref().map(|notes| of_card(notes).unwrap_or_default());
                cells.into_iter().chain(note)
            };
            let headings = rows::HEADINGS.into_iter();
            let headings: Vec<&str> = headings.chain(notes.as_ref().map(|_| rows::NOTE)).collect();
            let cards = view.cards.iter();
            let cards = cards.map(|card| with_note(rows::cells(&view, card), Some(card.id)));
            let kept = kept
                .iter()
                .map(|kept| with_note(rows::kept_cells(&view, kept), None));
            let file = csv::file(&headings, cards.chain(kept));
            download("text/csv; charset=utf-8", "board.csv", file.into_bytes())
        }
        Err(problem) => problem.answer(&headers, &state.site.stylesheet),
    }
}

/// The board for programs.
#[derive(Serialize)]
struct File<'a> {
    title: &'a str,
    lead: &'a str,
    board: &'a BoardView,
    /// What has stayed of a board whose term is over.
    #[serde(skip_serializing_if = "<[Kept]>::is_empty")]
    results: &'a [Kept],
    /// For its moderators: what they note about cards for each other, by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<BTreeMap<CardId, String>>,
}

async fn as_json(State(state): State<AppState>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    let problem = |problem: Problem| problem.answer(&headers, &state.site.stylesheet);
    match find_view(&state, &slug, &headers).await {
        Ok(Seen {
            row,
            view,
            kept,
            notes,
        }) => {
            let file = File {
                title: &row.title,
                lead: &row.lead,
                board: &view,
                results: &kept,
                notes,
            };
            match serde_json::to_vec_pretty(&file) {
                Ok(bytes) => download("application/json", "board.json", bytes),
                Err(_) => problem(Problem::Internal),
            }
        }
        Err(error) => problem(error),
    }
}

async fn as_markdown(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Response {
    match find_view(&state, &slug, &headers).await {
        Ok(Seen { row, view, kept, .. }) => {
            let text = markdown::file(&row, &view, &kept);
            download("text/markdown; charset=utf-8", "board.md", text.into_bytes())
        }
        Err(problem) => problem.answer(&headers, &state.site.stylesheet),
    }
}

async fn as_pdf(State(state): State<AppState>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    let problem = |problem: Problem| problem.answer(&headers, &state.site.stylesheet);
    let Seen { row, view, kept, .. } = match find_view(&state, &slug, &headers).await {
        Ok(found) => found,
        Err(error) => return problem(error),
    };
    let Ok(workshop) = state.store.workshop_of(&row).await else {
        return problem(Problem::Unavailable);
    };
    let workshop = workshop.map(|workshop| workshop.draft.title);
    let now = state.store.ambient().now();
    let file = move || pdf::file(&row, (&view, &kept), workshop.as_deref(), now);
    match papers::written("a board", file).await {
        Ok(bytes) => download("application/pdf", "board.pdf", bytes),
        Err(error) => problem(error),
    }
}

async fn log_as_csv(State(state): State<AppState>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    let problem = |problem: Problem| problem.answer(&headers, &state.site.stylesheet);
    let found = match find(&state, &slug, &headers).await {
        Ok(found) => found,
        Err(error) => return problem(error),
    };
    if !matches!(found.audience, Audience::Moderator(_)) {
        return problem(Problem::NotFound);
    }
    match moderation_log(&state.store, found.row.id).await {
        Ok(lines) => {
            let file = csv::file(&LOG_HEADINGS, lines);
            download("text/csv; charset=utf-8", "protokoll.csv", file.into_bytes())
        }
        Err(_) => problem(Problem::Unavailable),
    }
}

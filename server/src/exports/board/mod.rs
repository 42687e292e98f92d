//! A board to take along, and what its moderators did.
//!
//! Whoever asks gets what the pages show: a moderator also what waits, was refused or hidden. What was erased is in no
//! file.
//!
//! - [`rows`]: a table
//! - [`markdown`]: a text for minutes and newsletters
//! - [`pdf`]: on paper, also for who does not see it
//! - [`log`]: what moderators did, for moderators
//! - [`card`]: one card alone, with the parts that were asked for

mod card;
mod log;
mod markdown;
mod pdf;
mod rows;

use app::boards::eyes::Eyes;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use domain::board::results::Kept;
use domain::board::{Audience, BoardView, view};
use domain::ids::BoardId;
use serde::Serialize;
use store::boards::BoardRow;

use super::{download, papers};
use crate::live::asker::Asker;
use crate::problem::Problem;
use crate::state::AppState;
use tables::csv;

/// Rows of the log of the office that are read for one board, the newest: more than moderators do on one.
const OFFICE_ROWS_MAX: i64 = 20_000;

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
}

async fn find_view(state: &AppState, slug: &str, headers: &HeaderMap) -> Result<Seen, Problem> {
    let Found { row, audience } = find(state, slug, headers).await?;
    let board = state
        .store
        .board(row.id)
        .await
        .map_err(|_| Problem::Unavailable)?;
    let view = view(&board, audience);
    let is_hidden = board.settings.findings_hidden && !matches!(audience, Audience::Moderator(_));
    let kept = if is_hidden { Vec::new() } else { board.results };
    Ok(Seen { row, view, kept })
}

async fn as_csv(State(state): State<AppState>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    match find_view(&state, &slug, &headers).await {
        Ok(Seen { view, kept, .. }) => {
            let cards = view.cards.iter().map(|card| rows::cells(&view, card));
            let kept = kept.iter().map(|kept| rows::kept_cells(&view, kept));
            let file = csv::file(&rows::HEADINGS, cards.chain(kept));
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
}

async fn as_json(State(state): State<AppState>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    let problem = |problem: Problem| problem.answer(&headers, &state.site.stylesheet);
    match find_view(&state, &slug, &headers).await {
        Ok(Seen { row, view, kept }) => {
            let file = File {
                title: &row.title,
                lead: &row.lead,
                board: &view,
                results: &kept,
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
        Ok(Seen { row, view, kept }) => {
            let text = markdown::file(&row, &view, &kept);
            download("text/markdown; charset=utf-8", "board.md", text.into_bytes())
        }
        Err(problem) => problem.answer(&headers, &state.site.stylesheet),
    }
}

async fn as_pdf(State(state): State<AppState>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    let problem = |problem: Problem| problem.answer(&headers, &state.site.stylesheet);
    let Seen { row, view, kept } = match find_view(&state, &slug, &headers).await {
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
    match log_lines(&state, found.row.id).await {
        Ok(lines) => {
            let file = csv::file(&log::HEADINGS, lines);
            download("text/csv; charset=utf-8", "protokoll.csv", file.into_bytes())
        }
        Err(error) => problem(error),
    }
}

/// What moderators did. For them alone.
async fn log_lines(state: &AppState, id: BoardId) -> Result<Vec<[String; 5]>, Problem> {
    let (Ok(board), Ok(records), Ok(office)) = (
        state.store.board(id).await,
        state.store.board_records(id, 0).await,
        state
            .store
            .audit_rows(Some(&id.to_string()), OFFICE_ROWS_MAX)
            .await,
    ) else {
        return Err(Problem::Unavailable);
    };
    Ok(log::lines(&board, &records, &office))
}

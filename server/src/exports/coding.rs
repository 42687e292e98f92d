//! Cards with the codes that were given to them, for staff: a table of everything, and quotes code by code. What was
//! erased is in neither, nor what is not for everybody to see.

use std::fmt::Write;

use app::boards::words;
use app::coding::work::{Unit, Work};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use domain::ids::{CodeId, CodingId};
use paper::markdown::plain;
use store::StoreError;

use super::{download, viewer};
use crate::problem::Problem;
use crate::state::AppState;
use tables::csv;

/// Files of codings.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/verwaltung/auswertung/{id}/zitate.csv", get(as_csv))
        .route("/verwaltung/auswertung/{id}/zitate.md", get(as_markdown))
}

async fn find(state: &AppState, id: &str, headers: &HeaderMap) -> Result<Work, Problem> {
    let is_staff = viewer(state, headers)
        .await
        .is_some_and(|viewer| viewer.is_staff());
    let (true, Ok(id)) = (is_staff, CodingId::parse(id)) else {
        return Err(Problem::NotFound);
    };
    match Work::load(&state.store, id).await {
        Ok(work) => Ok(work),
        Err(StoreError::NotFound) => Err(Problem::NotFound),
        Err(error) => {
            tracing::error!(%error, "a coding could not be read");
            Err(Problem::Unavailable)
        }
    }
}

async fn as_csv(State(state): State<AppState>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    match find(&state, &id, &headers).await {
        Ok(work) => download("text/csv; charset=utf-8", "zitate.csv", table(&work).into_bytes()),
        Err(problem) => problem.answer(&headers, &state.site.stylesheet),
    }
}

async fn as_markdown(State(state): State<AppState>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    match find(&state, &id, &headers).await {
        Ok(work) => download(
            "text/markdown; charset=utf-8",
            "zitate.md",
            quotes(&work).into_bytes(),
        ),
        Err(problem) => problem.answer(&headers, &state.site.stylesheet),
    }
}

/// One line a card: who gave which codes and noted what, and what was agreed on.
fn table(work: &Work) -> String {
    let readers = work.readers();
    let mut headings: Vec<String> = ["Board", "Karte", "Art", "Text", "Von"]
        .map(str::to_owned)
        .to_vec();
    for reader in &readers {
        let name = work.name(*reader);
        headings.extend([format!("Codes ({name})"), format!("Memo ({name})")]);
    }
    headings.push("Geeinigt".to_owned());
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let rows = work.units.iter().map(|unit| {
        let mut cells = vec![
            unit.board.1.clone(),
            unit.card.number.to_string(),
            unit.card.kind.label().to_owned(),
            unit.card.text.clone(),
            words::author(unit.card.author.as_deref(), unit.card.by_moderation).unwrap_or_default(),
        ];
        for reader in &readers {
            let reading = unit.done_by(*reader);
            cells.push(reading.map(|reading| work.names_of(reading)).unwrap_or_default());
            cells.push(reading.map(|reading| reading.memo.clone()).unwrap_or_default());
        }
        cells.push(
            unit.agreed()
                .map(|reading| work.names_of(reading))
                .unwrap_or_default(),
        );
        cells
    });
    csv::file(&headings, rows)
}

/// Whether a code holds for a card: it was agreed on, or everybody who has read the card gave it.
fn holds(unit: &Unit, code: CodeId) -> bool {
    match unit.agreed() {
        Some(agreed) => agreed.codes.contains(&code),
        None => unit.done().next().is_some() && unit.done().all(|reading| reading.codes.contains(&code)),
    }
}

fn quotes(work: &Work) -> String {
    let mut text = format!("# {}\n", plain(&work.coding.title));
    for code in &work.codebook.codes {
        let cards: Vec<&Unit> = work.units.iter().filter(|unit| holds(unit, code.id)).collect();
        // A string takes everything.
        let _ = write!(
            text,
            "\n## {} ({})\n\n{}\n",
            plain(&code.name),
            cards.len(),
            plain(&code.definition)
        );
        for unit in cards {
            let author = words::author(unit.card.author.as_deref(), unit.card.by_moderation);
            let author = author.map(|author| format!(", {author}"));
            let _ = write!(
                text,
                "\n> {}\n>\n> {}, Karte {}{}\n",
                plain(&unit.card.text),
                plain(&unit.board.1),
                unit.card.number,
                plain(&author.unwrap_or_default())
            );
        }
    }
    text
}

//! `/katalog/module.csv|xlsx|json`: the modules of who curates, with what their newest versions say; `/katalog/vorlage.csv|xlsx`:
//! an empty table with a row that says what goes where.

use app::catalogue::reviewer;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use domain::module::field::Field;
use domain::module::sheet;
use tables::{csv, xlsx};

use super::sheet::{Format, write};
use crate::exports::viewer;
use crate::problem::Problem;
use crate::state::AppState;

/// What the row under the headings of the template says about the institution.
const INSTITUTION_HINT: &str = "Name der Hochschule, nur bei neuen Modulen";

/// The modules of who asks.
pub async fn modules(State(state): State<AppState>, ending: &str, headers: HeaderMap) -> Response {
    match of_viewer(&state, ending, &headers).await {
        Ok((format, bytes)) => download(format, "module", bytes),
        Err(problem) => problem.answer(&headers, &state.site.stylesheet),
    }
}

async fn of_viewer(
    state: &AppState,
    ending: &str,
    headers: &HeaderMap,
) -> Result<(Format, Vec<u8>), Problem> {
    let format = Format::parse(ending).ok_or(Problem::NotFound)?;
    let viewer = viewer(state, headers).await;
    let reviewer = viewer.as_ref().and_then(reviewer).ok_or(Problem::NotFound)?;
    let mut modules = state.store.modules().await.map_err(|error| {
        tracing::error!(%error, "the catalogue could not be read");
        Problem::Unavailable
    })?;
    modules.retain(|listed| reviewer.works_for(&listed.module.owner_ids()));
    let bytes = write::file(format, &modules).map_err(|error| failed(&error))?;
    Ok((format, bytes))
}

fn failed(error: &dyn std::error::Error) -> Problem {
    tracing::error!(%error, "a table could not be written");
    Problem::Internal
}

/// An empty table.
pub async fn template(State(state): State<AppState>, ending: &str, headers: HeaderMap) -> Response {
    let answer = |problem: Problem| problem.answer(&headers, &state.site.stylesheet);
    let viewer = viewer(&state, &headers).await;
    if viewer.as_ref().and_then(reviewer).is_none() {
        return answer(Problem::NotFound);
    }
    let headings = sheet::headings();
    match Format::parse(ending) {
        Some(Format::Csv) => {
            let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
            download(
                Format::Csv,
                "vorlage",
                csv::file(&headings, [hints()]).into_bytes(),
            )
        }
        Some(Format::Xlsx) => match xlsx::file("Module", &headings, std::iter::once(hints())) {
            Ok(bytes) => download(Format::Xlsx, "vorlage", bytes),
            Err(error) => answer(failed(&error)),
        },
        Some(Format::Json) | None => answer(Problem::NotFound),
    }
}

/// What goes into each column.
fn hints() -> Vec<String> {
    let of_field = |field: &Field| {
        let facts = field.facts();
        let needed = if facts.is_needed { ", nötig" } else { "" };
        format!("{}{needed}. {}", facts.label, facts.hint)
            .trim()
            .to_owned()
    };
    let before = [
        "Kürzel, zum Beispiel FSA-205".to_owned(),
        INSTITUTION_HINT.to_owned(),
    ];
    before
        .into_iter()
        .chain(Field::ALL.iter().map(of_field))
        .collect()
}

fn download(format: Format, name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}.{}\"", format.ending());
    (
        [
            (header::CONTENT_TYPE, format.media_type().to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ],
        bytes,
    )
        .into_response()
}

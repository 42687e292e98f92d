//! The catalogue for other systems.
//!
//! - `oeapi`: Open Education API 6, `/oeapi/v6`
//! - `changes`: what was published or withdrawn since, `/module/aenderungen.json` and `/module.atom`
//! - `moochub`: MOOChub 3, `/bridges/moochub/courses`
//! - `files`: tables for who curates, `/katalog/module.csv` and the like
//! - [`lint`]: what we hand out, held against the standards
//! - [`sheet`]: CSV, XLSX and JSON, there and back
//! - `words`: the words of the catalogue, `/module/suche.json`
//! - `handbook`: all modules as tagged PDF, `/modulhandbuch.pdf`

mod changes;
mod files;
mod handbook;
pub mod lint;
mod moochub;
mod oeapi;
pub mod sheet;
mod words;

use axum::Router;
use axum::routing::get;

use crate::state::AppState;

/// What other systems read.
pub fn routes() -> Router<AppState> {
    let tables = ["csv", "xlsx", "json"]
        .into_iter()
        .fold(Router::new(), |router, ending| {
            router
                .route(
                    &format!("/katalog/module.{ending}"),
                    get(move |state, headers| files::modules(state, ending, headers)),
                )
                .route(
                    &format!("/katalog/vorlage.{ending}"),
                    get(move |state, headers| files::template(state, ending, headers)),
                )
        });
    tables
        .route("/bridges/moochub/courses", get(moochub::courses))
        .route("/modulhandbuch.pdf", get(handbook::file))
        .route("/katalog/modulhandbuch.pdf", get(handbook::drafts))
        .route("/module/aenderungen.json", get(changes::since))
        .route("/module.atom", get(changes::atom))
        .route("/module/suche.json", get(words::file))
        .merge(oeapi::routes())
}

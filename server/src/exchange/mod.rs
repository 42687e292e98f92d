//! The catalogue for other systems.
//!
//! - `oeapi`: Open Education API 6, `/oeapi/v6`
//! - `changes`: what was published or withdrawn since, `/module/aenderungen.json` and `/module.atom`
//! - `moochub`: MOOChub 3, `/bridges/moochub/courses`
//! - [`sheet`]: CSV, XLSX and JSON, there and back
//! - `handbook`: all modules as tagged PDF, `/modulhandbuch.pdf`

mod changes;
mod handbook;
mod moochub;
mod oeapi;
pub mod sheet;

use axum::Router;
use axum::routing::get;

use crate::state::AppState;

/// What other systems read.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/bridges/moochub/courses", get(moochub::courses))
        .route("/modulhandbuch.pdf", get(handbook::file))
        .route("/module/aenderungen.json", get(changes::since))
        .route("/module.atom", get(changes::atom))
        .merge(oeapi::routes())
}

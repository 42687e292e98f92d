//! The catalogue for other systems.
//!
//! - [`moochub`]: MOOChub 3, `/bridges/moochub/courses`
//! - [`sheet`]: CSV, XLSX and JSON, there and back
//! - [`handbook`]: all modules as tagged PDF, `/modulhandbuch.pdf`

mod handbook;
mod moochub;
pub mod sheet;

use axum::Router;
use axum::routing::get;

use crate::state::AppState;

/// What other systems read.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/bridges/moochub/courses", get(moochub::courses))
        .route("/modulhandbuch.pdf", get(handbook::file))
}

//! `/b/{code}`: the way into a room, from a QR code or typed. Leads to the board's page, with the form to take part open.
//! `/themen/{slug}/code.svg`: that QR code.

use app::boards::UNKNOWN_CODE;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use fast_qr::convert::{Builder, svg::SvgBuilder};
use fast_qr::{ECL, QRBuilder};
use serde::Deserialize;

use crate::problem::Problem;
use crate::state::AppState;

/// The QR code that leads into a room (ISO/IEC 18004), for the projector and for paper.
pub async fn image(State(state): State<AppState>, Path(slug): Path<String>, headers: HeaderMap) -> Response {
    let problem = |problem: Problem| problem.answer(&headers, &state.site.stylesheet);
    let Ok(row) = state.store.board_by_slug(&slug).await else {
        return problem(Problem::NotFound);
    };
    let address = state.config.public_url.join(&format!("/b/{}", row.code));
    match QRBuilder::new(address).ecl(ECL::M).build() {
        Ok(code) => {
            let image = SvgBuilder::default().margin(QUIET_ZONE_MODULES).to_str(&code);
            ([(header::CONTENT_TYPE, "image/svg+xml")], image).into_response()
        }
        Err(_) => problem(Problem::Internal),
    }
}

/// White around the code, without which cameras do not find it.
const QUIET_ZONE_MODULES: usize = 4;

/// The code of a form.
#[derive(Debug, Deserialize)]
pub struct Typed {
    #[serde(default)]
    code: String,
}

/// By the address of a QR code.
pub async fn by_link(State(state): State<AppState>, Path(code): Path<String>) -> Response {
    lead(&state, &code).await
}

/// By the form on the list of boards.
pub async fn by_form(State(state): State<AppState>, Query(typed): Query<Typed>) -> Response {
    lead(&state, &typed.code).await
}

async fn lead(state: &AppState, code: &str) -> Response {
    let target = match state.store.board_by_code(&plain(code)).await {
        Ok(board) => format!("/themen/{}?mitmachen=1", board.slug),
        // Somebody who tries codes leaves nothing behind: a GET writes nothing.
        Err(_) => format!("/themen?antwort={UNKNOWN_CODE}"),
    };
    Redirect::to(&target).into_response()
}

/// As a code is kept: without what people put between the parts when they read it aloud.
fn plain(code: &str) -> String {
    code.chars()
        .filter(|character| character.is_ascii_alphanumeric())
        .take(32)
        .collect::<String>()
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_code_may_be_written_as_it_is_read_aloud() {
        assert_eq!(plain(" ABCD-EF 23 "), "abcdef23");
    }
}

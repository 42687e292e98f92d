//! `/b/{code}`: the way into a room, from a QR code or typed. Leads to the board's page, which says how to take part.

use app::form_reply::{FieldError, FormReply};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::state::AppState;

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
    let code = plain(code);
    let target = match state.store.board_by_code(&code).await {
        Ok(board) => format!("/themen/{}", board.slug),
        Err(_) => unknown(state).await,
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

/// The list of boards, with a word about the code.
async fn unknown(state: &AppState) -> String {
    let reply = FormReply::refused(
        Default::default(),
        vec![FieldError::new(
            "code",
            "Zu diesem Code gibt es kein Board. Bitte prüfen Sie ihn an der Leinwand.",
        )],
    );
    let kept = match serde_json::to_string(&reply) {
        Ok(text) => state.store.keep_form_reply(&text).await.ok(),
        Err(_) => None,
    };
    kept.map_or_else(|| "/themen".to_owned(), |id| format!("/themen?antwort={id}"))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_code_may_be_written_as_it_is_read_aloud() {
        assert_eq!(plain(" ABCD-EF 23 "), "abcdef23");
    }
}

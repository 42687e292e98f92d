//! Evidence for a recognition: for who uploaded it, and for who decides.

use app::catalogue::as_reviewer;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use domain::ids::FileId;
use domain::recognition::State as Standing;
use store::StoreError;

use super::viewer;
use crate::problem::Problem;
use crate::state::AppState;

/// A file as it was uploaded: always saved, never shown inside a page of ours, and nothing in it may run.
pub async fn file(State(state): State<AppState>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    match find(&state, &id, &headers).await {
        Ok((name, media_type, content)) => (
            [
                (header::CONTENT_TYPE, media_type.to_owned()),
                (header::CONTENT_DISPOSITION, attachment(&name)),
                (header::CACHE_CONTROL, "no-store".to_owned()),
                (
                    header::CONTENT_SECURITY_POLICY,
                    "default-src 'none'; sandbox".to_owned(),
                ),
            ],
            content,
        )
            .into_response(),
        Err(problem) => problem.answer(&headers, &state.site.stylesheet),
    }
}

async fn find(
    state: &AppState,
    id: &str,
    headers: &HeaderMap,
) -> Result<(String, &'static str, Vec<u8>), Problem> {
    let unread = |error: StoreError| match error {
        StoreError::NotFound => Problem::NotFound,
        error => {
            tracing::error!(%error, "evidence could not be read");
            Problem::Unavailable
        }
    };
    let viewer = viewer(state, headers).await.ok_or(Problem::NotFound)?;
    let id = FileId::parse(id).map_err(|_| Problem::NotFound)?;
    let found = state.store.evidence(id).await.map_err(unread)?;
    let application = state.store.recognition(found.recognition).await.map_err(unread)?;
    let who = as_reviewer(&viewer);
    let is_own = application.person == who.person;
    let decides = application.state != Standing::Draft && who.works_for(&application.module.owner_ids());
    if !is_own && !decides {
        return Err(Problem::NotFound);
    }
    let file = found.file;
    Ok((
        file.name.as_str().to_owned(),
        file.kind.media_type(),
        file.content,
    ))
}

/// The name of the file in ASCII, and as it is (RFC 6266, 4.3).
fn attachment(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_' | ' ') {
                character
            } else {
                '_'
            }
        })
        .collect();
    let encoded: String = name
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_breaks_out_of_no_header() {
        assert_eq!(
            attachment("Zeugnis \"ä\".pdf"),
            "attachment; filename=\"Zeugnis ___.pdf\"; filename*=UTF-8''Zeugnis%20%22%C3%A4%22.pdf"
        );
    }
}

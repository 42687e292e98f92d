//! Bodies end, in size and in time (S7).
//!
//! A body is read here, once and bounded, before anything else looks at it; what comes after works on at most
//! [`BODY_BYTES_MAX`] in memory, and on at most [`UPLOAD_BYTES_MAX`] where files are sent. Too large: the rest is read and dropped, because a client that still sends would
//! see a broken connection instead of the answer.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use futures::StreamExt;

use crate::api::caller;
use crate::exports::viewer;
use crate::problem::Problem;
use crate::state::AppState;

/// Larger than any form of the platform: its longest text has 8,000 characters.
pub const BODY_BYTES_MAX: usize = 256 * 1_024;
/// A file with what stands around it in a form: evidence of 5 MiB, or a table of modules.
pub const UPLOAD_BYTES_MAX: usize = domain::recognition::file::FILE_BYTES_MAX + 64 * 1_024;
/// Where files are sent; more is only taken from who is signed in or comes with a token.
const UPLOADS: [&str; 3] = [
    "/api/recognition-upload",
    "/api/modules-upload",
    "/api/v1/modules",
];
/// How much of a body that is too large is read and dropped before the connection is cut.
const DROPPED_BYTES_MAX: usize = 128 * 1_024 * 1_024;
/// A body of 256 KiB on a bad mobile connection takes a few seconds.
const BODY_SECONDS_MAX: u64 = 20;
/// Five MiB on the same connection take a minute and a half.
const UPLOAD_SECONDS_MAX: u64 = 120;

/// How many bytes may be sent to a path.
#[must_use]
pub fn bytes_max(path: &str) -> usize {
    if UPLOADS.contains(&path) {
        UPLOAD_BYTES_MAX
    } else {
        BODY_BYTES_MAX
    }
}

/// Reads the body, or refuses it with 413 or 408.
pub async fn around<F: Future<Output = Response>>(
    state: &AppState,
    request: Request,
    next: impl FnOnce(Request) -> F,
) -> Response {
    if !state.config.protections.bodies || request.body().is_end_stream() {
        return next(request).await;
    }
    let (parts, body) = request.into_parts();
    let most = match bytes_max(parts.uri.path()) {
        UPLOAD_BYTES_MAX if !is_known(state, &parts.headers).await => BODY_BYTES_MAX,
        most => most,
    };
    let seconds = if most > BODY_BYTES_MAX {
        UPLOAD_SECONDS_MAX
    } else {
        BODY_SECONDS_MAX
    };
    let announced = parts
        .headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse().ok());
    let waits_for_permission = parts.headers.contains_key(header::EXPECT);
    if waits_for_permission && announced.is_some_and(|length: u64| length > most as u64) {
        return refuse(Problem::BodyTooLarge, &parts.headers, state);
    }
    match tokio::time::timeout(Duration::from_secs(seconds), read(body, most)).await {
        Ok(Some(bytes)) => next(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(None) => refuse(Problem::BodyTooLarge, &parts.headers, state),
        Err(_) => refuse(Problem::BodyTooSlow, &parts.headers, state),
    }
}

async fn is_known(state: &AppState, headers: &HeaderMap) -> bool {
    viewer(state, headers).await.is_some() || matches!(caller(state, headers).await, Ok(Some(_)))
}

fn refuse(problem: Problem, asked: &HeaderMap, state: &AppState) -> Response {
    let mut response = problem.answer(asked, &state.site.stylesheet);
    response
        .headers_mut()
        .insert(header::CONNECTION, axum::http::HeaderValue::from_static("close"));
    response
}

/// The whole body, or nothing if it is too large or breaks off.
async fn read(body: Body, most: usize) -> Option<Bytes> {
    let mut kept = Vec::new();
    let mut seen = 0_usize;
    let mut stream = body.into_data_stream();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.ok()?;
        seen = seen.saturating_add(chunk.len());
        if seen > DROPPED_BYTES_MAX {
            return None;
        }
        if seen <= most {
            kept.extend_from_slice(&chunk);
        } else {
            kept = Vec::new();
        }
    }
    (seen <= most).then(|| Bytes::from(kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_largest_body_passes_and_one_byte_more_does_not() {
        let bytes = |length| Body::from(vec![b'x'; length]);
        assert_eq!(
            read(bytes(BODY_BYTES_MAX), BODY_BYTES_MAX)
                .await
                .map(|body| body.len()),
            Some(BODY_BYTES_MAX)
        );
        assert_eq!(read(bytes(BODY_BYTES_MAX + 1), BODY_BYTES_MAX).await, None);
    }

    #[tokio::test]
    async fn a_stream_without_a_length_is_bounded_too() {
        let chunk = Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; 64 * 1_024]));
        let chunks = (0..5)
            .map(|_| Ok(chunk.as_ref().unwrap().clone()))
            .collect::<Vec<std::io::Result<Bytes>>>();
        let body = Body::from_stream(futures::stream::iter(chunks));
        assert_eq!(read(body, BODY_BYTES_MAX).await, None);
    }

    #[test]
    fn only_where_files_are_sent_more_is_taken() {
        assert_eq!(bytes_max("/api/sign-up"), BODY_BYTES_MAX);
        assert_eq!(bytes_max("/api/recognition-upload"), UPLOAD_BYTES_MAX);
        assert_eq!(bytes_max("/api/recognition-upload/x"), BODY_BYTES_MAX);
    }
}

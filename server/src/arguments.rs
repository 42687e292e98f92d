//! Arguments that do not fit a server function are no fault of the server.
//!
//! The framework answers them with 500 and a line of its own; here that becomes 400 and RFC 9457. A browser that navigates is
//! sent back to its page before, and does not come here.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;

use crate::problem::Problem;

/// The framework's line is one sentence, perhaps with what was sent.
const LINE_BYTES_MAX: usize = 1_024 * 1_024;
/// How it begins when what was sent cannot be read.
const UNREADABLE: [&[u8]; 3] = [b"Args|", b"MissingArg|", b"Deserialization|"];

/// Says what was wrong where the framework says that something was.
pub async fn layer(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR
        || !response.headers().contains_key(SERVER_FN_ERROR_HEADER)
    {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(line) = to_bytes(body, LINE_BYTES_MAX).await else {
        return Problem::Internal.into_response();
    };
    if UNREADABLE.iter().any(|begins| line.starts_with(begins)) {
        return Problem::BadArguments.into_response();
    }
    Response::from_parts(parts, Body::from(line))
}

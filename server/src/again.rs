//! A page that does not come is rendered once more.
//!
//! Very rarely a page that waits for its data is never told that they are there: seen twice in the tests of this crate, on a
//! machine at its limit, with Leptos 0.9.0-rc1; never in tens of thousands of pages of a release. Reading changes nothing, so
//! it is begun again, instead of keeping somebody waiting until the deadline.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;

/// Far above what a page takes that comes, and far below the deadline.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// Reads again what did not come within this time. What may change something is never repeated.
pub async fn layer(State(patience): State<Duration>, request: Request, next: Next) -> Response {
    if *request.method() != Method::GET {
        return next.run(request).await;
    }
    // Who reads sends nothing.
    let (parts, _) = request.into_parts();
    let first = Request::from_parts(parts.clone(), Body::empty());
    match tokio::time::timeout(patience, next.clone().run(first)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::warn!("a page did not come, and is rendered once more");
            next.run(Request::from_parts(parts, Body::empty())).await
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use axum::Router;
    use axum::http::StatusCode;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    /// A page of which only the second rendering ends.
    async fn asks(method: Method, patience: Duration) -> Result<StatusCode, tokio::time::error::Elapsed> {
        let begun = Arc::new(AtomicU32::new(0));
        let page = move || {
            let nth = begun.fetch_add(1, Ordering::Relaxed);
            async move {
                if nth == 0 {
                    std::future::pending::<()>().await;
                }
                "da"
            }
        };
        let router = Router::new()
            .route("/", get(page.clone()).post(page))
            .layer(from_fn_with_state(patience, layer));
        let request = Request::builder()
            .method(method)
            .uri("/")
            .body(Body::empty())
            .unwrap();
        let answer = tokio::time::timeout(Duration::from_millis(500), router.oneshot(request)).await?;
        Ok(answer.unwrap().status())
    }

    #[tokio::test]
    async fn what_does_not_come_is_read_again_and_nothing_is_done_twice() {
        let soon = Duration::from_millis(20);
        assert_eq!(asks(Method::GET, soon).await.unwrap(), StatusCode::OK);
        assert!(asks(Method::POST, soon).await.is_err());
    }

    #[tokio::test]
    async fn sabotage_without_the_repeat_it_never_comes() {
        assert!(asks(Method::GET, Duration::from_secs(60)).await.is_err());
    }
}

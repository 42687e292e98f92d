//! Nothing changes at the word of another website (S2).
//!
//! Every request that may change something, and every WebSocket upgrade, must come from a page of this platform.
//! Browsers say so in `Origin` and `Sec-Fetch-Site`, which scripts cannot write. A program that is no browser sends
//! neither; it carries no cookie that somebody else put there, so it may go on, unless it does carry one of our
//! cookies: then it behaves like a browser that hides where it comes from, and is refused.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, Method, header};
use axum::response::Response;

use crate::config::PublicUrl;
use crate::problem::Problem;
use crate::state::AppState;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses what comes from elsewhere with 403, before any handler sees it.
pub async fn around<F: Future<Output = Response>>(
    state: &AppState,
    request: Request,
    next: impl FnOnce(Request) -> F,
) -> Response {
    if !state.config.protections.origin || !may_change_something(&request) {
        return next(request).await;
    }
    let has_secret = state.cookies().any(request.headers());
    if is_from_here(request.headers(), &state.config.public_url, has_secret) {
        return next(request).await;
    }
    Problem::ForeignOrigin.answer(request.headers(), &state.site.stylesheet)
}

fn may_change_something(request: &Request) -> bool {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    !reads || request.headers().contains_key(header::UPGRADE)
}

fn is_from_here(headers: &HeaderMap, public_url: &PublicUrl, has_secret: bool) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let (origin, more) = (origins.next(), origins.next());
    let site = headers.get(FETCH_SITE).map(|value| value.as_bytes());
    if more.is_some() || matches!(site, Some(b"cross-site" | b"same-site")) {
        return false;
    }
    match (origin, site) {
        (Some(origin), _) => origin
            .to_str()
            .is_ok_and(|origin| public_url.is_own_origin(origin)),
        (None, Some(site)) => site == b"same-origin",
        (None, None) => !has_secret,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn allowed(origin: Option<&'static str>, site: Option<&'static str>, has_secret: bool) -> bool {
        let mut headers = HeaderMap::new();
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
        }
        if let Some(site) = site {
            headers.insert(FETCH_SITE, HeaderValue::from_static(site));
        }
        is_from_here(
            &headers,
            &PublicUrl::parse("https://lafast.example").unwrap(),
            has_secret,
        )
    }

    #[test]
    fn our_own_pages_may() {
        assert!(allowed(Some("https://lafast.example"), Some("same-origin"), true));
        assert!(allowed(Some("https://lafast.example"), None, true));
        assert!(allowed(None, Some("same-origin"), true));
    }

    #[test]
    fn nobody_else_may() {
        for origin in [
            "https://attacker.example",
            "null",
            "http://lafast.example",
            "https://lafast.example:444",
            "",
        ] {
            assert!(!allowed(Some(origin), None, false), "{origin}");
            assert!(!allowed(Some(origin), Some("same-origin"), false), "{origin}");
        }
        assert!(!allowed(None, Some("cross-site"), false));
        assert!(!allowed(None, Some("same-site"), false));
        assert!(!allowed(
            Some("https://lafast.example"),
            Some("cross-site"),
            false
        ));
    }

    #[test]
    fn a_program_without_a_session_may_and_with_one_may_not() {
        assert!(allowed(None, None, false));
        assert!(!allowed(None, None, true));
    }
}

//! Who may keep an answer.
//!
//! Pages of a person are kept nowhere. Public pages are asked for again each time, because they hold a nonce and
//! the seats left. Files with the hash of their content in the name are kept for a year.

use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::response::Response;

use crate::state::AppState;

const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
const NO_CACHE: HeaderValue = HeaderValue::from_static("no-cache");
/// What begins so belongs to one person.
const PERSONAL: [&str; 9] = [
    "/anmeldung",
    "/anrechnung",
    "/api/",
    "/katalog",
    "/konto",
    "/live/",
    "/nachweis/",
    "/themen/",
    "/verwaltung",
];

/// Sets `Cache-Control` where the handler did not.
pub async fn around<F: Future<Output = Response>>(
    state: &AppState,
    request: Request,
    next: impl FnOnce(Request) -> F,
) -> Response {
    let is_personal = is_personal(request.uri().path(), request.uri().query())
        || state.cookies().session(request.headers()).is_some();
    let mut response = next(request).await;
    let starts_session = response.headers().contains_key(header::SET_COOKIE);
    let headers = response.headers_mut();
    if starts_session {
        headers.insert(header::CACHE_CONTROL, NO_STORE);
    } else {
        headers
            .entry(header::CACHE_CONTROL)
            .or_insert(if is_personal { NO_STORE } else { NO_CACHE });
    }
    response
}

/// Whether a page is one person's, or an answer to a form.
pub fn is_personal(path: &str, query: Option<&str>) -> bool {
    PERSONAL.iter().any(|start| path.starts_with(start))
        || path.ends_with("/angemeldet")
        || query.is_some_and(|query| query.split('&').any(|pair| pair.starts_with("antwort=")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_one_person_is_recognised() {
        assert!(is_personal("/anmeldung/abc", None));
        assert!(is_personal("/veranstaltungen/x/angemeldet", None));
        assert!(is_personal("/veranstaltungen/x", Some("a=1&antwort=abc")));
        assert!(!is_personal("/veranstaltungen/x", Some("kreis=dresden")));
    }
}

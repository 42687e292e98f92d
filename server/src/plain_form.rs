//! A form that a program sends without saying what it takes is answered as one from a browser.
//!
//! The framework leads on to a page only for who names `text/html`, and the application's own half names JSON. Whoever takes
//! anything (`*/*`, or says nothing) wants to know what became of the form: the page says it.

use axum::extract::Request;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;

/// What a form is sent as (HTML Living Standard, 4.10.21.3).
const FORMS: [&str; 2] = ["application/x-www-form-urlencoded", "multipart/form-data"];

/// Lets a form that takes anything ask for a page.
pub async fn layer(mut request: Request, next: Next) -> Response {
    if *request.method() == Method::POST && is_form(request.headers()) && takes_anything(request.headers()) {
        request
            .headers_mut()
            .insert(ACCEPT, HeaderValue::from_static("text/html"));
    }
    next.run(request).await
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| FORMS.iter().any(|form| kind.starts_with(form)))
}

fn takes_anything(headers: &HeaderMap) -> bool {
    let kinds = headers.get(ACCEPT).map_or(Ok("*/*"), HeaderValue::to_str);
    kinds.is_ok_and(|kinds| kinds.split(',').all(|kind| kind.trim().starts_with("*/*")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_names_nothing_takes_anything() {
        let asks = |accept: &'static str| HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(accept))]);
        assert!(takes_anything(&HeaderMap::new()));
        for (accept, anything) in [
            ("*/*", true),
            ("*/*;q=0.8", true),
            ("application/json, */*", false),
            ("text/html,*/*;q=0.8", false),
        ] {
            assert_eq!(takes_anything(&asks(accept)), anything, "{accept}");
        }
    }
}

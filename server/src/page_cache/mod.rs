//! Public pages are rendered once per change of the data, not once per visitor (P3).
//!
//! A page is kept while nothing was committed by this process, for one second at most: times of day move on, and on
//! PostgreSQL another process may have written. What has to differ from answer to answer, the nonce of the policy
//! and the key that makes a form one sign-up, is put in afterwards: see [`template`].
//!
//! Only what everybody sees is kept: no request with a session, no page of a person, no answer to a form.
//!
//! - [`slots`]: the pages that are kept, bounded
//! - [`template`]: a page with gaps

mod slots;
mod template;

use std::sync::Arc;

use app::form_key::FormKey;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::nonce::Nonce;

use crate::problem::Problem;
use crate::security::{cache, headers};
use crate::state::AppState;

pub use slots::Slots;
use slots::{Kept, Slot};
use template::{Marks, Template};

/// A page that is longer is rendered for each visitor.
const PAGE_BYTES_MAX: usize = 256 * 1_024;
/// So is one with a longer address.
const ADDRESS_BYTES_MAX: usize = 256;
/// How long a page is kept, in microseconds.
const KEPT_MICROS_MAX: i64 = 1_000_000;

/// Answers from a kept page where that is possible.
pub async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let Some(address) = public_address(&state, &request) else {
        return next.run(request).await;
    };
    let Some(slot) = state.pages.slot(&address) else {
        return next.run(request).await;
    };
    // One request renders, those that come meanwhile wait for it.
    let mut slot = slot.lock().await;
    // Read before the page is rendered: a change in between makes the page old, never the other way round.
    let commits = state.store.commits();
    let now = state.store.ambient().now().micros();
    if let Some(kept) = &*slot
        && is_current(&state, kept, commits, now)
    {
        let template = Arc::clone(&kept.template);
        drop(slot);
        return fill(&state, &template);
    }
    let (answer, template) = render(request, next).await;
    keep(&mut slot, template.as_ref(), commits, now);
    drop(slot);
    match template {
        Some(template) => fill(&state, &template),
        None => answer,
    }
}

fn is_current(state: &AppState, kept: &Kept, commits: u64, now: i64) -> bool {
    let is_young = (0..KEPT_MICROS_MAX).contains(&(now - kept.rendered_at));
    is_young && (kept.commits == commits || !state.config.protections.fresh_pages)
}

fn keep(slot: &mut Slot, template: Option<&Arc<Template>>, commits: u64, rendered_at: i64) {
    let template = template.filter(|template| template.bytes() <= PAGE_BYTES_MAX);
    *slot = template.map(|template| Kept {
        template: Arc::clone(template),
        commits,
        rendered_at,
    });
}

/// Path and query of a page that is the same for everybody.
fn public_address(state: &AppState, request: &Request) -> Option<String> {
    let uri = request.uri();
    let is_public = *request.method() == Method::GET
        && !cache::is_personal(uri.path(), uri.query())
        && state.cookies().session(request.headers()).is_none();
    let address = uri.path_and_query()?.as_str();
    (is_public && address.len() <= ADDRESS_BYTES_MAX).then(|| address.to_owned())
}

/// Renders a page with marks. An answer that is no such page is given as it is.
async fn render(mut request: Request, next: Next) -> (Response, Option<Arc<Template>>) {
    let marks = Marks::new();
    request.extensions_mut().insert(marks.clone());
    let (parts, body) = next.run(request).await.into_parts();
    let is_page = parts.status == StatusCode::OK
        && !parts.headers.contains_key(header::SET_COOKIE)
        && parts
            .headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page {
        // Whatever it is, its marks are its own: they are random, and used once.
        return (Response::from_parts(parts, body), None);
    }
    match to_bytes(body, usize::MAX).await {
        Ok(bytes) => {
            let template = Template::new(parts.headers, &bytes, &marks);
            (Response::new(Body::empty()), Some(Arc::new(template)))
        }
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            (Problem::Internal.into_response(), None)
        }
    }
}

/// A page for one visitor.
fn fill(state: &AppState, template: &Template) -> Response {
    let nonce = Nonce::new().to_string();
    let key = state.store.ambient().uuid().to_string();
    let mut response = Response::new(Body::from(template.fill(&nonce, &key)));
    *response.headers_mut() = template.headers.clone();
    if let Some(policy) = headers::page_policy(&nonce) {
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// What a page is rendered with: its own marks, or what the framework made for this answer.
pub fn provide_marks() {
    use leptos::prelude::{provide_context, use_context};
    let marks = use_context::<axum::http::request::Parts>()
        .and_then(|parts| parts.extensions.get::<Marks>().cloned());
    if let Some(marks) = marks {
        provide_context(Nonce::from_value(marks.nonce));
        provide_context(FormKey(marks.key));
    }
}

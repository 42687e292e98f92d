//! The table of all routes, and what stands around them.

use std::sync::Arc;

use app::access::MayPrivate;
use app::boards::door::Door;
use app::boards::in_room::InRoom;
use app::catalogue::Judge;
use app::public_address::PublicAddress;
use app::staff::bounces_to::BouncesTo;
use app::staff::mail_reader::MailReader;
use app::{
    App,
    shell::shell,
    wake::{BOARD_WAKES_MS, Waking},
};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{
    AxumRouteListing, LeptosRoutes, ResponseOptions, generate_route_list, render_app_async_with_context,
};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use crate::mail::message;
use crate::problem::Problem;
use crate::security::client::ClientAddress;
use crate::security::{body, cache, headers};
use crate::state::AppState;
use crate::{
    again, api, arguments, calendar, discovery, exchange, exports, feeds, gate, health, live, page_cache,
    plain_form,
};

/// Brotli at this level costs well under a millisecond for a page; higher ones save little more.
const COMPRESSION_LEVEL: i32 = 4;
/// What `/veranstaltungen/{slug}.ics` is inside: the routes' paths know no suffixes ([`rewrite`]).
const CALENDAR_FILE: &str = "kalender.ics";

/// Every page of the application, as the server sees it.
#[must_use]
pub fn pages() -> Vec<AxumRouteListing> {
    generate_route_list(App)
}

/// All routes with all layers.
pub fn build(state: AppState) -> Router {
    let context = page_context(&state);
    let leptos = state.leptos.clone();

    let application = Router::new()
        .leptos_routes_with_context(&state, pages(), context, move || shell(leptos.clone()))
        // What is sent is bounded before it gets here (`security::body`), and more where files are sent.
        .layer(DefaultBodyLimit::max(body::UPLOAD_BYTES_MAX))
        .layer(from_fn(plain_form::layer))
        .layer(from_fn(arguments::layer))
        .layer(from_fn_with_state(again::PATIENCE, again::layer))
        .layer(from_fn_with_state(state.clone(), page_cache::layer));

    Router::new()
        // Watching
        .route("/healthz", get(health::process))
        .route("/readyz", get(health::ready))
        // Search engines
        .route("/robots.txt", get(discovery::robots))
        .route("/sitemap.xml", get(discovery::sitemap))
        // Files for other programs
        .merge(calendar::routes())
        .merge(feeds::routes())
        .merge(exports::routes())
        .merge(exchange::routes())
        .merge(api::routes())
        // Boards, as it happens
        .merge(live::routes())
        // Pages and their server functions: app/src/routes.rs
        .merge(application)
        // Files of this build, and everything that does not exist
        .fallback(file_or_not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(COMPRESSION_LEVEL)))
        .layer(from_fn_with_state(state.clone(), gate::layer))
        .with_state(state)
}

/// What pages and server functions find in their context; a page's policy names its nonce.
fn page_context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let state = state.clone();
    let public = state.config.public_url.clone();
    let judge = Judge(Arc::new(move |listed| exchange::lint::judge(&public, listed)));
    let reader = mail_reader(&state);
    let bounces_to = bounces_to(&state);
    let rooms = Arc::clone(&state.rooms);
    let in_room = InRoom(Arc::new(move |board| rooms.here(board)));
    let door = door(&state);
    move || {
        if let Some(reader) = reader.clone() {
            provide_context(reader);
        }
        if let Some(mailbox) = bounces_to.clone() {
            provide_context(mailbox);
        }
        provide_context(state.store.clone());
        provide_context(state.cookies());
        provide_context(state.leptos.clone());
        provide_context(PublicAddress(state.config.public_url.join("").into()));
        page_cache::provide_marks();
        provide_context(judge.clone());
        provide_context(in_room.clone());
        provide_context(door.clone());
        if state.config.webhook_private {
            provide_context(MayPrivate);
        }
        provide_context(waking(&state));
        let policy = use_nonce().and_then(|nonce| headers::page_policy(&nonce));
        if let (Some(policy), Some(response)) = (policy, use_context::<ResponseOptions>()) {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
}

/// Who comes onto a board for the first time is counted by the address behind the request.
fn door(state: &AppState) -> Door {
    let state = state.clone();
    Door(Arc::new(move |board| {
        if !state.config.protections.rates {
            return Ok(());
        }
        let client =
            use_context::<Parts>().and_then(|parts| parts.extensions.get::<ClientAddress>().copied());
        let now = state.store.ambient().now();
        state.limits.newcomer(client, board, now)
    }))
}

/// Where no mail server is set, staff read the mails themselves.
fn mail_reader(state: &AppState) -> Option<MailReader> {
    if state.config.smtp_url.is_some() {
        return None;
    }
    let public = state.config.public_url.clone();
    Some(MailReader(Arc::new(move |row| {
        let words = message::words_without_needs(row, &public).ok()?;
        Some((words.subject.clone(), words.text()))
    })))
}

/// Where a mail server is set, it writes to the sender about what it cannot deliver.
fn bounces_to(state: &AppState) -> Option<BouncesTo> {
    state.config.smtp_url.as_ref()?;
    Some(BouncesTo(message::address(&state.config.mail_from).into()))
}

/// A page that everybody reads sleeps until somebody is there. So does a board, for a moment: it has to become live.
fn waking(state: &AppState) -> Waking {
    let Some(parts) = use_context::<Parts>() else {
        return Waking::AtOnce;
    };
    let (path, query) = (parts.uri.path(), parts.uri.query());
    let is_board = path
        .strip_prefix("/themen/")
        .is_some_and(|slug| !slug.contains('/'));
    let is_answer = cache::is_personal("", query);
    if is_answer || (cache::is_personal(path, None) && !is_board) {
        return Waking::AtOnce;
    }
    Waking::AtFirstSign {
        script: state.site.script.clone(),
        wasm: state.site.wasm.clone(),
        after_ms: is_board.then_some(BOARD_WAKES_MS),
    }
}

/// A file of the site, or the application's page for what does not exist.
async fn file_or_not_found(State(state): State<AppState>, request: Request) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads && let Some(file) = state.site.serve(without_body(&request)).await {
        return file;
    }
    let path = request.uri().path();
    if !reads || path.starts_with("/api/") || path.starts_with("/pkg/") {
        return Problem::NotFound.answer(request.headers(), &state.site.stylesheet);
    }
    let context = page_context(&state);
    let leptos = state.leptos.clone();
    let page = render_app_async_with_context(context, move || shell(leptos.clone()));
    let mut response = page(request).await.into_response();
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

fn without_body(request: &Request) -> Request {
    let mut copy = Request::new(Body::empty());
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    copy
}

async fn method_not_allowed(State(state): State<AppState>, headers: HeaderMap) -> Response {
    Problem::MethodNotAllowed.answer(&headers, &state.site.stylesheet)
}

/// Inside the router a calendar file is a path of its own, and so is the file of a card.
pub fn rewrite<B>(request: &mut axum::http::Request<B>) {
    let uri = request.uri();
    let Some(path) = calendar_file(uri.path()).or_else(|| card_file(uri.path())) else {
        return;
    };
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    if let Ok(uri) = format!("{path}{query}").parse::<Uri>() {
        *request.uri_mut() = uri;
    }
}

/// `/veranstaltungen/{slug}.ics`
fn calendar_file(path: &str) -> Option<String> {
    let slug = path.strip_prefix("/veranstaltungen/")?.strip_suffix(".ics")?;
    is_part(slug).then(|| format!("/veranstaltungen/{slug}/{CALENDAR_FILE}"))
}

/// `/themen/{slug}/karten/{number}.{kind}`
fn card_file(path: &str) -> Option<String> {
    let (slug, file) = path.strip_prefix("/themen/")?.split_once("/karten/")?;
    let (number, kind) = file.rsplit_once('.')?;
    [slug, number, kind]
        .into_iter()
        .all(is_part)
        .then(|| format!("/themen/{slug}/karten/{number}/{kind}"))
}

/// Whether this is one part of a path.
fn is_part(part: &str) -> bool {
    !part.is_empty() && !part.contains('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(path: &str) -> String {
        let mut request = axum::http::Request::get(path).body(()).unwrap();
        rewrite(&mut request);
        request.uri().to_string()
    }

    #[test]
    fn only_the_calendar_file_of_one_event_has_another_path_inside() {
        assert_eq!(
            rewritten("/veranstaltungen/a-b.ics?x=1"),
            "/veranstaltungen/a-b/kalender.ics?x=1"
        );
        assert_eq!(rewritten("/veranstaltungen.ics"), "/veranstaltungen.ics");
        assert_eq!(rewritten("/veranstaltungen/.ics"), "/veranstaltungen/.ics");
        assert_eq!(rewritten("/veranstaltungen/a/b.ics"), "/veranstaltungen/a/b.ics");
    }

    #[test]
    fn the_file_of_a_card_has_another_path_inside() {
        assert_eq!(
            rewritten("/themen/a-b/karten/12.pdf?teile=text"),
            "/themen/a-b/karten/12/pdf?teile=text"
        );
        for path in [
            "/themen/a-b/karten/12",
            "/themen/a-b/karten/.pdf",
            "/themen/a/b/karten/1.pdf",
            "/themen/a/karten/1/2.pdf",
        ] {
            assert_eq!(rewritten(path), path);
        }
    }
}

//! How the platform is watched: log lines and metrics, without personal data.
//!
//! A log line of a request holds method, route template, status and duration: never the path itself (it may hold a
//! personal token), the query, an address or a mail.

use std::io::IsTerminal;
use std::sync::OnceLock;
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::response::Response;
use axum::routing::get;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::filter::EnvFilter;

use crate::config::{Config, LogFormat};
use crate::state::AppState;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Seconds; around the bars of the project: 5, 30 and 100 ms, one second.
const DURATION_BUCKETS: [f64; 11] = [0.001, 0.002, 0.005, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0];
const DURATION: &str = "http_request_duration_seconds";

static METRICS: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Starts logging to standard error. A second call, as in tests, changes nothing.
pub fn start_log(config: &Config) {
    let filter = EnvFilter::try_new(&config.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let started = match config.log_format {
        LogFormat::Text => log
            .with_ansi(std::io::stderr().is_terminal())
            .with_target(false)
            .compact()
            .try_init(),
        LogFormat::Json => log.json().flatten_event(true).with_current_span(false).try_init(),
    };
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
}

/// Starts counting; one recorder serves the whole process.
pub fn start_metrics() {
    METRICS.get_or_init(|| {
        PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Full(DURATION.to_owned()), &DURATION_BUCKETS)
            .and_then(PrometheusBuilder::install_recorder)
            .map_err(|error| tracing::warn!(%error, "no metrics"))
            .ok()
    });
}

/// `/metrics`, for an address of its own.
pub fn metrics_router() -> Router {
    Router::new().route("/metrics", get(metrics))
}

async fn metrics() -> String {
    METRICS
        .get()
        .and_then(Option::as_ref)
        .map(render)
        .unwrap_or_default()
}

fn render(handle: &PrometheusHandle) -> String {
    handle.run_upkeep();
    handle.render()
}

/// Logs and counts each request, and gives it an id that the answer carries.
pub async fn around<F: Future<Output = Response>>(
    state: &AppState,
    request: Request,
    next: impl FnOnce(Request) -> F,
) -> Response {
    let id = state.store.ambient().uuid().to_string();
    let method = method_name(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    let started = Instant::now();
    let mut response = next(request).await;
    let duration = started.elapsed();
    let status = response.status();
    metrics::histogram!(DURATION, "method" => method, "route" => route.clone(), "status" => status.as_u16().to_string())
        .record(duration);
    let milliseconds = duration.as_secs_f64() * 1_000.0;
    let status = status.as_u16();
    if status >= 500 {
        tracing::error!(method, route, status, ms = milliseconds, id, "request");
    } else {
        tracing::info!(method, route, status, ms = milliseconds, id, "request");
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// Methods that somebody invents do not become label values.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "OTHER",
    }
}

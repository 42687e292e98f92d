//! For search engines: what may be found, and where it is.

use std::fmt::Write as _;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use store::workshops::WorkshopFilter;

use crate::problem::Problem;
use crate::state::AppState;

/// The sitemaps protocol allows 50,000; the newest thousand is what anybody looks for.
const WORKSHOPS_MAX: i64 = 1_000;
/// Pages for everybody that are not lists.
const PAGES: [&str; 6] =
    ["/", "/veranstaltungen", "/impressum", "/datenschutz", "/barrierefreiheit", "/leichte-sprache"];

/// What belongs to a person is not for search engines (RFC 9309).
pub async fn robots(State(state): State<AppState>) -> String {
    format!(
        "User-agent: *\nDisallow: /anmeldung\nDisallow: /api/\nDisallow: /konto\nDisallow: /verwaltung\n\n\
         Sitemap: {}\n",
        state.config.public_url.join("/sitemap.xml")
    )
}

/// Every public page (sitemaps.org, version 0.9).
pub async fn sitemap(State(state): State<AppState>) -> Response {
    let filter = WorkshopFilter { limit: WORKSHOPS_MAX, newest_first: true, ..WorkshopFilter::default() };
    let cards = match state.store.workshops(&filter).await {
        Ok(cards) => cards,
        Err(error) => {
            tracing::error!(%error, "no sitemap");
            return Problem::Unavailable.into_response();
        }
    };
    let url = |path: &str| state.config.public_url.join(path);
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in PAGES {
        let _ = writeln!(xml, "<url><loc>{}</loc></url>", url(page));
    }
    for card in cards {
        let (slug, changed) = (&card.row.slug, card.row.updated_at.to_rfc3339());
        let location = url(&format!("/veranstaltungen/{slug}"));
        let _ = writeln!(xml, "<url><loc>{location}</loc><lastmod>{changed}</lastmod></url>");
    }
    xml.push_str("</urlset>\n");
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/xml; charset=utf-8"))], xml).into_response()
}

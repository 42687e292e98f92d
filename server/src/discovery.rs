//! For search engines: what may be found, and where it is.

use std::fmt::Write as _;

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::time::Instant;
use store::modules::Listed;
use store::workshops::{PAGE_MAX, WorkshopCard, WorkshopFilter};
use store::{Store, StoreError};

use crate::problem::Problem;
use crate::state::AppState;

/// The sitemaps protocol allows 50,000; the newest thousand is what anybody looks for.
const WORKSHOPS_MAX: i64 = 1_000;
/// As many as the database gives at once.
const PAGE: usize = PAGE_MAX as usize;
/// Pages for everybody that are not lists.
const PAGES: [&str; 10] = [
    "/",
    "/veranstaltungen",
    "/themen",
    "/module",
    "/lernweg",
    "/vorlagen",
    "/impressum",
    "/datenschutz",
    "/barrierefreiheit",
    "/leichte-sprache",
];

/// What belongs to a person, and what a room works on, is not for search engines (RFC 9309).
pub async fn robots(State(state): State<AppState>) -> String {
    format!(
        "User-agent: *\nDisallow: /anmeldung\nDisallow: /api/\nDisallow: /b/\nDisallow: /katalog\nDisallow: /konto\nDisallow: /live/\nDisallow: /themen/\nDisallow: /verwaltung\nDisallow: /vorlagen/\n\n\
         Sitemap: {}\n",
        state.config.public_url.join("/sitemap.xml")
    )
}

/// Every public page (sitemaps.org, version 0.9).
pub async fn sitemap(State(state): State<AppState>) -> Response {
    let read = async { Ok::<_, StoreError>((newest(&state.store).await?, state.store.catalogue().await?)) };
    match read.await {
        Ok((cards, modules)) => write(&state, &cards, &modules),
        Err(error) => {
            tracing::error!(%error, "no sitemap");
            Problem::Unavailable.into_response()
        }
    }
}

async fn newest(store: &Store) -> Result<Vec<WorkshopCard>, StoreError> {
    let mut cards = Vec::new();
    for offset in (0..WORKSHOPS_MAX).step_by(PAGE) {
        let filter = WorkshopFilter {
            limit: PAGE_MAX,
            offset,
            newest_first: true,
            ..WorkshopFilter::default()
        };
        let page = store.workshops(&filter).await?;
        let is_last = page.len() < PAGE;
        cards.extend(page);
        if is_last {
            break;
        }
    }
    Ok(cards)
}

fn write(state: &AppState, cards: &[WorkshopCard], modules: &[Listed]) -> Response {
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
        let _ = writeln!(
            xml,
            "<url><loc>{location}</loc><lastmod>{changed}</lastmod></url>"
        );
    }
    for listed in modules {
        let location = url(&format!("/module/{}", listed.module.code));
        let changed = listed
            .version
            .published_at
            .map(Instant::to_rfc3339)
            .unwrap_or_default();
        let _ = writeln!(
            xml,
            "<url><loc>{location}</loc><lastmod>{changed}</lastmod></url>"
        );
    }
    xml.push_str("</urlset>\n");
    (
        [(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/xml; charset=utf-8"),
        )],
        xml,
    )
        .into_response()
}

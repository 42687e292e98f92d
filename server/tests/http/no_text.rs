//! What is no text, a NUL in an address, is nothing that anybody finds: the same on both engines, and no fault of the server.

use axum::http::StatusCode;
use store::{Ambient, Engine};

use crate::support::{TestApp, pages};

/// Files and lists that take a name or words beside the pages.
const FILES: [(&str, StatusCode); 10] = [
    ("/veranstaltungen/%00.ics", StatusCode::NOT_FOUND),
    ("/veranstaltungen.ics?suche=%00", StatusCode::OK),
    ("/veranstaltungen.ics?suche=Woh%00nen", StatusCode::OK),
    ("/veranstaltungen.atom?suche=%00", StatusCode::OK),
    ("/anmeldung/%00/kalender.ics", StatusCode::NOT_FOUND),
    ("/themen/%00/export.csv", StatusCode::NOT_FOUND),
    ("/themen/%00/karten/1.pdf", StatusCode::NOT_FOUND),
    ("/abzeichen/schluessel/%00", StatusCode::NOT_FOUND),
    ("/nachweis/%00/nachweis.pdf", StatusCode::NOT_FOUND),
    ("/b/%00", StatusCode::SEE_OTHER),
];

const PAGES: [(&str, StatusCode); 7] = [
    ("/veranstaltungen/%00", StatusCode::NOT_FOUND),
    ("/anmeldung/%00", StatusCode::NOT_FOUND),
    ("/themen/%00", StatusCode::NOT_FOUND),
    ("/module/%00", StatusCode::NOT_FOUND),
    ("/veranstaltungen?suche=%00", StatusCode::OK),
    ("/veranstaltungen?suche=a+b+c+d+%00", StatusCode::OK),
    ("/veranstaltungen?antwort=%00", StatusCode::OK),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_nul_in_an_address_is_found_nowhere_on_either_engine() {
    let mut answered = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = TestApp::start_with_engine(engine, Ambient::system(), |_| {}).await;
        for (path, status) in FILES.into_iter().chain(PAGES) {
            assert_eq!(app.get(path).await.status, status, "{engine:?}: {path}");
        }
        let mut statuses = Vec::new();
        for page in pages() {
            let path = page.replace("beispiel", "%00");
            let status = app.get(&path).await.status;
            assert!(!status.is_server_error(), "{engine:?}: {path}: {status}");
            statuses.push((path, status));
        }
        answered.push(statuses);
    }
    assert_eq!(answered[0], answered[1]);
}

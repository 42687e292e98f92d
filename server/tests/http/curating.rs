//! What those who curate modules read at the desk of the catalogue: the demo, looked at by the office.

use axum::http::StatusCode;
use domain::time::Instant;
use store::Ambient;

use crate::support::TestApp;

/// The office at the desk of the catalogue.
struct Desk {
    app: TestApp,
    session: String,
}

impl Desk {
    /// The demo of one day, as it is some time later.
    async fn open(later: Instant) -> Self {
        let clock = Ambient::manual(Instant::from_input("2026-11-09T09:00").unwrap());
        let app = TestApp::start_filled_with(clock.clone(), |_| {}).await;
        clock.set(later);
        let session = app.staff_signs_in("katalog@lafast.example").await;
        Self { app, session }
    }

    async fn today() -> Self {
        Self::open(Instant::from_input("2026-11-09T10:00").unwrap()).await
    }

    /// Reads a page, without the marks of the framework between two words.
    async fn reads(&self, path: &str) -> String {
        let page = self.app.get_as(path, &self.session).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let text = page.text();
        let mut parts = text.split("<!");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |said, part| {
            said + part.split_once('>').map_or("", |(_, behind)| behind)
        })
    }
}

fn place(page: &str, text: &str) -> usize {
    page.find(text).unwrap_or_else(|| panic!("{text} in {page}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_leads_to_a_new_module_from_its_head_and_marks_what_is_not_published() {
    let desk = Desk::today().await;
    let page = desk.reads("/katalog").await;
    assert!(place(&page, "href=\"#anlegen\"") < place(&page, "href=\"/katalog/FSA-101\""));
    for words in [
        "Anträge prüfen",
        "Semesterabschluss",
        "Zugänge für andere Systeme",
        "Module als Tabelle",
    ] {
        place(&page, &format!(">{words}</a>"));
    }
    // Each in its colour, here and on the page of the draft.
    for state in [
        "warm\">Änderungen erbeten",
        "good\">Freigegeben",
        "bad\">Zurückgezogen",
        "plain\">Entwurf",
    ] {
        place(&page, &format!("<span class=\"badge badge-{state}</span>"));
    }
    let draft = desk.reads("/katalog/FSA-203").await;
    place(
        &draft,
        "<span class=\"badge badge-warm\">Änderungen erbeten</span>",
    );
    assert!(!page.contains("badge-warm\">Veröffentlicht"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_names_above_its_steps_what_is_open_and_below_what_is_missing() {
    let desk = Desk::today().await;
    let page = desk.reads("/katalog/FSA-203").await;
    let steps = place(&page, "id=\"schritte\"");
    let open = "Offene Anmerkungen: <a href=\"/katalog/FSA-203/feld/hours_practice\">";
    assert!(place(&page, open) < steps);
    place(&page, "Was sich gegenüber Fassung\u{a0}1 ändert");
    place(
        &page,
        "<span>·\u{a0}<a href=\"/module/FSA-203\">So sehen es alle</a></span>",
    );
    let standards = page
        .get(place(&page, "Regelwerke: was noch fehlt")..)
        .unwrap_or_default();
    place(
        standards,
        "Feldern ausgefüllt; es fehlt: <a href=\"/katalog/FSA-203/feld/",
    );
    let field = desk.reads("/katalog/FSA-203/feld/hours_practice").await;
    place(&field, "prüfen jede Änderung. Dieses Feld verlangen: ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_for_which_somebody_asks_is_not_called_voluntary() {
    let desk = Desk::today().await;
    for (field, said, is_free) in [
        ("hours_practice", "Zum Speichern ist es nicht nötig.", false),
        ("access", "nicht nötig, zum Einreichen schon.", false),
        ("funding", "prüft jede Änderung allein.", true),
    ] {
        let page = desk.reads(&format!("/katalog/FSA-203/feld/{field}")).await;
        place(&page, said);
        // In a form of this kind the mark is not shown.
        assert_eq!(
            page.contains("class=\"form form-draft\""),
            !is_free,
            "{field}: {page}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_other_systems_do_not_take_over_is_counted_module_by_module() {
    let desk = Desk::today().await;
    let page = desk.reads("/katalog/pruefung").await;
    let details = page
        .get(place(&page, "Was andere Systeme nicht übernehmen")..)
        .unwrap_or_default();
    place(details, " verloren</summary>");
    // Which is no fault.
    place(&page, "Module: alle Dateien sind gültig.");
    assert!(
        !details.contains(": </summary>"),
        "what arrives whole is not in the list"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_new_semester_what_was_said_the_longest_ago_is_asked_for_first() {
    let desk = Desk::open(Instant::from_input("2027-04-06T10:00").unwrap()).await;
    let page = desk.reads("/katalog/semester").await;
    let said_at =
        |listed: &store::modules::Listed| listed.version.confirmed_at.or(listed.version.published_at);
    let mut modules = desk.app.store.catalogue().await.unwrap();
    modules.sort_by_key(said_at);
    assert!(modules.first().map(said_at) < modules.last().map(said_at));
    let links = modules.iter().map(|listed| {
        let code = &listed.module.code;
        place(&page, &format!("href=\"/katalog/{code}\""))
    });
    assert!(links.is_sorted());
    place(&page, "<span class=\"hint\">zuletzt bestätigt am ");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_says_in_the_queue_how_long_it_waits_and_has_its_files_at_each_outcome() {
    let desk = Desk::today().await;
    let queue = desk.reads("/katalog/anrechnung").await;
    place(&queue, "<span class=\"badge badge-plain\">Wird geprüft</span>");
    assert!(queue.contains("wartet seit") || queue.contains("heute eingereicht"));
    let behind = queue
        .get(place(&queue, "href=\"/katalog/anrechnung/")..)
        .unwrap_or_default();
    let path = behind.split('"').nth(1).unwrap_or_default();
    let page = desk.reads(path).await;
    // Who asks and when it was handed in, as in the queue.
    let behind = page.get(place(&page, "Antrag von ")..).unwrap_or_default();
    let name = behind.split('<').next().unwrap_or_default();
    place(&queue, &format!("{}, ", name.trim_start_matches("Antrag ")));
    place(&page, " eingereicht");
    let points = page.matches("class=\"point\"").count();
    assert!(points > 1);
    let lists = "Nachweise öffnen:</p><ul><li><a href=";
    assert_eq!(page.matches(lists).count(), points, "{page}");
    assert!(place(&page, "href=\"#nachfordern\"") < place(&page, "id=\"punkte\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_done_yet_is_said_in_words_of_its_page() {
    let desk = Desk::today().await;
    let access = desk.reads("/katalog/zugaenge").await;
    for words in [
        "Noch kein Schlüssel.",
        "Noch keine Adresse.",
        "Der Schlüssel darf",
        "Gültig für",
        "Beginnt mit https://. Dorthin schicken wir jede Meldung",
    ] {
        place(&access, words);
    }
    place(&desk.reads("/katalog/import").await, "Zuletzt hochgeladen");
    // As on the page of a module.
    place(&desk.reads("/katalog/bedarf").await, "Summen ab fünf Personen");
    let certificates = desk.reads("/katalog/zertifikate").await;
    place(&certificates, "Welche Module dazugehören");
    place(&certificates, "href=\"/katalog\">Zum Katalog</a>");
}

//! What everybody reads of the modules: the list, a module, several side by side, the way to a certificate.

use axum::http::StatusCode;
use domain::time::Instant;
use store::Ambient;

use crate::support::{TestApp, words};

/// The demo, on a day in autumn.
async fn open() -> TestApp {
    let clock = Ambient::manual(Instant::from_input("2026-11-09T09:00").unwrap());
    TestApp::start_filled_with(clock, |_| {}).await
}

/// Reads a page, without the marks of the framework between two words.
async fn reads(app: &TestApp, path: &str) -> String {
    let page = app.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    page.text().replace("<!>", "")
}

fn place(page: &str, text: &str) -> usize {
    page.find(text).unwrap_or_else(|| panic!("{text} in {page}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_of_a_module_begins_with_a_paragraph_for_each_of_its_topics() {
    let app = open().await;
    let session = app.staff_signs_in("durchgang@lafast.example").await;
    let page = app
        .get_as("/verwaltung/veranstaltungen/neu?modul=FSA-101", &session)
        .await;
    place(
        &page.text(),
        "Menschenrechte als Maßstab.\n\nRolle der Fachkraft zwischen",
    );
    place(&page.text(), "Der Durchgang behält die Fassung");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_leads_on_before_it_begins() {
    let app = open().await;
    let page = reads(&app, "/module").await;
    let first = place(&page, "<ul class=\"cards\">");
    for path in ["/lernweg", "/modulhandbuch.pdf", "/anrechnung", "/nachweis"] {
        assert!(place(&page, &format!("<a href=\"{path}\"")) < first, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_finds_nothing_is_told_of_filters_only_where_one_is_set() {
    let app = open().await;
    let filters = "Weniger Filter oder ein anderes Wort zeigen mehr.";
    let other = "Versuchen Sie es mit einem anderen Wort.";
    for (query, said, unsaid) in [
        ("suche=gibtesnicht", other, filters),
        ("suche=gibtesnicht&kosten=frei", filters, other),
    ] {
        let page = reads(&app, &format!("/module?{query}")).await;
        place(&page, &format!("<p>{said} Fehlt ein Thema"));
        assert!(!page.contains(unsaid), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_printed_code_or_can_do_it_already_finds_the_way_from_where_one_is() {
    let app = open().await;
    for path in ["/", "/veranstaltungen", "/konto/anmelden"] {
        let page = reads(&app, path).await;
        let footer = page.get(place(&page, "<footer")..).unwrap_or_default();
        place(footer, "<a href=\"/nachweis\">Nachweis prüfen</a>");
    }
    // Not folded away.
    let plan = reads(&app, "/lernweg").await;
    let open = plan
        .split("<details")
        .map(|part| part.split("</details>").last().unwrap_or_default());
    assert!(
        open.collect::<String>().contains("<a href=\"/anrechnung\">"),
        "{plan}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_does_with_a_module_stands_below_its_facts() {
    let app = open().await;
    let page = reads(&app, "/module/FSA-101").await;
    let ways = [
        "/anrechnung/FSA-101",
        "/lernweg?m=FSA-101",
        "/module/vergleich?m=FSA-101",
    ];
    let places = ways.map(|path| place(&page, &format!("<a href=\"{path}\">")));
    assert!(place(&page, "class=\"facts\"") < places[0]);
    assert!(places[2] < place(&page, "<h2>Der Weg</h2>"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn modules_side_by_side_say_all_their_hours_and_first_what_most_people_decide_by() {
    let app = open().await;
    let page = reads(&app, "/module/vergleich?m=FSA-101&m=FSA-102").await;
    let row = |label: &str| place(&page, &format!(" role=\"rowheader\">{label}</th>"));
    let first = [
        "Umfang",
        "Nächster Durchgang",
        "Form",
        "Orte",
        "Angeboten von",
        "Kurz gesagt",
    ];
    assert!(first.map(row).is_sorted(), "{page}");
    row("Stunden für die Prüfung");
    // On a phone each cell says of what it is, shortly, and the head says what that means.
    place(
        &page,
        "<span class=\"together\">FSA-101</span> Flüchtlings- und Migrationssozialarbeit",
    );
    assert_eq!(
        page.matches(" data-of=").count(),
        page.matches(" data-of=\"FSA-10").count()
    );
    // As on the page of the module.
    let sum = "130\u{a0}Stunden, 5\u{a0}ECTS";
    place(&page, sum);
    place(&reads(&app, "/module/FSA-101").await, sum);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_says_when_it_counted() {
    let app = open().await;
    let said = words(&reads(&app, "/module/FSA-102/fassung/1").await);
    let earlier = said.split("Fassung 1, gültig ").nth(1).unwrap_or_default();
    assert!(earlier.starts_with("von ") && earlier.contains(" bis "), "{said}");
    place(&said, "Fassung 2, gültig seit ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_of_another_version_says_which_one_counts_for_it() {
    let app = open().await;
    let runs = app.store.runs(None).await.unwrap();
    let run = runs.iter().find(|run| run.number == 2).unwrap();
    let code = run.card.row.draft.module.as_ref().unwrap();
    let page = reads(&app, &format!("/module/{code}/fassung/1")).await;
    place(&page, "Für diesen Durchgang gilt Fassung\u{a0}2.");
}

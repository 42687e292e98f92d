//! The filters of the list of Veranstaltungen hold for everything that is reached from it; what its feed says.

use domain::district::District;
use store::audit::Actor;
use store_testing::plan;

use crate::support::TestApp;

/// How many Veranstaltungen a district's tile says it has.
fn tile(page: &str, district: &District) -> usize {
    let begin = format!("<span class=\"visually-hidden\">{}: ", district.name);
    let words = page.split(&begin).nth(1).unwrap();
    words.split('\u{a0}').next().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_district_on_the_map_keeps_the_other_filters() {
    let app = TestApp::start_filled().await;
    let page = app.get("/veranstaltungen?frei=1&art=regional").await.text();
    assert!(page.contains("href=\"/veranstaltungen?kreis=dresden&amp;art=regional&amp;frei=1\""));
    let page = app.get("/veranstaltungen?frei=1&kreis=dresden").await.text();
    assert!(
        page.contains("href=\"/veranstaltungen?frei=1\""),
        "back to all of Saxony"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_looks_for_something_reads_above_all_else_how_many_were_found() {
    let app = TestApp::start().await;
    let now = app.store.ambient().now();
    for days in [30, 40] {
        app.publishes(&plan(now, days, 5)).await;
    }
    const NONE: &str = "Keine Veranstaltung gefunden.";
    for (query, expected, advice) in [
        (
            "suche=gibtesnicht",
            NONE,
            "Weniger Filter oder ein anderes Wort zeigen mehr.",
        ),
        ("kreis=zwickau", NONE, "Weniger Filter zeigen mehr."),
        ("suche=Wohnen", "2\u{a0}Veranstaltungen", ""),
    ] {
        let page = app.get(&format!("/veranstaltungen?{query}")).await.text();
        let words = format!("<p aria-live=\"polite\">{expected}<");
        let place = page.find(&words).unwrap_or_else(|| panic!("{query}: {page}"));
        assert!(place < page.find("class=\"with-map\"").unwrap());
        // What helps is said once, where the list would stand.
        let helps = page.matches(&format!("<p>{advice}")).count();
        assert!(advice.is_empty() || helps == 1, "{query}: {page}");
    }
    let all = app.get("/veranstaltungen").await.text();
    assert!(!all.contains("<p aria-live"), "nothing is looked for");
    const NARROWED: &str = "Mit diesen Filtern: ";
    assert!(
        !all.contains(NARROWED) && all.contains("Alle Veranstaltungen: "),
        "{all}"
    );
    assert!(
        app.get("/veranstaltungen?suche=Wohnen")
            .await
            .text()
            .contains(NARROWED)
    );
    // On a phone the open form stands between: whoever sends it comes to what was found.
    assert!(
        all.contains("action=\"/veranstaltungen#gefunden\"") && all.contains("id=\"gefunden\""),
        "{all}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn calendar_and_feed_leave_out_what_is_full_when_the_list_does() {
    let app = TestApp::start_filled().await;
    for (path, entry) in [
        ("/veranstaltungen.ics", "BEGIN:VEVENT"),
        ("/veranstaltungen.atom", "<entry>"),
    ] {
        let all = app
            .get(&format!("{path}?ab=2020-01-01"))
            .await
            .text()
            .matches(entry)
            .count();
        let free = app
            .get(&format!("{path}?ab=2020-01-01&frei=1"))
            .await
            .text()
            .matches(entry)
            .count();
        assert!(0 < free && free < all, "{path}: {free} of {all}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tile_says_how_many_the_list_shows_behind_it() {
    let app = TestApp::start_filled().await;
    let mut counted = Vec::new();
    for filter in [
        "",
        "art=seminar",
        "art=lecture&form=online",
        "form=on_site&ab=2020-01-01&bis=2099-12-31",
        "suche=Wohnen",
    ] {
        let page = app.get(&format!("/veranstaltungen?{filter}")).await.text();
        for district in District::ALL {
            let path = format!("/veranstaltungen?{filter}&kreis={}", district.slug);
            let list = app.get(&path).await.text();
            assert!(!list.contains("Weitere zeigen"), "{path}: more than one page");
            let shown = list.matches("<li class=\"card").count();
            let cancelled = list.matches(">abgesagt<").count();
            assert_eq!(tile(&page, &district), shown - cancelled, "{path}");
            counted.push(shown);
        }
        assert!(page.contains("es dort gibt, ohne abgesagte."), "{page}");
    }
    assert!(counted.iter().any(|shown| *shown > 1) && counted.contains(&0));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_says_what_is_cancelled_and_why() {
    let app = TestApp::start().await;
    let store = &app.store;
    let row = app.publishes(&plan(store.ambient().now(), 30, 5)).await;
    let feed = async || app.get("/veranstaltungen.atom").await.text();
    let title = row.draft.title;
    let before = feed().await;
    assert!(before.contains(&format!("<title>{title}</title>")), "{before}");
    assert!(!before.contains("Abgesagt") && !before.contains("Grund der Absage"));
    store
        .cancel_workshop(Actor::System, row.id, "Die Halle steht unter Wasser")
        .await
        .unwrap();
    let after = feed().await;
    assert!(
        after.contains(&format!("<title>Abgesagt: {title}</title>")),
        "{after}"
    );
    assert!(
        after.contains(". Grund der Absage: Die Halle steht unter Wasser. "),
        "{after}"
    );
}

//! The filters of the list of Veranstaltungen hold for everything that is reached from it.

use crate::support::TestApp;

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

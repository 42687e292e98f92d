//! The first page says for what one can sign up now, each Veranstaltung once.

use std::collections::BTreeSet;

use domain::district::District;
use domain::time::Instant;
use store::workshops::{WorkshopCard, WorkshopFilter};

use crate::support::TestApp;

/// Slugs of the Veranstaltungen that the page links to, in order.
fn slugs(page: &str) -> Vec<&str> {
    let links = page.split("href=\"/veranstaltungen/").skip(1);
    links.filter_map(|rest| rest.split('"').next()).collect()
}

async fn coming(app: &TestApp, now: Instant) -> Vec<WorkshopCard> {
    let filter = WorkshopFilter {
        from: Some(now),
        limit: 200,
        ..WorkshopFilter::default()
    };
    app.store.workshops(&filter).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_navigation_says_where_one_is_on_pages_that_have_no_entry_of_their_own() {
    let app = TestApp::start().await;
    for (path, entry) in [
        ("/", "/"),
        ("/themen", "/themen"),
        ("/vorlagen", "/themen"),
        ("/lernweg", "/module"),
        ("/anrechnung", "/module"),
        ("/nachweis", "/module"),
    ] {
        let page = app.get(path).await.text();
        let nav = page.split("</nav>").next().unwrap_or_default();
        assert_eq!(nav.matches("aria-current=\"page\"").count(), 1, "{path}: {nav}");
        assert!(
            nav.contains(&format!("<a href=\"{entry}\" aria-current=\"page\"")),
            "{path}: {nav}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_page_lists_what_is_open_and_apart_from_it_what_is_not() {
    let app = TestApp::start_filled().await;
    let now = app.store.ambient().now();
    let coming = coming(&app, now).await;
    let open: Vec<&str> = coming
        .iter()
        .filter(|card| card.row.is_open(now))
        .map(|card| card.row.slug.as_str())
        .collect();
    assert!(open.len() > 6, "the demo has enough: {}", open.len());
    // The database and the rules mean the same.
    let filter = WorkshopFilter {
        from: Some(now),
        open_only: true,
        limit: 200,
        ..WorkshopFilter::default()
    };
    let by_database = app.store.workshops(&filter).await.unwrap();
    assert!(
        by_database
            .iter()
            .map(|card| card.row.slug.as_str())
            .eq(open.iter().copied())
    );

    let page = app.get("/").await.text();
    let (cards, later) = page.split_once("Was sonst ansteht").unwrap();
    assert!(cards.contains("Jetzt anmelden"));
    assert_eq!(slugs(cards), open[..6]);
    // Behind the page stands its data; the list ends before the boards.
    let later = slugs(later.split("<h2>").next().unwrap());
    assert!(
        !later.is_empty() && later.iter().all(|slug| !open.contains(slug)),
        "{later:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_open_in_the_chosen_district_comes_first_and_nothing_twice() {
    let app = TestApp::start_filled().await;
    let now = app.store.ambient().now();
    let coming = coming(&app, now).await;
    let mut tried = 0;
    for district in District::ALL {
        let here: BTreeSet<&str> = coming
            .iter()
            .filter(|card| card.row.is_open(now) && card.row.draft.districts.contains(&district))
            .map(|card| card.row.slug.as_str())
            .collect();
        let page = app.get(&format!("/?kreis={}", district.slug)).await.text();
        let cards = page.split("Was sonst ansteht").next().unwrap();
        let shown = slugs(cards);
        assert_eq!(
            shown.iter().collect::<BTreeSet<_>>().len(),
            shown.len(),
            "{shown:?}"
        );
        let first = shown.iter().take_while(|slug| here.contains(*slug)).count();
        assert_eq!(first, here.len().min(6), "{}: {shown:?}", district.slug);
        assert!(shown[first..].iter().all(|slug| !here.contains(slug)));
        assert!(shown.len() <= 6);
        tried += usize::from(!here.is_empty() && first < shown.len());
    }
    assert!(tried > 0, "some district has something, and others fill it up");
}

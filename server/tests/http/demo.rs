//! The demo is loaded once, and is as its files say.

use std::collections::BTreeSet;

use domain::booking::Mode;
use domain::district::District;
use domain::workshop::{Form, Status};
use lafast::demo::{self, content::Content};
use store::workshops::{WorkshopCard, WorkshopFilter};
use store::{Ambient, Engine, Store};
use store_testing::TestDatabase;

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_database_gets_the_demo_once() {
    let database = TestDatabase::new(Engine::Sqlite);
    let clock = Ambient::system();
    assert!(demo::load(&database.url, clock.now()).await.unwrap());
    assert!(!demo::load(&database.url, clock.now()).await.unwrap());

    let content = Content::read().unwrap();
    let store = Store::open(&database.url, clock).await.unwrap();
    let filter = WorkshopFilter {
        include_drafts: true,
        limit: 100,
        ..WorkshopFilter::default()
    };
    let cards = store.workshops(&filter).await.unwrap();
    assert_eq!(cards.len(), content.workshops.len());
    for workshop in &content.workshops {
        let Some(card) = cards.iter().find(|card| card.row.draft.title == workshop.title()) else {
            panic!("{} is missing", workshop.key)
        };
        assert!(card.row.demo);
        if card.row.cancelled_at.is_some() {
            continue;
        }
        let seats = |mode| card.tally.mode(mode).confirmed;
        let waiting: u32 = Mode::ALL
            .into_iter()
            .map(|mode| card.tally.mode(mode).waiting)
            .sum();
        let found = (seats(Mode::OnSite), seats(Mode::Online), waiting);
        let filled = workshop.filled;
        assert_eq!(
            found,
            (filled.on_site, filled.online, filled.waiting),
            "{}",
            workshop.key
        );
    }
    let unsent = store.claim_mails(1).await.unwrap();
    assert!(unsent.is_empty(), "mails of the demo go nowhere: {unsent:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_has_veranstaltungen_of_every_sort_in_all_of_saxony() {
    let app = crate::support::TestApp::start_filled().await;
    let now = app.store.ambient().now();
    // As visitors see them: drafts are no examples.
    let filter = WorkshopFilter {
        limit: 100,
        ..WorkshopFilter::default()
    };
    let cards = app.store.workshops(&filter).await.unwrap();
    assert!(cards.len() >= 26, "{}", cards.len());
    let held_in = cards.iter().filter_map(|card| card.row.draft.districts.first());
    let held_in: BTreeSet<_> = held_in.map(|district| district.slug).collect();
    assert_eq!(held_in.len(), District::ALL.len(), "{held_in:?}");

    let comes = |card: &WorkshopCard| card.row.status == Status::Published && now < card.row.draft.starts_at;
    let waiting = |card: &WorkshopCard| card.tally.on_site.waiting + card.tally.online.waiting;
    let count = |is: &dyn Fn(&WorkshopCard) -> bool| cards.iter().filter(|card| is(card)).count();
    let full = |card: &WorkshopCard| comes(card) && card.free(now) == 0;
    for (sort, least, found) in [
        ("past", 5, count(&|card| card.row.draft.ends_at <= now)),
        ("to come", 20, count(&comes)),
        ("with seats", 10, count(&|card| comes(card) && !full(card))),
        ("full", 2, count(&full)),
        (
            "with people who wait",
            3,
            count(&|card| comes(card) && waiting(card) > 0),
        ),
        (
            "hybrid",
            5,
            count(&|card| comes(card) && card.row.form() == Form::Hybrid),
        ),
        (
            "cancelled",
            1,
            count(&|card| card.row.status == Status::Cancelled),
        ),
    ] {
        assert!(found >= least, "{sort}: {found}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clients_date_of_birth_is_the_first_thing_in_the_demos_queue() {
    let app = crate::support::TestApp::start_filled().await;
    let boards = app.store.boards().await.unwrap();
    let board = boards.iter().find(|board| board.title == "Bezahlkarte im Alltag");
    let session = app.staff_signs_in("amt@rollen.example").await;
    let path = format!("/themen/{}/moderation", board.unwrap().slug);
    let page = app.get_as(&path, &session).await.text();
    let first = page.split("id=\"wartet-").nth(1).unwrap();
    assert!(first.contains("geboren am 14.03.1991"), "{first}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_has_modules_of_three_institutions_in_all_states() {
    let app = crate::support::TestApp::start_filled().await;
    let catalogue = app.store.catalogue().await.unwrap();
    let owners: BTreeSet<_> = catalogue
        .iter()
        .flat_map(|listed| listed.module.owner_ids())
        .collect();
    assert_eq!(owners.len(), 3);
    assert!(catalogue.iter().all(|listed| listed.module.demo));
    let newest = app.store.modules().await.unwrap();
    assert!(newest.len() >= 16, "{}", newest.len());
    let mut states = BTreeSet::new();
    for listed in &newest {
        for version in app.store.module_versions(listed.module.id).await.unwrap() {
            states.insert(version.state.key());
        }
    }
    let all: BTreeSet<_> = domain::module::review::State::ALL
        .iter()
        .map(|state| state.key())
        .collect();
    assert_eq!(states, all);
}

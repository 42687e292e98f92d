//! Text that would like to be more than text.

use domain::booking::Mode;
use store::workshops::WorkshopFilter;
use store::{Store, StoreError};

use crate::office::{Office, request};

const HOSTILE: [&str; 6] = [
    "'; DROP TABLE sign_up; --",
    "\" OR 1=1 /*",
    "<script>alert(1)</script>",
    "👩🏽‍🦽 Rollstuhl 🦮 Ünïcödé \u{202e}rtl",
    "=HYPERLINK(\"http://x\")",
    "En\0de $1 %s {} \\ \u{1}",
];

/// There is nothing of this name, as opposed to: nobody can say.
async fn finds_nothing(store: &Store, name: &str) {
    let missing = |error: Option<StoreError>, what: &str| {
        assert!(
            matches!(error, Some(StoreError::NotFound)),
            "{what} {name:?}: {error:?}"
        );
    };
    missing(store.workshop_by_slug(name, true).await.err(), "Veranstaltung");
    missing(store.place_by_token(name).await.err(), "place");
    missing(store.confirm(name).await.err(), "place to confirm");
    missing(store.board_by_slug(name).await.err(), "board");
    missing(store.board_by_code(name).await.err(), "code");
    missing(store.template_by_slug(name).await.err(), "template");
    missing(store.public_key(name).await.err(), "key");
    missing(store.mail(name).await.err(), "mail");
    missing(store.kept_form_reply(name).await.err(), "reply");
}

store_testing::on_both_engines! {
    async fn text_stays_text(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 20)).await;
        for (index, text) in HOSTILE.into_iter().enumerate() {
            let name = format!("Person{index}");
            let mut form = domain::signup::SignUpForm {
                organisation: text.to_owned(),
                access_needs: text.to_owned(),
                topic: text.to_owned(),
                ..store_testing::form(text, &crate::office::address(&name))
            };
            let parsed = form.parse().unwrap();
            office.sends(workshop, parsed.clone()).await.unwrap();
            office.store.confirm(&office.link(&name).await).await.unwrap();
            let place = office.place(&name).await;
            assert_eq!(place.name, parsed.attendee.name.as_str());
            assert_eq!(place.access_needs, parsed.access_needs);
            assert!(!place.access_needs.contains('\0'));
            form.district = text.to_owned();
            assert!(form.parse().is_err());
            let filter = WorkshopFilter { text: text.to_owned(), ..WorkshopFilter::default() };
            assert_eq!(office.store.workshops(&filter).await.unwrap(), []);
            assert!(office.store.coverage(&filter).await.unwrap().iter().all(|district| district.coming == 0));
            finds_nothing(&office.store, text).await;
        }
        assert_eq!(office.store.topics(workshop, None).await.unwrap().len(), HOSTILE.len());
        office.sends(workshop, request("Anna", "Brücke Mulde", Mode::OnSite)).await.unwrap();
        assert_eq!(office.seated(workshop).await.len(), HOSTILE.len() + 1);
    }

    /// PostgreSQL takes no NUL at all, SQLite ends a word there: neither is heard of.
    async fn a_nul_is_in_no_name_and_searched_for_by_nobody(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 20)).await;
        let slug = office.store.workshop(workshop).await.unwrap().row.slug;
        for text in ["\0".to_owned(), format!("{slug}\0"), format!("\0{slug}")] {
            finds_nothing(&office.store, &text).await;
        }
        for (text, found) in [("\0", true), ("Woh\0nen", true), ("Wohnen \0 nach", true), ("Zahn\0arzt", false)] {
            let filter = WorkshopFilter { text: text.to_owned(), ..WorkshopFilter::default() };
            let cards = office.store.workshops(&filter).await.unwrap();
            assert_eq!(cards.iter().any(|card| card.row.id == workshop), found, "{text:?}");
        }
    }
}

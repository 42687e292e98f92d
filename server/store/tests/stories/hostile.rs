//! Text that would like to be more than text.

use domain::booking::Mode;
use store::workshops::WorkshopFilter;

use crate::office::{Office, request};

const HOSTILE: [&str; 6] = [
    "'; DROP TABLE sign_up; --",
    "\" OR 1=1 /*",
    "<script>alert(1)</script>",
    "👩🏽‍🦽 Rollstuhl 🦮 Ünïcödé \u{202e}rtl",
    "=HYPERLINK(\"http://x\")",
    "$1 %s {} \\ \u{1}\0Ende",
];

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
            office.store.workshops(&filter).await.unwrap();
            assert!(office.store.place_by_token(text.trim_end_matches(['\0'])).await.is_err());
        }
        assert_eq!(office.store.topics(workshop, None).await.unwrap().len(), HOSTILE.len());
        office.sends(workshop, request("Anna", "Brücke Mulde", Mode::OnSite)).await.unwrap();
        assert_eq!(office.seated(workshop).await.len(), HOSTILE.len() + 1);
    }
}

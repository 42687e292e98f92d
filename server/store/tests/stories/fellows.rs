//! Who else takes part: seen by those with a seat, about those who want to be seen, for a while.

use domain::account::Role;
use domain::booking::{Mode, PlaceState};
use domain::ids::WorkshopId;
use domain::signup::Listing;
use store::audit::Actor;
use store::signups::Fellows;

use crate::office::{Office, request};

/// Signs somebody up and confirms; seen by the others or not.
async fn comes(office: &Office, workshop: WorkshopId, name: &str, listing: Listing) {
    let mut wish = request(name, "Brücke Mulde", Mode::OnSite);
    wish.listing = listing;
    wish.access_needs = "Höranlage".to_owned();
    office.sends(workshop, wish).await.unwrap();
    office.store.confirm(&office.link(name).await).await.unwrap();
}

async fn seen_by(office: &Office, name: &str) -> Option<Fellows> {
    let place = office.place(name).await;
    office.store.fellows(&place).await.unwrap()
}

fn names(fellows: &Fellows) -> Vec<&str> {
    fellows.listed.iter().map(|fellow| fellow.name.as_str()).collect()
}

store_testing::on_both_engines! {
    async fn those_with_a_seat_see_who_wants_to_be_seen_by_name(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 6)).await;
        let elsewhere = office.publishes(&office.plan(31, 6)).await;
        for name in ["zoe", "Berta", "Ärmel", "Anna"] {
            comes(&office, workshop, name, Listing::Participants).await;
        }
        comes(&office, workshop, "Geheim", Listing::Nobody).await;
        comes(&office, elsewhere, "Fremd", Listing::Participants).await;
        let mut unconfirmed = request("Offen", "Brücke Mulde", Mode::OnSite);
        unconfirmed.listing = Listing::Participants;
        office.sends(workshop, unconfirmed).await.unwrap();
        comes(&office, workshop, "Wartend", Listing::Participants).await;

        let seen = seen_by(&office, "Anna").await.unwrap();
        assert_eq!((names(&seen), seen.others), (vec!["Ärmel", "Berta", "zoe"], 1));
        assert_eq!(seen.listed[1].organisation, "Brücke Mulde");
        assert_eq!(seen.listed[1].district.unwrap().slug, "dresden");
        assert!(!format!("{seen:?}").contains("Höranlage"));
        let seen = seen_by(&office, "Geheim").await.unwrap();
        assert_eq!((names(&seen), seen.others), (vec!["Ärmel", "Anna", "Berta", "zoe"], 0));

        assert_eq!(office.state("Wartend").await, PlaceState::Waiting);
        assert_eq!(seen_by(&office, "Wartend").await, None);
        assert_eq!(office.state("Offen").await, PlaceState::Held);
        assert_eq!(seen_by(&office, "Offen").await, None);
    }

    async fn nobody_is_put_on_the_list_by_a_colleague_or_kept_on_it_without_an_account(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 6)).await;
        let mut group = request("Anna", "Brücke Mulde", Mode::OnSite);
        group.listing = Listing::Participants;
        group.access_needs = "Höranlage".to_owned();
        group.colleagues = vec![request("Berta", "x x", Mode::OnSite).attendee];
        office.sends(workshop, group).await.unwrap();
        for name in ["Anna", "Berta"] {
            office.store.confirm(&office.link(name).await).await.unwrap();
        }
        comes(&office, workshop, "Clara", Listing::Participants).await;
        let seen = seen_by(&office, "Clara").await.unwrap();
        assert_eq!((names(&seen), seen.others), (vec!["Anna"], 1), "Berta chooses for herself");

        office.hours_pass(31 * 24);
        let email = request("Anna", "x x", Mode::OnSite).attendee.email;
        let anna = office.store.admin_add(Actor::System, &email, Role::Participant, None).await.unwrap();
        office.store.delete_account(anna).await.unwrap();
        assert_eq!(names(&seen_by(&office, "Clara").await.unwrap()), Vec::<&str>::new());
        assert_eq!(office.place("Anna").await.access_needs, "");
    }

    async fn who_leaves_the_list_is_gone_at_once_also_after_the_start(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 6)).await;
        for name in ["Anna", "Berta"] {
            comes(&office, workshop, name, Listing::Participants).await;
        }
        let (anna, berta) = (office.place("Anna").await, office.link("Berta").await);
        office.hours_pass(31 * 24);
        assert_eq!(names(&office.store.fellows(&anna).await.unwrap().unwrap()), ["Berta"]);
        for _ in 0..2 {
            office.store.leave_list(&berta).await.unwrap();
        }
        let seen = office.store.fellows(&anna).await.unwrap().unwrap();
        assert_eq!((names(&seen), seen.others), (Vec::new(), 1));
    }

    async fn four_weeks_after_the_end_nobody_sees_the_list_any_more(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 6)).await;
        for name in ["Anna", "Berta"] {
            comes(&office, workshop, name, Listing::Participants).await;
        }
        let anna = office.place("Anna").await;
        // It lasts five hours.
        office.hours_pass((30 + 28) * 24 + 4);
        assert!(office.store.fellows(&anna).await.unwrap().is_some());
        office.hours_pass(1);
        assert_eq!(office.store.fellows(&anna).await.unwrap(), None);
    }
}

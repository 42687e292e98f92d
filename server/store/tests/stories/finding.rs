//! The list and its filters.

use std::collections::BTreeSet;

use domain::district::District;
use domain::workshop::{Form, Kind};
use store::StoreError;
use store::audit::Actor;
use store::workshops::{WorkshopCard, WorkshopFilter};

use crate::office::Office;

store_testing::on_both_engines! {
    async fn filters_leave_what_fits(database: TestDatabase) {
        let office = Office::open(database).await;
        let full = office.publishes(&office.plan(10, 1)).await;
        let mut other = office.plan(20, 3);
        other.title = "100 % Müh_e".to_owned();
        other.districts = vec![District::parse("leipzig").unwrap()];
        let other = office.publishes(&other).await;
        office.signs_up(full, "Anna").await;
        office.signs_up(full, "Berta").await;
        let draft = office.store.create_workshop(Actor::System, &office.plan(40, 3)).await.unwrap();
        let found = async |filter: WorkshopFilter| {
            let cards = office.store.workshops(&filter).await.unwrap();
            cards.into_iter().map(|card| card.row.id).collect::<Vec<_>>()
        };
        let all = WorkshopFilter::default;
        assert_eq!(found(all()).await, [full, other]);
        assert_eq!(found(WorkshopFilter { include_drafts: true, ..all() }).await, [full, other, draft.id]);
        assert_eq!(found(WorkshopFilter { free_only: true, ..all() }).await, [other]);
        assert_eq!(found(WorkshopFilter { district: District::parse("meissen"), ..all() }).await, [full]);
        assert_eq!(found(WorkshopFilter { text: "MÜH_E 100".to_owned(), ..all() }).await, [other]);
        assert_eq!(found(WorkshopFilter { text: "m%e".to_owned(), ..all() }).await, []);
        assert_eq!(found(WorkshopFilter { limit: 1, offset: 1, ..all() }).await, [other]);
        assert_eq!(found(WorkshopFilter { newest_first: true, ..all() }).await, [other, full]);
        let card = office.store.workshop(full).await.unwrap();
        assert_eq!((card.tally.on_site.confirmed, card.tally.on_site.waiting), (1, 1));
        let hidden = office.store.workshop_by_slug(&draft.slug, false).await;
        assert!(matches!(hidden, Err(StoreError::NotFound)));
        let coverage = office.store.coverage(&all()).await.unwrap();
        assert_eq!(coverage.iter().map(|one| one.coming).sum::<u32>(), 3);
    }

    async fn only_where_the_page_says_that_seats_are_free_is_in_the_list_of_those(database: TestDatabase) {
        let office = Office::open(database).await;
        let names = ["Anna", "Berta", "Clara", "Dora", "Emmi", "Frieda", "Grete", "Hanna", "Ida", "Jana", "Karla", "Lotte"];
        let mut people = names.chunks(2);
        let limits = [None, Some((1, None)), Some((1, Some(12)))];
        let mut limited = BTreeSet::new();
        for (days, closes_hours) in [(4, 0), (30, 24)] {
            for limit in limits {
                let mut draft = office.plan(days, 2);
                draft.seats.closes_at = draft.starts_at.plus_hours(-closes_hours);
                draft.seats.per_organisation_max = limit.map(|(max, _)| max);
                let until = |days: i64| office.store.ambient().now().plus_hours(days * 24);
                draft.seats.per_organisation_until = limit.and_then(|(_, days)| days).map(until);
                let workshop = office.publishes(&draft).await;
                for name in people.next().unwrap() {
                    office.signs_up(workshop, name).await;
                }
                limited.extend(limit.map(|_| workshop));
            }
        }
        // While it is in force, the limit of the Träger keeps a seat open beside whoever waits, for somebody of another one.
        let ids = |cards: Vec<WorkshopCard>| cards.into_iter().map(|card| card.row.id).collect::<BTreeSet<_>>();
        let free = WorkshopFilter { free_only: true, ..WorkshopFilter::default() };
        assert_eq!(ids(office.store.workshops(&free).await.unwrap()), limited);
        // From now until all have begun, each time before and after people have moved up.
        let mut told = Vec::new();
        for step in 0..160 {
            if step % 2 == 0 {
                office.hours_pass(9);
            } else {
                office.settles().await;
            }
            let now = office.store.ambient().now();
            let mut page = office.store.workshops(&WorkshopFilter::default()).await.unwrap();
            page.retain(|card| card.row.is_open(now) && card.free(now) > 0);
            let (list, page) = (ids(office.store.workshops(&free).await.unwrap()), ids(page));
            assert_eq!(list, page, "{}", now.to_input());
            told.push(list.len());
        }
        told.dedup();
        assert_eq!(told.last(), Some(&0));
        assert!(told.len() > 3, "some of them have free seats for a while: {told:?}");
    }

    async fn kind_form_and_days_leave_what_fits_and_the_map_counts_the_same(database: TestDatabase) {
        let office = Office::open(database).await;
        let publishes = async |days, kind, seats: [u32; 2], district: &str| {
            let mut draft = office.plan(days, seats[0]);
            draft.kind = kind;
            draft.seats.online.capacity = seats[1];
            draft.districts = vec![District::parse(district).unwrap()];
            office.publishes(&draft).await
        };
        let room = publishes(10, Kind::Regional, [3, 0], "dresden").await;
        let video = publishes(20, Kind::Seminar, [0, 3], "meissen").await;
        let both = publishes(30, Kind::Seminar, [3, 3], "leipzig").await;
        let all = WorkshopFilter::default;
        // What is found, and what the map counts: one in each of these districts.
        let found = async |filter: WorkshopFilter| {
            let cards = office.store.workshops(&filter).await.unwrap();
            let coverage = office.store.coverage(&filter).await.unwrap();
            let counted = coverage.iter().filter(|one| one.coming > 0);
            let mut on_the_map: Vec<_> = counted.map(|one| (one.district.slug, one.coming)).collect();
            let mut in_the_list: Vec<_> = cards.iter().map(|card| (card.row.draft.districts[0].slug, 1)).collect();
            on_the_map.sort_unstable();
            in_the_list.sort_unstable();
            assert_eq!(on_the_map, in_the_list);
            cards.into_iter().map(|card| card.row.id).collect::<Vec<_>>()
        };
        assert_eq!(found(all()).await, [room, video, both]);
        assert_eq!(found(WorkshopFilter { kind: Some(Kind::Seminar), ..all() }).await, [video, both]);
        assert_eq!(found(WorkshopFilter { kind: Some(Kind::Lecture), ..all() }).await, []);
        assert_eq!(found(WorkshopFilter { form: Some(Form::OnSite), ..all() }).await, [room, both]);
        assert_eq!(found(WorkshopFilter { form: Some(Form::Online), ..all() }).await, [video, both]);
        let starts = async |id| office.store.workshop(id).await.unwrap().row.draft.starts_at;
        let second = starts(video).await;
        assert_eq!(found(WorkshopFilter { until: Some(second), ..all() }).await, [room]);
        assert_eq!(found(WorkshopFilter { until: Some(second.plus_seconds(1)), ..all() }).await, [room, video]);
        assert_eq!(found(WorkshopFilter { from: Some(second), ..all() }).await, [video, both]);
        assert_eq!(found(WorkshopFilter { text: "Wohnen".to_owned(), kind: Some(Kind::Regional), ..all() }).await, [room]);
        // The map shows every district, whichever is chosen.
        let chosen = WorkshopFilter { district: District::parse("meissen"), limit: 1, ..all() };
        let coverage = office.store.coverage(&chosen).await.unwrap();
        assert_eq!(coverage.iter().map(|one| one.coming).sum::<u32>(), 3);
        office.store.cancel_workshop(Actor::System, room, "Der Raum steht unter Wasser.").await.unwrap();
        let coverage = office.store.coverage(&all()).await.unwrap();
        assert_eq!(coverage.iter().map(|one| one.coming).sum::<u32>(), 2, "what is cancelled is in the list, but not on the map");
    }
}

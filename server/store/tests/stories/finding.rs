//! The list and its filters.

use domain::district::District;
use domain::workshop::{Form, Kind};
use store::StoreError;
use store::audit::Actor;
use store::workshops::WorkshopFilter;

use crate::office::Office;

store::on_both_engines! {
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

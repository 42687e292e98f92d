//! The list and its filters.

use domain::district::District;
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
        let coverage = office.store.coverage().await.unwrap();
        assert_eq!(coverage.iter().map(|one| one.coming).sum::<u32>(), 3);
    }
}

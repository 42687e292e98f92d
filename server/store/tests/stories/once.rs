//! One active place for each person and Veranstaltung: found under the lock, and a unique index behind that.

use domain::ids::WorkshopId;
use store::StoreError;
use store::engine::Locking;
use store::signups::SignUpFilter;
use store_testing::run_sql;

use crate::office::Office;

/// The same person sends two forms with keys of their own. Returns whether the second one made a place.
async fn asks_twice(office: &Office) -> (WorkshopId, Result<bool, StoreError>) {
    let workshop = office.publishes(&office.plan(30, 5)).await;
    office.asks(workshop, "Anna").await.unwrap();
    let second = office.asks(workshop, "Anna").await;
    (workshop, second.map(|answer| answer.people[0].is_new))
}

/// How many active places there are.
async fn places(office: &Office, workshop: WorkshopId) -> usize {
    let rows = office
        .store
        .sign_ups(workshop, &SignUpFilter::default())
        .await
        .unwrap();
    rows.iter().filter(|row| row.state.is_active()).count()
}

store_testing::on_both_engines! {
    async fn somebody_who_has_a_place_gets_no_second_one(database: TestDatabase) {
        let office = Office::open(database).await;
        let (workshop, second) = asks_twice(&office).await;
        assert!(!second.unwrap(), "there is a place already");
        assert_eq!(places(&office, workshop).await, 1);
    }

    async fn without_the_lock_the_unique_place_holds(database: TestDatabase) {
        let office = Office::open_with(database, Locking::Off).await;
        let (workshop, second) = asks_twice(&office).await;
        assert!(matches!(second, Err(StoreError::Duplicate)), "{second:?}");
        assert_eq!(places(&office, workshop).await, 1);
    }

    async fn sabotage_without_both_nets_somebody_gets_a_second_place(database: TestDatabase) {
        let office = Office::open_with(database, Locking::Off).await;
        run_sql(&office.database.url, "DROP INDEX sign_up_person").await.unwrap();
        let (workshop, second) = asks_twice(&office).await;
        assert!(second.is_ok(), "{second:?}");
        assert_eq!(places(&office, workshop).await, 2);
    }
}

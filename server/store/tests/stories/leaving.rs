//! Out of a place: cancelling, handing over.

use domain::booking::{Mode, PlaceState, Refusal};
use domain::mail::Occasion;
use store::StoreError;

use crate::office::{Office, refused, request};

store::on_both_engines! {
    async fn who_cancelled_can_sign_up_again(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 1)).await;
        office.signs_up(workshop, "Anna").await;
        let first = office.link("Anna").await;
        assert_eq!(office.store.cancel(&first).await.unwrap(), PlaceState::Cancelled);
        assert_eq!(office.store.cancel(&first).await.unwrap(), PlaceState::Cancelled);
        office.hours_pass(1);
        assert_eq!(office.signs_up(workshop, "Anna").await, PlaceState::Confirmed);
        assert_ne!(office.link("Anna").await, first);
    }

    async fn after_the_start_a_place_cannot_be_given_up(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(3, 1)).await;
        office.signs_up(workshop, "Anna").await;
        office.hours_pass(3 * 24);
        assert!(refused(office.store.cancel(&office.link("Anna").await).await, Refusal::TooLate));
    }

    async fn a_place_is_handed_to_a_colleague_with_a_new_link(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 3)).await;
        office.signs_up(workshop, "Anna").await;
        office.signs_up(workshop, "Berta").await;
        let anna = office.link("Anna").await;
        let berta = request("Berta", "x x", Mode::OnSite).attendee;
        let taken = office.store.hand_over(&anna, berta.name, berta.email).await;
        assert!(matches!(taken, Err(StoreError::Duplicate)));
        let clara = request("Clara", "x x", Mode::OnSite).attendee;
        office.store.hand_over(&anna, clara.name, clara.email).await.unwrap();
        assert!(matches!(office.store.place_by_token(&anna).await, Err(StoreError::NotFound)), "the old link ends");
        assert_eq!(office.state("Clara").await, PlaceState::Confirmed);
        assert!(office.occasions("Anna").await.contains(&Occasion::HandedOn));
        assert!(office.occasions("Clara").await.contains(&Occasion::HandedOver));
        assert_eq!(office.seated(workshop).await.len(), 2);
    }
}

//! Out of a place: cancelling, handing over.

use domain::booking::{Mode, PlaceState, Reason, Refusal};
use domain::ids::IdempotencyKey;
use domain::mail::Occasion;
use domain::signup::Listing;
use store::StoreError;
use store::signups::MailFacts;

use crate::office::{Office, refused, request};

store_testing::on_both_engines! {
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
        let clara = office.place("Clara").await.history;
        assert_eq!(clara.iter().map(|entry| entry.reason).collect::<Vec<_>>(), [Reason::HandedOver], "the rest is Anna's");
        assert!(office.occasions("Anna").await.contains(&Occasion::HandedOn));
        assert!(office.occasions("Clara").await.contains(&Occasion::HandedOver));
        assert_eq!(office.seated(workshop).await.len(), 2);
    }

    async fn a_form_that_is_sent_twice_hands_on_once_and_is_no_error(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 3)).await;
        office.signs_up(workshop, "Anna").await;
        let anna = office.link("Anna").await;
        let hands_on = |key| {
            let clara = request("Clara", "x x", Mode::OnSite).attendee;
            office.store.hand_over_once(&anna, clara.name, clara.email, IdempotencyKey(uuid::Uuid::from_u128(key)))
        };
        hands_on(1).await.unwrap();
        let clara = office.link("Clara").await;
        hands_on(1).await.unwrap();
        assert!(matches!(hands_on(2).await, Err(StoreError::NotFound)), "another form finds nothing behind the old link");
        assert_eq!(office.link("Clara").await, clara);
        assert_eq!(office.occasions("Clara").await, [Occasion::HandedOver]);
        assert_eq!(office.occasions("Anna").await.iter().filter(|one| **one == Occasion::HandedOn).count(), 1);
    }

    async fn who_hands_on_is_told_with_a_number_above_that_of_the_invitation(database: TestDatabase) {
        // Calendars pass over what has no greater SEQUENCE than they know already (RFC 5545, 3.8.7.4).
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 3)).await;
        office.signs_up(workshop, "Anna").await;
        let number = |facts: MailFacts| facts.workshop.sequence + facts.place.revision;
        let invited = number(office.told("Anna", Occasion::PlaceConfirmed).await);
        let clara = request("Clara", "x x", Mode::OnSite).attendee;
        office.store.hand_over(&office.link("Anna").await, clara.name, clara.email).await.unwrap();
        let handed_on = office.told("Anna", Occasion::HandedOn).await;
        assert_eq!(handed_on.place.name, "Anna");
        assert!(number(handed_on.clone()) > invited);
        let handed_over = office.told("Clara", Occasion::HandedOver).await;
        assert_eq!(handed_over.place.id, handed_on.place.id);
        assert_eq!(number(handed_over), number(handed_on));
    }

    async fn a_topic_of_the_one_before_is_not_the_own(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 3)).await;
        let mut anna = request("Anna", "Brücke Mulde", Mode::OnSite);
        anna.topic = Some("Kaution".to_owned());
        anna.listing = Listing::Participants;
        office.sends(workshop, anna).await.unwrap();
        office.hours_pass(1);
        office.store.confirm(&office.link("Anna").await).await.unwrap();
        for occasion in [Occasion::ConfirmSignUp, Occasion::PlaceConfirmed] {
            let told = office.told("Anna", occasion).await.place;
            assert_eq!(told.topics, ["Kaution"], "{occasion:?}");
            assert_eq!((told.district.as_str(), told.listing), ("Dresden", Some(Listing::Participants)));
        }
        office.hours_pass(1);
        let clara = request("Clara", "x x", Mode::OnSite).attendee;
        office.store.hand_over(&office.link("Anna").await, clara.name, clara.email).await.unwrap();
        let told = office.told("Clara", Occasion::HandedOver).await.place;
        assert_eq!((told.topics.len(), told.listing), (0, Some(Listing::Nobody)));
    }
}

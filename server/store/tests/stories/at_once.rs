//! Who writes at the same time waits, but never in a circle: of those who did, PostgreSQL would refuse one.

use domain::booking::{Mode, PlaceState};
use domain::ids::WorkshopId;
use futures::future::{join, join_all};
use store::audit::Actor;
use store::signups::SignUpFilter;

use crate::office::{Office, address, request};

/// How often it is tried: in each round a circle is likely, if there can be one.
const ROUNDS: usize = 6;
/// Who signs up while an account is deleted.
const SIGN_UPS: usize = 4;

/// A place in each of them, and an account.
async fn comes_to(office: &Office, workshops: &[WorkshopId], name: &str) {
    for workshop in workshops {
        let request = request(name, "Brücke Mulde", Mode::OnSite);
        let entered = office
            .store
            .staff_add(Actor::System, *workshop, request, "am Telefon");
        entered.await.unwrap();
    }
}

async fn state(office: &Office, workshop: WorkshopId, name: &str) -> PlaceState {
    let rows = office
        .store
        .sign_ups(workshop, &SignUpFilter::default())
        .await
        .unwrap();
    rows.iter().find(|row| row.email == address(name)).unwrap().state
}

store::on_both_engines! {
    async fn deleting_an_account_and_signing_up_wait_for_each_other_in_no_circle(database: TestDatabase) {
        let office = Office::open(database).await;
        let draft = office.plan(30, 200);
        let mut workshops = [office.publishes(&draft).await, office.publishes(&draft).await];
        // As a deletion takes them: the second one while it has changed something in the first.
        workshops.sort_by_key(ToString::to_string);
        for round in 0..ROUNDS {
            let name = format!("Anna{round}");
            comes_to(&office, &workshops, &name).await;
            let person = office.signs_in(&name, "Telefon").await.person;
            let others: Vec<_> = (0..SIGN_UPS).map(|other| format!("Berta{round}-{other}")).collect();
            let (deleted, signed_up) = join(
                office.store.delete_account(person),
                join_all(others.iter().map(|other| office.asks(workshops[1], other))),
            )
            .await;
            deleted.unwrap();
            for answer in signed_up {
                assert_eq!(answer.unwrap().people[0].state, PlaceState::Held);
            }
            for workshop in workshops {
                assert_eq!(state(&office, workshop, &name).await, PlaceState::Cancelled);
            }
        }
        assert_eq!(office.store.audit_first_break().await.unwrap(), None);
    }
}

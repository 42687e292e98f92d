//! What is acknowledged is there (R2), nobody is refused because somebody else writes (R3), and what is erased is in no file. Each protection is taken away
//! once, and missed.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod erased;
mod kill;
mod refused;
mod settings;

use domain::ids::WorkshopId;
use store::audit::Actor;
use store::{Ambient, Store};
use store_testing::{TestDatabase, plan};

/// A Veranstaltung for which sign-up is open.
pub async fn workshop(store: &Store) -> WorkshopId {
    let draft = plan(store.ambient().now(), 30, 50);
    let row = store.create_workshop(Actor::System, &draft).await.unwrap();
    store.publish_workshop(Actor::System, row.id).await.unwrap();
    row.id
}

/// A store that has written already.
pub async fn at_work(database: &TestDatabase) -> Store {
    let store = Store::open(&database.url, Ambient::system()).await.unwrap();
    workshop(&store).await;
    store
}

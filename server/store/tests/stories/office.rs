//! Who acts in the stories: the office, and people with their mailboxes.

use std::collections::BTreeSet;

use domain::account::SignInCode;
use domain::booking::{Mode, PlaceState, Refusal};
use domain::contact::EmailAddress;
use domain::ids::{PersonId, SignUpId, WorkshopId};
use domain::mail::Occasion;
use domain::signup::{SignUpForm, SignUpRequest};
use domain::time::Instant;
use domain::workshop::WorkshopDraft;
use store::accounts::SignedIn;
use store::audit::Actor;
use store::engine::Locking;
use store::signups::{MailFacts, PlaceView, SignUpAnswer, SignUpFilter};
use store::{Ambient, Engine, Store, StoreError};
use store_testing::{TestDatabase, command, form, plan};

/// The office and its database. The clock stands at Monday, 9 November 2026, 9 o'clock, until it is moved.
pub struct Office {
    pub store: Store,
    pub database: TestDatabase,
}

impl Office {
    pub async fn open(database: TestDatabase) -> Self {
        Self::open_with(database, Locking::On).await
    }

    /// As [`Office::open`], perhaps without the lock.
    pub async fn open_with(database: TestDatabase, locking: Locking) -> Self {
        let start = Ambient::manual(Instant::from_input("2026-11-09T09:00").unwrap());
        let store = database.open_with(start, locking).await.unwrap();
        Self { store, database }
    }

    /// A server on the same database, with the same clock, that can read it and keep nothing.
    pub async fn reads_only(&self) -> Store {
        let url = match self.database.engine {
            Engine::Sqlite => self.database.url.clone(),
            Engine::Postgres => format!("{}?options[default_transaction_read_only]=on", self.database.url),
        };
        let store = Store::open_existing(&url, self.store.ambient().clone())
            .await
            .unwrap();
        let nobody = PersonId(store.ambient().uuid());
        let kept = store.end_all_sessions(nobody).await;
        assert!(kept.is_err(), "without this a story shows nothing");
        store
    }

    /// A Regionalwerkstatt in `days` days with this many seats in the room.
    pub fn plan(&self, days: i64, seats: u32) -> WorkshopDraft {
        plan(self.store.ambient().now(), days, seats)
    }

    pub async fn publishes(&self, draft: &WorkshopDraft) -> WorkshopId {
        let row = self.store.create_workshop(Actor::System, draft).await.unwrap();
        self.store.publish_workshop(Actor::System, row.id).await.unwrap();
        row.id
    }

    pub async fn edits(&self, id: WorkshopId, change: impl FnOnce(&mut WorkshopDraft)) {
        let row = self.store.workshop(id).await.unwrap().row;
        let (seen, mut draft) = (row.seen(), row.draft);
        change(&mut draft);
        self.store
            .edit_workshop(Actor::System, id, seen, &draft, true)
            .await
            .unwrap();
    }

    pub fn hours_pass(&self, hours: i64) {
        self.store.ambient().advance_seconds(hours * 3_600);
    }

    pub async fn settles(&self) -> usize {
        self.store.settle_due().await.unwrap()
    }

    /// Signs somebody up in the room, without confirming.
    pub async fn asks(&self, workshop: WorkshopId, name: &str) -> Result<SignUpAnswer, StoreError> {
        self.sends(workshop, request(name, "Brücke Mulde", Mode::OnSite))
            .await
    }

    pub async fn sends(
        &self,
        workshop: WorkshopId,
        request: SignUpRequest,
    ) -> Result<SignUpAnswer, StoreError> {
        self.store.sign_up(command(&self.store, workshop, request)).await
    }

    /// Signs somebody up and confirms from the mail.
    pub async fn signs_up(&self, workshop: WorkshopId, name: &str) -> PlaceState {
        self.asks(workshop, name).await.unwrap();
        self.store.confirm(&self.link(name).await).await.unwrap()
    }

    /// Signs somebody in by mailed code, in the name of a device.
    pub async fn signs_in(&self, name: &str, device: &str) -> SignedIn {
        let email = EmailAddress::parse(&address(name)).unwrap();
        // A code each second: the newest one counts.
        self.store.ambient().advance_seconds(1);
        self.store.request_code(&email).await.unwrap();
        let mails = self.store.mails(5_000).await.unwrap();
        let mail = mails
            .iter()
            .find(|mail| mail.recipient == address(name) && mail.occasion == Occasion::SignInCode);
        let code = SignInCode::normalise(mail.unwrap().payload["code"].as_str().unwrap()).unwrap();
        self.store.redeem_code(&email, &code, device).await.unwrap()
    }

    /// The personal link in the newest mail to somebody.
    pub async fn link(&self, name: &str) -> String {
        self.mails(name).await.pop().unwrap().1.place.token
    }

    pub async fn place(&self, name: &str) -> PlaceView {
        self.store.place_by_token(&self.link(name).await).await.unwrap()
    }

    pub async fn state(&self, name: &str) -> PlaceState {
        self.place(name).await.state
    }

    /// Somebody's mails about places, oldest first.
    pub async fn mails(&self, name: &str) -> Vec<(Occasion, MailFacts)> {
        let address = address(name);
        let mut mails = self.store.mails(5_000).await.unwrap();
        mails.reverse();
        mails
            .into_iter()
            .filter(|mail| mail.recipient == address && mail.occasion != Occasion::SignInCode)
            .map(|mail| (mail.occasion, serde_json::from_value(mail.payload).unwrap()))
            .collect()
    }

    /// What the mail of this occasion tells somebody.
    pub async fn told(&self, name: &str, occasion: Occasion) -> MailFacts {
        self.mails(name)
            .await
            .into_iter()
            .find(|mail| mail.0 == occasion)
            .unwrap()
            .1
    }

    pub async fn occasions(&self, name: &str) -> Vec<Occasion> {
        let mut occasions = self
            .mails(name)
            .await
            .into_iter()
            .map(|(occasion, _)| occasion)
            .collect::<Vec<_>>();
        // Mails of one instant have no order among themselves.
        occasions.sort_by_key(|occasion| occasion.key());
        occasions
    }

    pub async fn id(&self, workshop: WorkshopId, name: &str) -> SignUpId {
        let rows = self
            .store
            .sign_ups(workshop, &SignUpFilter::default())
            .await
            .unwrap();
        rows.into_iter()
            .find(|row| row.email == address(name))
            .unwrap()
            .id
    }

    /// Names of those with a seat, checked against the numbered seats.
    pub async fn seated(&self, workshop: WorkshopId) -> BTreeSet<String> {
        let rows = self
            .store
            .sign_ups(workshop, &SignUpFilter::default())
            .await
            .unwrap();
        let seated = rows
            .iter()
            .filter(|row| row.state.takes_seat())
            .collect::<Vec<_>>();
        assert!(
            rows.iter()
                .all(|row| row.state.takes_seat() == row.seat_no.is_some())
        );
        let numbers = seated
            .iter()
            .map(|row| (row.mode, row.seat_no))
            .collect::<BTreeSet<_>>();
        assert_eq!(numbers.len(), seated.len(), "no number is given twice");
        seated.iter().map(|row| row.name.clone()).collect()
    }
}

pub fn address(name: &str) -> String {
    format!("{}@traeger.example", name.to_lowercase())
}

pub fn request(name: &str, organisation: &str, mode: Mode) -> SignUpRequest {
    SignUpForm {
        organisation: organisation.to_owned(),
        mode: mode.key().to_owned(),
        ..form(name, &address(name))
    }
    .parse()
    .unwrap()
}

/// Whether the rules refused for this reason.
pub fn refused<T: std::fmt::Debug>(outcome: Result<T, StoreError>, reason: Refusal) -> bool {
    matches!(outcome, Err(StoreError::Refused(refusal)) if refusal == reason)
}

//! What somebody sends who wants a place, for tests.

use domain::booking::Mode;
use domain::ids::{IdempotencyKey, WorkshopId};
use domain::signup::{SignUpForm, SignUpRequest};

use store::Store;
use store::signups::SignUpCommand;

/// A form in which everything is right: somebody of a Träger in Dresden comes into the room. A test says what is different:
/// `SignUpForm { topic, ..form("Anna", "anna@traeger.example") }`.
#[must_use]
pub fn form(name: &str, email: &str) -> SignUpForm {
    SignUpForm {
        name: name.to_owned(),
        email: email.to_owned(),
        organisation: "Brücke Mulde".to_owned(),
        district: "dresden".to_owned(),
        mode: Mode::OnSite.key().to_owned(),
        ..SignUpForm::default()
    }
}

/// What becomes of it on the server: sent by somebody who is not signed in, and for the first time.
#[must_use]
pub fn command(store: &Store, workshop: WorkshopId, request: SignUpRequest) -> SignUpCommand {
    SignUpCommand {
        workshop,
        request,
        key: IdempotencyKey(store.ambient().uuid()),
        viewer: None,
    }
}

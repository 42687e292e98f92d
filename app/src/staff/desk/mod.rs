//! What the server functions of the office do. Whoever is not staff finds nothing here.
//!
//! Reading: [`overview()`], [`workshop()`], [`load_new_form`] and [`load_edit_form`], [`outbox()`], [`mail_text`],
//! [`place_mails()`], [`audit`], [`course()`].
//! Acting: [`save`], [`publish`], [`discard`], [`cancel`], [`copy()`], [`move_up`], [`cancel_sign_up`], [`add`], [`message()`],
//! [`mail_again`], [`mail_bounced`], [`access_duty`], [`remove_topic`].

mod copy;
mod course;
mod duty;
mod edit;
mod log;
mod message;
mod outbox;
mod overview;
mod people;
mod place_mails;
mod running;
mod topics;
mod workshop;

pub use copy::copy;
pub use course::course;
pub use duty::access_duty;
pub use edit::{load_edit_form, load_new_form, save};
pub use log::{LogQuery, audit};
pub use message::message;
pub use outbox::{mail_text, outbox};
pub use overview::overview;
pub use people::{add, cancel_sign_up, move_up};
pub use place_mails::{mail_again, mail_bounced, place_mails};
pub use running::{cancel, discard, publish};
pub use topics::remove_topic;
pub use workshop::workshop;

use domain::ids::{PersonId, WorkshopId};
use domain::text::one_line;
use leptos::prelude::*;
use store::audit::Actor;
use store::{Store, StoreError};

use crate::form_reply::{FieldError, FormReply, SentForm};
use crate::session;
use crate::ui::not_found::set_status;
use crate::ui::text::{TRY_AGAIN, refusal_sentence};

/// Characters of a reason, at least.
const REASON_CHARACTERS_MIN: usize = 3;
/// Characters of a reason.
const REASON_CHARACTERS_MAX: usize = 300;
const REASON_NEEDED: &str = "Bitte geben Sie einen Grund ein (3 bis 300 Zeichen).";

/// Reads for staff. Everybody else gets nothing, as if it were not there.
async fn for_staff<T, F>(read: impl FnOnce(Store) -> F) -> Result<Option<T>, ServerFnError>
where
    F: Future<Output = Result<Option<T>, ServerFnError>>,
{
    for_member(|store, _| read(store)).await
}

/// As [`for_staff`], for what is not the same for each of them.
async fn for_member<T, F>(read: impl FnOnce(Store, PersonId) -> F) -> Result<Option<T>, ServerFnError>
where
    F: Future<Output = Result<Option<T>, ServerFnError>>,
{
    match session::viewer().await? {
        Some(viewer) if viewer.is_staff() => read(expect_context(), viewer.person).await,
        _ => Ok(None),
    }
}

/// Acts for a member of staff. Everybody else gets the page that is not there.
async fn as_staff<F>(form: SentForm, act: impl FnOnce(Store, Actor, SentForm) -> F) -> FormReply
where
    F: Future<Output = FormReply>,
{
    as_member(form, |store, person, form| {
        act(store, Actor::Person(person), form)
    })
    .await
}

/// As [`as_staff`], for what somebody does for herself.
async fn as_member<F>(form: SentForm, act: impl FnOnce(Store, PersonId, SentForm) -> F) -> FormReply
where
    F: Future<Output = FormReply>,
{
    match session::viewer().await {
        Ok(Some(viewer)) if viewer.is_staff() => act(expect_context(), viewer.person, form).await,
        Ok(_) => {
            set_status(404);
            FormReply::default()
        }
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}

/// The office's page of a Veranstaltung; nothing that was typed reaches the address unchecked.
fn page(id: &str) -> String {
    WorkshopId::parse(id).map_or_else(
        |_| "/verwaltung".to_owned(),
        |id| format!("/verwaltung/veranstaltungen/{id}"),
    )
}

/// A reason as staff typed it, or what is wrong with it.
fn reason(field: &str, typed: &str) -> Result<String, FieldError> {
    one_line(typed, REASON_CHARACTERS_MIN, REASON_CHARACTERS_MAX)
        .map_err(|_| FieldError::new(field, REASON_NEEDED))
}

/// Says what happened, or why nothing did.
async fn tell<T>(form: SentForm, outcome: Result<T, StoreError>, notice: &str) -> FormReply {
    match outcome {
        Ok(_) => form.done(notice).await,
        Err(error) => form.failed(why(error)).await,
    }
}

fn why(error: StoreError) -> String {
    match error {
        StoreError::Refused(refusal) => refusal_sentence(refusal),
        StoreError::NotFound => "Das gibt es nicht oder nicht mehr.".to_owned(),
        error => {
            tracing::error!(%error, "the office could not act");
            TRY_AGAIN.to_owned()
        }
    }
}

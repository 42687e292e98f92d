//! Every mail about one sign-up, one of them again, and whether it came back.

use domain::ids::{IdempotencyKey, SignUpId, WorkshopId};
use leptos::prelude::*;
use store::StoreError;
use store::outbox::OutboxRow;
use store::signups::{NotAgain, PlaceMails};

use super::outbox::head;
use super::{as_staff, for_staff, tell};
use crate::form_reply::{FormReply, SentForm};
use crate::loading::unavailable;
use crate::staff::bounces_to::BouncesTo;
use crate::staff::dto::{PlaceMailView, PlaceMailsView};
use crate::staff::mail_reader::MailReader;

pub async fn place_mails(workshop: String, place: String) -> Result<Option<PlaceMailsView>, ServerFnError> {
    let (Ok(workshop), Ok(place)) = (WorkshopId::parse(&workshop), SignUpId::parse(&place)) else {
        return Ok(None);
    };
    for_staff(|store| async move {
        let readable = use_context::<MailReader>().is_some();
        let bounces_to = use_context::<BouncesTo>();
        let found = match store.mails_about(workshop, place).await {
            Ok(found) => found,
            Err(StoreError::NotFound) => return Ok(None),
            Err(error) => return Err(unavailable(error)),
        };
        let card = store.workshop(workshop).await.map_err(unavailable)?;
        Ok(Some(PlaceMailsView {
            workshop: workshop.to_string(),
            place: place.to_string(),
            title: card.row.draft.title,
            key: store.ambient().uuid().to_string(),
            readable,
            bounces_to: bounces_to
                .filter(|_| found.mails.iter().any(|mail| mail.sent_at.is_some()))
                .map(|BouncesTo(mailbox)| mailbox.to_string()),
            mails: found.mails.iter().map(|row| mail(&found, row)).collect(),
            name: found.name.clone(),
        }))
    })
    .await
}

fn mail(found: &PlaceMails, row: &OutboxRow) -> PlaceMailView {
    let again = found.again(row);
    PlaceMailView {
        mail: head(row),
        again: again.is_ok(),
        why_not: match again {
            // That it waits stands beside it.
            Ok(()) | Err(NotAgain::Waits) => String::new(),
            Err(why) => sentence(why).to_owned(),
        },
        note: row.sent_at.map(|_| note(row.bounced_at.is_some())),
    }
}

/// What can be noted about a mail that was sent: that it came back, or that it did not.
fn note(bounced: bool) -> (String, String) {
    let (sent, words) = if bounced {
        ("", "Vermerk zurücknehmen")
    } else {
        ("1", "Als unzustellbar vermerken")
    };
    (sent.to_owned(), words.to_owned())
}

/// Why a mail does not go out again.
fn sentence(why: NotAgain) -> &'static str {
    match why {
        NotAgain::Waits => "Diese E-Mail wartet noch. Sie geht von selbst hinaus.",
        NotAgain::OtherHolder => {
            "Diese E-Mail geht nicht noch einmal hinaus: Zum Platz gehört jetzt eine andere Adresse."
        }
        NotAgain::Past => "Diese E-Mail geht nicht noch einmal hinaus: Was darin steht, gilt nicht mehr.",
    }
}

/// A form on the page of a place's mails, and which place that is. Nothing that was typed reaches the address unchecked.
fn of_place(workshop: &str, place: &str) -> (SentForm, Option<(WorkshopId, SignUpId)>) {
    match (WorkshopId::parse(workshop), SignUpId::parse(place)) {
        (Ok(workshop), Ok(place)) => {
            let page = format!("/verwaltung/veranstaltungen/{workshop}/anmeldungen/{place}/mails");
            (SentForm::on(page), Some((workshop, place)))
        }
        _ => (SentForm::on("/verwaltung"), None),
    }
}

pub async fn mail_bounced([workshop, place, mail]: [String; 3], bounced: bool) -> FormReply {
    let (form, ids) = of_place(&workshop, &place);
    as_staff(form, |store, actor, form| async move {
        let outcome = match ids {
            Some((workshop, place)) => store.mail_bounced(actor, workshop, place, &mail, bounced).await,
            None => Err(StoreError::NotFound),
        };
        let notice = if bounced {
            "Vermerkt: Diese E-Mail kam zurück."
        } else {
            "Der Vermerk ist zurückgenommen."
        };
        tell(form, outcome, notice).await
    })
    .await
}

pub async fn mail_again([workshop, place, mail, key]: [String; 4]) -> FormReply {
    let (form, ids) = of_place(&workshop, &place);
    as_staff(form, |store, actor, form| async move {
        let outcome = match (ids, IdempotencyKey::parse(&key)) {
            (Some((workshop, place)), Ok(key)) => store.mail_again(actor, workshop, place, &mail, key).await,
            _ => Err(StoreError::NotFound),
        };
        match outcome {
            Ok(Err(why)) => form.failed(sentence(why)).await,
            outcome => {
                let notice = "Die E-Mail steht noch einmal im Postausgang. Darin steht, was jetzt gilt.";
                tell(form, outcome, notice).await
            }
        }
    })
    .await
}

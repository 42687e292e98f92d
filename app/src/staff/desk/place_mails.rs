//! Every mail about one sign-up, and one of them again.

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
    }
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

pub async fn mail_again([workshop, place, mail, key]: [String; 4]) -> FormReply {
    let ids = (
        WorkshopId::parse(&workshop),
        SignUpId::parse(&place),
        IdempotencyKey::parse(&key),
    );
    // Nothing that was typed reaches the address unchecked.
    let form = SentForm::on(match &ids {
        (Ok(workshop), Ok(place), _) => {
            format!("/verwaltung/veranstaltungen/{workshop}/anmeldungen/{place}/mails")
        }
        _ => "/verwaltung".to_owned(),
    });
    as_staff(form, |store, actor, form| async move {
        let outcome = match ids {
            (Ok(workshop), Ok(place), Ok(key)) => store.mail_again(actor, workshop, place, &mail, key).await,
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

//! Every mail about one sign-up, and one of them again.

use domain::german;
use domain::ids::{IdempotencyKey, SignUpId, WorkshopId};
use leptos::prelude::*;
use store::StoreError;
use store::outbox::OutboxRow;

use super::{as_staff, for_staff, tell};
use crate::form_reply::{FormReply, SentForm};
use crate::loading::unavailable;
use crate::staff::dto::{PlaceMailView, PlaceMailsView};
use crate::staff::mail_reader::MailReader;
use crate::staff::mail_words::{occasion, standing};

pub async fn place_mails(workshop: String, place: String) -> Result<Option<PlaceMailsView>, ServerFnError> {
    let (Ok(workshop), Ok(place)) = (WorkshopId::parse(&workshop), SignUpId::parse(&place)) else {
        return Ok(None);
    };
    for_staff(|store| async move {
        let readable = use_context::<MailReader>().is_some();
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
            name: found.name,
            key: store.ambient().uuid().to_string(),
            readable,
            mails: found.mails.iter().map(mail).collect(),
        }))
    })
    .await
}

fn mail(row: &OutboxRow) -> PlaceMailView {
    let (state, detail) = standing(row);
    PlaceMailView {
        id: row.id.clone(),
        occasion: occasion(row.occasion).to_owned(),
        recipient: row.recipient.clone(),
        at: german::moment(row.created_at),
        state,
        detail,
        again: row.is_done() && !row.occasion.opens_an_account(),
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
            Err(StoreError::Refused(_)) => {
                form.failed("Diese E-Mail wartet noch. Sie geht von selbst hinaus.")
                    .await
            }
            outcome => tell(form, outcome, "Die E-Mail steht noch einmal im Postausgang.").await,
        }
    })
    .await
}

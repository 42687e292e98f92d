//! Showing a draft to everybody, throwing it away, and cancelling.

use domain::ids::WorkshopId;
use store::StoreError;

use super::{as_staff, page, reason, tell, why};
use crate::form_reply::{FormReply, SentForm, answer_elsewhere};

pub async fn publish(id: String) -> FormReply {
    as_staff(SentForm::on(page(&id)), |store, actor, form| async move {
        let outcome = match WorkshopId::parse(&id) {
            Ok(id) => store.publish_workshop(actor, id).await,
            Err(_) => Err(StoreError::NotFound),
        };
        tell(form, outcome, "Die Veranstaltung ist veröffentlicht.").await
    })
    .await
}

pub async fn discard(id: String) -> FormReply {
    as_staff(SentForm::on(page(&id)), |store, actor, form| async move {
        let outcome = match WorkshopId::parse(&id) {
            Ok(id) => store.discard_draft(actor, id).await,
            Err(_) => Err(StoreError::NotFound),
        };
        match outcome {
            // Its page is gone.
            Ok(()) => answer_elsewhere("/verwaltung", FormReply::done("Der Entwurf ist gelöscht.")).await,
            Err(error) => form.failed(why(error)).await,
        }
    })
    .await
}

pub async fn cancel(id: String, typed: String) -> FormReply {
    let form = SentForm::on(page(&id)).typed([("reason", typed.clone())]);
    as_staff(form, |store, actor, form| async move {
        let reason = match reason("reason", &typed) {
            Ok(reason) => reason,
            Err(error) => return form.refused(vec![error]).await,
        };
        let outcome = match WorkshopId::parse(&id) {
            Ok(id) => store.cancel_workshop(actor, id, &reason).await,
            Err(_) => Err(StoreError::NotFound),
        };
        tell(
            form,
            outcome,
            "Die Veranstaltung ist abgesagt. Alle Angemeldeten bekommen eine E-Mail.",
        )
        .await
    })
    .await
}

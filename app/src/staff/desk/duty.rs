//! Who arranges what people need.

use domain::ids::WorkshopId;
use store::StoreError;

use super::{as_member, page, tell};
use crate::form_reply::{FormReply, SentForm};

pub async fn access_duty(workshop: String, wanted: bool) -> FormReply {
    as_member(SentForm::on(page(&workshop)), |store, person, form| async move {
        let outcome = match WorkshopId::parse(&workshop) {
            Ok(id) => store.set_access_duty(person, id, wanted).await,
            Err(_) => Err(StoreError::NotFound),
        };
        let notice = if wanted {
            "Sie kümmern sich jetzt um die Bedarfe. In der Liste steht bei jeder Person, was sie braucht."
        } else {
            "Sie haben die Bedarfe abgegeben und sehen sie nicht mehr."
        };
        tell(form, outcome, notice).await
    })
    .await
}

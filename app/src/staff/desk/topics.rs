//! Topics that people proposed.

use domain::ids::TopicId;
use store::StoreError;

use super::{as_staff, page, tell};
use crate::form_reply::{FormReply, SentForm};

pub async fn remove_topic(workshop: String, topic: String) -> FormReply {
    as_staff(SentForm::on(page(&workshop)), |store, actor, form| async move {
        let outcome = match TopicId::parse(&topic) {
            Ok(topic) => store.remove_topic(actor, topic).await,
            Err(_) => Err(StoreError::NotFound),
        };
        tell(form, outcome, "Das Thema ist entfernt.").await
    })
    .await
}

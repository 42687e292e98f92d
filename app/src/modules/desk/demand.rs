//! Where somebody would take a module, before there are dates.

use domain::district::District;
use domain::ids::PersonId;
use domain::module::ModuleCode;
use leptos::prelude::*;
use store::{Store, StoreError};

use crate::form_reply::{FieldError, FormReply, SentForm};
use crate::session;
use crate::ui::text::TRY_AGAIN;

pub async fn note(code: String, district: String) -> FormReply {
    let form = on_page(&code).typed([("district", district.clone())]);
    let Some(district) = District::parse(&district) else {
        let sentence = "Bitte wählen Sie einen Landkreis oder eine Stadt aus der Liste.";
        return form.refused(vec![FieldError::new("district", sentence)]).await;
    };
    let notice = format!(
        "Notiert: {}. Die Geschäftsstelle sieht nur Summen ab fünf Personen. Sie können die Meldung jederzeit zurücknehmen.",
        district.name
    );
    act(form, &code, Some(district), &notice).await
}

pub async fn take_back(code: String) -> FormReply {
    act(on_page(&code), &code, None, "Ihre Meldung ist zurückgenommen.").await
}

/// A form on the page of a module; nothing that was typed reaches the address unchecked.
fn on_page(code: &str) -> SentForm {
    match ModuleCode::parse(code) {
        Ok(code) => SentForm::on(format!("/module/{code}")),
        Err(_) => SentForm::on("/module"),
    }
}

async fn act(form: SentForm, code: &str, district: Option<District>, notice: &str) -> FormReply {
    let person: PersonId = match session::viewer().await {
        Ok(Some(viewer)) => viewer.person,
        Ok(None) => return form.failed("Bitte melden Sie sich zuerst an.").await,
        Err(_) => return form.failed(TRY_AGAIN).await,
    };
    let noted = match ModuleCode::parse(code) {
        Ok(code) => {
            expect_context::<Store>()
                .note_demand(person, &code, district)
                .await
        }
        Err(_) => Err(StoreError::NotFound),
    };
    match noted {
        Ok(()) => form.done(notice).await,
        Err(StoreError::NotFound) => form.failed("Dieses Modul gibt es nicht.").await,
        Err(error) => {
            tracing::error!(%error, "a demand could not be noted");
            form.failed(TRY_AGAIN).await
        }
    }
}

//! Places that staff give and take.

use domain::booking::Refusal;
use domain::ids::{IdempotencyKey, SignUpId, WorkshopId};
use domain::signup::SignUpForm;
use store::StoreError;

use super::{as_staff, page, reason, tell};
use crate::form_reply::{FieldError, FormReply, SentForm};
use crate::staff::labels::{MOVE_UP, TAKE_BACK, reason_field};
use crate::ui::text::others_sign_up_sentence;

const FORM_SPENT: &str = "Dieses Formular haben Sie schon einmal gesendet, und der Platz von damals gilt nicht mehr. \
                          Bitte laden Sie die Seite neu und tragen Sie die Person dann ein.";

pub async fn move_up(workshop: String, id: String, typed: String) -> FormReply {
    let (form, field, id) = of_person(MOVE_UP, &workshop, &id, &typed);
    as_staff(form, |store, actor, form| async move {
        let reason = match reason(&field, &typed) {
            Ok(reason) => reason,
            Err(error) => return form.refused(vec![error]).await,
        };
        let outcome = match id {
            Some(id) => store.move_up(actor, id, &reason).await,
            None => Err(StoreError::NotFound),
        };
        tell(
            form,
            outcome,
            "Die Person hat jetzt einen Platz und bekommt eine E-Mail.",
        )
        .await
    })
    .await
}

pub async fn cancel_sign_up(workshop: String, id: String, typed: String) -> FormReply {
    let (form, field, id) = of_person(TAKE_BACK, &workshop, &id, &typed);
    as_staff(form, |store, actor, form| async move {
        let reason = match reason(&field, &typed) {
            Ok(reason) => reason,
            Err(error) => return form.refused(vec![error]).await,
        };
        let outcome = match id {
            Some(id) => store.staff_cancel(actor, id, &reason).await,
            None => Err(StoreError::NotFound),
        };
        tell(
            form,
            outcome,
            "Der Platz ist abgesagt. Die Person bekommt eine E-Mail.",
        )
        .await
    })
    .await
}

/// A form of one person in the list, the id of its field, and of whom it is. The reason stays in the field whatever
/// becomes of the form; nothing else that was sent comes back.
fn of_person(deed: &str, workshop: &str, id: &str, typed: &str) -> (SentForm, String, Option<SignUpId>) {
    let form = SentForm::on(page(workshop));
    match SignUpId::parse(id) {
        Ok(id) => {
            let field = reason_field(deed, &id.to_string());
            (form.typed([(field.clone(), typed.to_owned())]), field, Some(id))
        }
        Err(_) => (form, String::new(), None),
    }
}

pub async fn add(workshop: String, key: String, person: SignUpForm, typed: String) -> FormReply {
    let form = SentForm::on(page(&workshop)).typed([
        ("name", person.name.clone()),
        ("email", person.email.clone()),
        ("organisation", person.organisation.clone()),
        ("district", person.district.clone()),
        ("mode", person.mode.clone()),
        ("add_reason", typed.clone()),
    ]);
    let SignUpForm {
        name,
        email,
        organisation,
        district,
        mode,
        ..
    } = &person;
    let said = [&workshop, name, email, organisation, district, mode, &typed].map(String::as_str);
    let key = IdempotencyKey::parse(&key).map(|key| key.with(&said));
    as_staff(form, |store, actor, form| async move {
        let mut errors = Vec::new();
        let request = person.parse().map_err(|wrong| {
            errors.extend(wrong.into_iter().map(|(name, error)| {
                let sentence = others_sign_up_sentence(&name, error);
                FieldError::new(name, sentence)
            }));
        });
        let reason = reason("add_reason", &typed).map_err(|error| errors.push(error));
        let (Ok(request), Ok(reason), Ok(id)) = (request, reason, WorkshopId::parse(&workshop)) else {
            return form.refused(errors).await;
        };
        // Sent again it is the same entry; with another word in it, it is another one.
        let entered = match key {
            Ok(key) => store.staff_add_once(actor, id, request, &reason, key).await,
            Err(_) => store.staff_add(actor, id, request, &reason).await,
        };
        match entered {
            Err(StoreError::Duplicate) => form.wrong("email", "Diese Person ist schon angemeldet.").await,
            Err(StoreError::Refused(Refusal::FormSpent)) => form.failed(FORM_SPENT).await,
            outcome => {
                tell(
                    form,
                    outcome,
                    "Die Person ist eingetragen und bekommt eine E-Mail.",
                )
                .await
            }
        }
    })
    .await
}

//! A message to a group, each person alone.

use domain::booking::PlaceState;
use domain::german;
use domain::ids::{IdempotencyKey, WorkshopId};
use domain::text::{bounded, one_line};

use super::{as_staff, page, why};
use crate::form_reply::{FieldError, FormReply, SentForm};

/// Characters of the subject.
const SUBJECT_CHARACTERS_MAX: usize = 140;
/// Characters of the message.
const TEXT_CHARACTERS_MAX: usize = 4_000;
/// Characters of either, at least.
const CHARACTERS_MIN: usize = 3;

pub async fn message(
    workshop: String,
    key: String,
    group: String,
    subject: String,
    text: String,
) -> FormReply {
    let form = SentForm::on(page(&workshop)).typed([
        ("group", group.clone()),
        ("subject", subject.clone()),
        ("text", text.clone()),
    ]);
    as_staff(form, |store, actor, form| async move {
        let mut errors = Vec::new();
        let subject = one_line(&subject, CHARACTERS_MIN, SUBJECT_CHARACTERS_MAX).map_err(|_| {
            let sentence = "Bitte geben Sie einen Betreff ein (3 bis 140 Zeichen).";
            errors.push(FieldError::new("subject", sentence));
        });
        let text = bounded(&text, CHARACTERS_MIN, TEXT_CHARACTERS_MAX).map_err(|_| {
            let sentence = "Bitte geben Sie eine Nachricht ein (3 bis 4.000 Zeichen).";
            errors.push(FieldError::new("text", sentence));
        });
        let (Ok(subject), Ok(text), Ok(id), Ok(key)) = (
            subject,
            text,
            WorkshopId::parse(&workshop),
            IdempotencyKey::parse(&key),
        ) else {
            return form.refused(errors).await;
        };
        // Another text is another message, also from the same form.
        let key = key.with(&[&group, &subject, &text]).to_string();
        match store
            .message_group(actor, id, states(&group), &key, &subject, &text)
            .await
        {
            Ok(0) => {
                let sentence = "In dieser Gruppe ist gerade niemand. Es wurde nichts gesendet.";
                form.wrong("group", sentence).await
            }
            Ok(sent) => {
                let many = german::count(u32::try_from(sent).unwrap_or(u32::MAX), "Person", "Personen");
                form.done(format!("Die Nachricht geht an {many}.")).await
            }
            Err(error) => form.failed(why(error)).await,
        }
    })
    .await
}

/// Who belongs to a group of the form.
fn states(group: &str) -> &'static [PlaceState] {
    match group {
        "waiting" => &[PlaceState::Waiting, PlaceState::Offered],
        "all" => &[
            PlaceState::Confirmed,
            PlaceState::Held,
            PlaceState::Waiting,
            PlaceState::Offered,
        ],
        _ => &[PlaceState::Confirmed],
    }
}

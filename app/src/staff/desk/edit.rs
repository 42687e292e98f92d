//! Entering and changing a Veranstaltung.

use std::collections::BTreeMap;

use domain::booking::{Mode, Refusal};
use domain::ids::{IdempotencyKey, WorkshopId};
use domain::module::ModuleCode;
use domain::module::field::Field;
use domain::time::Instant;
use domain::workshop::{
    Kind, SESSIONS_MAX, Seen, Session, SessionError, WorkshopDraft, WorkshopFieldError, WorkshopForm,
};
use leptos::prelude::*;
use store::StoreError;
use store::modules::Listed;

use super::{as_staff, for_staff, page, why};
use crate::form_reply::{FieldError, FormReply, SentForm, answer_elsewhere};
use crate::loading::unavailable;
use crate::modules::desk::shelf::shelf;
use crate::staff::dto::EditView;
use crate::staff::labels::field_label;
use crate::ui::text::refusal_sentence;

/// What a new one starts with: the run of a module, if one is named.
pub async fn load_new_form(module: String) -> Result<Option<EditView>, ServerFnError> {
    for_staff(|store| async move {
        let module = match ModuleCode::parse(&module) {
            Ok(code) => shelf(&store).await?.find(&code).cloned(),
            Err(_) => None,
        };
        let values = match module {
            Some(listed) => run_of(&listed),
            None => vec![
                ("kind", "regional".to_owned()),
                ("capacity_on_site", "40".to_owned()),
            ],
        };
        Ok(Some(EditView {
            values: values
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            version: String::new(),
            key: store.ambient().uuid().to_string(),
            title: String::new(),
        }))
    })
    .await
}

/// What the record of a module says about each of its runs.
fn run_of(listed: &Listed) -> Vec<(&'static str, String)> {
    let content = &listed.version.content;
    let text = |field: Field| content.get(field).to_owned();
    // Of a module each line is a topic; of a Veranstaltung a blank line parts what stands in paragraphs of its own.
    let contents = content.lines(Field::Contents).collect::<Vec<_>>().join("\n\n");
    let seats = text(Field::GroupMax);
    let (on_site, online) = match content.get(Field::Mode) {
        "online" => (String::new(), seats),
        _ => (seats, String::new()),
    };
    vec![
        ("kind", Kind::Run.key().to_owned()),
        ("module", listed.module.code.to_string()),
        ("title", text(Field::Title)),
        ("summary", text(Field::Lead)),
        ("description", contents),
        ("access_info", text(Field::Access)),
        ("capacity_on_site", on_site),
        ("capacity_online", online),
        ("contact", text(Field::Responsible)),
    ]
}

pub async fn load_edit_form(id: String) -> Result<Option<EditView>, ServerFnError> {
    let Ok(id) = WorkshopId::parse(&id) else {
        return Ok(None);
    };
    for_staff(|store| async move {
        match store.workshop(id).await {
            Ok(card) => Ok(Some(EditView {
                values: values(&card.row.draft),
                version: card.row.seen().to_string(),
                key: store.ambient().uuid().to_string(),
                title: card.row.draft.title,
            })),
            Err(StoreError::NotFound) => Ok(None),
            Err(error) => Err(unavailable(error)),
        }
    })
    .await
}

pub async fn save(
    id: String,
    version: String,
    key: String,
    workshop: WorkshopForm,
    notify: bool,
    moves: bool,
) -> FormReply {
    let is_new = id.is_empty();
    let back = if is_new {
        "/verwaltung/veranstaltungen/neu".to_owned()
    } else {
        format!("{}/bearbeiten", page(&id))
    };
    // Whoever was told that somebody else has changed it does not overwrite that with a second press.
    let form = SentForm::on(back).typed(typed(&workshop)).typed([
        ("version", version.clone()),
        ("notify", if notify { "yes" } else { "" }.to_owned()),
        ("move_people", if moves { "yes" } else { "" }.to_owned()),
    ]);
    as_staff(form, |store, actor, form| async move {
        let draft = match workshop.parse() {
            Ok(draft) => draft,
            Err(errors) => {
                let errors = errors
                    .into_iter()
                    .map(|(field, error)| FieldError::new(field, sentence(field, error)))
                    .collect();
                return form.refused(errors).await;
            }
        };
        if let Some(code) = &draft.module {
            match store.can_have_runs(code).await {
                Ok(true) => {}
                Ok(false) => {
                    let sentence = "Ein Modul mit diesem Kürzel ist nicht veröffentlicht.";
                    return form.refused(vec![FieldError::new("module", sentence.to_owned())]).await;
                }
                Err(error) => return form.failed(why(error)).await,
            }
        }
        let saved = if is_new {
            // Sent again it is the same draft; with another word in it, it is another one.
            let said = serde_json::to_string(&workshop).unwrap_or_default();
            match IdempotencyKey::parse(&key) {
                Ok(key) => store.create_workshop_once(actor, &draft, key.with(&[&said])).await,
                Err(_) => store.create_workshop(actor, &draft).await.map(|row| row.id),
            }
        } else {
            match (WorkshopId::parse(&id), Seen::parse(&version)) {
                (Ok(id), Some(seen)) if moves => store
                    .edit_workshop_and_move(actor, id, seen, &draft, notify)
                    .await
                    .map(|row| row.id),
                (Ok(id), Some(seen)) => store
                    .edit_workshop(actor, id, seen, &draft, notify)
                    .await
                    .map(|row| row.id),
                (Ok(_), None) => Err(StoreError::Stale),
                (Err(_), _) => Err(StoreError::NotFound),
            }
        };
        match saved {
            Ok(id) => {
                let notice = if is_new {
                    "Der Entwurf ist gespeichert. Bitte prüfen Sie ihn und veröffentlichen Sie ihn dann."
                } else {
                    "Die Änderungen sind gespeichert."
                };
                answer_elsewhere(&page(&id.to_string()), FormReply::done(notice)).await
            }
            Err(StoreError::Stale) => {
                let sentence = "Diese Veranstaltung hat sich inzwischen geändert. Ihre Eingaben stehen noch hier. \
                                Öffnen Sie die Seite in einem neuen Fenster, vergleichen Sie und speichern Sie dort.";
                form.failed(sentence).await
            }
            Err(StoreError::Refused(refusal)) => match seats_field(refusal) {
                Some(field) => form.wrong(field, refusal_sentence(refusal)).await,
                None => form.failed(refusal_sentence(refusal)).await,
            },
            Err(error) => form.failed(why(error)).await,
        }
    })
    .await
}

/// The field whose number of seats is refused.
fn seats_field(refusal: Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::ModeTaken { mode, .. } | Refusal::OtherModeTooSmall { mode, .. } => Some(match mode {
            Mode::OnSite => "capacity_on_site",
            Mode::Online => "capacity_online",
        }),
        _ => None,
    }
}

/// What stands in the form.
fn values(draft: &WorkshopDraft) -> Vec<(String, String)> {
    let number = |number: u32| {
        if number == 0 {
            String::new()
        } else {
            number.to_string()
        }
    };
    let seats = &draft.seats;
    let slugs = draft
        .districts
        .iter()
        .map(|district| district.slug)
        .collect::<Vec<_>>()
        .join(", ");
    [
        ("kind", draft.kind.key().to_owned()),
        ("title", draft.title.clone()),
        ("summary", draft.summary.clone()),
        ("description", draft.description.clone()),
        ("audience", draft.audience.clone()),
        ("agenda", draft.agenda.clone()),
        ("districts", slugs),
        ("starts_at", draft.starts_at.to_input()),
        ("ends_at", draft.ends_at.to_input()),
        (
            "sessions",
            draft
                .sessions
                .iter()
                .map(Session::line)
                .collect::<Vec<_>>()
                .join("\n"),
        ),
        (
            "module",
            draft.module.as_ref().map(ToString::to_string).unwrap_or_default(),
        ),
        ("opens_at", seats.opens_at.to_input()),
        ("closes_at", seats.closes_at.to_input()),
        ("capacity_on_site", number(seats.on_site.capacity)),
        ("reserved_on_site", number(seats.on_site.reserved)),
        ("capacity_online", number(seats.online.capacity)),
        ("reserved_online", number(seats.online.reserved)),
        (
            "per_organisation_max",
            seats
                .per_organisation_max
                .map(|max| max.to_string())
                .unwrap_or_default(),
        ),
        (
            "per_organisation_until",
            seats
                .per_organisation_until
                .map(Instant::to_input)
                .unwrap_or_default(),
        ),
        ("venue_name", draft.venue.name.clone()),
        ("venue_street", draft.venue.street.clone()),
        ("venue_postcode", draft.venue.postcode.clone()),
        ("venue_town", draft.venue.town.clone()),
        ("access_info", draft.access_info.clone()),
        ("online_link", draft.online_link.clone().unwrap_or_default()),
        ("online_info", draft.online_info.clone()),
        ("contact", draft.contact.clone()),
        ("tags", draft.tags.join(", ")),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

/// A sentence that says of which field it speaks: above the form it stands alone.
fn sentence(field: &str, error: WorkshopFieldError) -> String {
    let label = field_label(field);
    match error {
        WorkshopFieldError::Missing => format!("Bitte füllen Sie „{label}“ aus."),
        WorkshopFieldError::TooLong { max } => {
            format!("Bitte kürzen Sie „{label}“ auf höchstens {max} Zeichen.")
        }
        WorkshopFieldError::NotInList => format!("Bitte wählen Sie „{label}“ aus der Liste."),
        WorkshopFieldError::NotADate => format!("Bitte geben Sie bei „{label}“ Datum und Uhrzeit ein."),
        WorkshopFieldError::NotANumber { max } => {
            format!("Bitte geben Sie bei „{label}“ eine Zahl von 0 bis {max} ein.")
        }
        WorkshopFieldError::Session(error) => session_sentence(error),
        WorkshopFieldError::SessionOutside { line } => {
            format!("Der {line}. Termin liegt vor dem Beginn oder nach dem Ende.")
        }
        WorkshopFieldError::ModuleWithoutRun => {
            "Ein Modul gehört nur zu einem Durchgang. Wählen Sie bei „Art“ den Durchgang, oder leeren Sie dieses Feld."
                .to_owned()
        }
        WorkshopFieldError::NotAModule => {
            "Das ist kein Kürzel eines Moduls. Ein Kürzel sieht so aus: FSA-101.".to_owned()
        }
        WorkshopFieldError::EndsBeforeStart => "Das Ende liegt vor dem Beginn.".to_owned(),
        WorkshopFieldError::WindowDoesNotFit => {
            "Die Anmeldung muss nach dem Öffnen und spätestens zum Beginn schließen.".to_owned()
        }
        WorkshopFieldError::NoSeats => "Bitte geben Sie Plätze vor Ort oder online ein.".to_owned(),
        WorkshopFieldError::ReservedTooMany => "Es sind mehr Plätze reserviert, als es gibt.".to_owned(),
        WorkshopFieldError::NotAnAddress => "Der Link muss mit https:// beginnen.".to_owned(),
        WorkshopFieldError::NotAPostcode => "Eine Postleitzahl hat fünf Ziffern.".to_owned(),
        WorkshopFieldError::PlaceNeeded => {
            format!("Bitte füllen Sie „{label}“ aus: Es gibt Plätze vor Ort.")
        }
        WorkshopFieldError::TooManyTags { max } => format!("Bitte nennen Sie höchstens {max} Themen."),
    }
}

fn session_sentence(error: SessionError) -> String {
    match error {
        SessionError::NotADate { line } => {
            format!("Zeile {line} ist kein Termin. Bitte schreiben Sie ihn so: 05.03.2027 9:00–16:00")
        }
        SessionError::EndsBeforeStart { line } => format!("In Zeile {line} liegt das Ende vor dem Beginn."),
        SessionError::Overlaps { line } => {
            format!("Der Termin in Zeile {line} beginnt, bevor der davor zu Ende ist.")
        }
        SessionError::TooMany => format!("Bitte nennen Sie höchstens {SESSIONS_MAX} Termine."),
    }
}

/// What was typed, to show again.
fn typed(form: &WorkshopForm) -> BTreeMap<String, String> {
    match serde_json::to_value(form) {
        Ok(serde_json::Value::Object(fields)) => fields
            .into_iter()
            .filter_map(|(name, value)| value.as_str().map(|value| (name, value.to_owned())))
            .collect(),
        _ => BTreeMap::new(),
    }
}

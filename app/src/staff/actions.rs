//! Server functions of the office: authorise first, parse, call one verb of the store, answer.
//!
//! Reading gives nothing to whoever is not staff: the page then says that there is no such page.

use leptos::prelude::*;

use super::dto::{EditView, MailView, OverviewItem, StaffWorkshopView};
use crate::form_reply::FormReply;

/// Every Veranstaltung; `vergangen` for those that are over.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "staff-overview")]
pub async fn overview(zeit: String) -> Result<Option<Vec<OverviewItem>>, ServerFnError> {
    read::overview(zeit == "vergangen").await
}

/// One Veranstaltung with its sign-ups.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "staff-workshop")]
pub async fn staff_workshop(
    id: String,
    state: String,
    text: String,
    needs: String,
) -> Result<Option<StaffWorkshopView>, ServerFnError> {
    read::workshop(id, state, text, needs == "1").await
}

/// What a new Veranstaltung starts with.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-new")]
pub async fn load_new_form() -> Result<Option<EditView>, ServerFnError> {
    read::load_new_form().await
}

/// What stands in the edit form.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "staff-edit-view")]
pub async fn load_edit_form(id: String) -> Result<Option<EditView>, ServerFnError> {
    read::load_edit_form(id).await
}

/// The newest mails.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "staff-outbox")]
pub async fn outbox_list() -> Result<Option<Vec<MailView>>, ServerFnError> {
    read::outbox().await
}

/// The newest lines of the log.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "staff-audit")]
pub async fn audit_log() -> Result<Option<Vec<(String, String)>>, ServerFnError> {
    read::audit().await
}

/// Creates a draft, or changes what is there.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-save")]
pub async fn save_workshop(
    #[server(default)] id: String,
    #[server(default)] version: i64,
    #[server(default)] kind: String,
    #[server(default)] title: String,
    #[server(default)] summary: String,
    #[server(default)] description: String,
    #[server(default)] audience: String,
    #[server(default)] agenda: String,
    #[server(default)] districts: String,
    #[server(default)] also: std::collections::BTreeMap<String, String>,
    #[server(default)] starts_at: String,
    #[server(default)] ends_at: String,
    #[server(default)] opens_at: String,
    #[server(default)] closes_at: String,
    #[server(default)] capacity_on_site: String,
    #[server(default)] reserved_on_site: String,
    #[server(default)] capacity_online: String,
    #[server(default)] reserved_online: String,
    #[server(default)] per_organisation_max: String,
    #[server(default)] per_organisation_until: String,
    #[server(default)] venue_name: String,
    #[server(default)] venue_street: String,
    #[server(default)] venue_postcode: String,
    #[server(default)] venue_town: String,
    #[server(default)] access_info: String,
    #[server(default)] online_link: String,
    #[server(default)] online_info: String,
    #[server(default)] contact: String,
    #[server(default)] tags: String,
    #[server(default)] notify: String,
) -> Result<FormReply, ServerFnError> {
    let form = domain::workshop::WorkshopForm {
        kind,
        title,
        summary,
        description,
        audience,
        agenda,
        districts: std::iter::once(districts)
            .chain(also.into_keys())
            .collect::<Vec<_>>()
            .join(","),
        venue_name,
        venue_street,
        venue_postcode,
        venue_town,
        access_info,
        online_link,
        online_info,
        contact,
        tags,
        starts_at,
        ends_at,
        opens_at,
        closes_at,
        capacity_on_site,
        reserved_on_site,
        capacity_online,
        reserved_online,
        per_organisation_max,
        per_organisation_until,
    };
    Ok(act::save(id, version, form, notify == "yes").await)
}

/// Shows a draft to everybody.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-publish")]
pub async fn publish_workshop(id: String) -> Result<FormReply, ServerFnError> {
    Ok(act::publish(id).await)
}

/// Cancels a Veranstaltung and tells everybody.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-cancel")]
pub async fn cancel_workshop(
    id: String,
    #[server(default)] reason: String,
) -> Result<FormReply, ServerFnError> {
    Ok(act::cancel(id, reason).await)
}

/// Copies a Veranstaltung into drafts.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-copy")]
pub async fn copy_workshop(
    id: String,
    #[server(default)] district_1: String,
    #[server(default)] starts_1: String,
    #[server(default)] district_2: String,
    #[server(default)] starts_2: String,
    #[server(default)] district_3: String,
    #[server(default)] starts_3: String,
    #[server(default)] district_4: String,
    #[server(default)] starts_4: String,
) -> Result<FormReply, ServerFnError> {
    let rows = [
        (district_1, starts_1),
        (district_2, starts_2),
        (district_3, starts_3),
        (district_4, starts_4),
    ];
    Ok(act::copy(id, rows).await)
}

/// Gives a waiting person a seat out of turn.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-move-up")]
pub async fn move_up(
    workshop: String,
    id: String,
    #[server(default)] reason: String,
) -> Result<FormReply, ServerFnError> {
    Ok(act::move_up(workshop, id, reason).await)
}

/// Takes a place back.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-cancel-sign-up")]
pub async fn cancel_sign_up(
    workshop: String,
    id: String,
    #[server(default)] reason: String,
) -> Result<FormReply, ServerFnError> {
    Ok(act::cancel_sign_up(workshop, id, reason).await)
}

/// Enters a person, above the limit if need be.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-add")]
pub async fn staff_add(
    workshop: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] organisation: String,
    #[server(default)] district: String,
    #[server(default)] mode: String,
    #[server(default)] add_reason: String,
) -> Result<FormReply, ServerFnError> {
    let form = domain::signup::SignUpForm {
        name,
        email,
        organisation,
        district,
        mode,
        ..domain::signup::SignUpForm::default()
    };
    Ok(act::add(workshop, form, add_reason).await)
}

/// Mails a message to a group, each person alone.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-message")]
pub async fn message_group(
    workshop: String,
    key: String,
    #[server(default)] group: String,
    #[server(default)] subject: String,
    #[server(default)] text: String,
) -> Result<FormReply, ServerFnError> {
    Ok(act::message(workshop, key, group, subject, text).await)
}

/// What reading shows.
#[cfg(feature = "ssr")]
mod read {
    use domain::booking::{Mode, PlaceState};
    use domain::german;
    use domain::ids::WorkshopId;
    use domain::mail::Occasion;
    use domain::time::Instant;
    use domain::workshop::WorkshopDraft;
    use leptos::prelude::*;
    use store::outbox::OutboxRow;
    use store::signups::{MailFacts, SignUpFilter, SignUpRow};
    use store::workshops::{WorkshopCard, WorkshopFilter};
    use store::{Store, StoreError};

    use crate::loading::unavailable;
    use crate::session;
    use crate::signup::words;
    use crate::staff::dto::{EditView, MailView, OverviewItem, StaffSignUp, StaffWorkshopView};
    use crate::staff::log_words::line;

    async fn staff() -> bool {
        session::viewer().await.is_some_and(|viewer| viewer.is_staff())
    }

    pub async fn overview(past: bool) -> Result<Option<Vec<OverviewItem>>, ServerFnError> {
        let store = expect_context::<Store>();
        if !staff().await {
            return Ok(None);
        }
        let now = store.ambient().now();
        let filter = WorkshopFilter {
            include_drafts: true,
            from: (!past).then_some(now),
            until: past.then_some(now),
            newest_first: past,
            limit: 200,
            ..WorkshopFilter::default()
        };
        let cards = store.workshops(&filter).await.map_err(unavailable)?;
        Ok(Some(
            cards
                .iter()
                .map(|card| OverviewItem {
                    id: card.row.id.to_string(),
                    title: card.row.draft.title.clone(),
                    when: german::span(card.row.draft.starts_at, card.row.draft.ends_at),
                    status: card.row.status.label().to_owned(),
                    seats: seats(card),
                })
                .collect(),
        ))
    }

    fn seats(card: &WorkshopCard) -> String {
        let rules = card.row.rules();
        Mode::ALL
            .into_iter()
            .filter(|mode| rules.mode(*mode).capacity > 0)
            .map(|mode| {
                let tally = card.tally.mode(mode);
                format!(
                    "{}: {} von {} belegt, {} warten",
                    words::mode(mode),
                    tally.taken(),
                    rules.mode(mode).capacity,
                    tally.waiting
                )
            })
            .collect::<Vec<_>>()
            .join("; ")
    }

    pub async fn workshop(
        id: String,
        state: String,
        text: String,
        needs: bool,
    ) -> Result<Option<StaffWorkshopView>, ServerFnError> {
        let store = expect_context::<Store>();
        let (true, Ok(id)) = (staff().await, WorkshopId::parse(&id)) else {
            return Ok(None);
        };
        let card = match store.workshop(id).await {
            Ok(card) => card,
            Err(StoreError::NotFound) => return Ok(None),
            Err(error) => return Err(unavailable(error)),
        };
        let filter = SignUpFilter {
            state: PlaceState::parse(&state),
            mode: None,
            text,
            with_access_needs: needs,
        };
        let sign_ups = store.sign_ups(id, &filter).await.map_err(unavailable)?;
        let topics = store.topics(id, None).await.map_err(unavailable)?;
        let log = store
            .audit_rows(Some(&id.to_string()), 50)
            .await
            .map_err(unavailable)?;
        Ok(Some(StaffWorkshopView {
            id: id.to_string(),
            slug: card.row.slug.clone(),
            title: card.row.draft.title.clone(),
            when: german::span(card.row.draft.starts_at, card.row.draft.ends_at),
            status: card.row.status.key().to_owned(),
            seats: seats(&card),
            sign_ups: sign_ups.into_iter().map(person).collect(),
            topics: topics
                .into_iter()
                .map(|topic| (topic.text, topic.votes))
                .collect(),
            log: log.iter().map(line).collect(),
            key: store.ambient().uuid().to_string(),
            with_needs: needs,
        }))
    }

    fn person(row: SignUpRow) -> StaffSignUp {
        StaffSignUp {
            id: row.id.to_string(),
            name: row.name,
            email: row.email,
            organisation: row.organisation,
            district: row
                .district
                .map(|district| district.name.to_owned())
                .unwrap_or_default(),
            mode: words::mode(row.mode).to_owned(),
            state: words::state(row.state).to_owned(),
            can_move_up: matches!(row.state, PlaceState::Waiting | PlaceState::Offered),
            active: row.state.is_active(),
            access_needs: row.access_needs,
            since: german::moment(row.created_at),
        }
    }

    pub async fn load_new_form() -> Result<Option<EditView>, ServerFnError> {
        if !staff().await {
            return Ok(None);
        }
        let values = [("kind", "regional"), ("capacity_on_site", "40")];
        Ok(Some(EditView {
            values: values
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            version: 0,
            title: String::new(),
        }))
    }

    pub async fn load_edit_form(id: String) -> Result<Option<EditView>, ServerFnError> {
        let store = expect_context::<Store>();
        let (true, Ok(id)) = (staff().await, WorkshopId::parse(&id)) else {
            return Ok(None);
        };
        match store.workshop(id).await {
            Ok(card) => Ok(Some(EditView {
                values: values(&card.row.draft),
                version: card.row.version,
                title: card.row.draft.title,
            })),
            Err(StoreError::NotFound) => Ok(None),
            Err(error) => Err(unavailable(error)),
        }
    }

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

    pub async fn outbox() -> Result<Option<Vec<MailView>>, ServerFnError> {
        let store = expect_context::<Store>();
        if !staff().await {
            return Ok(None);
        }
        let mails = store.mails(100).await.map_err(unavailable)?;
        Ok(Some(mails.iter().map(mail).collect()))
    }

    /// A mail without what opens doors: neither codes nor personal links.
    fn mail(row: &OutboxRow) -> MailView {
        let state = match (row.sent_at, row.failed_at, &row.last_error) {
            (Some(_), _, _) => "gesendet".to_owned(),
            (_, Some(_), error) => format!("aufgegeben: {}", error.clone().unwrap_or_default()),
            (_, _, Some(error)) => format!("wartet nach {} Versuchen: {error}", row.tries),
            _ => "wartet".to_owned(),
        };
        let facts = serde_json::from_value::<MailFacts>(row.payload.clone())
            .map(facts)
            .unwrap_or_default();
        MailView {
            occasion: occasion(row.occasion).to_owned(),
            recipient: row.recipient.clone(),
            at: german::moment(row.created_at),
            state,
            facts,
        }
    }

    fn facts(facts: MailFacts) -> Vec<(String, String)> {
        let mut lines = vec![
            ("Veranstaltung".to_owned(), facts.workshop.title),
            (
                "Wann".to_owned(),
                german::span(facts.workshop.starts_at, facts.workshop.ends_at),
            ),
            ("Wo".to_owned(), facts.workshop.venue),
            ("Stand".to_owned(), words::state(facts.place.state).to_owned()),
        ];
        if let Some(until) = facts.place.until {
            lines.push(("Frist".to_owned(), german::moment(until)));
        }
        if let Some(position) = facts.place.position {
            lines.push(("Warteliste".to_owned(), position.to_string()));
        }
        if !facts.subject.is_empty() {
            lines.push(("Betreff".to_owned(), facts.subject));
        }
        if !facts.message.is_empty() {
            lines.push(("Nachricht".to_owned(), facts.message));
        }
        lines
    }

    fn occasion(occasion: Occasion) -> &'static str {
        match occasion {
            Occasion::SignInCode => "Code zum Anmelden",
            Occasion::ConfirmSignUp => "Bitte bestätigen",
            Occasion::PlaceConfirmed => "Platz bestätigt",
            Occasion::Waiting => "Warteliste",
            Occasion::Promoted => "Nachgerückt",
            Occasion::Offer => "Angebot",
            Occasion::OfferMissed => "Angebot abgelaufen",
            Occasion::HoldExpired => "Nicht bestätigt",
            Occasion::Cancelled => "Abgesagt",
            Occasion::Declined => "Abgelehnt",
            Occasion::ModeChanged => "Form gewechselt",
            Occasion::HandedOver => "Platz übernommen",
            Occasion::HandedOn => "Platz weitergegeben",
            Occasion::WorkshopChanged => "Veranstaltung geändert",
            Occasion::WorkshopCancelled => "Veranstaltung abgesagt",
            Occasion::LinkAgain => "Link erneut",
            Occasion::StaffMessage => "Nachricht",
        }
    }

    pub async fn audit() -> Result<Option<Vec<(String, String)>>, ServerFnError> {
        let store = expect_context::<Store>();
        if !staff().await {
            return Ok(None);
        }
        let rows = store.audit_rows(None, 200).await.map_err(unavailable)?;
        Ok(Some(rows.iter().map(line).collect()))
    }
}

/// What acting does.
#[cfg(feature = "ssr")]
mod act {
    use std::collections::BTreeMap;

    use domain::booking::PlaceState;
    use domain::district::District;
    use domain::ids::{IdempotencyKey, SignUpId, WorkshopId};
    use domain::signup::SignUpForm;
    use domain::text::{bounded, one_line};
    use domain::time::Instant;
    use domain::workshop::{WorkshopFieldError, WorkshopForm};
    use leptos::prelude::*;
    use store::audit::Actor;
    use store::{Store, StoreError};

    use crate::form_reply::{FieldError, FormReply, answer, answer_elsewhere};
    use crate::session;
    use crate::staff::labels::field_label;
    use crate::ui::not_found::set_status;
    use crate::ui::text::{TRY_AGAIN, refusal_sentence, sign_up_sentence};

    /// Characters of a reason.
    const REASON_CHARACTERS_MAX: usize = 300;

    /// The signed-in member of the office. Everybody else gets the page that is not there.
    async fn actor() -> Option<Actor> {
        let viewer = session::viewer().await.filter(store::accounts::Viewer::is_staff);
        if viewer.is_none() {
            set_status(404);
        }
        viewer.map(|viewer| Actor::Person(viewer.person))
    }

    fn page(id: &str) -> String {
        WorkshopId::parse(id).map_or_else(
            |_| "/verwaltung".to_owned(),
            |id| format!("/verwaltung/veranstaltungen/{id}"),
        )
    }

    pub async fn save(id: String, version: i64, form: WorkshopForm, notify: bool) -> FormReply {
        let store = expect_context::<Store>();
        let Some(actor) = actor().await else {
            return FormReply::default();
        };
        let back = if id.is_empty() {
            "/verwaltung/veranstaltungen/neu".to_owned()
        } else {
            format!("{}/bearbeiten", page(&id))
        };
        let values = typed(&form);
        let draft = match form.parse() {
            Ok(draft) => draft,
            Err(errors) => {
                let errors = errors
                    .into_iter()
                    .map(|(field, error)| FieldError {
                        field: field.to_owned(),
                        sentence: sentence(field, error),
                    })
                    .collect();
                return answer(&back, FormReply::refused(values, errors)).await;
            }
        };
        let saved = if id.is_empty() {
            store.create_workshop(actor, &draft).await
        } else {
            match WorkshopId::parse(&id) {
                Ok(id) => store.edit_workshop(actor, id, version, &draft, notify).await,
                Err(_) => Err(StoreError::NotFound),
            }
        };
        match saved {
            Ok(row) => {
                let notice = if id.is_empty() {
                    "Der Entwurf ist gespeichert. Bitte prüfen Sie ihn und veröffentlichen Sie ihn dann."
                } else {
                    "Die Änderungen sind gespeichert."
                };
                answer_elsewhere(&page(&row.id.to_string()), FormReply::done(notice)).await
            }
            Err(StoreError::Stale) => {
                let sentence = "Jemand hat diese Veranstaltung inzwischen geändert. Ihre Eingaben stehen noch hier. \
                                Öffnen Sie die Seite in einem neuen Fenster, vergleichen Sie und speichern Sie dort.";
                answer(&back, FormReply::refused(values, vec![whole(sentence)])).await
            }
            Err(error) => answer(&back, FormReply::refused(values, vec![whole(&why(error))])).await,
        }
    }

    pub async fn publish(id: String) -> FormReply {
        let store = expect_context::<Store>();
        let Some(actor) = actor().await else {
            return FormReply::default();
        };
        let outcome = match WorkshopId::parse(&id) {
            Ok(id) => store.publish_workshop(actor, id).await.map(|_| ()),
            Err(_) => Err(StoreError::NotFound),
        };
        done(&id, outcome, "Die Veranstaltung ist veröffentlicht.").await
    }

    pub async fn cancel(id: String, reason: String) -> FormReply {
        let store = expect_context::<Store>();
        let Some(actor) = actor().await else {
            return FormReply::default();
        };
        let Ok(reason) = one_line(&reason, 3, REASON_CHARACTERS_MAX) else {
            return reason_missing(&id, "reason", reason).await;
        };
        let outcome = match WorkshopId::parse(&id) {
            Ok(id) => store.cancel_workshop(actor, id, &reason).await.map(|_| ()),
            Err(_) => Err(StoreError::NotFound),
        };
        done(
            &id,
            outcome,
            "Die Veranstaltung ist abgesagt. Alle Angemeldeten bekommen eine E-Mail.",
        )
        .await
    }

    pub async fn copy(id: String, rows: [(String, String); 4]) -> FormReply {
        let store = expect_context::<Store>();
        let Some(actor) = actor().await else {
            return FormReply::default();
        };
        let mut values = BTreeMap::new();
        let mut errors = Vec::new();
        let mut copies = Vec::new();
        for (row, (district, starts)) in (1..).zip(&rows) {
            values.insert(format!("district_{row}"), district.clone());
            values.insert(format!("starts_{row}"), starts.clone());
            match (
                district.is_empty(),
                District::parse(district),
                Instant::from_input(starts),
            ) {
                (true, _, _) => {}
                (false, Some(district), Some(starts)) => copies.push((district, starts)),
                (false, None, _) => errors.push(field(
                    &format!("district_{row}"),
                    "Bitte wählen Sie einen Eintrag aus der Liste.",
                )),
                (false, _, None) => errors.push(field(
                    &format!("starts_{row}"),
                    "Bitte geben Sie Datum und Uhrzeit ein.",
                )),
            }
        }
        if copies.is_empty() && errors.is_empty() {
            errors.push(field(
                "district_1",
                "Bitte wählen Sie mindestens einen Landkreis oder eine Stadt.",
            ));
        }
        let back = format!("{}/kopieren", page(&id));
        let (Ok(id), true) = (WorkshopId::parse(&id), errors.is_empty()) else {
            return answer(&back, FormReply::refused(values, errors)).await;
        };
        match store.copy_workshop(actor, id, &copies).await {
            Ok(made) => {
                tracing::info!(count = made.len(), "copies were made");
                answer("/verwaltung", FormReply::go("/verwaltung")).await
            }
            Err(error) => answer(&back, FormReply::refused(values, vec![whole(&why(error))])).await,
        }
    }

    pub async fn move_up(workshop: String, id: String, reason: String) -> FormReply {
        let store = expect_context::<Store>();
        let Some(actor) = actor().await else {
            return FormReply::default();
        };
        let Ok(reason) = one_line(&reason, 3, REASON_CHARACTERS_MAX) else {
            return reason_missing(&workshop, "", reason).await;
        };
        let outcome = match SignUpId::parse(&id) {
            Ok(id) => store.move_up(actor, id, &reason).await,
            Err(_) => Err(StoreError::NotFound),
        };
        done(
            &workshop,
            outcome,
            "Die Person hat jetzt einen Platz und bekommt eine E-Mail.",
        )
        .await
    }

    pub async fn cancel_sign_up(workshop: String, id: String, reason: String) -> FormReply {
        let store = expect_context::<Store>();
        let Some(actor) = actor().await else {
            return FormReply::default();
        };
        let Ok(reason) = one_line(&reason, 3, REASON_CHARACTERS_MAX) else {
            return reason_missing(&workshop, "", reason).await;
        };
        let outcome = match SignUpId::parse(&id) {
            Ok(id) => store.staff_cancel(actor, id, &reason).await,
            Err(_) => Err(StoreError::NotFound),
        };
        done(
            &workshop,
            outcome,
            "Der Platz ist abgesagt. Die Person bekommt eine E-Mail.",
        )
        .await
    }

    pub async fn add(workshop: String, form: SignUpForm, reason: String) -> FormReply {
        let store = expect_context::<Store>();
        let Some(actor) = actor().await else {
            return FormReply::default();
        };
        let mut values: BTreeMap<String, String> = [
            ("name", &form.name),
            ("email", &form.email),
            ("organisation", &form.organisation),
            ("district", &form.district),
            ("mode", &form.mode),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect();
        values.insert(
            "add_reason".to_owned(),
            if reason.is_empty() {
                " ".to_owned()
            } else {
                reason.clone()
            },
        );
        let mut errors = Vec::new();
        let request = form.parse().map_err(|wrong| {
            errors.extend(wrong.into_iter().map(|(name, error)| FieldError {
                sentence: sign_up_sentence(&name, error),
                field: name,
            }));
        });
        let reason = one_line(&reason, 3, REASON_CHARACTERS_MAX).map_err(|_| {
            errors.push(field(
                "add_reason",
                "Bitte geben Sie einen Grund ein (3 bis 300 Zeichen).",
            ));
        });
        let (Ok(request), Ok(reason), Ok(id)) = (request, reason, WorkshopId::parse(&workshop)) else {
            return answer(&page(&workshop), FormReply::refused(values, errors)).await;
        };
        match store.staff_add(actor, id, request, &reason).await {
            Err(StoreError::Duplicate) => {
                let sentence = "Diese Person ist schon angemeldet.";
                answer(
                    &page(&workshop),
                    FormReply::refused(values, vec![field("email", sentence)]),
                )
                .await
            }
            outcome => {
                done(
                    &workshop,
                    outcome.map(|_| ()),
                    "Die Person ist eingetragen und bekommt eine E-Mail.",
                )
                .await
            }
        }
    }

    pub async fn message(
        workshop: String,
        key: String,
        group: String,
        subject: String,
        text: String,
    ) -> FormReply {
        let store = expect_context::<Store>();
        let Some(actor) = actor().await else {
            return FormReply::default();
        };
        let values = BTreeMap::from([
            ("subject".to_owned(), subject.clone()),
            ("text".to_owned(), text.clone()),
        ]);
        let mut errors = Vec::new();
        let subject = one_line(&subject, 3, 140).map_err(|_| {
            errors.push(field(
                "subject",
                "Bitte geben Sie einen Betreff ein (3 bis 140 Zeichen).",
            ))
        });
        let text = bounded(&text, 3, 4_000).map_err(|_| {
            errors.push(field(
                "text",
                "Bitte geben Sie eine Nachricht ein (3 bis 4.000 Zeichen).",
            ))
        });
        let states: &[PlaceState] = match group.as_str() {
            "waiting" => &[PlaceState::Waiting, PlaceState::Offered],
            "all" => &[
                PlaceState::Confirmed,
                PlaceState::Held,
                PlaceState::Waiting,
                PlaceState::Offered,
            ],
            _ => &[PlaceState::Confirmed],
        };
        let (Ok(subject), Ok(text), Ok(id), Ok(key)) = (
            subject,
            text,
            WorkshopId::parse(&workshop),
            IdempotencyKey::parse(&key),
        ) else {
            return answer(&page(&workshop), FormReply::refused(values, errors)).await;
        };
        match store
            .message_group(actor, id, states, &key.to_string(), &subject, &text)
            .await
        {
            Ok(sent) => {
                let many =
                    domain::german::count(u32::try_from(sent).unwrap_or(u32::MAX), "Person", "Personen");
                answer(
                    &page(&workshop),
                    FormReply::done(format!("Die Nachricht geht an {many}.")),
                )
                .await
            }
            Err(error) => {
                answer(
                    &page(&workshop),
                    FormReply::refused(values, vec![whole(&why(error))]),
                )
                .await
            }
        }
    }

    async fn done(id: &str, outcome: Result<(), StoreError>, notice: &str) -> FormReply {
        let reply = match outcome {
            Ok(()) => FormReply::done(notice),
            Err(error) => FormReply::refused(BTreeMap::new(), vec![whole(&why(error))]),
        };
        answer(&page(id), reply).await
    }

    async fn reason_missing(id: &str, name: &str, typed: String) -> FormReply {
        let values = BTreeMap::from([("reason".to_owned(), typed)]);
        let sentence = "Bitte geben Sie einen Grund ein (3 bis 300 Zeichen).";
        answer(&page(id), FormReply::refused(values, vec![field(name, sentence)])).await
    }

    fn why(error: StoreError) -> String {
        match error {
            StoreError::Refused(refusal) => refusal_sentence(refusal),
            StoreError::NotFound => "Das gibt es nicht oder nicht mehr.".to_owned(),
            error => {
                tracing::error!(%error, "the office could not act");
                TRY_AGAIN.to_owned()
            }
        }
    }

    fn field(name: &str, sentence: &str) -> FieldError {
        FieldError {
            field: name.to_owned(),
            sentence: sentence.to_owned(),
        }
    }

    fn whole(sentence: &str) -> FieldError {
        field("", sentence)
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
            WorkshopFieldError::EndsBeforeStart => "Das Ende liegt vor dem Beginn.".to_owned(),
            WorkshopFieldError::WindowDoesNotFit => {
                "Die Anmeldung muss nach dem Öffnen und spätestens zum Beginn schließen.".to_owned()
            }
            WorkshopFieldError::NoSeats => "Bitte geben Sie Plätze vor Ort oder online ein.".to_owned(),
            WorkshopFieldError::ReservedTooMany => "Es sind mehr Plätze reserviert, als es gibt.".to_owned(),
            WorkshopFieldError::NotAnAddress => "Der Link muss mit https:// beginnen.".to_owned(),
            WorkshopFieldError::NotAPostcode => "Eine Postleitzahl hat fünf Ziffern.".to_owned(),
            WorkshopFieldError::PlaceNeeded => {
                "Bitte geben Sie Haus und Ort an, wenn es Plätze vor Ort gibt.".to_owned()
            }
            WorkshopFieldError::TooManyTags { max } => format!("Bitte nennen Sie höchstens {max} Themen."),
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
}

//! Server functions of the office: authorise first, parse, call one verb of the store, answer.
//!
//! Reading gives nothing to whoever is not staff: the page then says that there is no such page.

use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::desk;
use super::dto::{
    CourseView, EditView, LogView, MailTextView, OutboxView, OverviewItem, PlaceMailsView, StaffWorkshopView,
};
use crate::form_reply::FormReply;

/// Every Veranstaltung; `vergangen` for those that are over.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "staff-overview", output = crate::json::Answer)]
pub async fn overview(zeit: String) -> Result<Option<Vec<OverviewItem>>, ServerFnError> {
    desk::overview(zeit == "vergangen").await
}

/// One Veranstaltung with its sign-ups.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "staff-workshop", output = crate::json::Answer)]
pub async fn staff_workshop(
    id: String,
    #[server(default)] state: String,
    #[server(default)] mode: String,
    #[server(default)] text: String,
) -> Result<Option<StaffWorkshopView>, ServerFnError> {
    desk::workshop(id, state, mode, text).await
}

/// What happened to one place, and who did it.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "staff-course", output = crate::json::Answer)]
pub async fn course(id: String) -> Result<Option<CourseView>, ServerFnError> {
    desk::course(id).await
}

/// What a new Veranstaltung starts with.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-new", output = crate::json::Answer)]
pub async fn load_new_form(
    /// The short name of a module, for a run of it; or nothing.
    #[server(default)]
    module: String,
) -> Result<Option<EditView>, ServerFnError> {
    desk::load_new_form(module).await
}

/// What stands in the edit form.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "staff-edit-view", output = crate::json::Answer)]
pub async fn load_edit_form(id: String) -> Result<Option<EditView>, ServerFnError> {
    desk::load_edit_form(id).await
}

/// The newest mails.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "staff-outbox", output = crate::json::Answer)]
pub async fn outbox_list() -> Result<Option<OutboxView>, ServerFnError> {
    desk::outbox().await
}

/// One mail as it would be sent, while no mail server is set.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "staff-mail", output = crate::json::Answer)]
pub async fn mail_text(id: String) -> Result<Option<MailTextView>, ServerFnError> {
    desk::mail_text(id).await
}

/// Every mail to one sign-up.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "staff-place-mails", output = crate::json::Answer)]
pub async fn place_mails(workshop: String, place: String) -> Result<Option<PlaceMailsView>, ServerFnError> {
    desk::place_mails(workshop, place).await
}

/// Sends a mail to a sign-up once more, as it was.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-mail-again")]
pub async fn mail_again(
    workshop: String,
    place: String,
    mail: String,
    key: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::mail_again([workshop, place, mail, key]).await)
}

/// Notes that a mail to a sign-up came back, or that it did not.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-mail-bounced")]
pub async fn mail_bounced(
    workshop: String,
    place: String,
    mail: String,
    #[server(default)] bounced: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::mail_bounced([workshop, place, mail], bounced == "1").await)
}

/// A page of the log.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "staff-audit", output = crate::json::Answer)]
pub async fn audit_log(
    #[server(default)] vor: String,
    #[server(default)] nach: String,
    #[server(default)] worum: String,
    #[server(default)] von: String,
    #[server(default)] bis: String,
) -> Result<Option<LogView>, ServerFnError> {
    desk::audit(desk::LogQuery {
        vor,
        nach,
        worum,
        von,
        bis,
    })
    .await
}

/// Creates a draft, or changes what is there.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-save")]
pub async fn save_workshop(
    #[server(default)] id: String,
    #[server(default)] version: String,
    #[server(default)] key: String,
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
    #[server(default)] sessions: String,
    #[server(default)] module: String,
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
    #[server(default)] move_people: String,
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
        sessions,
        module,
        opens_at,
        closes_at,
        capacity_on_site,
        reserved_on_site,
        capacity_online,
        reserved_online,
        per_organisation_max,
        per_organisation_until,
    };
    Ok(desk::save(id, version, key, form, notify == "yes", move_people == "yes").await)
}

/// Shows a draft to everybody.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-publish")]
pub async fn publish_workshop(id: String) -> Result<FormReply, ServerFnError> {
    Ok(desk::publish(id).await)
}

/// Deletes a draft that was never published.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-discard")]
pub async fn discard_draft(id: String) -> Result<FormReply, ServerFnError> {
    Ok(desk::discard(id).await)
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
    Ok(desk::cancel(id, reason).await)
}

/// Copies a Veranstaltung into drafts.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-copy")]
pub async fn copy_workshop(
    id: String,
    #[server(default)] key: String,
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
    Ok(desk::copy(id, key, rows).await)
}

/// Takes a topic away that somebody proposed.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-remove-topic")]
pub async fn remove_topic(workshop: String, topic: String) -> Result<FormReply, ServerFnError> {
    Ok(desk::remove_topic(workshop, topic).await)
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
    Ok(desk::move_up(workshop, id, reason).await)
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
    Ok(desk::cancel_sign_up(workshop, id, reason).await)
}

/// Takes on what people need at a Veranstaltung, or gives it back.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-access-duty")]
pub async fn access_duty(
    workshop: String,
    #[server(default)] wanted: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::access_duty(workshop, wanted == "1").await)
}

/// Enters a person, above the limit if need be.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "staff-add")]
pub async fn staff_add(
    workshop: String,
    #[server(default)] key: String,
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
    Ok(desk::add(workshop, key, form, add_reason).await)
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
    Ok(desk::message(workshop, key, group, subject, text).await)
}

//! Creating and editing a Veranstaltung: one form.

use domain::district::District;
use domain::workshop::Kind;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::{SaveWorkshop, load_edit_form, load_new_form};
use super::dto::EditView;
use crate::form_reply::{Answers, FormReply, address, use_kept_reply};
use crate::loading::{Loaded, load};
use crate::ui::{
    button::SubmitButton,
    field::{CheckField, SelectField, TextArea, TextField},
    form::Answered,
    not_found::NotFound,
    page::Page,
    post_form::PostForm,
};

/// A new Veranstaltung.
#[component]
pub fn CreatePage() -> impl IntoView {
    let start = load(|| (), |()| load_new_form());
    let kept = use_kept_reply();
    page(start, kept, String::new)
}

/// A Veranstaltung that is there.
#[component]
pub fn EditPage() -> impl IntoView {
    let params = use_params_map();
    let start = load(
        move || params.read().get("id").unwrap_or_default(),
        load_edit_form,
    );
    let kept = use_kept_reply();
    let params = use_params_map();
    page(start, kept, move || {
        params.read_untracked().get("id").unwrap_or_default()
    })
}

fn page(
    start: Loaded<Result<Option<EditView>, ServerFnError>>,
    kept: Loaded<FormReply>,
    id: impl Fn() -> String + Clone + Send + Sync + 'static,
) -> AnyView {
    view! {
        <Suspense fallback=|| ()>
            {move || {
                let id = id.clone();
                Suspend::new(async move {
                    let kept = kept.await;
                    match start.await {
                        Ok(Some(start)) => view! { <WorkshopForm id=id() start kept /> }.into_any(),
                        _ => view! { <NotFound /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

#[component]
fn WorkshopForm(id: String, start: EditView, kept: FormReply) -> impl IntoView {
    let answers = Answers::new();
    let title = if id.is_empty() {
        "Neue Veranstaltung".to_owned()
    } else {
        format!("Bearbeiten: {}", start.title)
    };
    view! {
        <Page title=title>
            {move || view! { <Fields id=id.clone() start=start.clone() reply=answers.last_or(&kept) answers /> }}
        </Page>
    }
}

#[component]
fn Fields(id: String, start: EditView, reply: FormReply, answers: Answers) -> impl IntoView {
    let value = {
        let reply = reply.clone();
        move |name: &str| {
            if reply.values.contains_key(name) {
                return reply.value(name);
            }
            start
                .values
                .iter()
                .find(|(field, _)| field == name)
                .map(|(_, value)| value.clone())
                .unwrap_or_default()
        }
    };
    let (text_value, text_reply) = (value.clone(), reply.clone());
    let text = move |label: &'static str, name: &'static str, input_type: &'static str, required: bool| {
        let (value, reply) = (&text_value, &text_reply);
        view! { <TextField label name input_type required value=value(name) error=reply.error(name) /> }
    };
    let (area_value, area_reply) = (value.clone(), reply.clone());
    let area = move |label: &'static str, name: &'static str, hint: &'static str, rows: u32| {
        let (value, reply) = (&area_value, &area_reply);
        view! { <TextArea label name hint rows value=value(name) error=reply.error(name) /> }
    };
    let kinds = Kind::ALL
        .iter()
        .map(|kind| (kind.key().to_owned(), kind.label().to_owned()))
        .collect();
    let slugs = District::ALL
        .iter()
        .map(|district| district.slug)
        .collect::<Vec<_>>()
        .join(", ");
    let is_new = id.is_empty();
    view! {
        <Answered reply=reply.clone() />
        <PostForm to={address::<SaveWorkshop>()} answers>
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="version" value=start.version />
            <SelectField label="Art" name="kind" options=kinds required=true value=value("kind") error=reply.error("kind") />
            {text("Titel", "title", "text", true)}
            {text("Kurztext für Listen", "summary", "text", true)}
            {area("Beschreibung", "description", "Eine Leerzeile trennt Absätze.", 8)}
            {area("Für wen", "audience", "", 2)}
            {area("Ablauf", "agenda", "Eine Zeile je Punkt.", 5)}
            <TextField label="Landkreise und Städte" name="districts" required=true
                hint=format!("Mit Komma getrennt, der erste ist der Ort: {slugs}")
                value=value("districts") error=reply.error("districts") />
            <fieldset class="pair">
                <legend>"Zeit"</legend>
                {text("Beginn", "starts_at", "datetime-local", true)}
                {text("Ende", "ends_at", "datetime-local", true)}
                {text("Anmeldung öffnet", "opens_at", "datetime-local", true)}
                {text("Anmeldung schließt", "closes_at", "datetime-local", true)}
            </fieldset>
            <fieldset class="pair">
                <legend>"Plätze"</legend>
                {text("Plätze vor Ort", "capacity_on_site", "number", false)}
                {text("Davon reserviert (vor Ort)", "reserved_on_site", "number", false)}
                {text("Plätze online", "capacity_online", "number", false)}
                {text("Davon reserviert (online)", "reserved_online", "number", false)}
                {text("Höchstens je Träger", "per_organisation_max", "number", false)}
                {text("Grenze gilt bis", "per_organisation_until", "datetime-local", false)}
            </fieldset>
            <fieldset class="pair">
                <legend>"Ort"</legend>
                {text("Haus und Raum", "venue_name", "text", false)}
                {text("Straße und Hausnummer", "venue_street", "text", false)}
                {text("Postleitzahl", "venue_postcode", "text", false)}
                {text("Ort", "venue_town", "text", false)}
            </fieldset>
            {area("Anreise und Zugang", "access_info", "Stufen, Aufzug, Hörschleife, Haltestelle.", 3)}
            {text("Videolink", "online_link", "url", false)}
            {area("Hinweise zur Online-Teilnahme", "online_info", "", 2)}
            {text("Kontakt", "contact", "text", false)}
            {text("Themen, mit Komma getrennt", "tags", "text", false)}
            {(!is_new).then(|| view! {
                <CheckField label="Angemeldete per E-Mail über geänderte Zeit oder geänderten Ort informieren" name="notify" value="yes" checked=true />
            })}
            <SubmitButton label={if is_new { "Als Entwurf speichern" } else { "Änderungen speichern" }} answers />
        </PostForm>
    }
}

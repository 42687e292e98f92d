//! Creating and editing a Veranstaltung: one form.

use domain::district::District;
use domain::workshop::Kind;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::actions::{SaveWorkshop, load_edit_form, load_new_form};
use super::dto::EditView;
use super::labels::{field_hint, field_label};
use super::way_back::{to_office, to_workshop};
use crate::form_reply::{Answers, FormReply, address, use_kept_reply};
use crate::loading::{Loaded, awaited, load};
use crate::ui::{
    button::SubmitButton,
    field::{CheckField, SelectField, TextArea, TextField},
    form::Answered,
    found::found,
    page::Page,
    post_form::PostForm,
};

/// A new Veranstaltung.
#[component]
pub fn CreatePage() -> impl IntoView {
    let query = use_query_map();
    let start = load(
        move || query.read().get("modul").unwrap_or_default(),
        load_new_form,
    );
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
    awaited(move || {
        let id = id.clone();
        async move {
            let kept = kept.await;
            found("Veranstaltung", start.await, |start| {
                view! { <WorkshopForm id=id() start kept /> }.into_any()
            })
        }
    })
}

#[component]
fn WorkshopForm(id: String, start: EditView, kept: FormReply) -> impl IntoView {
    let answers = Answers::new();
    let title = if id.is_empty() {
        "Neue Veranstaltung".to_owned()
    } else {
        format!("Bearbeiten: {}", start.title)
    };
    let back = if id.is_empty() {
        to_office()
    } else {
        to_workshop(&id)
    };
    view! {
        {back}
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
    let text = move |name: &'static str, input_type: &'static str, required: bool| {
        let (label, value, reply) = (field_label(name), &text_value, &text_reply);
        let hint = field_hint(name);
        view! { <TextField label name hint input_type required value=value(name) error=reply.error(name) /> }
    };
    let (area_value, area_reply) = (value.clone(), reply.clone());
    let area = move |name: &'static str, hint: &'static str, rows: u32| {
        let (label, value, reply) = (field_label(name), &area_value, &area_reply);
        view! { <TextArea label name hint rows value=value(name) error=reply.error(name) /> }
    };
    let kinds = Kind::ALL
        .iter()
        .map(|kind| (kind.key().to_owned(), kind.label().to_owned()))
        .collect();
    let districts = value("districts");
    let mut chosen = districts
        .split([',', ' '])
        .filter(|slug| !slug.is_empty())
        .map(str::to_owned);
    let place = chosen.next().unwrap_or_default();
    let others: Vec<String> = chosen.collect();
    let places = District::ALL
        .iter()
        .map(|district| (district.slug.to_owned(), district.name.to_owned()))
        .collect();
    let is_new = id.is_empty();
    let version = reply
        .values
        .get("version")
        .cloned()
        .unwrap_or_else(|| start.version.clone());
    let moves = reply
        .values
        .get("move_people")
        .is_some_and(|moves| moves == "yes");
    let notify = reply.values.get("notify").is_none_or(|notify| notify == "yes");
    view! {
        <Answered reply=reply.clone() />
        <PostForm to={address::<SaveWorkshop>()} answers>
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="version" value=version />
            <input type="hidden" name="key" value=start.key />
            <SelectField label="Art" name="kind" options=kinds required=true value=value("kind") error=reply.error("kind") />
            <div class="pair-then">
                <TextField label=field_label("module") name="module" value=value("module") error=reply.error("module")
                    hint="Nur bei einem Durchgang, zum Beispiel FSA-101. Der Durchgang behält die Fassung, die beim Veröffentlichen gilt." />
            </div>
            {text("title", "text", true)}
            {text("summary", "text", true)}
            {area("description", "Eine Leerzeile trennt Absätze.", 8)}
            {area("audience", "", 2)}
            {area("agenda", "Eine Zeile je Punkt.", 5)}
            <SelectField label=field_label("districts") name="districts" options=places empty="Bitte wählen" required=true
                hint="Wo die Veranstaltung stattfindet, oder von wo aus." value=place error=reply.error("districts") />
            <fieldset class="pair">
                <legend>"Auch für Fachkräfte aus"<span class="optional">" (freiwillig)"</span></legend>
                {District::ALL
                    .iter()
                    .map(|district| {
                        let checked = others.iter().any(|slug| slug == district.slug);
                        view! { <CheckField label=district.name name=format!("also[{}]", district.slug) value="yes" checked /> }
                    })
                    .collect_view()}
            </fieldset>
            <fieldset class="pair">
                <legend>"Zeit"</legend>
                {text("starts_at", "datetime-local", true)}
                {text("ends_at", "datetime-local", true)}
                {text("opens_at", "datetime-local", true)}
                {text("closes_at", "datetime-local", true)}
            </fieldset>
            {area("sessions", "Nur bei mehreren Tagen. Eine Zeile je Termin, zum Beispiel: 05.03.2027 9:00–16:00", 4)}
            <fieldset class="pair" aria-describedby="reserved-hint">
                <legend>"Plätze"</legend>
                <p class="hint pair-whole" id="reserved-hint">"Reservierte Plätze vergibt nur die Geschäftsstelle: für Referierende, Gastgeber und Team."</p>
                {text("capacity_on_site", "number", false)}
                {text("reserved_on_site", "number", false)}
                {text("capacity_online", "number", false)}
                {text("reserved_online", "number", false)}
                {text("per_organisation_max", "number", false)}
                {text("per_organisation_until", "datetime-local", false)}
            </fieldset>
            {(!is_new).then(|| view! {
                <CheckField label="Wenn Sie eine Form streichen (keine Plätze vor Ort oder online): alle dort Angemeldeten auf die andere Form umstellen und per E-Mail benachrichtigen"
                    name="move_people" value="yes" checked=moves />
            })}
            <fieldset class="pair">
                <legend>"Ort (Haus und Ort sind nötig, wenn es Plätze vor Ort gibt)"</legend>
                <div class="pair-then">{text("venue_name", "text", false)}</div>
                {text("venue_street", "text", false)}
                {text("venue_postcode", "text", false)}
                <div class="pair-then">{text("venue_town", "text", false)}</div>
            </fieldset>
            {area("access_info", "Stufen, Aufzug, Hörschleife, Haltestelle.", 3)}
            {text("online_link", "url", false)}
            {area("online_info", "", 2)}
            {text("contact", "text", false)}
            {text("tags", "text", false)}
            {(!is_new).then(|| view! {
                <CheckField label="Angemeldete per E-Mail über geänderte Zeit oder geänderten Ort informieren" name="notify" value="yes" checked=notify />
            })}
            <SubmitButton label={if is_new { "Als Entwurf speichern" } else { "Änderungen speichern" }} answers />
        </PostForm>
    }
}

//! `/katalog`: all modules and what waits.

use domain::module::code::CODE_CHARACTERS_MAX;
use leptos::prelude::*;

use super::actions::{CreateModule, load_desk};
use super::dto::Desk;
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::changing::{alone, entry};
use crate::ui::{
    badge::Badge,
    button::SubmitButton,
    empty::EmptyState,
    field::{SelectField, TextField},
    form::Answered,
    found::answering,
    page::Page,
    post_form::PostForm,
};

/// All modules and what waits.
#[component]
pub fn CataloguePage() -> impl IntoView {
    answering("Modulkatalog", || (), |()| load_desk(), page)
}

fn page(desk: Desk, reply: &FormReply, answers: Answers) -> AnyView {
    let none = desk.modules.is_empty();
    let tasks = desk
        .tasks
        .iter()
        .cloned()
        .map(|(path, words)| view! { <li><a href=path>{words}</a></li> })
        .collect::<Vec<_>>();
    let waits = if tasks.is_empty() {
        view! { <p class="hint">"Gerade wartet nichts auf Sie."</p> }.into_any()
    } else {
        view! { <ul>{tasks}</ul> }.into_any()
    };
    let modules = desk
        .modules
        .into_iter()
        .map(|(path, title, words, state)| {
            let state = state.map(|state| view! { <Badge text=state.words kind=state.tone.key() />" " });
            view! { <li class="list-item"><a href=path>{title}</a><span class="hint">{state}{words}</span></li> }
        })
        .collect::<Vec<_>>();
    let (institutions, partners, key, said) = (desk.institutions, desk.partners, desk.key, reply.clone());
    let form = alone(entry(&untrack(|| answers.count()), move || {
        create(&institutions, &partners, &key, &said, answers)
    }));
    let reply = reply.clone();
    view! {
        <Page title="Modulkatalog pflegen" lead="Schreiben, gemeinsam prüfen, veröffentlichen. Was veröffentlicht ist, bleibt. Für Änderungen beginnen Sie eine neue Fassung.">
            <Answered reply />
            <section aria-labelledby="wartet"><h2 id="wartet">"Wartet auf Sie"</h2>{waits}</section>
            <p class="actions no-print">
                <a class="button" href="#anlegen" rel="external">"Modul anlegen"</a>
                <a class="button button-quiet" href="/katalog/bedarf">"Bedarf"</a>
                <a class="button button-quiet" href="/katalog/anrechnung">"Anträge prüfen"</a>
                <a class="button button-quiet" href="/katalog/zertifikate">"Zertifikate"</a>
                <a class="button button-quiet" href="/katalog/semester">"Semesterabschluss"</a>
                <a class="button button-quiet" href="/katalog/pruefung">"Datenaustausch prüfen"</a>
                <a class="button button-quiet" href="/katalog/zugaenge">"Zugänge für andere Systeme"</a>
                <a class="button button-quiet" href="/katalog/import">"Module als Tabelle"</a>
                <a class="button button-quiet" href="/katalog/modulhandbuch.pdf" rel="external">"Entwürfe als PDF"</a>
            </p>
            <h2>"Module"</h2>
            <ul class="list">{modules}</ul>
            {none.then(|| view! {
                <EmptyState title="Noch kein Modul."><p>"Beginnen Sie unten mit Kürzel und Titel."</p></EmptyState>
            })}
            <section id="anlegen" aria-labelledby="anlegen-titel">
                <h2 id="anlegen-titel">"Modul anlegen"</h2>
                {form}
            </section>
        </Page>
    }
    .into_any()
}

fn create(
    institutions: &[(String, String)],
    partners: &[(String, String)],
    key: &str,
    reply: &FormReply,
    answers: Answers,
) -> AnyView {
    let [code, title, institution, partner] =
        ["code", "title", "institution", "partner"].map(|field| reply.value(field));
    let errors = ["code", "title", "institution", "partner"].map(|field| reply.error(field));
    let [code_error, title_error, institution_error, partner_error] = errors;
    let (own, others, key) = (institutions.to_vec(), partners.to_vec(), key.to_owned());
    view! {
        <PostForm to={address::<CreateModule>()} answers>
            <input type="hidden" name="key" value=key />
            <TextField
                label="Kürzel" name="code" required=true maxlength={u32::try_from(CODE_CHARACTERS_MAX).unwrap_or(u32::MAX)} value=code error=code_error
                hint="Großbuchstaben, Ziffern, Bindestrich, zum Beispiel FSA-205. Das Kürzel lässt sich später nicht ändern."
            />
            <TextField label="Titel" name="title" required=true maxlength=160_u32 value=title error=title_error />
            <SelectField label="Institution" name="institution" options=own value=institution error=institution_error required=true />
            <SelectField label="Gemeinsam mit" name="partner" options=others empty="niemandem" value=partner error=partner_error />
            <SubmitButton label="Modul anlegen" answers />
        </PostForm>
    }
    .into_any()
}

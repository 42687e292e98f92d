//! `/katalog/durchgang/{id}`: who passed a run, and their certificates.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::{IssueCertificates, RevokeCertificate, load_run};
use super::dto::{IssuedView, RunView};
use crate::form_reply::{Answers, FormReply, address};
use crate::told::Told;
use crate::ui::changing::{Entry, entries, entry};
use crate::ui::{
    button::SubmitButton,
    empty::EmptyState,
    field::{CheckField, TextField},
    form::Answered,
    found::answering,
    page::Page,
    post_form::PostForm,
};

/// Who passed a run.
#[component]
pub fn RunPage() -> impl IntoView {
    let (params, told) = (use_params_map(), Told::new());
    let asked = move || params.read().get("id").unwrap_or_default();
    answering("Durchgang", asked, load_run, move |run, reply, answers| {
        page(run, told, reply, answers)
    })
}

fn page(run: RunView, told: Told, reply: &FormReply, answers: Answers) -> AnyView {
    let none = run.issues && run.without.is_empty();
    let (id, without) = (run.id.clone(), run.without);
    let is_own = reply.error("passed").is_some();
    let about = (id.clone(), without.clone());
    let form = told.form("issue", &about, (reply, answers), is_own, move |reply| {
        issue(&id, &without, reply.error("passed"), answers)
    });
    let nobody = run.with.is_empty();
    let with = run.with.into_iter();
    let with = entries(with.map(|one| issued(run.id.clone(), one, reply, answers)));
    let reply = reply.clone();
    view! {
        <Page title=run.title lead=run.facts>
            <Answered reply />
            <section id="bestanden" aria-labelledby="bestanden-titel">
                <h2 id="bestanden-titel">"Wer hat bestanden?"</h2>
                <p>{run.standing}</p>
                {none.then(|| view! {
                    <EmptyState title="Niemand mehr ohne Nachweis."><p>"Hier stehen alle mit bestätigtem Platz, die noch keinen Nachweis haben."</p></EmptyState>
                })}
                {form}
            </section>
            <section aria-labelledby="ausgestellt">
                <h2 id="ausgestellt">"Ausgestellte Nachweise"</h2>
                {nobody.then(|| view! { <p class="hint">"Noch keiner."</p> })}
                <ul class="list">{with}</ul>
            </section>
            <p class="actions no-print"><a class="button button-quiet" href="/katalog">"Zum Katalog"</a></p>
        </Page>
    }
    .into_any()
}

fn issue(id: &str, without: &[(String, String)], error: Option<String>, answers: Answers) -> AnyView {
    if without.is_empty() {
        return ().into_any();
    }
    let boxes = without
        .iter()
        .cloned()
        .enumerate()
        .map(|(place, (place_id, name))| {
            let html_id = format!("passed-{place}");
            view! { <CheckField label=name name=format!("passed[{place}]") id=html_id value=place_id /> }
        })
        .collect::<Vec<_>>();
    let id = id.to_owned();
    view! {
        <PostForm to={address::<IssueCertificates>()} answers>
            <input type="hidden" name="id" value=id />
            <fieldset class="field" id="passed">
                <legend>"Bestanden haben"</legend>
                {error.map(|error| view! { <p class="error" id="passed-error">{error}</p> })}
                {boxes}
            </fieldset>
            <SubmitButton label="Nachweise ausstellen" answers />
        </PostForm>
    }
    .into_any()
}

fn issued(run: String, one: IssuedView, reply: &FormReply, answers: Answers) -> Entry {
    let id = format!("reason-{}", one.code);
    let refused = (reply.value("code") == one.code).then(|| (reply.value("reason"), reply.error(&id)));
    entry(&(&one.clone(), &refused.clone()), move || {
        let revoke = one
            .counts
            .then(|| revoke(run, one.code.clone(), id, refused, answers));
        view! { <li class="list-item"><a href=one.path>{one.holder}</a><span class="hint">{one.words}</span>{revoke}</li> }
            .into_any()
    })
}

/// The form that takes a certificate back; what was typed and what is wrong with it, if it was refused.
fn revoke(
    run: String,
    code: String,
    id: String,
    refused: Option<(String, Option<String>)>,
    answers: Answers,
) -> AnyView {
    let was_refused = refused.is_some();
    let (value, error) = refused.unwrap_or_default();
    view! {
        <details class="disclosure" open=was_refused>
            <summary>"Widerrufen"</summary>
            <PostForm to={address::<RevokeCertificate>()} answers class="form form-tight">
                <input type="hidden" name="id" value=run />
                <input type="hidden" name="code" value=code />
                <TextField label="Warum" name="reason" id=id required=true maxlength=300_u32 value error hint="Das lesen alle, die den Nachweis prüfen." />
                <SubmitButton label="Nachweis widerrufen" answers danger=true />
            </PostForm>
        </details>
    }
    .into_any()
}

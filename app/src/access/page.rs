//! `/katalog/zugaenge`: tokens and webhooks of an institution.

use domain::access::TERMS_DAYS;
use domain::access::address::URL_CHARACTERS_MAX;
use domain::access::scope::NAME_CHARACTERS_MAX;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::actions::{ActOnWebhook, MakeToken, MakeWebhook, RevokeToken, load_access};
use super::dto::{AccessView, TokenView, WebhookView};
use crate::form_reply::{Answers, FormReply, address};
use crate::told::Told;
use crate::ui::{
    button::SubmitButton,
    field::{CheckField, SelectField, TextField},
    form::Answered,
    found::answering,
    page::Page,
    post_form::PostForm,
};

/// Tokens and webhooks of an institution.
#[component]
pub fn AccessPage() -> impl IntoView {
    let (query, told) = (use_query_map(), Told::new());
    let asked = move || query.read().get("von").unwrap_or_default();
    answering("Zugänge", asked, load_access, move |view, reply, answers| {
        page(view, told, reply, answers)
    })
}

fn page(view: AccessView, told: Told, reply: &FormReply, answers: Answers) -> AnyView {
    let lead = format!(
        "{}: Mit einem Schlüssel kann ein anderes System Module abrufen oder einspielen. Meldungen sagen ihm, was sich geändert hat.",
        view.name
    );
    let others = (view.institutions.len() > 1).then(|| {
        let links = view
            .institutions
            .iter()
            .filter(|(id, _)| *id != view.institution)
            .map(|(id, name)| view! { <li><a href=format!("/katalog/zugaenge?von={id}")>{name.clone()}</a></li> })
            .collect::<Vec<_>>();
        view! { <p class="hint">"Andere Institutionen:"</p><ul>{links}</ul> }
    });
    let tokens = view
        .tokens
        .iter()
        .map(|one| token(&view.institution, one, answers))
        .collect::<Vec<_>>();
    let webhooks = view
        .webhooks
        .iter()
        .map(|one| webhook(&view.institution, one, answers))
        .collect::<Vec<_>>();
    let (no_token, no_webhook) = (tokens.is_empty(), webhooks.is_empty());
    let answered = (reply, answers);
    // The list begins with what was made last.
    let newest = view.tokens.first().map(|one| one.id.clone());
    let (forms, about) = (view.clone(), (view.institution.clone(), newest));
    let is_own = reply.values.contains_key("scope");
    let new_token = told.form("token", &about, answered, is_own, move |reply| {
        token_form(&forms, reply, answers)
    });
    let newest = view.webhooks.first().map(|one| one.id.clone());
    let about = (view.institution.clone(), newest);
    let is_own = reply.values.contains_key("url");
    let new_webhook = told.form("webhook", &about, answered, is_own, move |reply| {
        webhook_form(&view, reply, answers)
    });
    let reply = reply.clone();
    view! {
        <Page title="Zugänge für andere Systeme" lead=lead>
            <Answered reply />
            {others}
            <section aria-labelledby="zugaenge">
                <h2 id="zugaenge">"Zugangsschlüssel"</h2>
                {no_token.then(|| view! { <p class="hint">"Noch kein Schlüssel."</p> })}
                <ul class="list">{tokens}</ul>
                {new_token}
            </section>
            <section aria-labelledby="meldungen">
                <h2 id="meldungen">"Meldungen (Webhooks)"</h2>
                {no_webhook.then(|| view! { <p class="hint">"Noch keine Adresse."</p> })}
                <ul class="list">{webhooks}</ul>
                {new_webhook}
            </section>
            <p class="actions no-print"><a class="button button-quiet" href="/katalog">"Zum Katalog"</a></p>
        </Page>
    }
    .into_any()
}

fn token(institution: &str, one: &TokenView, answers: Answers) -> AnyView {
    let one = one.clone();
    let revoke = one.counts.then(|| {
        let (institution, id, label) = (
            institution.to_owned(),
            one.id.clone(),
            format!("„{}“ widerrufen", one.name),
        );
        view! {
            <PostForm to={address::<RevokeToken>()} answers class="">
                <input type="hidden" name="institution" value=institution />
                <input type="hidden" name="id" value=id />
                <SubmitButton label answers quiet=true />
            </PostForm>
        }
    });
    view! { <li class="list-item"><strong>{one.name}</strong><span class="hint">{one.words}</span>{revoke}</li> }.into_any()
}

/// The key of a form: the one with which it was sent, as long as what became of it is not known.
fn key(view: &AccessView, reply: &FormReply) -> String {
    reply.value_or("key", &view.key)
}

fn token_form(view: &AccessView, reply: &FormReply, answers: Answers) -> AnyView {
    let days = TERMS_DAYS
        .iter()
        .map(|days| (days.to_string(), format!("{days} Tage")))
        .collect();
    let (institution, key, scopes) = (view.institution.clone(), key(view, reply), view.scopes.clone());
    let [name, scope] = ["name", "scope"].map(|field| reply.value(field));
    let chosen = reply.value_or("days", "90");
    let [name_error, scope_error, days_error] = ["name", "scope", "days"].map(|field| reply.error(field));
    view! {
        <h3>"Neuer Zugangsschlüssel"</h3>
        <PostForm to={address::<MakeToken>()} answers>
            <input type="hidden" name="institution" value=institution />
            <input type="hidden" name="key" value=key />
            <TextField label="Wofür" name="name" required=true maxlength=u32::try_from(NAME_CHARACTERS_MAX).unwrap_or(u32::MAX)
                value=name error=name_error hint="Zum Beispiel „Campus-System“. So erkennen Sie ihn wieder." />
            <SelectField label="Der Schlüssel darf" name="scope" options=scopes value=scope error=scope_error required=true />
            <SelectField label="Gültig für" name="days" options=days value=chosen error=days_error required=true />
            <SubmitButton label="Schlüssel anlegen" answers />
        </PostForm>
    }
    .into_any()
}

fn webhook(institution: &str, one: &WebhookView, answers: Answers) -> AnyView {
    let one = one.clone();
    let act = |deed: &'static str, label: &'static str| {
        let (institution, id) = (institution.to_owned(), one.id.clone());
        view! {
            <PostForm to={address::<ActOnWebhook>()} answers class="">
                <input type="hidden" name="institution" value=institution />
                <input type="hidden" name="id" value=id />
                <input type="hidden" name="deed" value=deed />
                <SubmitButton label answers quiet=true />
            </PostForm>
        }
    };
    let acts = one
        .counts
        .then(|| view! { <div class="actions">{act("try", "Probe senden")}{act("end", "Beenden")}</div> });
    let none = one.log.is_empty();
    let log = one
        .log
        .iter()
        .cloned()
        .map(|line| view! { <li>{line}</li> })
        .collect::<Vec<_>>();
    view! {
        <li class="list-item">
            <strong class="line">{one.url}</strong>
            <span class="hint">{one.words}</span>
            {acts}
            <details class="disclosure">
                <summary>"Was gemeldet wurde"</summary>
                {none.then(|| view! { <p class="hint">"Noch nichts."</p> })}
                <ul>{log}</ul>
            </details>
        </li>
    }
    .into_any()
}

fn webhook_form(view: &AccessView, reply: &FormReply, answers: Answers) -> AnyView {
    let (institution, key) = (view.institution.clone(), key(view, reply));
    let error = reply.error("events");
    let (url, url_error) = (reply.value("url"), reply.error("url"));
    // Everything is ticked at first; then what somebody ticked.
    let was_sent = reply.values.contains_key("url");
    let ticked = |place: usize, key: &str| {
        !was_sent
            || reply.value("events").split(',').any(|one| one == key)
            || reply.value(&format!("events[{place}]")) == key
    };
    let boxes = view
        .events
        .iter()
        .cloned()
        .enumerate()
        .map(|(place, (key, words))| {
            let id = format!("event-{place}");
            let checked = ticked(place, &key);
            view! { <CheckField label=words name=format!("events[{place}]") id=id value=key checked /> }
        })
        .collect::<Vec<_>>();
    view! {
        <h3>"Neue Adresse für Meldungen"</h3>
        <PostForm to={address::<MakeWebhook>()} answers>
            <input type="hidden" name="institution" value=institution />
            <input type="hidden" name="key" value=key />
            <TextField label="Adresse" name="url" input_type="url" required=true maxlength=u32::try_from(URL_CHARACTERS_MAX).unwrap_or(u32::MAX)
                value=url error=url_error hint="Beginnt mit https://. Dorthin schicken wir jede Meldung, signiert nach „Standard Webhooks“." />
            <fieldset class="field" id="events">
                <legend>"Melden, wenn"</legend>
                {error.map(|error| view! { <p class="error" id="events-error">{error}</p> })}
                {boxes}
            </fieldset>
            <SubmitButton label="Adresse anlegen" answers />
        </PostForm>
    }
    .into_any()
}

//! `/katalog/anrechnung/{id}`: one application, to be decided outcome by outcome.

use domain::recognition::finding::{PRECEDENT_CHARACTERS_MAX, REASON_CHARACTERS_MAX};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::{DecideApplication, load_decide};
use super::application::{precedents, typed};
use super::dto::{DecideView, OutcomeView};
use super::evidence::{again, link};
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::changing::anew;
use crate::ui::{
    badge::Badge,
    button::SubmitButton,
    field::{SelectField, TextArea, TextField},
    form::Answered,
    found::answering,
    notice::Notice,
    page::Page,
    post_form::PostForm,
};

/// One application, to be decided.
#[component]
pub fn DecidePage() -> impl IntoView {
    let params = use_params_map();
    let asked = move || params.read().get("id").unwrap_or_default();
    answering("Antrag", asked, load_decide, page)
}

fn page(view: DecideView, reply: &FormReply, answers: Answers) -> AnyView {
    let files = view
        .files
        .iter()
        .map(|file| view! { <li class="list-item">{link(file)}</li> })
        .collect::<Vec<_>>();
    // One decides first whether anything is missing: the form for it is the last on the page.
    let ask = view
        .decides
        .then(|| view! { <p><a href="#nachfordern" rel="external">"Es fehlt etwas: nachfordern"</a></p> });
    let why_not = view
        .why_not
        .clone()
        .map(|sentence| view! { <Notice>{sentence}</Notice> });
    let (title, applicant, facts, state) = (
        view.title.clone(),
        view.applicant.clone(),
        view.facts.clone(),
        view.state.clone(),
    );
    let precedents = precedents(view.precedents.clone());
    let count = u128::try_from(untrack(|| answers.count())).unwrap_or(0);
    let said = reply.clone();
    let forms = anew(count, move || forms(&view, &said, answers));
    let reply = reply.clone();
    view! {
        <Page title=title lead=applicant>
            <p class="card-kind">{facts}" "<Badge text=state /></p>
            <Answered reply />
            {why_not}
            <section aria-labelledby="nachweise"><h2 id="nachweise">"Nachweise"</h2><ul class="list">{files}</ul>{ask}</section>
            {forms}
            {precedents}
            <p class="actions no-print"><a class="button button-quiet" href="/katalog/anrechnung">"Alle Anträge"</a></p>
        </Page>
    }
    .into_any()
}

fn forms(view: &DecideView, reply: &FormReply, answers: Answers) -> AnyView {
    let outcomes = view
        .outcomes
        .iter()
        .cloned()
        .enumerate()
        .map(|(place, outcome)| about(place, outcome, view, reply))
        .collect::<Vec<_>>();
    if !view.decides {
        return view! { <section><h2>"Lernergebnis für Lernergebnis"</h2>{outcomes}</section> }.into_any();
    }
    let seen = view.seen.clone();
    let (note, note_error) = (reply.value("note"), reply.error("note"));
    view! {
        <PostForm to={address::<DecideApplication>()} answers>
            <input type="hidden" name="seen" value=seen />
            <section aria-labelledby="punkte" class="form">
                <h2 id="punkte">"Lernergebnis für Lernergebnis"</h2>
                {outcomes}
                <SubmitButton label="Entscheiden" answers />
            </section>
            <section aria-labelledby="nachfordern" class="form form-tight form-draft">
                <h2 id="nachfordern">"Oder nachfordern"</h2>
                <TextArea label="Was fehlt" name="note" value=note error=note_error maxlength=u32::try_from(REASON_CHARACTERS_MAX).unwrap_or(u32::MAX) />
                <SubmitButton label="Nachfordern" answers deed="ask" unchecked=true quiet=true />
            </section>
        </PostForm>
    }
    .into_any()
}

fn about(place: usize, outcome: OutcomeView, view: &DecideView, reply: &FormReply) -> AnyView {
    let number = outcome.number;
    let said = if outcome.said.is_empty() {
        format!("Selbsteinschätzung: {}", outcome.grasp_words)
    } else {
        format!("Selbsteinschätzung: {}. {}", outcome.grasp_words, outcome.said)
    };
    let head = view! {
        {outcome.evidence.map(|evidence| view! { <p class="hint">"Als Nachweis zählt: "{evidence}</p> })}
        <p class="line">{said}</p>
        {again(&view.files)}
    };
    let legend = format!("L{number} {}", outcome.text);
    if !view.decides {
        let finding = outcome
            .finding
            .map(|(words, reason)| view! { <p class="line"><strong>{words}</strong>" "{reason}</p> });
        return view! { <section><h3>{legend}</h3>{head}{finding}</section> }.into_any();
    }
    let id = |name: &str| format!("{name}-{number}");
    let name = |name: &str| format!("finding[{place}][{name}]");
    let value = |field: &str| typed(reply, &id(field), &name(field));
    let error = |field: &str| reply.error(&id(field));
    let answers = vec![
        ("yes".to_owned(), "zählt".to_owned()),
        ("no".to_owned(), "zählt nicht".to_owned()),
    ];
    let most = |characters: usize| u32::try_from(characters).unwrap_or(u32::MAX);
    view! {
        <div class="point"><fieldset class="field">
            <legend>{legend}</legend>
            {head}
            <input type="hidden" name=name("outcome") value=number />
            <SelectField label="Entscheidung" name=name("granted") id=id("granted") options=answers empty="bitte wählen"
                value=value("granted") error=error("granted") required=true />
            <SelectField label="Art des Nachweises" name=name("by") id=id("by") options=view.kinds.clone() empty="bitte wählen"
                value=value("by") error=error("by") required=true />
            <TextField label="In Datei" name=name("files") id=id("files") value=value("files") error=error("files") hint="Nummern mit Komma, zum Beispiel 1, 3" />
            <TextArea label="Begründung" name=name("reason") id=id("reason") value=value("reason") error=error("reason") required=true
                maxlength=most(REASON_CHARACTERS_MAX) hint="Das liest die antragstellende Person." />
            <TextField label="Merksatz für andere" name=name("precedent") id=id("precedent") value=value("precedent") error=error("precedent")
                maxlength=most(PRECEDENT_CHARACTERS_MAX) hint="Das lesen alle auf der Seite zur Anrechnung dieses Moduls. Bitte ohne Namen, Orte, Träger und Datumsangaben." />
        </fieldset></div>
    }
    .into_any()
}

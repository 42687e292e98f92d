//! `/anrechnung/{code}`: one module, outcome by outcome.

use domain::recognition::Grasp;
use domain::recognition::claim::SAID_CHARACTERS_MAX;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::{ActOnApplication, BeginApplication, WriteClaims, load_application};
use super::dto::{ApplicationView, OutcomeView, OwnView};
use super::evidence::evidence;
use crate::form_reply::{Answers, FormReply, address};
use crate::told::Told;
use crate::ui::{
    badge::Badge,
    button::SubmitButton,
    field::{RadioGroup, SelectField, TextArea},
    form::Answered,
    found::answering,
    notice::Notice,
    page::Page,
    post_form::PostForm,
};

/// The id of the form in which somebody says what she can do. Files come and go with it: nothing that was typed is lost.
pub(super) const CLAIMS: &str = "angaben";

/// One module, outcome by outcome.
#[component]
pub fn ApplicationPage() -> impl IntoView {
    let (params, told) = (use_params_map(), Told::new());
    let asked = move || params.read().get("code").unwrap_or_default();
    answering(
        "Das kann ich schon",
        asked,
        load_application,
        move |view, reply, answers| page(view, told, reply, answers),
    )
}

fn page(view: ApplicationView, told: Told, reply: &FormReply, answers: Answers) -> AnyView {
    let lead = format!(
        "Sie können schon, was man in „{}“ lernt? Dann kann es zählen.",
        view.title
    );
    let module = format!("/module/{}", view.code);
    let own = view.own.clone();
    let writes = own.as_ref().is_some_and(|own| own.writes);
    let standing = own.as_ref().map(standing);
    let steps = own.as_ref().map(|own| steps(&view.code, own, answers));
    let files = own.as_ref().map(|own| evidence(own, reply, answers));
    let outcomes = if writes {
        let (view, about) = (
            view.clone(),
            (view.code.clone(), own.map(|own| own.id), view.outcomes.clone()),
        );
        let is_own = reply.values.keys().any(|key| key.starts_with("said"));
        told.form("claims", &about, (reply, answers), is_own, move |reply| {
            write(&view, reply, answers)
        })
    } else {
        read(&view.outcomes)
    };
    let begin = view.begins.then(|| begin(&view, reply, answers));
    let sign_in = (!view.is_signed_in).then(|| {
        let path = format!("/konto/anmelden?weiter=/anrechnung/{}", view.code);
        view! { <p class="actions"><a class="button" href=path>"Anmelden und Antrag beginnen"</a></p> }
    });
    let overview = if view.is_signed_in {
        "Alle Anträge"
    } else {
        "Zur Übersicht"
    };
    let precedents = precedents(view.precedents);
    let title = format!("Das kann ich schon: {}", view.code);
    let reply = reply.clone();
    view! {
        <Page title lead>
            <p class="card-kind">{view.by}"\u{a0}· "<a href=module>{view.title}</a></p>
            <Answered reply />
            {standing}
            {begin}
            {sign_in}
            <section id="punkte" aria-labelledby="punkte-titel">
                <h2 id="punkte-titel">"Was man nach dem Modul kann"</h2>
                {outcomes}
            </section>
            {files}
            {steps}
            {precedents}
            <p class="actions no-print"><a class="button button-quiet" href="/anrechnung">{overview}</a></p>
        </Page>
    }
    .into_any()
}

/// How far it is, and what was decided.
fn standing(own: &OwnView) -> AnyView {
    let note = (!own.note.is_empty()).then(|| {
        let note = own.note.clone();
        view! { <Notice kind="warning">"Nachgefordert: "{note}</Notice> }
    });
    let result = own
        .result
        .clone()
        .map(|result| view! { <Notice kind="success">{result}</Notice> });
    let (procedure, state, words) = (own.procedure.clone(), own.state.clone(), own.standing.clone());
    view! {
        <section aria-label="Stand">
            <p>{procedure}" "<Badge text=state /></p>
            <p>{words}</p>
            {note}
            {result}
        </section>
    }
    .into_any()
}

fn begin(view: &ApplicationView, reply: &FormReply, answers: Answers) -> AnyView {
    let (code, options) = (view.code.clone(), view.procedures.clone());
    let (value, error) = (reply.value("procedure"), reply.error("procedure"));
    view! {
        <section aria-labelledby="beginnen">
            <h2 id="beginnen">"Antrag beginnen"</h2>
            <PostForm to={address::<BeginApplication>()} answers>
                <input type="hidden" name="code" value=code />
                <RadioGroup label="Wo haben Sie es gelernt?" name="procedure" options value error required=true />
                <SubmitButton label="Antrag beginnen" answers />
            </PostForm>
        </section>
    }
    .into_any()
}

/// The outcomes with what shows them, what was said and what was found.
fn read(outcomes: &[OutcomeView]) -> AnyView {
    let items = outcomes
        .iter()
        .cloned()
        .map(|outcome| {
            let said = (!outcome.grasp.is_empty()).then(|| {
                let said = if outcome.said.is_empty() { String::new() } else { format!(": {}", outcome.said) };
                view! { <p class="line">"Sie: "{outcome.grasp_words}{said}</p> }
            });
            let finding = outcome.finding.map(|(words, reason)| {
                view! { <p class="line"><strong>{words}</strong>" "{reason}</p> }
            });
            view! {
                <div>
                    <dt>{format!("L{}", outcome.number)}</dt>
                    <dd>
                        <p>{outcome.text}</p>
                        {outcome.evidence.map(|evidence| view! { <p class="hint">"Als Nachweis zählt: "{evidence}</p> })}
                        {said}
                        {finding}
                    </dd>
                </div>
            }
        })
        .collect::<Vec<_>>();
    view! { <dl class="record">{items}</dl> }.into_any()
}

/// What was typed: under the id of the field if the server answered, under its name if it did not.
pub(super) fn typed(reply: &FormReply, id: &str, name: &str) -> String {
    Some(reply.value(id))
        .filter(|value| !value.is_empty())
        .unwrap_or_else(|| reply.value(name))
}

/// The outcomes with what the person says of herself.
fn write(view: &ApplicationView, reply: &FormReply, answers: Answers) -> AnyView {
    let grasps: Vec<(String, String)> = Grasp::ALL
        .iter()
        .map(|grasp| (grasp.key().to_owned(), grasp.label().to_owned()))
        .collect();
    let was_refused = !reply.errors.is_empty();
    let fields = view
        .outcomes
        .iter()
        .cloned()
        .enumerate()
        .map(|(place, outcome)| {
            let number = outcome.number;
            let said_id = format!("said-{number}");
            let (grasp, said) = if was_refused {
                (
                    typed(reply, &format!("grasp-{number}"), &format!("grasp[{place}]")),
                    typed(reply, &said_id, &format!("said[{place}]")),
                )
            } else {
                (outcome.grasp, outcome.said)
            };
            let error = reply.error(&said_id);
            let options = grasps.clone();
            view! {
                <div class="point"><fieldset class="field">
                    <legend>{format!("L{number} ")}{outcome.text}</legend>
                    {outcome.evidence.map(|evidence| view! { <p class="hint">"Als Nachweis zählt: "{evidence}</p> })}
                    <input type="hidden" name=format!("outcome[{place}]") value=number />
                    <SelectField label="Das kann ich" name=format!("grasp[{place}]") id=format!("grasp-{number}")
                        options empty="bitte wählen" value=grasp />
                    <TextArea label="Woher können Sie es? Welcher Nachweis zeigt es?" name=format!("said[{place}]") id=said_id
                        value=said error maxlength=u32::try_from(SAID_CHARACTERS_MAX).unwrap_or(u32::MAX) />
                </fieldset></div>
            }
        })
        .collect::<Vec<_>>();
    let (code, id) = (
        view.code.clone(),
        view.own.as_ref().map(|own| own.id.clone()).unwrap_or_default(),
    );
    view! {
        <PostForm to={address::<WriteClaims>()} answers id=CLAIMS class="form form-draft">
            <input type="hidden" name="code" value=code />
            <input type="hidden" name="id" value=id />
            {fields}
            <SubmitButton label="Speichern" answers quiet=true />
        </PostForm>
    }
    .into_any()
}

/// What is missing, and what can be done.
fn steps(code: &str, own: &OwnView, answers: Answers) -> AnyView {
    let gaps = own
        .gaps
        .iter()
        .cloned()
        .map(|(place, sentence)| view! { <li><a href=place rel="external">{sentence}</a></li> })
        .collect::<Vec<_>>();
    let gaps = (!gaps.is_empty()).then(|| view! { <h3>"Bevor Sie einreichen"</h3><ul>{gaps}</ul> });
    let forms = own
        .deeds
        .iter()
        .cloned()
        .map(|(deed, label, danger)| {
            let (code, id) = (code.to_owned(), own.id.clone());
            let quiet = deed != "submit";
            // What was typed above and not saved yet is handed in, too.
            if !quiet && own.writes {
                return view! { <p class="actions"><SubmitButton label answers of=CLAIMS deed="submit" /></p> }.into_any();
            }
            view! {
                <PostForm to={address::<ActOnApplication>()} answers class="form form-tight">
                    <input type="hidden" name="code" value=code />
                    <input type="hidden" name="id" value=id />
                    <input type="hidden" name="deed" value=deed />
                    <SubmitButton label answers quiet danger />
                </PostForm>
            }
            .into_any()
        })
        .collect::<Vec<_>>();
    let none = own.deeds.is_empty();
    (!none)
        .then(|| {
            view! {
                <section id="schritte" aria-labelledby="schritte-titel" class="no-print">
                    <h2 id="schritte-titel">"Nächste Schritte"</h2>
                    {gaps}
                    {forms}
                </section>
            }
        })
        .into_any()
}

/// Earlier decisions, without anybody's name.
pub(super) fn precedents(precedents: Vec<(String, String)>) -> AnyView {
    if precedents.is_empty() {
        return ().into_any();
    }
    let items = precedents
        .into_iter()
        .map(|(about, sentence)| view! { <li class="list-item"><span>{sentence}</span><span class="hint">{about}</span></li> })
        .collect::<Vec<_>>();
    view! {
        <section aria-labelledby="beispiele">
            <h2 id="beispiele">"So wurde schon entschieden"</h2>
            <p class="hint">"Jede Entscheidung ist eine eigene. Diese helfen, sich vorzubereiten."</p>
            <ul class="list">{items}</ul>
        </section>
    }
    .into_any()
}

//! `/lernweg`: which modules, in which semester, with how much work each week. What is wanted stands in the URL, so that it
//! can be sent, printed, kept as a bookmark and taken back with the browser's own button.

use domain::plan::wish::{HOURS_A_WEEK_MAX, HOURS_A_WEEK_MIN};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::actions::{KeepPlan, load_plan};
use super::dto::{ConflictView, GoalView, LoadView, PlanView, StepView};
use super::remember::RememberPlan;
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::{
    badge::Badge,
    button::{PageTools, SubmitButton},
    coded::coded,
    field::{CheckField, SelectField, TextField},
    form::Answered,
    found::answering,
    icon::Icon,
    notice::Notice,
    page::Page,
    post_form::PostForm,
};

/// What one does after a change.
const AGAIN: &str = "Plan neu berechnen";

/// The plan.
#[component]
pub fn PlanPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move || query.read().to_query_string();
    answering(
        "Lernweg planen",
        asked,
        async |query| load_plan(query).await.map(Some),
        page,
    )
}

fn page(plan: PlanView, reply: &FormReply, answers: Answers) -> AnyView {
    let reply = reply.clone();
    let kept = kept(&plan);
    let result = (!plan.is_empty).then(|| result(&plan));
    let goals = plan.is_empty.then(|| goals(plan.goals.clone()));
    let keep = (!plan.is_empty).then(|| keep(&plan, answers));
    let remember = plan.query.clone();
    let is_empty = plan.is_empty;
    view! {
        <Page title="Lernweg planen" lead="Welche Module, in welchem Semester, mit wie viel Arbeit in der Woche. Der Plan steckt im Link dieser Seite. Gespeichert wird er nur, wenn Sie das wollen.">
            <Answered reply />
            {kept}
            {goals}
            <form method="get" action="/lernweg" class="form form-tight" id="plan">
                {basics(&plan)}
                // The other one is far below.
                {(!is_empty).then(|| view! { <SubmitButton label=AGAIN quiet=true /> })}
                {result}
                {lists(&plan)}
                <SubmitButton label={if is_empty { "Plan zeigen" } else { AGAIN }} />
            </form>
            {keep}
            <RememberPlan query=remember is_empty />
            {(!is_empty).then(|| view! { <PageTools /> })}
        </Page>
    }
    .into_any()
}

/// The plan that the account keeps, if it is another one.
fn kept(plan: &PlanView) -> Option<AnyView> {
    let saved = plan.saved.clone().filter(|saved| *saved != plan.query)?;
    let path = format!("/lernweg?{saved}");
    Some(
        view! { <Notice>"In Ihrem Konto liegt ein Plan. "<a href=path>"Diesen Plan öffnen"</a></Notice> }
            .into_any(),
    )
}

/// Certificates, to begin with.
fn goals(goals: Vec<GoalView>) -> AnyView {
    if goals.is_empty() {
        return ().into_any();
    }
    let cards = goals
        .into_iter()
        .map(|goal| {
            let path = format!("/lernweg?ziel={}", goal.code);
            view! {
                <li class="card">
                    <p class="card-kind">{goal.code}{goal.demo.then(|| view! { <Badge text="Beispiel" /> })}</p>
                    <h3 class="card-title"><a href=path>{goal.title}</a></h3>
                    <p class="card-text">{goal.lead}</p>
                    <p>{coded(&goal.rule)}</p>
                    <p class="hint">{goal.award}</p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! { <section><h2>"Zertifikate"</h2><ul class="cards">{cards}</ul></section> }.into_any()
}

fn basics(plan: &PlanView) -> AnyView {
    let goals = plan
        .goals
        .iter()
        .map(|goal| (goal.code.clone(), goal.title.clone()))
        .collect();
    let (goal, hours, from, terms) = (
        plan.goal.clone(),
        plan.hours.clone(),
        plan.from.clone(),
        plan.terms.clone(),
    );
    let hint =
        format!("Für Termine, Lesen, Praxis und Prüfung zusammen, {HOURS_A_WEEK_MIN} bis {HOURS_A_WEEK_MAX}");
    view! {
        <fieldset class="pair">
            <legend>"Was Sie vorhaben"</legend>
            <div class="pair-whole"><SelectField label="Zertifikat" name="ziel" options=goals empty="keines, nur einzelne Module" value=goal /></div>
            <TextField label="Stunden in der Woche" name="stunden" input_type="number" value=hours hint=hint />
            <SelectField label="Beginn" name="ab" options=terms value=from />
        </fieldset>
    }
    .into_any()
}

/// What does not fit, and the semesters.
fn result(plan: &PlanView) -> AnyView {
    let conflicts = plan.conflicts.iter().cloned().map(conflict).collect::<Vec<_>>();
    let conflicts = (!conflicts.is_empty()).then(|| {
        view! {
            <div class="notice notice-warning" role="status">
                <p class="notice-title">"Das passt noch nicht"</p>
                <ul>{conflicts}</ul>
            </div>
        }
    });
    let summary = plan.summary.clone();
    let loads = plan.loads.iter().cloned().map(load).collect::<Vec<_>>();
    let homeless = plan.homeless.iter().cloned().map(step).collect::<Vec<_>>();
    let homeless = (!homeless.is_empty()).then(|| {
        view! { <section><h3>"Ohne Semester"</h3><ul class="list">{homeless}</ul></section> }
    });
    let handbook = (!plan.goal.is_empty()).then(|| {
        let path = format!("/modulhandbuch.pdf?zertifikat={}", plan.goal);
        view! { <p class="no-print"><a href=path rel="external">"Modulhandbuch zu diesem Zertifikat (PDF)"</a></p> }
    });
    let calendar = plan.calendar.clone().map(|path| {
        view! { <p class="no-print"><a href=path rel="external"><Icon name="calendar" />"Termine der Durchgänge in den Kalender"</a></p> }
    });
    view! {
        <section aria-labelledby="weg">
            <h2 id="weg">"Ihr Weg"</h2>
            {summary.map(|summary| view! { <p><strong>{summary}</strong></p> })}
            {conflicts}
            {loads}
            {homeless}
            {calendar}
            {handbook}
        </section>
    }
    .into_any()
}

fn conflict(conflict: ConflictView) -> AnyView {
    let link = conflict
        .link
        .map(|(path, words)| view! { " "<a href=path>{words}</a> });
    view! { <li>{conflict.words}{link}</li> }.into_any()
}

fn load(load: LoadView) -> AnyView {
    let steps = load.steps.into_iter().map(step).collect::<Vec<_>>();
    view! {
        <section class="plan-term">
            <h3>{load.term}" "<Badge text=load.load /></h3>
            <ul class="list">{steps}</ul>
        </section>
    }
    .into_any()
}

fn step(step: StepView) -> AnyView {
    let path = format!("/module/{}", step.code);
    let heading = format!("{} {}", step.code, step.title);
    let run = step.run.map(
        |(path, words)| view! { <p class="card-line"><Icon name="calendar" /><a href=path>{words}</a></p> },
    );
    let controls = (!step.goes_on).then(|| {
        let term = if step.choices.is_empty() {
            // What was chosen stays until somebody takes it out.
            view! { <input type="hidden" name="m" value=step.choice /> }.into_any()
        } else {
            view! { <SelectField label=format!("Semester für {}", step.code) name="m" id=format!("m-{}", step.code) options=step.choices value=step.choice /> }
                .into_any()
        };
        view! {
            <div class="pair no-print">
                {term}
                <CheckField label=format!("{} habe ich schon", step.code) name="hat" id=format!("hat-{}", step.code) value=step.code.clone() />
            </div>
        }
    });
    let out = step.without.map(|path| {
        let words = format!("{} herausnehmen", step.code);
        view! { <p class="no-print"><a href=path>{words}</a></p> }
    });
    view! {
        <li class="plan-step">
            <a href=path>{heading}</a>
            <span class="hint">{step.facts}</span>
            {step.why.map(|why| view! { <span class="hint">{coded(&why)}</span> })}
            {run}
            {controls}
            {out}
        </li>
    }
    .into_any()
}

/// What was passed, and what else there is.
fn lists(plan: &PlanView) -> AnyView {
    let passed = plan
        .passed
        .iter()
        .cloned()
        .map(|(code, title)| view! { <CheckField label=format!("{code} {title}") name="hat" id=format!("hat-{code}") value=code checked=true /> })
        .collect::<Vec<_>>();
    let passed = (!passed.is_empty()).then(|| {
        view! {
            <fieldset class="field">
                <legend>"Habe ich schon"</legend>
                {passed}
            </fieldset>
        }
    });
    let others = plan
        .others
        .iter()
        .cloned()
        .map(|(code, title, facts)| {
            view! { <CheckField label=format!("{code} {title} ({facts})") name="m" id=format!("m-{code}") value=code /> }
        })
        .collect::<Vec<_>>();
    let done = plan
        .others
        .iter()
        .cloned()
        .map(|(code, title, _)| view! { <CheckField label=format!("{code} {title}") name="hat" id=format!("hat-{code}") value=code /> })
        .collect::<Vec<_>>();
    let credited = plan
        .credited
        .iter()
        .cloned()
        .map(|words| view! { <li>{words}</li> })
        .collect::<Vec<_>>();
    let share = plan.share.clone().map(|share| view! { <p>{share}</p> });
    let credited = (!credited.is_empty()).then(|| {
        view! {
            <section aria-labelledby="angerechnet">
                <h3 id="angerechnet">"Zählt für Sie schon"</h3>
                <ul>{credited}</ul>
                {share}
            </section>
        }
    });
    let is_empty = plan.is_empty;
    view! {
        {credited}
        {passed}
        <details class="disclosure no-print" open=is_empty>
            <summary>"Module dazunehmen"</summary>
            <fieldset class="field"><legend class="visually-hidden">"Module dazunehmen"</legend>{others}</fieldset>
        </details>
        <details class="disclosure no-print">
            <summary>"Was Sie schon bestanden haben"</summary>
            <fieldset class="field"><legend class="visually-hidden">"Was Sie schon bestanden haben"</legend>{done}</fieldset>
        </details>
        <p class="no-print"><a href="/anrechnung">"Auch was Sie anderswo gelernt haben, kann zählen"</a></p>
    }
    .into_any()
}

/// Keeping the plan in the account.
fn keep(plan: &PlanView, answers: Answers) -> AnyView {
    if plan.saved.as_ref() == Some(&plan.query) {
        return view! { <p class="hint no-print">"Dieser Plan ist in Ihrem Konto gespeichert."</p> }
            .into_any();
    }
    if !plan.is_signed_in {
        return ().into_any();
    }
    let query = plan.query.clone();
    view! {
        <div class="no-print">
            <PostForm to={address::<KeepPlan>()} answers>
                <input type="hidden" name="wish" value=query />
                <SubmitButton label="Im Konto speichern" quiet=true answers />
            </PostForm>
        </div>
    }
    .into_any()
}

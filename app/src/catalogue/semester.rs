//! `/katalog/semester`: what still holds, and which runs are taught again.

use leptos::prelude::*;

use super::actions::{ConfirmModules, RollOver, load_semester};
use super::dto::{SemesterItem, SemesterView};
use crate::form_reply::{Answers, FormReply, address};
use crate::told::Told;
use crate::ui::{
    button::SubmitButton, empty::EmptyState, form::Answered, found::answering, page::Page,
    post_form::PostForm,
};

/// What still holds, and which runs are taught again.
#[component]
pub fn SemesterPage() -> impl IntoView {
    let told = Told::new();
    answering(
        "Semester",
        || (),
        |()| load_semester(),
        move |view, reply, answers| page(view, told, reply, answers),
    )
}

fn page(view: SemesterView, told: Told, reply: &FormReply, answers: Answers) -> AnyView {
    let (answered, is_own) = ((reply, answers), |field| reply.error(field).is_some());
    let due = view.due;
    let confirm = told.form("codes", &due.clone(), answered, is_own("codes"), move |reply| {
        confirm(&due, reply.error("codes"), answers)
    });
    let (runs, heading) = (view.runs, format!("Durchgänge ins {} übernehmen", view.next));
    let roll = told.form("runs", &runs.clone(), answered, is_own("runs"), move |reply| {
        roll(&runs, reply.error("runs"), answers)
    });
    let reply = reply.clone();
    view! {
        <Page title=view.term lead="Einmal im Semester sagen Sie, was noch stimmt, und übernehmen Durchgänge.">
            <Answered reply />
            <section id="gilt" aria-labelledby="gilt-titel">
                <h2 id="gilt-titel">"Gilt weiterhin?"</h2>
                <p>{view.sum}</p>
                {confirm}
            </section>
            <section id="uebernehmen" aria-labelledby="uebernehmen-titel">
                <h2 id="uebernehmen-titel">{heading}</h2>
                <p class="hint">"Es entstehen Entwürfe mit gleichen Plätzen und Texten, ein halbes Jahr später am selben Wochentag. Anmelden kann man sich erst später. Zuerst prüft und veröffentlicht die Geschäftsstelle die Termine."</p>
                {roll}
            </section>
            <p class="actions no-print"><a class="button button-quiet" href="/katalog">"Zum Katalog"</a></p>
        </Page>
    }
    .into_any()
}

/// What is still open, to be ticked; that something holds is said of each by itself.
fn boxes(name: &'static str, items: &[SemesterItem], checked: bool) -> Vec<AnyView> {
    let one = |(place, item): (usize, &SemesterItem)| {
        let id = format!("{name}-{place}");
        let item = item.clone();
        // Beside the label: what is inside it ticks the box.
        let link = item
            .link
            .map(|(path, words)| view! { <a class="together" href=path>{words}</a> });
        view! {
            <div class="choice">
                <input type="checkbox" id=id.clone() name=format!("{name}[{place}]") value=item.id checked=checked />
                <label for=id>{item.title}<span class="hint">{item.words}</span></label>
                {link}
            </div>
        }
        .into_any()
    };
    items
        .iter()
        .filter(|item| item.is_open)
        .enumerate()
        .map(one)
        .collect()
}

fn confirm(due: &[SemesterItem], error: Option<String>, answers: Answers) -> AnyView {
    let boxes = boxes("codes", due, false);
    if boxes.is_empty() {
        return ().into_any();
    }
    view! {
        <PostForm to={address::<ConfirmModules>()} answers>
            <fieldset class="field" id="codes">
                <legend>"Module"</legend>
                {error.map(|error| view! { <p class="error" id="codes-error">{error}</p> })}
                {boxes}
            </fieldset>
            <SubmitButton label="Gilt weiterhin" answers />
        </PostForm>
    }
    .into_any()
}

fn roll(runs: &[SemesterItem], error: Option<String>, answers: Answers) -> AnyView {
    let done = runs
        .iter()
        .filter(|run| !run.is_open)
        .map(|run| view! { <li class="list-item"><span>{run.title.clone()}</span><span class="hint">{run.words.clone()}</span></li> })
        .collect::<Vec<_>>();
    let done = (!done.is_empty()).then(|| view! { <ul class="list">{done}</ul> });
    let boxes = boxes("runs", runs, true);
    let none = runs.is_empty();
    let form = (!boxes.is_empty()).then(|| {
        view! {
            <PostForm to={address::<RollOver>()} answers>
                <fieldset class="field" id="runs">
                    <legend>"Noch nicht übernommen"</legend>
                    {error.map(|error| view! { <p class="error" id="runs-error">{error}</p> })}
                    {boxes}
                </fieldset>
                <SubmitButton label="Entwürfe anlegen" answers />
            </PostForm>
        }
    });
    view! {
        {form}
        {done}
        {none.then(|| view! {
            <EmptyState title="In diesem Semester beginnt kein Durchgang."><p>"Einen neuen legt die Geschäftsstelle auf der Seite des Moduls an."</p></EmptyState>
        })}
    }
    .into_any()
}

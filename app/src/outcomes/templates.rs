//! `/vorlagen`: the same questions for several districts.

use leptos::prelude::*;

use super::actions::{CreateTemplate, load_templates};
use super::dto::TemplateList;
use crate::boards::new_board::plan_fields;
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::{
    button::SubmitButton, empty::EmptyState, form::Answered, found::answering, page::Page,
    post_form::PostForm,
};

/// Every template.
#[component]
pub fn TemplatesPage() -> impl IntoView {
    answering("Vorlagen und Vergleich", || (), |()| load_templates(), page)
}

fn page(list: TemplateList, reply: &FormReply, answers: Answers) -> AnyView {
    let none = list.templates.is_empty();
    let templates = list.templates.into_iter().map(|(slug, title, lead, boards)| {
        view! {
            <li class="card">
                <h3 class="card-title"><a href=format!("/vorlagen/{slug}")>{title}</a></h3>
                <p class="card-text">{lead}</p>
                <p>{boards}</p>
            </li>
        }
        .into_any()
    });
    let templates = templates.collect::<Vec<_>>();
    let reply = reply.clone();
    let form = list.key.map(|key| {
        let fields = plan_fields(&reply);
        view! {
            <section id="anlegen" aria-labelledby="anlegen-titel" class="no-print">
                <h2 id="anlegen-titel">"Vorlage anlegen"</h2>
                <p>"Aus einer Vorlage wird für jeden Landkreis ein Board mit denselben Spalten. So lassen sie sich nebeneinander lesen."</p>
                <PostForm to={address::<CreateTemplate>()} answers>
                    <input type="hidden" name="key" value=key />
                    {fields}
                    <SubmitButton label="Vorlage anlegen" answers />
                </PostForm>
            </section>
        }
    });
    view! {
        <Page title="Vorlagen und Vergleich" lead="Dieselben Fragen in mehreren Landkreisen und Städten, nebeneinander gelesen.">
            <Answered reply />
            <h2 class="visually-hidden">"Alle Vorlagen"</h2>
            <ul class="cards">{templates}</ul>
            {none.then(|| view! {
                <EmptyState title="Noch gibt es keinen Vergleich.">
                    <p>"Sobald dieselben Fragen an mehreren Orten besprochen werden, stehen die Boards hier nebeneinander."</p>
                    <p class="actions"><a class="button" href="/themen">"Alle Boards"</a></p>
                </EmptyState>
            })}
            {form}
        </Page>
    }
    .into_any()
}

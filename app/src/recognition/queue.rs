//! `/katalog/anrechnung`: what waits for who curates.

use leptos::prelude::*;

use super::actions::load_queue;
use super::dto::Queue;
use crate::form_reply::{Answers, FormReply};
use crate::ui::{badge::Badge, empty::EmptyState, form::Answered, found::answering, page::Page};

/// What waits for who curates.
#[component]
pub fn QueuePage() -> impl IntoView {
    answering("Anträge prüfen", || (), |()| load_queue(), page)
}

fn page(queue: Queue, reply: &FormReply, _answers: Answers) -> AnyView {
    let none = queue.waiting.is_empty();
    let items = queue
        .waiting
        .into_iter()
        .map(|(path, title, words, state)| {
            view! { <li class="list-item"><a href=path>{title}</a><span class="hint"><Badge text=state />" "{words}</span></li> }
        })
        .collect::<Vec<_>>();
    let reply = reply.clone();
    view! {
        <Page title="Anträge prüfen" lead="Was am längsten wartet, steht oben. Entscheiden können die Institution des Moduls und die Geschäftsstelle. Niemand entscheidet über den eigenen Antrag.">
            <Answered reply />
            <ul class="list">{items}</ul>
            {none.then(|| view! {
                <EmptyState title="Gerade wartet kein Antrag."><p>"Neue Anträge erscheinen hier und auf der Seite des Katalogs."</p></EmptyState>
            })}
            <p class="actions no-print"><a class="button button-quiet" href="/katalog">"Zum Katalog"</a></p>
        </Page>
    }
    .into_any()
}

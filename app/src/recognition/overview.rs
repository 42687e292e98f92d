//! `/anrechnung`: how it goes, and one's own applications.

use leptos::prelude::*;

use super::actions::load_overview;
use super::dto::Overview;
use crate::form_reply::{Answers, FormReply};
use crate::ui::{form::Answered, found::answering, page::Page};

/// How it goes, and one's own applications.
#[component]
pub fn RecognitionsPage() -> impl IntoView {
    answering(
        "Das kann ich schon",
        || (),
        async |()| load_overview().await.map(Some),
        page,
    )
}

fn page(overview: Overview, reply: &FormReply, _answers: Answers) -> AnyView {
    let row = |(path, title, words): (String, String, String)| {
        view! { <li class="list-item"><a href=path>{title}</a><span class="hint">{words}</span></li> }
    };
    let own = overview.own.into_iter().map(row).collect::<Vec<_>>();
    let modules = overview.modules.into_iter().map(row).collect::<Vec<_>>();
    let mine = if own.is_empty() {
        if overview.is_signed_in {
            view! { <p>"Sie haben noch keinen Antrag. Wählen Sie unten ein Modul."</p> }.into_any()
        } else {
            view! {
                <p>"Lesen können Sie alles ohne Konto. Für einen Antrag brauchen Sie eines: "
                    <a href="/konto/anmelden?weiter=/anrechnung">"Anmelden"</a>
                </p>
            }
            .into_any()
        }
    } else {
        view! { <ul class="list">{own}</ul> }.into_any()
    };
    let reply = reply.clone();
    view! {
        <Page title="Das kann ich schon" lead="Was Sie in der Arbeit, in Kursen oder an einer Hochschule gelernt haben, kann für ein Modul zählen.">
            <Answered reply />
            <section aria-labelledby="eigene"><h2 id="eigene">"Meine Anträge"</h2>{mine}</section>
            <section aria-labelledby="ablauf">
                <h2 id="ablauf">"So geht es"</h2>
                <ol>
                    <li>"Sie lesen, was man nach dem Modul kann. Zu jedem Lernergebnis sagen Sie: sicher, zum Teil oder noch nicht."</li>
                    <li>"Sie laden Nachweise hoch: Zeugnisse, Bescheinigungen, Arbeitsproben ohne Daten von Klient*innen."</li>
                    <li>"Die Institution, die das Modul anbietet, prüft jedes Lernergebnis und begründet jede Entscheidung. Auch ein Teil kann zählen."</li>
                    <li>"Zählt das ganze Modul, gilt es in Ihrem Lernweg als bestanden, ohne Note."</li>
                </ol>
                <p>
                    "Was Sie außerhalb einer Hochschule gelernt haben, kann höchstens die Hälfte eines Zertifikats ersetzen. "
                    "Für Module, die Sie an einer Hochschule bestanden haben, gibt es keine Grenze."
                </p>
            </section>
            <section aria-labelledby="module"><h2 id="module">"Modul wählen"</h2><ul class="list">{modules}</ul></section>
        </Page>
    }
    .into_any()
}

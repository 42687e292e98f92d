//! `/themen/{slug}/karten/{number}`: one card, to take along as a document with the parts that one chooses.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::load_card;
use super::dto::CardPaper;
use crate::loading::load;
use crate::ui::{field::CheckField, found::found, page::Page};

/// The files, and what their buttons say.
const FILES: [(&str, &str, &str); 3] = [
    ("pdf", "button", "Als PDF"),
    ("odt", "button button-quiet", "Als Textdokument (ODT)"),
    ("md", "button button-quiet", "Als Markdown"),
];

/// A card as a document.
#[component]
pub fn CardPaperPage() -> impl IntoView {
    let params = use_params_map();
    let asked = move || {
        let params = params.read();
        let part = |name| params.get(name).unwrap_or_default();
        (part("slug"), part("number"))
    };
    let data = load(asked, |(slug, number)| load_card(slug, number));
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move { found("Karte", data.await, page) })}
        </Suspense>
    }
}

fn page(data: CardPaper) -> AnyView {
    let path = format!("/themen/{}", data.slug);
    let board = format!("{path}#karte-{}", data.number);
    let parts = data.parts.into_iter().map(|(key, label)| {
        let id = format!("teil-{key}");
        view! { <CheckField label name="teile" value=key checked=true id /> }.into_any()
    });
    let files = FILES.map(|(kind, class, label)| {
        let file = format!("{path}/karten/{}.{kind}", data.number);
        view! { <button type="submit" class=class formaction=file>{label}</button> }.into_any()
    });
    view! {
        <Page title=format!("Karte {}", data.number) lead=data.board>
            <p class="hint">{data.about}</p>
            <p class="note-text">{data.text}</p>
            <h2>"Als Dokument mitnehmen"</h2>
            <form method="get" class="form">
                // What the card says is always in it: so a form without a tick asks for that alone.
                <input type="hidden" name="teile" value="text" />
                <fieldset class="field">
                    <legend>"Was soll außer dem Text darin stehen?"</legend>
                    {parts.collect::<Vec<_>>()}
                </fieldset>
                <p class="hint">"Im Dokument steht, was Sie auf dem Board sehen. Prüfen Sie vor dem Weitergeben, wer es lesen wird."</p>
                <p class="actions">{files.into_iter().collect::<Vec<_>>()}</p>
            </form>
            <p class="no-print"><a href=board rel="external">"Zurück zum Board"</a></p>
        </Page>
    }
    .into_any()
}

//! `/themen/{slug}/protokoll`: what moderators did on a board, for who moderates it. It can be read on a phone, where a table in a file
//! cannot, and works without WebAssembly.

use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::actions::load_log;
use super::dto::BoardLogView;
use crate::loading::{awaited, load};
use crate::ui::{found::found, page::Page};

/// The log. Whoever does not moderate the board finds nothing here.
#[component]
pub fn LogPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let asked = move || {
        let slug = params.read().get("slug").unwrap_or_default();
        (slug, query.read().get("vor").unwrap_or_default())
    };
    let data = load(asked, |(slug, before)| load_log(slug, before));
    view! {
        <Meta name="robots" content="noindex" />
        {awaited(move || async move { found("Protokoll der Moderation", data.await, page) })}
    }
}

fn page(data: BoardLogView) -> AnyView {
    let path = format!("/themen/{}", data.slug);
    let (file, back) = (format!("{path}/protokoll.csv"), format!("{path}/moderation"));
    let lines = data
        .lines
        .into_iter()
        .map(|(when, what)| view! { <li><span class="hint">{when}</span><br />{what}</li> }.into_any());
    let lines = lines.collect::<Vec<_>>();
    let lines = (!lines.is_empty()).then(|| view! { <ol class="history">{lines}</ol> });
    let ways = [(data.newer, "Neuere"), (data.older, "Ältere")];
    let ways = ways.into_iter().filter_map(|(way, words)| {
        let way = way?;
        Some(view! { <a class="button button-quiet" href=way>{words}</a> }.into_any())
    });
    let ways = ways.collect::<Vec<_>>();
    let ways = (!ways.is_empty()).then(|| view! { <nav class="pager" aria-label="Seiten">{ways}</nav> });
    let files = [
        ("pdf", "PDF zum Drucken und Vorlesen"),
        ("csv", "Tabelle (CSV)"),
        ("md", "Markdown"),
        ("json", "JSON"),
    ];
    let files = files.map(|(kind, label)| {
        view! { <li><a href=format!("{path}/export.{kind}") rel="external" download="">{label}</a></li> }
            .into_any()
    });
    view! {
        <Page title="Protokoll der Moderation" lead=data.title>
            <p>{data.said}</p>
            {lines}
            {ways}
            <p class="actions no-print">
                <a class="button" href=back>"Zur Moderation"</a>
                <a class="button button-quiet" href=file rel="external" download="">"Alles als Tabelle (CSV)"</a>
            </p>
            <section aria-labelledby="mitnehmen" class="no-print">
                <h2 id="mitnehmen">"Das Board mitnehmen"</h2>
                <ul>{files.into_iter().collect::<Vec<_>>()}</ul>
            </section>
        </Page>
    }
    .into_any()
}

//! `/verwaltung/protokoll`: who did what.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::actions::audit_log;
use super::dto::{LogLine, LogView};
use super::way_back::to_office;
use crate::loading::{awaited, load};
use crate::ui::{
    button::SubmitButton,
    empty::EmptyState,
    field::{SelectField, TextField},
    fold::Fold,
    found::found,
    page::Page,
};

/// The log, page by page. Which page, and what narrows it, stands in the address.
#[component]
pub fn AuditPage() -> impl IntoView {
    let query = use_query_map();
    let asked =
        move || ["vor", "nach", "worum", "von", "bis"].map(|name| query.read().get(name).unwrap_or_default());
    let log = load(asked, |[before, after, topic, from, to]| {
        audit_log(before, after, topic, from, to)
    });
    awaited(move || async move {
        found("Protokoll", log.await, |log| {
            let [_, _, topic, from, to] = untrack(asked);
            page(log, [topic, from, to])
        })
    })
}

fn page(log: LogView, [topic, from, to]: [String; 3]) -> AnyView {
    let narrowed = [&topic, &from, &to].iter().any(|value| !value.is_empty());
    let none = log.lines.is_empty();
    let way = |path: Option<String>, words: &'static str| {
        path.map(|path| view! { <a class="button button-quiet" href=path>{words}</a> })
    };
    view! {
        {to_office()}
        <Page title="Protokoll" lead="Das Neueste steht oben. Jeder Eintrag sichert den vorigen: Änderungen fielen auf.">
            <Fold summary="Filtern" class="disclosure no-print" open=narrowed>
                <form method="get" class="form form-tight form-row" role="search">
                    <SelectField label="Worum es geht" name="worum" empty="alles" options=log.topics value=topic />
                    <TextField label="Von" name="von" input_type="date" value=from />
                    <TextField label="Bis" name="bis" input_type="date" value=to />
                    <SubmitButton label="Anzeigen" quiet=true />
                </form>
            </Fold>
            <ol class="history">
                {log.lines.into_iter().map(|line| view! { <LogItem line /> }).collect_view()}
            </ol>
            {none.then(|| view! {
                <EmptyState title="Dazu steht nichts im Protokoll.">
                    <p>"Wählen Sie oben unter „Filtern“ andere Tage oder ein anderes Thema."</p>
                    <p class="actions"><a class="button button-quiet" href="/verwaltung/protokoll">"Alle Einträge"</a></p>
                </EmptyState>
            })}
            <nav class="pager" aria-label="Seiten">
                {way(log.newer, "Neuere")}
                {way(log.older, "Ältere")}
            </nav>
        </Page>
    }
    .into_any()
}

#[component]
fn LogItem(line: LogLine) -> impl IntoView {
    let about = line.about.map(|(title, path)| match path {
        Some(path) => view! { <a href=path>{title}</a> }.into_any(),
        None => view! { <span class="together">{title}</span> }.into_any(),
    });
    view! {
        <li>
            // The dot stays with what it follows: on a phone it would begin a line.
            <span class="hint">{line.at}{about.is_some().then_some("\u{a0}· ")}</span>{about}
            <br />
            {line.what}
        </li>
    }
}

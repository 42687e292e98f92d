//! `/module/vergleich`: two to four modules side by side.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::actions::load_comparison;
use super::dto::CompareView;
use crate::loading::{awaited, load};
use crate::ui::{empty::EmptyState, found::read, page::Page};

/// Modules side by side.
#[component]
pub fn ComparePage() -> impl IntoView {
    let query = use_query_map();
    let asked = move || query.read().get_all("m").unwrap_or_default().join(",");
    let data = load(asked, load_comparison);
    view! {
        <Page title="Module vergleichen" lead="Zwei bis vier Module nebeneinander: was sie verlangen, was sie bringen.">
            {awaited(move || async move {
                read(data.await, table)
            })}
        </Page>
    }
}

fn table(data: CompareView) -> AnyView {
    if data.modules.len() < 2 {
        return view! {
            <EmptyState title="Wählen Sie zwei bis vier Module.">
                <p>"Kreuzen Sie in der Liste „Zum Vergleich“ an und drücken Sie darunter auf „Angekreuzte vergleichen“."</p>
                <p class="actions"><a class="button" href="/module">"Zur Liste der Module"</a></p>
            </EmptyState>
        }
        .into_any();
    }
    let codes: Vec<String> = data.modules.iter().map(|(_, code, _)| code.clone()).collect();
    let heads = data
        .modules
        .into_iter()
        .map(|(path, code, title)| view! { <th scope="col" role="columnheader"><a href=path><span class="together">{code}</span>" "{title}</a></th> })
        .collect::<Vec<_>>();
    let rows = data
        .rows
        .into_iter()
        .map(|(label, cells)| {
            let cells = codes
                .iter()
                .cloned()
                .zip(cells)
                .map(|(code, cell)| view! { <td class="line" role="cell" data-of=code>{cell}</td> })
                .collect::<Vec<_>>();
            view! { <tr role="row"><th scope="row" role="rowheader">{label}</th>{cells}</tr> }
        })
        .collect::<Vec<_>>();
    view! {
        <div class="table-around" role="region" aria-label="Vergleich" tabindex="0">
            // On a phone its cells stand below each other: that takes a table what it is, and the roles give it back.
            <table class="compare compare-stacks" role="table">
                <thead role="rowgroup"><tr role="row"><td role="cell"></td>{heads}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
        <p class="no-print"><a href="/module">"Zur Liste der Module"</a></p>
    }
    .into_any()
}

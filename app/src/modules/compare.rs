//! `/module/vergleich`: two to four modules side by side.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::actions::load_comparison;
use super::dto::CompareView;
use crate::loading::load;
use crate::ui::{empty::EmptyState, notice::Notice, page::Page, text::TRY_AGAIN};

/// Modules side by side.
#[component]
pub fn ComparePage() -> impl IntoView {
    let query = use_query_map();
    let asked = move || query.read().get_all("m").unwrap_or_default().join(",");
    let data = load(asked, load_comparison);
    view! {
        <Page title="Module vergleichen" lead="Zwei bis vier Module nebeneinander: was sie verlangen, was sie bringen.">
            <Suspense fallback=|| ()>
                {move || Suspend::new(async move {
                    match data.await {
                        Ok(view) => table(view),
                        Err(_) => view! { <Notice kind="error">{TRY_AGAIN}</Notice> }.into_any(),
                    }
                })}
            </Suspense>
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
    let heads = data
        .modules
        .into_iter()
        .map(|(path, title)| view! { <th scope="col"><a href=path>{title}</a></th> })
        .collect::<Vec<_>>();
    let rows = data
        .rows
        .into_iter()
        .map(|(label, cells)| {
            let cells = cells
                .into_iter()
                .map(|cell| view! { <td class="line">{cell}</td> })
                .collect::<Vec<_>>();
            view! { <tr><th scope="row">{label}</th>{cells}</tr> }
        })
        .collect::<Vec<_>>();
    view! {
        <div class="table-around" role="region" aria-label="Vergleich" tabindex="0">
            <table class="compare">
                <thead><tr><td></td>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="no-print"><a href="/module">"Zur Liste der Module"</a></p>
    }
    .into_any()
}

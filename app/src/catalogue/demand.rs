//! `/katalog/bedarf`: which modules are asked for, and where.

use leptos::prelude::*;

use super::actions::load_demand;
use super::dto::DemandRow;
use crate::loading::{awaited, load};
use crate::ui::{empty::EmptyState, found::found, page::Page};

/// Which modules are asked for, and where.
#[component]
pub fn DemandPage() -> impl IntoView {
    let rows = load(|| (), |()| load_demand());
    awaited(move || async move { found("Bedarf", rows.await, page) })
}

fn page(rows: Vec<DemandRow>) -> AnyView {
    let none = rows.is_empty();
    let rows = rows
        .into_iter()
        .map(|row| view! { <li class="list-item"><a href=row.path>{row.title}</a><span>{row.words}</span></li> })
        .collect::<Vec<_>>();
    view! {
        <Page title="Bedarf" lead="Wo sich Durchgänge lohnen. Gezeigt werden Summen ab fünf Personen, nie einzelne.">
            <ul class="list">{rows}</ul>
            {none.then(|| view! {
                <EmptyState title="Noch hat niemand Bedarf gemeldet.">
                    <p>"Wer angemeldet ist, kann auf der Seite eines Moduls sagen, in welchem Kreis es gebraucht wird."</p>
                </EmptyState>
            })}
            <p class="actions no-print"><a class="button button-quiet" href="/katalog">"Zum Katalog"</a></p>
        </Page>
    }
    .into_any()
}

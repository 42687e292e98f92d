//! `/katalog/pruefung`: each module against each standard, red or green, and what gets lost on the way.

use leptos::prelude::*;

use super::actions::load_lint;
use super::dto::{LintRow, LintView};
use crate::loading::{awaited, load};
use crate::ui::{badge::Badge, empty::EmptyState, found::found, page::Page};

/// Each module against each standard.
#[component]
pub fn LintPage() -> impl IntoView {
    let view = load(|| (), |()| load_lint());
    awaited(move || async move { found("Datenaustausch prüfen", view.await, page) })
}

fn page(view: LintView) -> AnyView {
    let none = view.rows.is_empty();
    let heads = view
        .standards
        .iter()
        .cloned()
        .map(|standard| view! { <th scope="col" role="columnheader">{standard}</th> })
        .collect::<Vec<_>>();
    let rows = view.rows.iter().map(row).collect::<Vec<_>>();
    let details = view
        .rows
        .into_iter()
        .filter(|row| !row.summary.is_empty())
        .map(detail)
        .collect::<Vec<_>>();
    let details = (!details.is_empty()).then(|| {
        view! {
            <section aria-labelledby="einzeln">
                <h2 id="einzeln">"Was andere Systeme nicht übernehmen"</h2>
                <p>"Fehler können Sie beheben. Was verloren geht, kennt der Standard nicht, und es bleibt nur hier."</p>
                {details}
            </section>
        }
    });
    let table = (!none).then(|| {
        view! {
            <div class="table-around compare verdicts" tabindex="0" role="group" aria-label="Module und Standards">
                // Where it is no table to the eye it still is one to who listens.
                <table role="table">
                    <caption>{view.sum}</caption>
                    <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">"Modul"</th>{heads}</tr></thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </div>
        }
    });
    view! {
        <Page title="Datenaustausch prüfen" lead="Können andere Systeme Ihre Module lesen? Geprüft wird die neueste Fassung, auch ein Entwurf.">
            {none.then(|| view! {
                <EmptyState title="Noch kein Modul."><p>"Sobald es eines gibt, steht hier, ob andere Systeme es lesen können."</p></EmptyState>
            })}
            {table}
            {details}
            <p class="actions no-print"><a class="button button-quiet" href="/katalog">"Zum Katalog"</a></p>
        </Page>
    }
    .into_any()
}

fn row(row: &LintRow) -> AnyView {
    let cells = row
        .verdicts
        .iter()
        .map(|verdict| {
            let (kind, words) = if verdict.faults.is_empty() {
                ("good", "passt".to_owned())
            } else {
                ("bad", format!("{} Fehler", verdict.faults.len()))
            };
            // On a phone there are no columns, and each word has to say of what it is.
            view! { <td role="cell" data-of=verdict.standard.clone()><Badge text=words kind /></td> }
        })
        .collect::<Vec<_>>();
    let (path, title) = (row.path.clone(), row.title.clone());
    view! { <tr role="row"><th scope="row" role="rowheader"><a href=path>{title}</a></th>{cells}</tr> }
        .into_any()
}

fn detail(row: LintRow) -> AnyView {
    let verdicts = row
        .verdicts
        .into_iter()
        .filter(|verdict| !verdict.faults.is_empty() || !verdict.lost.is_empty())
        .map(|verdict| {
            let faults = verdict
                .faults
                .into_iter()
                .map(|fault| view! { <li class="error">{fault}</li> })
                .collect::<Vec<_>>();
            let lost = (!verdict.lost.is_empty()).then(
                || view! { <li class="hint">{format!("Geht verloren: {}.", verdict.lost.join("; "))}</li> },
            );
            view! { <dt>{verdict.standard}</dt><dd><ul>{faults}{lost}</ul></dd> }
        })
        .collect::<Vec<_>>();
    view! {
        <details class="disclosure">
            <summary>{row.title}": "{row.summary}</summary>
            <dl class="record">{verdicts}</dl>
        </details>
    }
    .into_any()
}

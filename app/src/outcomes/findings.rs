//! `/verwaltung/ergebnisse`: what was found on all boards, for the office.

use domain::board::{Progress, Responsibility};
use domain::district::District;
use domain::german::count;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::actions::load_findings;
use super::dto::Found;
use super::results::tone;
use crate::loading::{awaited, load};
use crate::ui::{
    badge::Badge, button::SubmitButton, empty::EmptyState, field::SelectField, fold::Fold, found::found,
    page::Page,
};

/// What was found on all boards.
#[component]
pub fn FindingsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move || {
        let query = query.read();
        ["weit", "zustaendig", "kreis"].map(|name| query.get(name).unwrap_or_default())
    };
    let data = load(asked, |[progress, level, district]| {
        load_findings(progress, level, district)
    });
    awaited(move || async move {
        let chosen = untrack(asked);
        found("Ergebnisse", data.await, |rows| page(rows, chosen))
    })
}

fn page(rows: Vec<Found>, [progress, level, district]: [String; 3]) -> AnyView {
    let choice = |key: &str, label: &str| (key.to_owned(), label.to_owned());
    let steps = Progress::ALL
        .iter()
        .map(|one| choice(one.key(), one.label()))
        .collect();
    let levels = Responsibility::ALL
        .iter()
        .map(|one| choice(one.key(), one.label()))
        .collect();
    let districts = District::ALL
        .iter()
        .map(|one| choice(one.slug, one.name))
        .collect();
    let none = rows.is_empty();
    let narrowed = [&progress, &level, &district]
        .iter()
        .any(|value| !value.is_empty());
    let heading = count(
        u32::try_from(rows.len()).unwrap_or(u32::MAX),
        "Ergebnis",
        "Ergebnisse",
    );
    let rows = rows.into_iter().map(row).collect::<Vec<_>>();
    view! {
        <Page title="Ergebnisse" lead="Ergebnisse aller Boards. Offene stehen oben.">
            <Fold summary="Filtern" class="disclosure no-print" open=narrowed>
                <form method="get" class="form form-tight form-row" role="search">
                    <SelectField label="Stand" name="weit" options=steps empty="alle" value=progress />
                    <SelectField label="Zuständig" name="zustaendig" options=levels empty="alle" value=level />
                    <SelectField label="Landkreis oder Stadt" name="kreis" options=districts empty="alle" value=district />
                    <SubmitButton label="Anzeigen" quiet=true />
                </form>
            </Fold>
            <h2>{heading}</h2>
            <ul class="notes">{rows}</ul>
            {none.then(|| view! {
                <EmptyState title="Dazu ist nichts festgehalten.">
                    <p>"Ergebnisse entstehen auf der Werkbank einer Karte, in der Moderation eines Boards."</p>
                    <p class="actions"><a class="button button-quiet" href="/verwaltung/ergebnisse">"Alle Ergebnisse"</a></p>
                </EmptyState>
            })}
            <p class="actions no-print"><a class="button button-quiet" href="/verwaltung">"Zur Verwaltung"</a></p>
        </Page>
    }
    .into_any()
}

fn row(found: Found) -> AnyView {
    let (kind, word) = (tone(&found.progress.0), found.progress.1);
    let link = format!("/themen/{}/ergebnisse#karte-{}", found.slug, found.number);
    view! {
        <li class="note">
            <p class="note-head"><Badge text=word kind /><span>{format!("seit {}", found.since)}</span></p>
            <p class="note-finding"><strong>"Ergebnis: "</strong>{found.finding}</p>
            <p>{found.taker}</p>
            <p class="hint"><a href=link rel="external">{format!("Karte {}, {}", found.number, found.title)}</a>": "{found.topic}</p>
        </li>
    }
    .into_any()
}

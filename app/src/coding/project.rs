//! `/verwaltung/auswertung/{id}`: how far a coding is, how far two readings agree, and where they differ.

use domain::german::count;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::load_coding;
use super::dto::{CodingView, Pair};
use crate::loading::{awaited, load};
use crate::ui::{badge::Badge, found::found, page::Page};

/// How far a coding is.
#[component]
pub fn CodingPage() -> impl IntoView {
    let params = use_params_map();
    let data = load(move || params.read().get("id").unwrap_or_default(), load_coding);
    awaited(move || async move { found("Auswertung", data.await, page) })
}

fn page(data: CodingView) -> AnyView {
    let path = format!("/verwaltung/auswertung/{}", data.id);
    let (book, title) = data.codebook;
    let mine = format!(
        "Sie haben {} von {} gelesen.",
        data.mine,
        count(data.cards, "Karte", "Karten")
    );
    let label = if data.mine == 0 {
        "Mit dem Lesen beginnen"
    } else {
        "Weiterlesen"
    };
    let next = data
        .next
        .map(|next| view! { <a class="button" href=next>{label}</a> });
    let progress = data
        .progress
        .into_iter()
        .map(|line| view! { <li>{line}</li> }.into_any());
    let progress = progress.collect::<Vec<_>>();
    let pairs = data.pairs.into_iter().map(pair).collect::<Vec<_>>();
    let one_reads = pairs.is_empty();
    let differ = (!data.differ.is_empty()).then(|| differ(data.differ));
    view! {
        <Page title=format!("Auswertung: {}", data.title)>
            <p>"Codebuch: " <a href=format!("/verwaltung/auswertung/codebuch/{book}")>{title}</a></p>
            <p>{mine}</p>
            <p class="actions">{next}<a class="button button-quiet" href="/verwaltung/auswertung">"Alle Auswertungen"</a></p>
            <section>
                <h2>"Stand"</h2>
                <ul>{progress}</ul>
            </section>
            <section>
                <h2>"Übereinstimmung"</h2>
                {one_reads.then(|| view! {
                    <p>"Hier steht, wie weit zwei Personen dasselbe vergeben haben, sobald beide dieselben Karten gelesen haben."</p>
                })}
                {pairs}
            </section>
            {differ}
            <section>
                <h2>"Mitnehmen"</h2>
                <ul>
                    <li><a href=format!("{path}/zitate.csv") rel="external" download="">"Karten mit Codes und Memos (CSV)"</a></li>
                    <li><a href=format!("{path}/zitate.md") rel="external" download="">"Zitate je Code (Markdown)"</a></li>
                </ul>
            </section>
        </Page>
    }
    .into_any()
}

fn pair(pair: Pair) -> AnyView {
    let rows = pair.rows.into_iter().map(|row| {
        let [both, first, second, neither] = row.counts;
        view! {
            <tr>
                <th scope="row">{row.code}</th>
                <td>{row.share}</td><td>{row.kappa}</td>
                <td>{both}</td><td>{first}</td><td>{second}</td><td>{neither}</td>
            </tr>
        }
        .into_any()
    });
    let rows = rows.collect::<Vec<_>>();
    let (title, caption) = (pair.title.clone(), pair.title);
    view! {
        <div class="table-around" tabindex="0" role="region" aria-label=title>
            <table>
                <caption>{caption}</caption>
                <thead><tr>
                    <th scope="col">"Code"</th><th scope="col">"Gleich"</th><th scope="col">"Cohens Kappa"</th>
                    <th scope="col">"Beide"</th><th scope="col">"Nur die erste Person"</th>
                    <th scope="col">"Nur die zweite Person"</th><th scope="col">"Niemand"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="hint">{pair.hint}</p>
    }
    .into_any()
}

fn differ(differ: Vec<(String, String, String, bool)>) -> AnyView {
    let rows = differ.into_iter().map(|(path, card, text, agreed)| {
        let agreed = agreed.then(|| view! { <Badge text="Geeinigt" kind="good" /> });
        view! { <li class="note"><p class="note-head"><a href=path>{card}</a>{agreed}</p><p class="note-text">{text}</p></li> }
            .into_any()
    });
    let rows = rows.collect::<Vec<_>>();
    view! {
        <section>
            <h2>"Unterschiede"</h2>
            <ul class="notes">{rows}</ul>
        </section>
    }
    .into_any()
}

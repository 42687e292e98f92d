//! `/verwaltung`: every Veranstaltung, drafts too.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::actions::overview;
use super::dto::OverviewItem;
use crate::form_reply::{FormReply, use_kept_reply};
use crate::loading::{awaited, load};
use crate::ui::{badge::Badge, empty::EmptyState, form::Answered, found::found, page::Page};

/// What the address says where those are listed that are over.
const PAST: &str = "vergangen";

/// The office's first page.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let query = use_query_map();
    let kept = use_kept_reply();
    let list = load(move || query.read().get("zeit").unwrap_or_default(), overview);
    awaited(move || async move {
        let reply = kept.await;
        found("Verwaltung", list.await, |list| {
            let past = untrack(|| query.read().get("zeit").is_some_and(|time| time == PAST));
            view! { <Overview list past reply /> }.into_any()
        })
    })
}

#[component]
fn Overview(list: Vec<OverviewItem>, past: bool, reply: FormReply) -> impl IntoView {
    let none = list.is_empty();
    let chip = |href: String, words: &'static str, here: bool| {
        let current = here.then_some("page");
        view! { <li><a class="chip" href=href aria-current=current>{words}</a></li> }
    };
    view! {
        <Page title="Verwaltung">
            <Answered reply />
            <p class="actions">
                <a class="button" href="/verwaltung/veranstaltungen/neu">"Neue Veranstaltung"</a>
                <a class="button button-quiet" href="/verwaltung/ergebnisse">"Ergebnisse"</a>
                <a class="button button-quiet" href="/verwaltung/auswertung">"Auswertung"</a>
                <a class="button button-quiet" href="/katalog">"Modulkatalog"</a>
                <a class="button button-quiet" href="/verwaltung/postausgang">"Postausgang"</a>
                <a class="button button-quiet" href="/verwaltung/protokoll">"Protokoll"</a>
            </p>
            <nav aria-label="Welche Veranstaltungen">
                <ul class="chips">
                    {chip("/verwaltung".to_owned(), "Kommende", !past)}
                    {chip(format!("/verwaltung?zeit={PAST}"), "Vergangene", past)}
                </ul>
            </nav>
            <ul class="list">
                {list.into_iter().map(|item| view! {
                    <li class="list-item">
                        <div>
                            <a href=format!("/verwaltung/veranstaltungen/{}", item.id)><strong>{item.title}</strong></a>
                            <br />
                            {item.when}
                            {(!item.seats.is_empty()).then(|| view! { <br /> <span class="hint">{item.seats}</span> })}
                            {item.waiting.map(|words| view! {
                                <br />
                                <a href=format!("/verwaltung/veranstaltungen/{}?stand=waiting", item.id)>
                                    <Badge text=words kind={if item.is_to_give { "warm" } else { "plain" }} />
                                </a>
                            })}
                        </div>
                        {item.status.map(|status| view! { <Badge text=status kind={if item.is_cancelled { "bad" } else { "plain" }} /> })}
                    </li>
                }).collect_view()}
            </ul>
            {none.then(|| view! {
                <EmptyState title="Noch keine Veranstaltung.">
                    <p>"Legen Sie die erste an. Sie bleibt ein Entwurf, bis Sie sie veröffentlichen."</p>
                </EmptyState>
            })}
        </Page>
    }
}

//! `/verwaltung`: every Veranstaltung, drafts too.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::actions::overview;
use super::dto::OverviewItem;
use crate::form_reply::{FormReply, use_kept_reply};
use crate::loading::load;
use crate::ui::{badge::Badge, empty::EmptyState, form::Answered, found::found, page::Page};

/// The office's first page.
#[component]
pub fn OverviewPage() -> impl IntoView {
    let query = use_query_map();
    let kept = use_kept_reply();
    let list = load(move || query.read().get("zeit").unwrap_or_default(), overview);
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                let reply = kept.await;
                found("Verwaltung", list.await, |list| view! { <Overview list reply /> }.into_any())
            })}
        </Suspense>
    }
}

#[component]
fn Overview(list: Vec<OverviewItem>, reply: FormReply) -> impl IntoView {
    let none = list.is_empty();
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
            <p><a href="/verwaltung">"Kommende"</a> " · " <a href="/verwaltung?zeit=vergangen">"Vergangene"</a></p>
            <ul class="list">
                {list.into_iter().map(|item| view! {
                    <li class="list-item">
                        <div>
                            <a href=format!("/verwaltung/veranstaltungen/{}", item.id)><strong>{item.title}</strong></a>
                            <br />
                            {item.when}
                            <br />
                            <span class="hint">{item.seats}</span>
                            {item.to_give.map(|words| view! {
                                <br />
                                <a href=format!("/verwaltung/veranstaltungen/{}?stand=waiting", item.id)><Badge text=words kind="warm" /></a>
                            })}
                        </div>
                        <Badge text=item.status kind={if item.is_cancelled { "bad" } else { "plain" }} />
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

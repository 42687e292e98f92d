//! `/verwaltung/postausgang`: what was mailed, what waits, what failed.

use leptos::prelude::*;

use super::actions::outbox_list;
use super::dto::MailView;
use crate::loading::load;
use crate::ui::{badge::Badge, empty::EmptyState, found::found, page::Page};

/// The newest mails.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let mails = load(|| (), |()| outbox_list());
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                found("Postausgang", mails.await, |mails| view! { <Mails mails /> }.into_any())
            })}
        </Suspense>
    }
}

#[component]
fn Mails(mails: Vec<MailView>) -> impl IntoView {
    let none = mails.is_empty();
    view! {
        <Page title="Postausgang" lead="Die neuesten 100 E-Mails. Codes und persönliche Links stehen hier nicht.">
            <ul class="list">
                {mails.into_iter().map(|mail| view! {
                    <li class="list-item">
                        <details>
                            <summary><strong>{mail.occasion}</strong> " an " {mail.recipient} ", " {mail.at}</summary>
                            <dl class="facts">
                                {mail.facts.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view()}
                            </dl>
                        </details>
                        <Badge text=mail.state />
                    </li>
                }).collect_view()}
            </ul>
            {none.then(|| view! { <EmptyState title="Noch keine E-Mail."><p>"Sobald sich jemand anmeldet, steht sie hier."</p></EmptyState> })}
        </Page>
    }
}

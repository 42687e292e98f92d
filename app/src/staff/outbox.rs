//! `/verwaltung/postausgang`: what was mailed, what waits, what failed.

use leptos::prelude::*;

use super::actions::outbox_list;
use super::dto::{MailView, OutboxView};
use crate::loading::load;
use crate::ui::{badge::Badge, empty::EmptyState, found::found, page::Page};

/// The newest mails.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let outbox = load(|| (), |()| outbox_list());
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                found("Postausgang", outbox.await, |outbox| view! { <Mails outbox /> }.into_any())
            })}
        </Suspense>
    }
}

#[component]
fn Mails(outbox: OutboxView) -> impl IntoView {
    let (mails, readable) = (outbox.mails, outbox.readable);
    let none = mails.is_empty();
    let lead = if readable {
        "Die neuesten 100 E-Mails. Es ist kein Mailserver eingerichtet: Sie können jede E-Mail hier lesen, nur Codes zum Anmelden nicht."
    } else {
        "Die neuesten 100 E-Mails. Codes und persönliche Links stehen hier nicht."
    };
    view! {
        <Page title="Postausgang" lead=lead>
            <ul class="list">
                {mails.into_iter().map(|MailView { mail, facts }| view! {
                    <li class="list-item">
                        <details>
                            <summary><strong>{mail.occasion}</strong> " an " {mail.recipient} ", " {mail.at}</summary>
                            <dl class="facts">
                                {facts.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view()}
                            </dl>
                            {readable.then(|| view! { <p><a href=format!("/verwaltung/postausgang/{}", mail.id)>"E-Mail lesen"</a></p> })}
                        </details>
                        <span><Badge text=mail.state /> " " <span class="hint">{mail.detail}</span></span>
                    </li>
                }).collect_view()}
            </ul>
            {none.then(|| view! { <EmptyState title="Noch keine E-Mail."><p>"Sobald sich jemand anmeldet, steht sie hier."</p></EmptyState> })}
        </Page>
    }
}

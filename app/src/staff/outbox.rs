//! `/verwaltung/postausgang`: what was mailed, what waits, what failed.

use leptos::prelude::*;

use super::actions::outbox_list;
use super::dto::{MailView, OutboxView};
use super::way_back::to_office;
use crate::loading::{awaited, load};
use crate::ui::{badge::Badge, empty::EmptyState, found::found, page::Page};

/// The newest mails.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let outbox = load(|| (), |()| outbox_list());
    awaited(move || async move {
        found("Postausgang", outbox.await, |outbox| {
            view! { <Mails outbox /> }.into_any()
        })
    })
}

#[component]
fn Mails(outbox: OutboxView) -> impl IntoView {
    let (mails, readable) = (outbox.mails, outbox.readable);
    let none = mails.is_empty();
    let lead = if readable {
        "Die neuesten 100 E-Mails. Es ist kein Mailserver eingerichtet: Sie können jede E-Mail hier lesen, nur Codes zum Anmelden nicht."
    } else {
        "Die neuesten 100 E-Mails. Codes und persönliche Links stehen hier nicht. Wo nichts steht, ging die E-Mail sofort hinaus."
    };
    view! {
        {to_office()}
        <Page title="Postausgang" lead=lead>
            <ul class="list">
                {mails.into_iter().map(|MailView { mail, is_sent, facts }| view! {
                    <li class="list-item">
                        <details>
                            <summary><strong>{mail.occasion}</strong> " an " {mail.recipient} ", " {mail.at}</summary>
                            <dl class="facts">
                                {facts.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view()}
                            </dl>
                            {readable.then(|| view! { <p><a href=format!("/verwaltung/postausgang/{}", mail.id)>"E-Mail lesen"</a></p> })}
                        </details>
                        {standing(mail.state, mail.detail, is_sent)}
                    </li>
                }).collect_view()}
            </ul>
            {none.then(|| view! { <EmptyState title="Noch keine E-Mail."><p>"Sobald sich jemand anmeldet, steht sie hier."</p></EmptyState> })}
        </Page>
    }
}

/// How a mail stands. Sent are nearly all: that is only said where it was later than the mail itself.
fn standing(state: String, detail: String, is_sent: bool) -> AnyView {
    match (is_sent, detail.is_empty()) {
        (true, true) => ().into_any(),
        (true, false) => view! { <span class="hint">{state} ": " {detail}</span> }.into_any(),
        _ => view! { <span><Badge text=state /> " " <span class="hint">{detail}</span></span> }.into_any(),
    }
}

//! `/verwaltung/postausgang/{id}`: one mail as it would be sent, while no mail server is set.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::mail_text;
use super::dto::MailTextView;
use super::way_back::to_outbox;
use crate::loading::{awaited, load};
use crate::ui::{found::found, notice::Notice, page::Page};

/// One mail with subject and text.
#[component]
pub fn MailTextPage() -> impl IntoView {
    let params = use_params_map();
    let mail = load(move || params.read().get("id").unwrap_or_default(), mail_text);
    awaited(move || async move { found("E-Mail", mail.await, show) })
}

fn show(mail: MailTextView) -> AnyView {
    let subject = mail.subject;
    let (lead, text) = match mail.text {
        Some(text) => (
            "Es ist kein Mailserver eingerichtet: Diese E-Mail ist nur hier zu lesen.",
            view! { <p class="line">{text}</p> }.into_any(),
        ),
        None => (
            "Es ist kein Mailserver eingerichtet: Diese E-Mail wurde nicht verschickt.",
            view! {
                <Notice kind="info">
                    "Den Text dieser E-Mail zeigen wir nicht. Mit einem Code zum Anmelden könnte sich jemand anders in diesem Konto anmelden."
                </Notice>
            }
            .into_any(),
        ),
    };
    let has_subject = !subject.is_empty();
    view! {
        {to_outbox()}
        <Page title=mail.occasion lead=lead>
            <dl class="facts">
                <div><dt>"An"</dt><dd>{mail.recipient}</dd></div>
                <div><dt>"Vom"</dt><dd>{mail.at}</dd></div>
                {has_subject.then(|| view! { <div><dt>"Betreff"</dt><dd>{subject}</dd></div> })}
            </dl>
            {text}
        </Page>
    }
    .into_any()
}

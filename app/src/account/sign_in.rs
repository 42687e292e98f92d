//! `/konto/anmelden`: address first, then the code from the mail.

use leptos::{form::ActionForm, prelude::*};
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};

use super::actions::{RedeemCode, RequestCode};
use crate::form_reply::{FormReply, use_kept_reply};
use crate::ui::{button::SubmitButton, field::TextField, form::ErrorSummary, page::Page};

/// The page on which people sign in.
#[derive(Debug)]
pub struct SignInPage {
    kept: Resource<FormReply>,
}

#[lazy_route]
impl LazyRoute for SignInPage {
    fn data() -> Self {
        Self {
            kept: use_kept_reply(),
        }
    }

    fn view(this: Self) -> AnyView {
        let kept = this.kept;
        let query = use_query_map();
        // The address travels in the form reply, never in the URL.
        let next = move || query.read().get("weiter").unwrap_or_default();
        view! {
            <Page title="Anmelden" lead="Sie brauchen kein Passwort. Wir schicken Ihnen einen Code per E-Mail.">
                <Suspense fallback=|| ()>
                    {move || Suspend::new(async move {
                        let kept = kept.await;
                        view! { <SignInForms kept next=next() /> }
                    })}
                </Suspense>
            </Page>
        }
        .into_any()
    }
}

/// The two steps, one after the other.
#[component]
fn SignInForms(kept: FormReply, next: String) -> impl IntoView {
    let request = ServerAction::<RequestCode>::new();
    let redeem = ServerAction::<RedeemCode>::new();
    let asked = {
        let kept = kept.clone();
        Memo::new(move |_| match request.value().get() {
            Some(Ok(reply)) => reply,
            _ => kept.clone(),
        })
    };
    let redeemed = {
        let kept = kept.clone();
        Memo::new(move |_| match redeem.value().get() {
            Some(Ok(reply)) => reply,
            _ => kept.clone(),
        })
    };
    let code_sent = move || asked.with(|reply| reply.values.get("step").is_some_and(|step| step == "code"));
    let next_for_code = next.clone();

    view! {
        {move || if code_sent() {
            let reply = redeemed.get();
            let email = asked.with(|reply| reply.value("email"));
            let next = next_for_code.clone();
            view! {
                <ErrorSummary errors=reply.errors.clone() />
                <p class="lead">
                    "Wenn das Postfach " <strong>{email.clone()}</strong>
                    " erreichbar ist, kommt dort gleich ein Code mit 8 Zeichen an. Er gilt 10 Minuten."
                </p>
                <ActionForm action=redeem attr:class="form">
                    <input type="hidden" name="email" value=email />
                    <input type="hidden" name="next" value=next />
                    <TextField
                        label="Code aus der E-Mail"
                        name="code"
                        hint="Groß oder klein, mit oder ohne Leerzeichen: beides geht."
                        autocomplete="one-time-code"
                        error=reply.error("code")
                        required=true
                    />
                    <SubmitButton label="Anmelden" pending=redeem.pending() />
                </ActionForm>
                <p><a href="/konto/anmelden">"Andere Adresse verwenden oder neuen Code anfordern"</a></p>
            }.into_any()
        } else {
            let reply = asked.get();
            let next = next.clone();
            view! {
                <ErrorSummary errors=reply.errors.clone() />
                <ActionForm action=request attr:class="form">
                    <input type="hidden" name="next" value=next />
                    <TextField
                        label="E-Mail-Adresse"
                        name="email"
                        hint="Am besten Ihre dienstliche Adresse."
                        autocomplete="email"
                        input_type="email"
                        value=reply.value("email")
                        error=reply.error("email")
                        required=true
                    />
                    <SubmitButton label="Code schicken" pending=request.pending() />
                </ActionForm>
            }.into_any()
        }}
    }
}

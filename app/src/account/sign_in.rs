//! `/konto/anmelden`: address first, then the code from the mail.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::actions::{RedeemCode, RequestCode};
use crate::form_reply::{Answers, FormReply, address, use_kept_reply};
use crate::loading::awaited;
use crate::ui::{
    button::SubmitButton, field::TextField, form::Answered, notice::Notice, page::Page, post_form::PostForm,
    text::TYPO,
};
use crate::workshops::dto::encode;

/// The page on which people sign in.
#[component]
pub fn SignInPage() -> impl IntoView {
    let kept = use_kept_reply();
    let query = use_query_map();
    // The address travels in the form reply, never in the URL.
    let next = move || query.read().get("weiter").unwrap_or_default();
    view! {
        <Page title="Anmelden">
            {awaited(move || async move {
                let kept = kept.await;
                view! { <SignInForms kept next=next() /> }
            })}
        </Page>
    }
}

/// The two steps, one after the other.
#[component]
fn SignInForms(kept: FormReply, next: String) -> impl IntoView {
    let answers = Answers::new();
    move || {
        let reply = answers.last_or(&kept);
        let email = reply.value("email");
        // A browser that comes back from a form has it in the answer only.
        let next = Some(reply.value("next"))
            .filter(|next| !next.is_empty())
            .unwrap_or_else(|| next.clone());
        if reply.value("step") == "code" {
            view! { <CodeStep reply email next answers /> }.into_any()
        } else {
            view! { <AddressStep reply email next answers /> }.into_any()
        }
    }
}

/// Asks for the address.
#[component]
fn AddressStep(reply: FormReply, email: String, next: String, answers: Answers) -> impl IntoView {
    view! {
        <p class="lead">"Sie brauchen kein Passwort: Wir mailen Ihnen einen Code. Haben Sie noch kein Konto, legen wir es damit an."</p>
        <Answered reply=reply.clone() />
        <PostForm to={address::<RequestCode>()} answers>
            <input type="hidden" name="next" value=next />
            <TextField
                label="E-Mail-Adresse"
                name="email"
                hint="Am besten Ihre dienstliche Adresse."
                autocomplete="email"
                input_type="email"
                value=email
                error=reply.error("email")
                required=true
            />
            <SubmitButton label="Code schicken" answers />
        </PostForm>
    }
}

/// Asks for the code.
#[component]
fn CodeStep(reply: FormReply, email: String, next: String, answers: Answers) -> impl IntoView {
    let comes_anew = answers.is_answered() && reply.errors.is_empty();
    Effect::new(move |_| {
        if comes_anew {
            focus_code();
        }
    });
    let anew = if next.is_empty() {
        "/konto/anmelden".to_owned()
    } else {
        format!("/konto/anmelden?weiter={}", encode(&next))
    };
    view! {
        <Answered reply=reply.clone() />
        <p class="lead">
            "Wenn das Postfach " <strong>{email.clone()}</strong>
            " erreichbar ist, kommt dort gleich ein Code mit 8 Zeichen an. Er gilt 10 Minuten."
        </p>
        {reply.values.get(TYPO).cloned().map(|typo| view! { <Notice kind="warning">{typo}</Notice> })}
        <PostForm to={address::<RedeemCode>()} answers>
            <input type="hidden" name="email" value=email />
            <input type="hidden" name="step" value="code" />
            <input type="hidden" name="next" value=next />
            <TextField
                label="Code aus der E-Mail"
                name="code"
                hint="Groß oder klein, mit oder ohne Leerzeichen: beides geht."
                autocomplete="one-time-code"
                error=reply.error("code")
                required=true
            />
            <SubmitButton label="Anmelden" answers />
        </PostForm>
        <p><a href=anew rel="external">"Andere Adresse verwenden oder neuen Code anfordern"</a></p>
    }
}

/// The form with the focus went: the field of the one in its place takes it.
#[cfg(feature = "hydrate")]
fn focus_code() {
    let field = || document().get_element_by_id("code").into_iter().collect();
    crate::ui::focus::go(std::rc::Rc::new(field));
}

#[cfg(not(feature = "hydrate"))]
fn focus_code() {}

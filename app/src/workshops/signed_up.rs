//! `/veranstaltungen/{slug}/angemeldet`: what happens next. Says the same to everybody who comes here.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::form_reply::use_kept_reply;
use crate::loading::awaited;
use crate::ui::{notice::Notice, page::Page, text::TYPO};

/// Under this name an answer carries for what somebody signed up.
pub const TITLE: &str = "title";

/// After signing up.
#[component]
pub fn SignedUpPage() -> impl IntoView {
    let kept = use_kept_reply();
    let params = use_params_map();
    let back = move || {
        format!(
            "/veranstaltungen/{}",
            params.read().get("slug").unwrap_or_default()
        )
    };
    view! {
        <Page title="Bitte schauen Sie in Ihr Postfach">
            {awaited(move || async move {
                let reply = kept.await;
                let [title, typo] = [TITLE, TYPO].map(|name| reply.values.get(name).cloned());
                let said = [("success", reply.notice), ("warning", typo)]
                    .map(|(kind, said)| said.map(|said| view! { <Notice kind>{said}</Notice> }));
                (title.map(|title| view! { <p class="lead">{title}</p> }), said)
            })}
            <h2>"So geht es weiter"</h2>
            <ol class="steps">
                <li>"Wir schicken jetzt eine E-Mail an jede angemeldete Person."</li>
                <li>"Öffnen Sie innerhalb eines Arbeitstags den Link in der E-Mail und wählen Sie „Jetzt bestätigen“."</li>
                <li>
                    "Dann steht Ihr Platz oder Ihre Stelle auf der Warteliste fest. Den Kalendereintrag bekommen Sie gleich mit."
                </li>
            </ol>
            <p>"Keine E-Mail da? Schauen Sie bitte auch in den Spam-Ordner."</p>
            <p class="actions">
                <a class="button button-quiet" href=back>"Zurück zur Veranstaltung"</a>
                <a class="button button-quiet" href="/anmeldung">"Link erneut senden"</a>
            </p>
        </Page>
    }
}

//! `/anmeldung`: the lost link.

use leptos::prelude::*;

use super::actions::SendLinkAgain;
use crate::form_reply::{Answers, FormReply, address, use_kept_reply};
use crate::loading::awaited;
use crate::ui::{button::SubmitButton, field::TextField, form::Answered, page::Page, post_form::PostForm};

/// Asks for an address and mails the links of all its places.
#[component]
pub fn LinkAgainPage() -> impl IntoView {
    let kept = use_kept_reply();
    view! {
        <Page
            title="Link erneut senden"
            lead="Mit Ihrem persönlichen Link sehen und ändern Sie Ihren Platz. Wir schicken ihn gern noch einmal."
        >
            {awaited(move || async move {
                let kept = kept.await;
                view! { <LinkForm kept /> }
            })}
        </Page>
    }
}

#[component]
fn LinkForm(kept: FormReply) -> impl IntoView {
    let answers = Answers::new();
    move || {
        let reply = answers.last_or(&kept);
        view! {
            <Answered reply=reply.clone() />
            <PostForm to={address::<SendLinkAgain>()} answers>
                <TextField label="E-Mail-Adresse" name="email" input_type="email" autocomplete="email" required=true
                    hint="Die Adresse, mit der Sie sich angemeldet haben."
                    value=reply.value("email") error=reply.error("email") />
                <SubmitButton label="Link senden" answers />
            </PostForm>
        }
    }
}

//! `/anmeldung`: the lost link.

use leptos::{form::ActionForm, prelude::*};
use leptos_router::{LazyRoute, lazy_route};

use super::actions::SendLinkAgain;
use crate::form_reply::{FormReply, use_kept_reply};
use crate::ui::{button::SubmitButton, field::TextField, form::ErrorSummary, notice::Notice, page::Page};

/// Asks for an address and mails the links of all its places.
#[derive(Debug)]
pub struct LinkAgainPage {
    kept: Resource<FormReply>,
}

#[lazy_route]
impl LazyRoute for LinkAgainPage {
    fn data() -> Self {
        Self {
            kept: use_kept_reply(),
        }
    }

    fn view(this: Self) -> AnyView {
        let kept = this.kept;
        view! {
            <Page
                title="Link erneut senden"
                lead="Mit Ihrem persönlichen Link sehen und ändern Sie Ihren Platz. Wir schicken ihn gern noch einmal."
            >
                <Suspense fallback=|| ()>
                    {move || Suspend::new(async move {
                        let kept = kept.await;
                        view! { <LinkForm kept /> }
                    })}
                </Suspense>
            </Page>
        }
        .into_any()
    }
}

#[component]
fn LinkForm(kept: FormReply) -> impl IntoView {
    let action = ServerAction::<SendLinkAgain>::new();
    let reply = Memo::new(move |_| match action.value().get() {
        Some(Ok(reply)) => reply,
        _ => kept.clone(),
    });
    move || {
        let reply = reply.get();
        view! {
            <ErrorSummary errors=reply.errors.clone() />
            {reply.notice.clone().map(|notice| view! { <Notice kind="success">{notice}</Notice> })}
            <ActionForm action=action attr:class="form">
                <TextField label="E-Mail-Adresse" name="email" input_type="email" autocomplete="email" required=true
                    hint="Die Adresse, mit der Sie sich angemeldet haben."
                    value=reply.value("email") error=reply.error("email") />
                <SubmitButton label="Link senden" pending=action.pending() />
            </ActionForm>
        }
    }
}

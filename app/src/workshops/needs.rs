//! Boxes for what somebody needs, in the sign-up form and on the page of a place.

use domain::access_need::{AccessNeed, AccessNeeds};
use leptos::prelude::*;

use crate::form_reply::FormReply;
use crate::ui::field::{CheckField, TextArea};

/// What was ticked in a form that was refused.
#[must_use]
pub fn ticked_in(reply: &FormReply) -> AccessNeeds {
    let is_ticked = |need: &AccessNeed| !reply.value(&need.field()).is_empty();
    AccessNeed::ALL.into_iter().filter(is_ticked).collect()
}

/// The free text in sight, the boxes one tap away: the form stays one screen.
#[component]
pub fn NeedsFields(
    /// What is asked.
    #[prop(default = "Was brauchen Sie, um gut teilnehmen zu können?")]
    question: &'static str,
    /// What is ticked.
    ticked: AccessNeeds,
    /// What is typed.
    typed: String,
    /// What is wrong with it.
    error: Option<String>,
) -> impl IntoView {
    let open = AccessNeed::ALL.into_iter().any(|need| ticked.contains(need));
    view! {
        <TextArea label=question name="access_needs" maxlength=500u32
            hint="Das sieht nur, wer es organisiert. Häufiges können Sie darunter ankreuzen." value=typed error=error />
        <details class="disclosure" open=open>
            <summary>"Bedarf ankreuzen"</summary>
            <fieldset class="field" id="needs" aria-describedby="needs-hint">
                <legend>"Das wird gebraucht"</legend>
                <p class="hint" id="needs-hint">
                    "Übersetzung: Bitte schreiben Sie oben dazu, in welche Sprache. "
                    "Essen: zum Beispiel vegetarisch, vegan, halal, koscher oder eine Allergie."
                </p>
                {AccessNeed::ALL
                    .into_iter()
                    .map(|need| {
                        let checked = ticked.contains(need);
                        view! { <CheckField label=need.label() name=need.field() value="1" checked /> }
                    })
                    .collect_view()}
            </fieldset>
        </details>
    }
    .into_any()
}

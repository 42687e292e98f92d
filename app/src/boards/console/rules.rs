//! What holds on this board beside the rules that hold on all.

use domain::board::state::RULES_CHARACTERS_MAX;
use leptos::prelude::*;

use crate::boards::actions::SetBoardRules;
use crate::boards::shown::Shown;
#[cfg(feature = "hydrate")]
use crate::boards::typed::follow;
use crate::boards::typed::{RULES, RULES_BASE, RULES_ERROR};
use crate::form_reply::address;
use crate::ui::{button::SubmitButton, post_form::PostForm};

/// The form. What is typed stays while the board changes, and is not written over what somebody else has written meanwhile.
pub fn rules(shown: Shown) -> AnyView {
    let answers = shown.deeds;
    // What was refused without WebAssembly stands there again.
    let (refused, error) = (shown.typed(RULES), shown.typed(RULES_ERROR));
    let (is_open, invalid) = (refused.is_some(), error.is_some().then_some("true"));
    let (class, described_by) = match invalid {
        Some(_) => ("field field-wrong", "rules-hint rules-error"),
        None => ("field", "rules-hint"),
    };
    let error = error.map(|error| view! { <p class="error" id=RULES_ERROR>{error}</p> }.into_any());
    let rules = shown.rules();
    let over = shown.typed(RULES_BASE);
    let base = over.unwrap_or_else(|| rules.get_untracked());
    let text = refused.unwrap_or_else(|| base.clone());
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| follow(RULES, RULES_BASE, &rules.get()));
    view! {
        <details class="disclosure no-print" open=is_open>
            <summary>"Regeln für dieses Board"</summary>
            <PostForm to={address::<SetBoardRules>()} answers class="form form-tight">
                {shown.hidden()}
                <textarea id=RULES_BASE name="base" hidden=true>{base}</textarea>
                <div class=class>
                    <label for="rules">"Was gilt hier noch?"</label>
                    <p class="hint" id="rules-hint">"Gilt neben den Regeln jedes Boards. Leer: nur diese."</p>
                    {error}
                    <textarea id=RULES name=RULES rows="4" maxlength=RULES_CHARACTERS_MAX.to_string() aria-describedby=described_by aria-invalid=invalid>{text}</textarea>
                </div>
                <SubmitButton label="Regeln speichern" quiet=true answers />
            </PostForm>
        </details>
    }
    .into_any()
}

//! What holds on this board beside the rules that hold on all.

use domain::board::state::RULES_CHARACTERS_MAX;
use leptos::prelude::*;

use crate::boards::actions::SetBoardRules;
use crate::boards::shown::Shown;
use crate::form_reply::address;
use crate::ui::{button::SubmitButton, post_form::PostForm};

/// The form. What is typed stays while the board changes.
pub fn rules(shown: Shown) -> AnyView {
    let (answers, text) = (shown.deeds, shown.rules().get_untracked());
    view! {
        <details class="disclosure no-print">
            <summary>"Regeln für dieses Board"</summary>
            <PostForm to={address::<SetBoardRules>()} answers class="form form-tight">
                {shown.hidden()}
                <div class="field">
                    <label for="rules">"Was gilt hier noch?"</label>
                    <p class="hint" id="rules-hint">"Steht beim Mitmachen und neben den Regeln, die auf jedem Board gelten. Leer: nur diese."</p>
                    <textarea id="rules" name="rules" rows="4" maxlength=RULES_CHARACTERS_MAX.to_string() aria-describedby="rules-hint">{text}</textarea>
                </div>
                <SubmitButton label="Regeln speichern" quiet=true answers />
            </PostForm>
        </details>
    }
    .into_any()
}

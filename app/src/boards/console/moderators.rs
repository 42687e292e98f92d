//! Who else moderates, each with the way to end it: who has no card any more has no workbench either.

use leptos::prelude::*;

use crate::boards::actions::HandOver;
use crate::boards::shown::Shown;
use crate::form_reply::address;
use crate::ui::changing::changing;
use crate::ui::post_form::PostForm;

/// The list. Nothing, if nobody else does.
pub fn moderators(shown: Shown) -> AnyView {
    let all = shown.moderators();
    changing(move || {
        let all = all.get();
        if all.is_empty() {
            return ().into_any();
        }
        let count = all.len();
        let all = all.into_iter().map(|(member, name)| one(shown, member, name));
        view! {
            <details class="disclosure no-print">
                <summary>{format!("Wer mitmoderiert ({count})")}</summary>
                <ul>{all.collect::<Vec<_>>()}</ul>
            </details>
        }
        .into_any()
    })
    .into_any()
}

fn one(shown: Shown, member: String, name: String) -> AnyView {
    let answers = shown.deeds;
    let spoken = format!("{name}: Nicht mehr");
    view! {
        <li>
            {name}
            <PostForm to={address::<HandOver>()} answers class="deed">
                {shown.hidden()}
                <input type="hidden" name="member" value=member />
                <button type="submit" class="button button-quiet button-small" aria-label=spoken>"Nicht mehr"</button>
            </PostForm>
        </li>
    }
    .into_any()
}

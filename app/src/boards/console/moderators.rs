//! Who else moderates, each with the way to end it: who has no card any more has no workbench either.

use leptos::prelude::*;

use crate::boards::actions::HandOver;
use crate::boards::shown::Shown;
use crate::form_reply::address;
use crate::ui::changing::changing;

/// The list. Nothing, if nobody else does.
///
/// Its forms are plain ones: the page comes anew after each, and so a second tap never meets the next person of the list.
pub fn moderators(shown: Shown) -> AnyView {
    let all = shown.moderators();
    changing(move || {
        let all = all.get();
        if all.is_empty() {
            return ().into_any();
        }
        let summary = format!("Wer mitmoderiert ({})", all.len());
        let all = all.into_iter().map(|(member, name)| one(shown, member, &name));
        view! {
            <details class="disclosure no-print">
                <summary>{summary}</summary>
                {all.collect::<Vec<_>>()}
            </details>
        }
        .into_any()
    })
    .into_any()
}

fn one(shown: Shown, member: String, name: &str) -> AnyView {
    let label = format!("{name}: Nicht mehr moderieren lassen");
    view! {
        <form action={address::<HandOver>()} method="post" class="deed">
            {shown.hidden()}
            <input type="hidden" name="member" value=member />
            <button class="button button-quiet button-small">{label}</button>
        </form>
    }
    .into_any()
}

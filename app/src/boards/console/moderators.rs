//! Who else moderates, each with the way to end it: who has no card any more has no workbench either.

use leptos::prelude::*;

use super::workbench::tool;
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
        let all = all.get().into_iter();
        let all: Vec<AnyView> = all.map(|(member, label)| one(shown, member, label)).collect();
        if all.is_empty() {
            return ().into_any();
        }
        tool("Wer mitmoderiert", all.into_any())
    })
    .into_any()
}

fn one(shown: Shown, member: String, label: String) -> AnyView {
    view! {
        <form action={address::<HandOver>()} method="post" class="deed">
            {shown.hidden()}
            <input type="hidden" name="member" value=member />
            <button class="button button-quiet button-small">{label}</button>
        </form>
    }
    .into_any()
}

//! Who else moderates, each with the way to end it: who has no card any more has no workbench either.

use domain::ids::MemberId;
use leptos::prelude::*;

use crate::boards::actions::HandOver;
use crate::boards::shown::Shown;
use crate::form_reply::address;
use crate::ui::changing::{changing, each};
use crate::ui::{button::SubmitButton, post_form::PostForm};

/// The list. Nothing, if nobody else does.
pub fn moderators(shown: Shown) -> AnyView {
    let all = shown.moderators();
    let nobody = move || all.get().is_empty();
    let count = changing(move || format!("Wer mitmoderiert ({})", all.get().len()).into_any());
    // Whoever is gone from it takes the own button along: a second tap must not meet the next one.
    let ids = move || {
        let members = all.get().into_iter();
        members
            .filter_map(|(member, _)| Some(MemberId::parse(&member).ok()?.0.as_u128()))
            .collect()
    };
    let list = each(ids, move |id| {
        let mut members = untrack(|| all.get()).into_iter();
        let found =
            members.find(|(member, _)| MemberId::parse(member).is_ok_and(|one| one.0.as_u128() == id));
        found.map_or_else(|| ().into_any(), |(member, name)| one(shown, member, &name))
    });
    view! {
        <details class="disclosure no-print" hidden=nobody>
            <summary>{count}</summary>
            <ul>{list}</ul>
        </details>
    }
    .into_any()
}

fn one(shown: Shown, member: String, name: &str) -> AnyView {
    let label = format!("{name}: Nicht mehr moderieren lassen");
    view! { <li>{form(shown, ("member", member), "", label)}</li> }.into_any()
}

/// Lets somebody moderate (`given` is `1`), or not any more: who wrote this card, or this member.
pub fn form(shown: Shown, whom: (&'static str, String), given: &'static str, label: String) -> AnyView {
    let (answers, (name, value)) = (shown.deeds, whom);
    view! {
        <PostForm to={address::<HandOver>()} answers class="deed">
            {shown.hidden()}
            <input type="hidden" name=name value=value />
            <input type="hidden" name="given" value=given />
            <SubmitButton label quiet=true answers />
        </PostForm>
    }
    .into_any()
}

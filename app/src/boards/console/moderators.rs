//! Who else moderates, each with the way to end it: who has no card any more has no workbench either.

use domain::ids::MemberId;
use leptos::prelude::*;

use crate::boards::actions::HandOver;
use crate::boards::shown::Shown;
use crate::form_reply::address;
use crate::ui::changing::{changing, each};
use crate::ui::post_form::PostForm;

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
        found.map_or_else(|| ().into_any(), |(member, name)| one(shown, member, name))
    });
    view! {
        <details class="disclosure no-print" hidden=nobody>
            <summary>{count}</summary>
            <ul>{list}</ul>
        </details>
    }
    .into_any()
}

fn one(shown: Shown, member: String, name: String) -> AnyView {
    let answers = shown.deeds;
    let spoken = format!("{name}: Nicht mehr moderieren lassen");
    view! {
        <li>
            {name}
            <PostForm to={address::<HandOver>()} answers class="deed">
                {shown.hidden()}
                <input type="hidden" name="member" value=member />
                <button type="submit" class="button button-quiet button-small" aria-label=spoken>"Nicht mehr moderieren lassen"</button>
            </PostForm>
        </li>
    }
    .into_any()
}

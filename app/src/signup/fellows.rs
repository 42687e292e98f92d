//! Who else takes part, on the page of a place.

use leptos::prelude::*;

use super::actions::LeaveList;
use super::dto::FellowsView;
use crate::form_reply::{Answers, address};
use crate::ui::{button::SubmitButton, post_form::PostForm};

/// Those who chose to be seen, how many others there are, and what the person chose herself.
#[component]
pub fn FellowsSection(
    /// Who else takes part.
    fellows: FellowsView,
    /// The personal link's token.
    token: String,
    /// Whether the others see this person.
    is_listed: bool,
    /// Whether that ends here, and not with the answers.
    can_leave: bool,
    /// Where the form's answer goes.
    answers: Answers,
) -> impl IntoView {
    let over = fellows.over;
    let alone = fellows.listed.is_empty();
    let count = |others| domain::german::count(others, "weitere Person", "weitere Personen");
    let others = match (alone, fellows.others) {
        (true, 0) if over => Some("Sonst niemand.".to_owned()),
        (true, 0) => Some("Noch niemand.".to_owned()),
        (false, 0) => None,
        (true, others) => Some(format!("{}, nicht auf der Liste", count(others))),
        (false, others) => Some(format!("und {}", count(others))),
    };
    view! {
        <section class="no-print">
            <h2>{if over { "Wer noch dabei war" } else { "Wer noch kommt" }}</h2>
            {(!alone).then(|| view! {
                <ul>
                    {fellows.listed.into_iter().map(|(name, at)| view! {
                        <li>{name}", "<span class="hint">{at}</span></li>
                    }).collect_view()}
                </ul>
            })}
            {others.map(|others| view! { <p>{others}</p> })}
            <p class="hint">
                {if is_listed { "Sie stehen bei den anderen mit festem Platz auch auf der Liste. " } else { "Sie stehen nicht auf der Liste. " }}
                {(!can_leave && is_listed).then_some("Unter „Angaben ändern“ können Sie das ändern. ")}
                "Vier Wochen nach der Veranstaltung sieht niemand mehr diese Liste."
            </p>
            {can_leave.then(|| view! {
                <PostForm to={address::<LeaveList>()} answers class="">
                    <input type="hidden" name="token" value=token />
                    <SubmitButton label="Mich von der Liste nehmen" quiet=true answers />
                </PostForm>
            })}
        </section>
    }
    .into_any()
}

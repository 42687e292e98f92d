//! One sign-up in the office's list.

use leptos::prelude::*;

use super::actions::{CancelSignUp, MoveUp};
use super::dto::StaffSignUp;
use super::labels::{MOVE_UP, TAKE_BACK, reason_field};
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::changing::{Entry, entry};
use crate::ui::{badge::Badge, button::SubmitButton, field::TextField, post_form::PostForm};

/// A reason for something that is done with a place, as it was typed, if that was refused.
#[derive(Clone, Debug, Hash)]
struct Reason {
    field: String,
    typed: Option<String>,
    error: Option<String>,
}

/// The entry of a person, with what a form of this page answered.
pub fn person(person: StaffSignUp, workshop: String, reply: &FormReply, answers: Answers) -> Entry {
    let reasons = [MOVE_UP, TAKE_BACK].map(|deed| {
        let field = reason_field(deed, &person.id);
        let (typed, error) = (reply.values.get(&field).cloned(), reply.error(&field));
        Reason { field, typed, error }
    });
    entry(&(&person.clone(), &reasons.clone()), move || {
        view! { <Person person reasons workshop answers /> }.into_any()
    })
}

/// The person, how the place stands, and what can be done with it.
#[component]
fn Person(
    person: StaffSignUp,
    /// For a place out of turn, and for taking it back.
    reasons: [Reason; 2],
    /// The Veranstaltung.
    workshop: String,
    answers: Answers,
) -> impl IntoView {
    let refused = reasons.iter().any(|reason| reason.typed.is_some());
    let [first, second] = reasons;
    let reason = |Reason { field, typed, error }| {
        let value = typed.unwrap_or_default();
        view! {
            <TextField label="Grund (die Person sieht ihn)" name="reason" id=field required=true maxlength=300u32
                value error autocomplete="off" />
        }
        .into_any()
    };
    let (move_up, take_back) = (
        person.can_move_up.then(|| reason(first)),
        person.active.then(|| reason(second)),
    );
    let mails = format!(
        "/verwaltung/veranstaltungen/{workshop}/anmeldungen/{}/mails",
        person.id
    );
    let mails_label = format!("E-Mails an {}", person.name);
    let ids = (workshop.clone(), person.id.clone());
    let needs = person.access_needs.filter(|needs| !needs.is_empty());
    // Where nobody comes any more nothing has to be arranged.
    let marked = [
        (person.active && needs.is_some(), "Bedarf"),
        (person.bounced, "E-Mail unzustellbar"),
    ]
    .into_iter()
    .filter(|(holds, _)| *holds)
    .map(|(_, text)| view! { " " <Badge text kind="warm" /> })
    .collect_view();
    view! {
        <li class="list-item">
            <details open=refused>
                <summary><strong>{person.name}</strong> ", " {person.from} " " <Badge text=person.state kind=person.tone.key() />{marked}</summary>
                <p>{person.email}
                    {person.meant.map(|meant| view! { " " <span class="hint">"(vielleicht vertippt, gemeint ist womöglich "{meant}")"</span> })}
                    <br /> {person.district} ", " {person.mode} ", seit " {person.since}</p>
                {person.signed_up_by.map(|by| view! { <p>"Eingetragen von: " {by}</p> })}
                {needs.map(|needs| view! { <p><strong>"Bedarf: "</strong>{needs}</p> })}
                <p>
                    <a href=format!("/verwaltung/anmeldungen/{}", person.id)>"Verlauf"</a> " (Nr. " {person.number} ") · "
                    <a href=mails aria-label=mails_label>"E-Mails"</a>
                </p>
                {move_up.map(|reason| view! {
                    <PostForm to={address::<MoveUp>()} answers class="form no-print">
                        <input type="hidden" name="workshop" value=ids.0 />
                        <input type="hidden" name="id" value=ids.1 />
                        {reason}
                        <SubmitButton label="Auf einen Platz setzen" quiet=true answers />
                    </PostForm>
                })}
                {take_back.map(|reason| view! {
                    <PostForm to={address::<CancelSignUp>()} answers class="form no-print">
                        <input type="hidden" name="workshop" value=workshop />
                        <input type="hidden" name="id" value=person.id />
                        {reason}
                        <SubmitButton label="Platz absagen" danger=true answers />
                    </PostForm>
                })}
            </details>
        </li>
    }
    .into_any()
}

//! Where and how a solution was tried: what people tell of it, and the form to tell it.

use domain::board::state::TRIAL_CHARACTERS_MAX;
use domain::board::{CardKind, CardView, Operation, Outcome, Standing};
use domain::district::District;
use domain::ids::CardId;
use leptos::prelude::*;

use super::talk::shows;
use crate::boards::actions::TrySolution;
use crate::boards::outbox::typing;
use crate::boards::shown::Shown;
use crate::boards::typed::{CONTEXT, OUTCOME, PLACE, field, left, sign, unsent};
use crate::boards::words;
use crate::form_reply::address;
use crate::ui::changing::{changing, each};
use crate::ui::{button::SubmitButton, post_form::PostForm, text::NO_CLIENT_DATA};

/// In place of the form: the card takes nothing of this viewer now.
const CLOSED: u128 = 2;

/// What was told of a solution, and the form. Nothing on any other card.
pub fn trial(shown: Shown, id: u128, first: &CardView) -> AnyView {
    if first.kind != CardKind::Solution {
        return ().into_any();
    }
    let (card, told, number) = (shown.card(id), shown.told(id), first.number);
    let places = changing(move || {
        let places = card.get().map(|card| card.tried_in).unwrap_or_default();
        if places.is_empty() {
            return ().into_any();
        }
        let places = places
            .iter()
            .map(|place| view! { <li>{words::tried_in(place)}</li> }.into_any());
        view! { <ul class="hint">{places.collect::<Vec<_>>()}</ul> }.into_any()
    });
    // What the form shows, as a number: whether one may tell something, has told it, and what one has said before.
    let may = Memo::new(move |_| -> u128 {
        let frame = shown.frame.get();
        let Some(card) = card.get().filter(|card| card.standing == Standing::Published) else {
            return 0;
        };
        if !frame.takes_part() {
            return 0;
        }
        if !frame.takes_words_on(&card) || shown.is_closed(card.column) {
            return CLOSED;
        }
        let mine = told.get();
        let has_told = mine
            .iter()
            .any(|id| shown.card(*id).get().is_some_and(|card| card.mine));
        let (outcome, district) = (card.my_outcome, card.my_district);
        let outcome = outcome.and_then(|mine| Outcome::ALL.iter().position(|one| *one == mine));
        let district = district.and_then(|mine| District::ALL.iter().position(|one| *one == mine));
        let [outcome, district] = [outcome, district].map(|at| at.map_or(0, |at| at as u128 + 1));
        1 | (u128::from(has_told) << 1) | (outcome << 8) | (district << 16)
    });
    // Of a card that is closed nothing is taken any more, about what is said there neither.
    let sentences = each(
        move || told.get(),
        move |id| sentence(shown, id, may.get_untracked() != CLOSED),
    );
    // Made anew with what was said last: what it shows as chosen is what counts.
    let form = each(
        move || Some(may.get()).into_iter().filter(|may| *may > 0).collect(),
        move |may| {
            if may == CLOSED {
                closed(shown, number)
            } else {
                form(shown, id, number, may & 2 > 0)
            }
        },
    );
    view! {
        {places}
        <ul class="notes">{sentences}</ul>
        {form}
    }
    .into_any()
}

/// What one of them tells.
fn sentence(shown: Shown, id: u128, open: bool) -> AnyView {
    let card = shown.card(id);
    let Some(CardView { number, .. }) = card.get_untracked() else {
        return ().into_any();
    };
    view! { <li class="note note-comment" id=format!("karte-{number}") tabindex="-1">{shows(shown, card, open)}</li> }.into_any()
}

/// The card is closed.
fn closed(shown: Shown, number: u32) -> AnyView {
    let unsent = unsent(shown, &field(CONTEXT, number));
    view! { <p class="hint">"Gesperrt: Was daraus geworden ist, lässt sich gerade nicht eintragen."</p>{unsent} }.into_any()
}

/// Says what became of the solution, where and how. The sentence is one for each person: who has written one erases it
/// before writing another.
fn form(shown: Shown, id: u128, number: u32, has_told: bool) -> AnyView {
    let (frame, answers) = (shown.frame.get_untracked(), shown.deeds);
    let card = shown.card(id).get_untracked();
    let (mine, district) = card.map_or((None, None), |card| (card.my_outcome, card.my_district));
    // What was refused without WebAssembly stands there again.
    let again = |name: &str| shown.typed(&field(name, number));
    let again = (again(OUTCOME), again(PLACE));
    // Who has tried it and said no place has meant that.
    let district = if mine.is_some() {
        district
    } else {
        frame.me.district
    };
    let outcomes = Outcome::ALL.iter().map(move |outcome| {
        let selected = match &again.0 {
            Some(chosen) => chosen == outcome.key(),
            None => mine == Some(*outcome),
        };
        view! { <option value=outcome.key() selected=selected>{outcome.label()}</option> }.into_any()
    });
    let districts = District::ALL.into_iter().map(move |one| {
        let selected = match &again.1 {
            Some(chosen) => chosen == one.slug,
            None => district == Some(one),
        };
        view! { <option value=one.slug selected=selected>{one.name}</option> }.into_any()
    });
    let solution = CardId(uuid::Uuid::from_u128(id));
    let submit = typing::takes(shown, move |fields| wanted(solution, fields));
    let [outcome, place] = [OUTCOME, PLACE].map(|name| field(name, number));
    let hint = format!("{place}-hint");
    let context = if has_told {
        view! { <p class="hint">"Ihr Satz steht schon oben. Wenn Sie einen anderen schreiben möchten, löschen Sie ihn zuerst."</p> }.into_any()
    } else {
        context(shown, number)
    };
    let is_begun = shown.typed(&field(CONTEXT, number)).is_some();
    view! {
        <details class="note-more no-print" open=is_begun>
            <summary>"Bei uns probiert: genauer"<span class="visually-hidden">{format!(" zu Karte {number}")}</span></summary>
            <div on:submit:capture=submit>
                <PostForm to={address::<TrySolution>()} answers class="form form-tight">
                    {shown.hidden()}
                    {shown.key()}
                    <input type="hidden" name="card" value=solution.to_string() />
                    <input type="hidden" name="number" value=number.to_string() />
                    <div class="field">
                        <label for=outcome.clone()>"Was ist daraus geworden?"</label>
                        <select id=outcome name="outcome">{outcomes.collect::<Vec<_>>()}</select>
                    </div>
                    <div class="field">
                        <label for=place.clone()>"Landkreis oder Stadt"</label>
                        <p class="hint" id=hint.clone()>{words::where_promise(frame.anonymity)}</p>
                        <select id=place name="district" aria-describedby=hint>
                            <option value="">"Keine Angabe"</option>
                            {districts.collect::<Vec<_>>()}
                        </select>
                    </div>
                    {context}
                    <SubmitButton label="Eintragen" quiet=true answers shut=shown.stopped />
                </PostForm>
            </div>
        </details>
    }
    .into_any()
}

/// The sentence: counts down, and looks for data of clients, on the device only.
fn context(shown: Shown, number: u32) -> AnyView {
    let id = field(CONTEXT, number);
    let first = shown.typed(&id).unwrap_or_default();
    let typed = RwSignal::new(first.clone());
    let [hint, count] = ["hint", "left"].map(|part| format!("{id}-{part}"));
    let (keeps, described) = (id.clone(), format!("{hint} {count}"));
    view! {
        <div class="field">
            <label for=id.clone()>"Wie war es? Ein Satz, ohne Ihren Namen (freiwillig)"</label>
            <p class="hint" id=hint.clone()>{NO_CLIENT_DATA}</p>
            <textarea id=id name="context" rows="2" maxlength=TRIAL_CHARACTERS_MAX.to_string()
                aria-describedby=described
                on:input=move |event| {
                    let text = event_target_value(&event);
                    shown.keep_typed(&keeps, &text);
                    typed.set(text);
                }>{first}</textarea>
            {left(count, typed, TRIAL_CHARACTERS_MAX)}
            {sign(typed)}
        </div>
    }
    .into_any()
}

/// What the form wants. Nothing where the server has to say what is wrong with it.
fn wanted(solution: CardId, fields: &typing::Fields) -> Option<Operation> {
    let outcome = Outcome::parse(&fields.get("outcome")?)?;
    let district = fields.get("district").and_then(|slug| District::parse(&slug));
    let text = fields.get("context").unwrap_or_default();
    match text.trim().chars().count() {
        0 => Some(Operation::Tried {
            card: solution,
            outcome: Some(outcome),
            district,
        }),
        1..=TRIAL_CHARACTERS_MAX => Some(Operation::Tell {
            card: fields.new_card(),
            on: solution,
            outcome,
            district,
            text,
        }),
        _ => None,
    }
}

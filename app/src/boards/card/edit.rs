//! Other words, earlier words, another place.

use domain::board::CardView;
use domain::board::state::CARD_CHARACTERS_MAX;
use leptos::prelude::*;

use crate::boards::actions::{EditCard, MoveCard};
use crate::boards::pieces::Piece;
use crate::boards::shown::Shown;
use crate::form_reply::address;
use crate::ui::changing::changing;
use crate::ui::{button::SubmitButton, post_form::PostForm};

/// Says it in other words. What stands in the field is never replaced while somebody types.
pub fn edit(shown: Shown, card: Piece<Option<CardView>>, first: CardView) -> AnyView {
    let answers = shown.deeds;
    let field = format!("text-{}", first.number);
    let named = field.clone();
    let base = changing(move || {
        let revision = card.get().map_or(0, |card| card.revision);
        view! { <input type="hidden" name="base" value=revision.to_string() /> }.into_any()
    });
    view! {
        <PostForm to={address::<EditCard>()} answers class="form form-tight">
            {shown.hidden()}
            <input type="hidden" name="card" value=first.id.to_string() />
            {base}
            <div class="field">
                <label for=named>{format!("Text der Karte {}", first.number)}</label>
                <textarea id=field name="text" rows="4" required=true maxlength=CARD_CHARACTERS_MAX.to_string()>{first.text}</textarea>
            </div>
            <SubmitButton label="Text ändern" quiet=true answers />
        </PostForm>
    }
    .into_any()
}

/// What the card said before, for who may change it: each can be said again.
pub fn earlier(shown: Shown, card: &CardView) -> AnyView {
    if card.earlier.is_empty() {
        return ().into_any();
    }
    let answers = shown.deeds;
    let (id, revision) = (card.id, card.revision);
    let earlier = card.earlier.iter().rev().map(|earlier| {
        let text = earlier.text.clone();
        view! {
            <li>
                <PostForm to={address::<EditCard>()} answers class="form form-tight">
                    {shown.hidden()}
                    <input type="hidden" name="card" value=id.to_string() />
                    <input type="hidden" name="base" value=revision.to_string() />
                    <input type="hidden" name="text" value=text.clone() />
                    <p class="note-text">{text}</p>
                    <SubmitButton label="Wiederherstellen" quiet=true answers />
                </PostForm>
            </li>
        }
        .into_any()
    });
    view! {
        <details class="note-erase">
            <summary>"Frühere Fassungen"</summary>
            <ul class="notes">{earlier.collect::<Vec<_>>()}</ul>
        </details>
    }
    .into_any()
}

/// Puts the card elsewhere, without dragging.
pub fn place(shown: Shown, first: &CardView) -> AnyView {
    let (id, number) = (first.id, first.number);
    let answers = shown.deeds;
    let field = format!("ziel-{number}");
    let named = field.clone();
    let targets = changing(move || {
        let mut targets = Vec::new();
        for end in shown.ends().get() {
            targets.push((end.column.to_string(), format!("{}, ganz oben", end.title)));
            if let Some(last) = end.last_other_than(id) {
                targets.push((
                    format!("{} {last}", end.column),
                    format!("{}, ganz unten", end.title),
                ));
            }
        }
        let options = targets
            .into_iter()
            .map(|(value, words)| view! { <option value=value>{words}</option> }.into_any());
        options.collect::<Vec<_>>().into_any()
    });
    view! {
        <PostForm to={address::<MoveCard>()} answers class="form form-tight">
            {shown.hidden()}
            <input type="hidden" name="card" value=id.to_string() />
            <div class="field">
                <label for=named>{format!("Karte {number} verschieben nach")}</label>
                <select id=field name="target">{targets}</select>
            </div>
            <SubmitButton label="Verschieben" quiet=true answers />
        </PostForm>
    }
    .into_any()
}

//! Other words, and earlier words.

use domain::board::{CardView, Editor};
use leptos::prelude::*;

use crate::boards::actions::EditCard;
use crate::boards::pieces::Piece;
use crate::boards::shown::Shown;
use crate::boards::typed::{WORDS, area, field, fill};
use crate::form_reply::address;
use crate::ui::changing::changing;
use crate::ui::{button::SubmitButton, post_form::PostForm};

/// Says it in other words. What stands in the field is never replaced while somebody types.
pub fn edit(shown: Shown, card: Piece<Option<CardView>>, first: CardView) -> AnyView {
    let answers = shown.deeds;
    let number = first.number;
    let id = field(WORDS, number);
    let named = id.clone();
    let mut is_first = true;
    let base = changing(move || {
        let Some(card) = card.get() else {
            return ().into_any();
        };
        if std::mem::take(&mut is_first) && shown.base(number).is_none() {
            shown.take_over(number, &card);
        }
        // While nobody has begun, the field follows the card.
        let base = shown.base(number).unwrap_or_else(|| {
            fill(&field(WORDS, number), &card.text);
            card.revision.to_string()
        });
        view! { <input type="hidden" name="base" value=base /> }.into_any()
    });
    view! {
        <PostForm to={address::<EditCard>()} answers class="form form-tight">
            {shown.hidden()}
            <input type="hidden" name="card" value=first.id.to_string() />
            <input type="hidden" name="number" value=number.to_string() />
            {base}
            <div class="field">
                <label for=named>{format!("Text der Karte {number}")}</label>
                {area(shown, id, "4", first.text, Some(number))}
            </div>
            <SubmitButton label="Text ändern" quiet=true answers shut=shown.stopped />
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
        let by = match earlier.by {
            Some(Editor::Moderation) => ", dann von der Moderation geändert",
            Some(Editor::Author) => ", dann von der Autor*in geändert",
            None => "",
        };
        let until = format!("Bis {}{by}", earlier.day);
        view! {
            <li>
                <PostForm to={address::<EditCard>()} answers class="form form-tight">
                    {shown.hidden()}
                    <input type="hidden" name="card" value=id.to_string() />
                    <input type="hidden" name="base" value=revision.to_string() />
                    <input type="hidden" name="text" value=text.clone() />
                    <p class="hint">{until}</p>
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

//! Comments on a card, and one level of answers. They are moderated as cards are.

use domain::board::{CardView, Operation};
use domain::ids::CardId;
use leptos::prelude::*;

use super::more::own;
use super::said;
use super::weights::weights;
use crate::boards::actions::CommentCard;
use crate::boards::outbox::typing;
use crate::boards::pieces::Piece;
use crate::boards::shown::Shown;
use crate::boards::typed::{COMMENT, area, field, unsent};
use crate::form_reply::address;
use crate::ui::changing::{changing, each};
use crate::ui::{button::SubmitButton, post_form::PostForm};

/// What is said about a card, and the form to say something.
pub fn talk(shown: Shown, id: u128, number: u32) -> AnyView {
    let (card, first) = (shown.card(id), shown.about(id));
    let opens = Memo::new(move |_| {
        let frame = shown.frame.get();
        card.get()
            .is_some_and(|card| frame.takes_words_on(&card) && !shown.is_closed(card.column))
    });
    let count = Memo::new(move |_| first.get().len());
    changing(move || {
        let (opens, count) = (opens.get(), count.get());
        let unsent = if opens {
            None
        } else {
            unsent(shown, &field(COMMENT, number))
        };
        if !opens && count == 0 {
            return unsent.into_any();
        }
        let label = match count {
            0 => "Kommentieren".to_owned(),
            count => domain::german::count(
                u32::try_from(count).unwrap_or(u32::MAX),
                "Kommentar",
                "Kommentare",
            ),
        };
        let comments = each(move || first.get(), move |id| comment(shown, id, opens));
        // Where something was typed it is seen again.
        let about = first.get_untracked().into_iter();
        let numbers = about.filter_map(|id| Some(shown.card(id).get_untracked()?.number));
        let is_begun = numbers
            .chain([number])
            .any(|number| shown.typed(&field(COMMENT, number)).is_some());
        let form = opens.then(|| {
            form(
                shown,
                id,
                &format!("Kommentar zu Karte {number}"),
                "Kommentieren",
                number,
            )
        });
        view! {
            <details class="note-more" open=is_begun>
                <summary>{label}<span class="visually-hidden">{format!(" zu Karte {number}")}</span></summary>
                <ul class="notes">{comments}</ul>
                {form}
            </details>
            {unsent}
        }
        .into_any()
    })
    .into_any()
}

/// One comment with its answers.
fn comment(shown: Shown, id: u128, opens: bool) -> AnyView {
    let card = shown.card(id);
    let Some(first) = card.get_untracked() else {
        return ().into_any();
    };
    let number = first.number;
    let answers = shown.about(id);
    let answer = opens.then(|| {
        view! {
            <details class="note-erase no-print" open=shown.typed(&field(COMMENT, number)).is_some()>
                <summary>"Antworten"<span class="visually-hidden">{format!(" auf Kommentar {number}")}</span></summary>
                {form(shown, id, &format!("Antwort auf Kommentar {number}"), "Antworten", number)}
            </details>
        }
    });
    view! {
        <li class="note note-comment" id=format!("karte-{number}") tabindex="-1">
            {shows(shown, card, opens)}
            <ul class="notes">{each(move || answers.get(), move |id| {
                let card = shown.card(id);
                view! { <li class="note note-comment" tabindex="-1">{shows(shown, card, opens)}</li> }.into_any()
            })}</ul>
            {answer}
        </li>
    }
    .into_any()
}

/// What it says, and what can be done with it.
pub(super) fn shows(shown: Shown, card: Piece<Option<CardView>>, open: bool) -> AnyView {
    changing(move || match card.get() {
        Some(card) => {
            let (weights, own) = (weights(shown, &card, open), own(shown, &card));
            // One row: each alone is a button or two.
            view! { {said(card)}<div class="note-deeds">{weights}{own}</div> }.into_any()
        }
        None => ().into_any(),
    })
    .into_any()
}

/// Says something about a card or a comment.
fn form(shown: Shown, about: u128, label: &str, verb: &'static str, number: u32) -> AnyView {
    let answers = shown.deeds;
    let id = field(COMMENT, number);
    let (named, label) = (id.clone(), label.to_owned());
    let key = shown.key();
    let on = CardId(uuid::Uuid::from_u128(about));
    let submit = typing::takes(shown, move |fields| {
        Some(Operation::Comment {
            card: fields.new_card(),
            on,
            text: fields.text("text")?,
        })
    });
    view! {
        <div class="no-print" on:submit:capture=submit>
            <PostForm to={address::<CommentCard>()} answers class="form form-tight">
                {shown.hidden()}
                {key}
                <input type="hidden" name="about" value=on.to_string() />
                <input type="hidden" name="number" value=number.to_string() />
                <div class="field">
                    <label for=named>{label}</label>
                    {area(shown, id, "2", String::new(), None)}
                </div>
                <SubmitButton label=verb quiet=true answers shut=shown.stopped />
            </PostForm>
        </div>
    }
    .into_any()
}

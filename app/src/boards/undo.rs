//! What a moderator has just done with a card, and the way back: a line that stays until it is closed or something else is done.

use domain::board::{BoardView, Operation};
use leptos::ev::{MouseEvent, SubmitEvent};
use leptos::prelude::*;

use super::actions::UndoOnBoard;
use super::pressed::Pressed;
use super::shown::Shown;
use super::words;
use crate::form_reply::{FormReply, address};
use crate::ui::changing::changing;
use crate::ui::{button::SubmitButton, post_form::PostForm};

/// The value of an answer in which the server says what takes back what was done. Empty: it was taken back, and the line says only
/// that.
pub const UNDO: &str = "undo";

/// What can be taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undo {
    /// What was done. Nothing: nothing can be taken back.
    said: String,
    /// What takes it back, as the server has said it.
    operations: String,
    /// What takes it back, as this device wants it.
    wants: Option<Operation>,
}

impl Undo {
    /// What can be taken back of what a form was answered.
    #[must_use]
    pub fn of(answer: &FormReply) -> Self {
        let Some(operations) = answer.values.get(UNDO) else {
            return Self::default();
        };
        Self {
            said: answer.notice.clone().unwrap_or_default(),
            operations: operations.clone(),
            wants: None,
        }
    }

    /// What can be taken back of what is about to be done on a view.
    #[must_use]
    pub fn before(view: &BoardView, operation: &Operation) -> Self {
        let wants = view.undo(operation);
        Self {
            said: wants
                .as_ref()
                .map_or_else(String::new, |_| words::did(view, operation)),
            operations: String::new(),
            wants,
        }
    }
}

/// An answer without what stands in the line already.
#[must_use]
pub fn beside(mut answer: FormReply) -> FormReply {
    if answer.values.contains_key(UNDO) {
        answer.notice = None;
    }
    answer
}

/// The line. It is there from the beginning, so that what it says is heard. What was taken back is not offered again in the same
/// place: a second tap would do it once more.
pub fn undo(shown: Shown) -> AnyView {
    let offer = shown.undo;
    let said = changing(move || offer.with(|offer| offer.said.clone()).into_any());
    let is_none = move || offer.with(|offer| offer.said.is_empty());
    let is_spent = move || offer.with(|offer| offer.wants.is_none() && offer.operations.is_empty());
    let submit = move |event: SubmitEvent| {
        // The button goes.
        #[cfg(feature = "hydrate")]
        super::focus::go_to("zuletzt");
        if let Some(operation) = offer.with_untracked(|offer| offer.wants.clone()) {
            event.prevent_default();
            event.stop_propagation();
            shown.want(operation, Some(Pressed::of(&event)));
            offer.set(Undo {
                said: "Zurückgenommen.".to_owned(),
                ..Undo::default()
            });
        }
    };
    let close = move |event: MouseEvent| {
        offer.set(Undo::default());
        // Pressed by a key: the button goes, and the focus with it. A finger has none to lose, and stays where it is on the page.
        #[cfg(feature = "hydrate")]
        if event.detail() == 0 {
            super::focus::go_to("seite");
        }
        #[cfg(not(feature = "hydrate"))]
        drop(event);
    };
    let answers = shown.deeds;
    view! {
        <section class="undo no-print" aria-label="Zuletzt getan">
            <p id="zuletzt" role="status" class="notice-success">{said}</p>
            <div class="undo-deeds" hidden=is_none on:submit:capture=submit>
                <div hidden=is_spent>
                    <PostForm to={address::<UndoOnBoard>()} answers class="deed">
                        {shown.hidden()}
                        <input type="hidden" name="operations" value=move || offer.with(|offer| offer.operations.clone()) />
                        <SubmitButton label="Rückgängig" quiet=true answers />
                    </PostForm>
                </div>
                <button type="button" class="button button-quiet" on:click=close>"Meldung schließen"</button>
            </div>
        </section>
    }
    .into_any()
}

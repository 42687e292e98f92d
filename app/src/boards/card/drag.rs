//! Another place with a mouse. Never the only way (WCAG 2.2, 2.5.7): the form beside it does the same.

use domain::board::{CardView, Operation};
use domain::ids::{CardId, ColumnId};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element};

use crate::boards::shown::Shown;

/// What a mouse takes the card by.
pub fn handle(shown: Shown, card: &CardView) -> AnyView {
    let (id, number) = (card.id, card.number);
    let start = move |event: DragEvent| {
        shown.dragged.set_value(Some(id));
        if let Some(data) = event.data_transfer() {
            // Without data some browsers do not begin; a picture of the card is nice to have.
            drop(data.set_data("text/plain", &format!("Karte {number}")));
            let handle = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok());
            if let Some(note) = handle.and_then(|handle| handle.closest("li").ok().flatten()) {
                data.set_drag_image(&note, 0, 0);
            }
        }
    };
    view! {
        <span class="note-handle no-print" draggable="true" aria-hidden="true" title="Mit der Maus verschieben"
            on:dragstart=start on:dragend=move |_| shown.dragged.set_value(None)>"⠿"</span>
    }
    .into_any()
}

/// Whether a card is on its way, which a column takes.
pub fn over(shown: Shown, event: &DragEvent) {
    if shown.dragged.get_value().is_some() {
        event.prevent_default();
    }
}

/// Puts the card that is on its way where the mouse is: before or behind the card below it, or last in the column.
pub fn put(shown: Shown, column: ColumnId, event: &DragEvent) {
    let Some(card) = shown.dragged.try_update_value(Option::take).flatten() else {
        return;
    };
    event.prevent_default();
    let after = match below(event) {
        Some(note) => behind(&note, event).and_then(|number| by_number(shown, number)),
        None => shown
            .data
            .with_untracked(|data| data.view.last_in(column, card).map(|last| last.id)),
    };
    if after != Some(card) {
        shown.want(Operation::Move { card, column, after }, None);
    }
}

/// The card below the mouse.
fn below(event: &DragEvent) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(".column > .notes > li").ok().flatten()
}

/// The number of the card behind which the place is: this one, or the one before it.
fn behind(note: &Element, event: &DragEvent) -> Option<u32> {
    let rect = note.get_bounding_client_rect();
    let is_lower = f64::from(event.client_y()) > rect.top() + rect.height() / 2.0;
    let note = if is_lower {
        Some(note.clone())
    } else {
        note.previous_element_sibling()
    };
    note?.id().strip_prefix("karte-")?.parse().ok()
}

fn by_number(shown: Shown, number: u32) -> Option<CardId> {
    let found = |card: &&CardView| card.number == number;
    shown
        .data
        .with_untracked(|data| data.view.cards.iter().find(found).map(|card| card.id))
}

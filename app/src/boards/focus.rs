//! Where the focus goes when the card on which it was goes: to the next one, to the one before, to the heading.

use leptos::prelude::{document, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A card on which something is done, and where to go from there, best first.
#[derive(Debug)]
pub struct Place {
    card: Element,
    next: Vec<Element>,
}

/// The card on which the focus is.
pub fn place() -> Option<Place> {
    let card = document().active_element()?.closest("li.note").ok().flatten()?;
    let heading = card
        .closest("section")
        .ok()
        .flatten()
        .and_then(|section| section.query_selector("h2[tabindex]").ok().flatten());
    let next = [
        card.next_element_sibling(),
        card.previous_element_sibling(),
        heading,
    ];
    Some(Place {
        card,
        next: next.into_iter().flatten().collect(),
    })
}

/// Goes on from a card that has gone. Does nothing while it is there.
pub fn keep(place: Option<Place>) {
    let Some(Place { card, next }) = place else {
        return;
    };
    let go = move || {
        if card.is_connected() {
            return;
        }
        let next = next.into_iter().find(|element| element.is_connected());
        if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
            // What cannot take the focus leaves it where the browser puts it.
            drop(next.focus());
        }
    };
    // When the page has been drawn again; a page that is not drawn has no focus to keep.
    drop(request_animation_frame(go));
}

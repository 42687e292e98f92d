//! Where the focus goes when what was pressed goes: to its card, to the next one, to the one before, to the heading.

use std::rc::Rc;

use leptos::prelude::{document, request_animation_frame};
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::ui::focus::{catch, here};

/// What is pressed, and where to go from there, best first.
#[derive(Debug)]
pub struct Place {
    pressed: Element,
    next: Vec<Element>,
}

/// What has the focus.
pub fn place() -> Option<Place> {
    let pressed = here()?;
    let card = pressed.closest("li.note").ok().flatten();
    let section = pressed.closest("section").ok().flatten();
    let heading = section.and_then(|section| section.query_selector("h2").ok().flatten());
    let beside = card
        .as_ref()
        .map(|card| [card.next_element_sibling(), card.previous_element_sibling()]);
    let [after, before] = beside.unwrap_or_default();
    let next = [card, after, before, heading].into_iter().flatten().collect();
    Some(Place { pressed, next })
}

/// Goes on from what was pressed if it goes, and keeps it on the screen if something comes above it.
pub fn keep(place: Option<Place>) {
    let Some(Place { pressed, next }) = place else {
        return;
    };
    let seen = pressed.clone();
    // When the page has been drawn again; a page that is not drawn has no focus to keep.
    drop(request_animation_frame(move || {
        if here().as_ref() == Some(&seen) {
            let nearest = ScrollIntoViewOptions::new();
            nearest.set_block(ScrollLogicalPosition::Nearest);
            seen.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    }));
    catch(true, Rc::new(move || next.clone()));
}

/// Goes to what has this id, once it is there, if the focus was lost on the way.
pub fn begin_at(id: &'static str) {
    catch(
        false,
        Rc::new(move || document().get_element_by_id(id).into_iter().collect()),
    );
}

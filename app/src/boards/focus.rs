//! Where the focus goes when what was pressed goes: to its card, to the next one, to the one before, to the heading.

use std::rc::Rc;

use leptos::prelude::document;
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::ui::focus::{catch, each_frame, go, here, place as place_of};

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
    follow(pressed);
    catch(true, Rc::new(move || next.clone()));
}

/// Keeps what has the focus on the screen while something comes above it. Who scrolls moves nothing in the page, and is left alone.
fn follow(pressed: Element) {
    let mut before = place_of(&pressed);
    each_frame(Box::new(move || {
        let now = place_of(&pressed);
        let is_there = here().as_ref() == Some(&pressed);
        if is_there && now != before {
            let nearest = ScrollIntoViewOptions::new();
            nearest.set_block(ScrollLogicalPosition::Nearest);
            pressed.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
        before = now;
        is_there
    }));
}

/// Goes to what has this id, once it is there, if the focus was lost on the way.
pub fn begin_at(id: &'static str) {
    catch(false, Rc::new(move || with_id(id)));
}

/// Goes to what has this id, from what is about to go.
pub fn go_to(id: &'static str) {
    go(Rc::new(move || with_id(id)));
}

/// Goes on from the link whose address ends so to the part of the page that it opens, as soon as that is there. Whoever came another
/// way keeps the focus.
pub fn go_on_from(address_end: &str, id: &'static str) {
    let is_it = |link: Element| {
        link.get_attribute("href")
            .is_some_and(|href| href.ends_with(address_end))
    };
    if here().is_some_and(is_it) {
        go(Rc::new(move || with_id(id)));
    }
}

/// Goes back to the link whose address ends so; without it, to the heading of the page.
pub fn go_back_to(address_end: &str) {
    let link = format!("a[href$='{address_end}']");
    go(Rc::new(move || {
        let link = document().query_selector(&link).ok().flatten();
        link.into_iter().chain(with_id("seite")).collect()
    }));
}

fn with_id(id: &str) -> Vec<Element> {
    document().get_element_by_id(id).into_iter().collect()
}

//! The focus, when what it was on goes: it is caught by what follows, and never lost (WCAG 2.2, 2.4.3).

use std::rc::Rc;

use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Five seconds at 60 frames a second: by then the page shows what an answer changed.
const FRAMES_MAX: u32 = 300;

/// Where the focus goes, best first.
pub type Next = Rc<dyn Fn() -> Vec<Element>>;

/// Looks on for a while. When what has the focus goes, the first of `next` that takes it gets it; whoever has moved it meanwhile
/// keeps it. With `holds`, what has it now does not lose it either when it only gets another place in the page.
pub fn catch(holds: bool, next: Next) {
    let mut held = here();
    let mut before = held.as_ref().map_or((0.0, 0.0), place);
    each_frame(Box::new(move || {
        let here = here();
        let now = held.as_ref().map_or(before, place);
        let is_elsewhere = holds && now != before;
        before = now;
        held = match held.take() {
            held if here.is_some() && here != held => return false,
            Some(held) if here.is_some() => Some(held),
            Some(held) if is_elsewhere && takes(&held) => Some(held),
            // A click beside it. What is closed or hidden is still in the page, and cannot keep it.
            Some(held) if !is_elsewhere && is_shown(&held) => return false,
            _ => next().into_iter().find(takes),
        };
        // The page may be made anew once more: this looks on until it stands still.
        true
    }));
}

/// Moves the focus from where it is now to the first of `next` that takes it, as soon as there is one. Whoever has moved it meanwhile
/// keeps it.
pub fn go(next: Next) {
    let before = here();
    each_frame(Box::new(move || {
        let here = here();
        let has_moved_on = here.is_some() && here != before;
        !has_moved_on && !next().iter().any(takes)
    }));
}

/// Looks once a frame, from now on and for a while, as long as that says that it goes on.
pub fn each_frame(goes_on: Box<dyn FnMut() -> bool>) {
    frame(FRAMES_MAX, goes_on);
}

fn frame(frames_left: u32, mut goes_on: Box<dyn FnMut() -> bool>) {
    if frames_left > 0 && goes_on() {
        drop(request_animation_frame(move || frame(frames_left - 1, goes_on)));
    }
}

/// What has the focus. Nothing: it is lost.
pub fn here() -> Option<Element> {
    let here = document().active_element();
    here.filter(|here| here.tag_name() != "BODY")
}

/// Where something stands in the page, in CSS pixels from the left and from the top. It does not change when somebody scrolls.
pub fn place(element: &Element) -> (f64, f64) {
    let (rect, window) = (element.get_bounding_client_rect(), window());
    let scrolled = [window.scroll_x(), window.scroll_y()].map(Result::unwrap_or_default);
    (rect.left() + scrolled[0], rect.top() + scrolled[1])
}

/// What a closed part hides. Browsers give it a size nevertheless (`content-visibility` of `::details-content`).
const FOLDED: &str = "details:not([open]) > :not(summary), details:not([open]) > :not(summary) *";

/// Whether it is there to be seen.
fn is_shown(element: &Element) -> bool {
    element.is_connected()
        && element.get_bounding_client_rect().width() > 0.0
        && !element.matches(FOLDED).unwrap_or_default()
}

/// Gives it the focus. False if it is not there to be seen.
pub fn takes(element: &Element) -> bool {
    if !element.is_connected() {
        return false;
    }
    let has_it = || {
        let element: &HtmlElement = element.unchecked_ref();
        // What cannot take the focus is passed over.
        drop(element.focus());
        here().as_ref() == Some(element)
    };
    if has_it() {
        return true;
    }
    if element.has_attribute("tabindex") {
        return false;
    }
    drop(element.set_attribute("tabindex", "-1"));
    has_it()
}

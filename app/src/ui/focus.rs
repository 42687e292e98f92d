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
    let held = here();
    let place = held.as_ref().map_or((0.0, 0.0), place);
    look(held, place, holds, next, FRAMES_MAX);
}

/// Moves the focus from where it is now to the first of `next` that takes it, as soon as there is one. Whoever has moved it meanwhile
/// keeps it.
pub fn go(next: Next) {
    arrive(here(), next, FRAMES_MAX);
}

fn arrive(before: Option<Element>, next: Next, frames_left: u32) {
    let here = here();
    let has_moved_on = here.is_some() && here != before;
    if has_moved_on || frames_left == 0 || next().iter().any(takes) {
        return;
    }
    drop(request_animation_frame(move || {
        arrive(before, next, frames_left - 1);
    }));
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

fn look(held: Option<Element>, before: (f64, f64), holds: bool, next: Next, frames_left: u32) {
    let here = here();
    let now = held.as_ref().map_or(before, place);
    let is_elsewhere = holds && now != before;
    let held = match held {
        held if here.is_some() && here != held => return,
        Some(held) if here.is_some() => Some(held),
        Some(held) if is_elsewhere && takes(&held) => Some(held),
        // A click beside it.
        Some(held) if !is_elsewhere && held.is_connected() => return,
        _ => next().into_iter().find(takes),
    };
    // The page may be made anew once more: this looks on until it stands still.
    if frames_left > 0 {
        drop(request_animation_frame(move || {
            look(held, now, holds, next, frames_left - 1)
        }));
    }
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

//! The focus, when what it was on goes: it is caught by what follows, and never lost (WCAG 2.2, 2.4.3).

use std::rc::Rc;

use leptos::prelude::{document, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Five seconds at 60 frames a second: by then the page shows what an answer changed.
const FRAMES_MAX: u32 = 300;

/// Where the focus goes, best first.
type Next = Rc<dyn Fn() -> Vec<Element>>;

/// Looks on for a while. When what has the focus goes, the first of `next` that takes it gets it; whoever has moved it meanwhile
/// keeps it. With `holds`, what has it now does not lose it either when it only gets another place in the page.
pub fn catch(holds: bool, next: Next) {
    look(here(), holds, next, FRAMES_MAX);
}

/// What has the focus. Nothing: it is lost.
pub fn here() -> Option<Element> {
    let here = document().active_element();
    here.filter(|here| here.tag_name() != "BODY")
}

fn look(held: Option<Element>, holds: bool, next: Next, frames_left: u32) {
    let here = here();
    let held = match held {
        held if here.is_some() && here != held => return,
        Some(held) if here.is_some() => Some(held),
        Some(held) if holds && takes(&held) => Some(held),
        // A click beside it.
        Some(held) if !holds && held.is_connected() => return,
        _ => next().into_iter().find(takes),
    };
    // The page may be made anew once more: this looks on until it stands still.
    if frames_left > 0 {
        drop(request_animation_frame(move || {
            look(held, holds, next, frames_left - 1)
        }));
    }
}

/// Gives it the focus. False if it is not there to be seen.
fn takes(element: &Element) -> bool {
    if !element.is_connected() {
        return false;
    }
    if element.tag_name() != "BUTTON" && !element.has_attribute("tabindex") {
        // What cannot take the focus is passed over below.
        drop(element.set_attribute("tabindex", "-1"));
    }
    let element: &HtmlElement = element.unchecked_ref();
    drop(element.focus());
    here().is_some_and(|here| here == *AsRef::<Element>::as_ref(element))
}

//! Asks before the page is left, for as long as something is in it only. Otherwise it listens to nothing: browsers keep such pages for
//! the way back.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event};

/// Asks from now on, until the scope ends in which this is called.
pub fn ask() {
    let asks = window_event_listener_untyped("beforeunload", |event| event.prevent_default());
    let follows = Closure::<dyn Fn(Event)>::new(|event: Event| follow(&event));
    let follows = StoredValue::new_local(follows);
    // Before anybody else hears of it.
    follows.with_value(|follows| {
        let heard = follows.as_ref().unchecked_ref();
        drop(window().add_event_listener_with_callback_and_bool("click", heard, true));
    });
    on_cleanup(move || {
        asks.remove();
        follows.with_value(|follows| {
            let heard = follows.as_ref().unchecked_ref();
            drop(window().remove_event_listener_with_callback_and_bool("click", heard, true));
        });
    });
}

/// A link to another page is followed by the browser itself, which asks. The router would put that page in the place of this one
/// without a word.
fn follow(event: &Event) {
    let pressed = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let link = pressed.and_then(|pressed| pressed.closest("a[href]").ok().flatten());
    let to = link
        .and_then(|link| link.get_attribute("href"))
        .unwrap_or_default();
    let path = to.split(['?', '#']).next().unwrap_or_default();
    let is_here = path.is_empty() || window().location().pathname().is_ok_and(|here| here == path);
    if !is_here {
        event.stop_propagation();
    }
}

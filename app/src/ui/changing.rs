//! Parts of a page that change, without code of their own for each: their types are hidden, so that a browser loads
//! one piece of code for all of them (decision 9).

use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use leptos::tachys::reactive_graph::SharedReactiveFunction;

/// A part that is made again whenever something changes that it reads. What stays the same in it stays in the page,
/// the focus too.
pub fn changing(view: impl FnMut() -> AnyView + Send + 'static) -> SharedReactiveFunction<AnyView> {
    Arc::new(Mutex::new(view))
}

/// A list whose entries come, go and move. An entry is made once, and changes by itself: what `ids` reads should change only when
/// one comes, goes or moves.
pub fn each(
    ids: impl Fn() -> Vec<u128> + Send + Sync + 'static,
    show: impl Fn(u128) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let ids: Arc<dyn Fn() -> Vec<u128> + Send + Sync> = Arc::new(ids);
    let show: Arc<dyn Fn(u128) -> AnyView + Send + Sync> = Arc::new(show);
    view! { <For each=move || ids() key=|id| *id children=move |id| show(id) /> }.into_any()
}

/// A part that is made anew when its key is another one: nothing that was typed or ticked in the one before stays.
pub fn anew(key: u128, part: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    each(move || vec![key], move |_| part())
}

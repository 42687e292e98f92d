//! A page of something that may not be there, or not be had now.

use leptos::prelude::*;

use super::{not_found::NotFound, notice::Notice, page::Page, text::TRY_AGAIN};

/// Shows what was loaded. Nothing: the page that is not there. An error: that it cannot be read now.
pub fn found<T>(
    title: &'static str,
    loaded: Result<Option<T>, ServerFnError>,
    show: impl FnOnce(T) -> AnyView,
) -> AnyView {
    match loaded {
        Ok(Some(data)) => show(data),
        Ok(None) => view! { <NotFound /> }.into_any(),
        Err(_) => view! { <Page title><Notice kind="error">{TRY_AGAIN}</Notice></Page> }.into_any(),
    }
}

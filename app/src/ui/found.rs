//! A page of something that may not be there, or not be had now.

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::form_reply::{Answers, FormReply, use_kept_reply};
use crate::loading::{awaited, load};

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

/// Shows what was loaded on a page that is always there. An error: that it cannot be read now.
pub fn read<T>(loaded: Result<T, ServerFnError>, show: impl FnOnce(T) -> AnyView) -> AnyView {
    match loaded {
        Ok(data) => show(data),
        Err(_) => view! { <Notice kind="error">{TRY_AGAIN}</Notice> }.into_any(),
    }
}

/// A page with forms: what it shows is loaded again whenever `asked` changes, and after each answer of a form.
pub fn answering<S, T, Fut>(
    title: &'static str,
    asked: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> Fut + Send + Sync + 'static,
    show: impl Fn(T, &FormReply, Answers) -> AnyView + Copy + Send + Sync + 'static,
) -> AnyView
where
    S: Clone + PartialEq + Send + Sync + 'static,
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = Result<Option<T>, ServerFnError>> + Send + 'static,
{
    let kept = use_kept_reply();
    let answers = Answers::new();
    let data = load(move || (asked(), answers.count()), move |(asked, _)| fetch(asked));
    awaited(move || async move {
        let kept = kept.await;
        found(title, data.await, |data| {
            // Not followed: each answer loads the page's data again, and that shows it.
            let reply = untrack(|| answers.last_or(&kept));
            show(data, &reply, answers)
        })
    })
}

//! A page of something that may not be there, or not be had now.

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::form_reply::{Answers, FormReply, use_kept_reply};
use crate::loading::{awaited, load};

use super::{
    form::Answered,
    not_found::NotFound,
    notice::Notice,
    page::Page,
    text::{MAY_BE_OLD, TRY_AGAIN},
};

/// Shows what was loaded. Nothing: the page that is not there. An error: that it cannot be read now.
pub fn found<T>(
    title: &'static str,
    loaded: Result<Option<T>, ServerFnError>,
    show: impl FnOnce(T) -> AnyView,
) -> AnyView {
    match loaded {
        Ok(Some(data)) => show(data),
        Ok(None) => view! { <NotFound /> }.into_any(),
        Err(_) => view! { <Page title>{again(TRY_AGAIN)}</Page> }.into_any(),
    }
}

/// Shows what was loaded on a page that is always there. An error: that it cannot be read now.
pub fn read<T>(loaded: Result<T, ServerFnError>, show: impl FnOnce(T) -> AnyView) -> AnyView {
    match loaded {
        Ok(data) => show(data),
        Err(_) => again(TRY_AGAIN),
    }
}

/// What could not be loaded, and the way to try it again, also without WebAssembly.
fn again(sentence: &'static str) -> AnyView {
    view! {
        <Notice kind="error">{sentence}" "<a href="" rel="external">"Noch einmal laden"</a></Notice>
    }
    .into_any()
}

/// A page with forms: what it shows is loaded again whenever `asked` changes, and after each answer of the server to a form. What cannot
/// be loaded again stays, with what was typed; an answer is no longer shown where something else is asked for.
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
    let asked = Memo::new(move |_| asked());
    let data = load(
        move || (asked.get(), answers.heard()),
        move |(asked, _)| fetch(asked),
    );
    let (shown, about) = (StoredValue::new(None::<(S, T)>), StoredValue::new(None::<S>));
    awaited(move || {
        // A form that got no answer says so, and nothing is loaded again.
        answers.follow_unheard();
        let asked = asked.get();
        if about.with_value(|about| about.as_ref().is_some_and(|about| *about != asked)) {
            answers.forget();
        }
        about.set_value(Some(asked.clone()));
        async move {
            let kept = kept.await;
            let loaded = data.await;
            if shown.is_disposed() {
                // Somebody has gone on meanwhile.
                return ().into_any();
            }
            // Not followed: each answer loads the page's data again, and that shows it.
            let reply = untrack(|| answers.last_or(&kept));
            if let Ok(Some(data)) = &loaded {
                shown.set_value(Some((asked.clone(), data.clone())));
            }
            let before = shown.with_value(|shown| {
                let before = shown.as_ref().filter(|(about, _)| *about == asked);
                before.map(|(_, data)| data.clone())
            });
            match (loaded, before) {
                (Err(_), Some(data)) => view! { {again(MAY_BE_OLD)}{show(data, &reply, answers)} }.into_any(),
                (Ok(None), _) => view! { <Answered reply /><NotFound /> }.into_any(),
                (loaded, _) => found(title, loaded, |data| show(data, &reply, answers)),
            }
        }
    })
}

//! How a form answers, with and without WebAssembly.
//!
//! With WebAssembly the server function's value comes back to the page that is already there. Without it the
//! browser has left the page: the answer is kept for a quarter of an hour under a random id, and the browser is
//! sent back to `…?antwort={id}`, where the page shows what was typed, and a sentence at each field.

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::ServerFn};
use serde::{Deserialize, Serialize};

use crate::loading::{Loaded, load};

/// What a form says back: what was typed, and what is wrong with it. Nothing wrong: a notice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormReply {
    /// What was typed, by field name.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// A German sentence for each wrong field, in the order of the form.
    #[serde(default)]
    pub errors: Vec<FieldError>,
    /// What happened, in one German sentence.
    #[serde(default)]
    pub notice: Option<String>,
    /// Where a browser goes next, if not back to the form.
    #[serde(default)]
    pub next: Option<String>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's name. Empty: the form as a whole.
    pub field: String,
    /// The sentence to show.
    pub sentence: String,
}

impl FormReply {
    /// Something is wrong; what was typed comes back.
    #[must_use]
    pub fn refused(values: BTreeMap<String, String>, errors: Vec<FieldError>) -> Self {
        Self {
            values,
            errors,
            ..Self::default()
        }
    }

    /// It worked, and this is what happened.
    #[must_use]
    pub fn done(notice: impl Into<String>) -> Self {
        Self {
            notice: Some(notice.into()),
            ..Self::default()
        }
    }

    /// It worked; the browser goes on to this path.
    #[must_use]
    pub fn go(path: impl Into<String>) -> Self {
        Self {
            next: Some(path.into()),
            ..Self::default()
        }
    }

    /// What was typed into this field.
    #[must_use]
    pub fn value(&self, field: &str) -> String {
        self.values.get(field).cloned().unwrap_or_default()
    }

    /// What is wrong with this field.
    #[must_use]
    pub fn error(&self, field: &str) -> Option<String> {
        self.errors
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.sentence.clone())
    }
}

/// Fetches what a form said to a browser without WebAssembly.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "form-reply")]
pub async fn kept_reply(
    /// The id from `?antwort=`.
    id: String,
) -> Result<Option<FormReply>, ServerFnError> {
    Ok(server::kept(&id).await)
}

/// The reply for the `?antwort=` of this page, as a resource to read inside the page's own `<Suspense>`.
#[must_use]
pub fn use_kept_reply() -> Loaded<FormReply> {
    let query = leptos_router::hooks::use_query_map();
    load(
        move || query.read().get("antwort"),
        |id| async move {
            match id {
                Some(id) => kept_reply(id).await.ok().flatten().unwrap_or_default(),
                None => FormReply::default(),
            }
        },
    )
}

/// What the forms of one page answered: the last answer, how many there were, whether one is on its way.
#[derive(Clone, Copy, Debug)]
pub struct Answers {
    last: RwSignal<Option<FormReply>>,
    count: RwSignal<usize>,
    pending: RwSignal<bool>,
}

impl Answers {
    /// No answer yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            last: RwSignal::new(None),
            count: RwSignal::new(0),
            pending: RwSignal::new(false),
        }
    }

    /// How many answers there were. What reads this is done again after each.
    #[must_use]
    pub fn count(self) -> usize {
        self.count.get()
    }

    /// The last answer; before the first, what was kept for a browser without WebAssembly. What reads this is
    /// done again after each answer.
    #[must_use]
    pub fn last_or(self, kept: &FormReply) -> FormReply {
        self.last.get().unwrap_or_else(|| kept.clone())
    }

    /// Whether a form is on its way.
    #[must_use]
    pub fn pending(self) -> bool {
        self.pending.get()
    }

    /// A form leaves. False if one is on its way already: nothing is sent twice.
    #[must_use]
    pub fn start(self) -> bool {
        if self.pending.get_untracked() {
            return false;
        }
        self.pending.set(true);
        true
    }

    /// Its answer is here.
    pub fn finish(self, reply: FormReply) {
        self.pending.set(false);
        self.last.set(Some(reply));
        self.count.update(|count| *count += 1);
    }
}

impl Default for Answers {
    fn default() -> Self {
        Self::new()
    }
}

/// Where the form of a server function is sent.
#[must_use]
pub fn address<S: ServerFn>() -> &'static str {
    S::PATH
}

#[cfg(feature = "ssr")]
pub use server::{answer, answer_elsewhere};

/// The half that runs on the server.
#[cfg(feature = "ssr")]
mod server {
    use super::FormReply;
    use axum::http::{header, request::Parts};
    use leptos::prelude::*;
    use store::Store;

    /// Answers a form. A browser that has left its page is sent on: to [`FormReply::next`], or back to
    /// `page`, where the reply is shown. `page` is a path of this application, with or without `#fragment`.
    pub async fn answer(page: &str, reply: FormReply) -> FormReply {
        if let Some(next) = &reply.next {
            leptos_axum::redirect(next, false);
        } else if asks_for_html() {
            leptos_axum::redirect(&with_reply(page, &reply).await, false);
        }
        reply
    }

    /// Answers a form on another page: with and without a script the browser goes there and reads the reply.
    pub async fn answer_elsewhere(page: &str, reply: FormReply) -> FormReply {
        let next = with_reply(page, &reply).await;
        leptos_axum::redirect(&next, false);
        FormReply::go(next)
    }

    /// Keeps the reply and gives the address under which the page shows it.
    async fn with_reply(page: &str, reply: &FormReply) -> String {
        let (path, fragment) = page.split_once('#').unwrap_or((page, ""));
        let kept = match (use_context::<Store>(), serde_json::to_string(reply)) {
            (Some(store), Ok(text)) => store.keep_form_reply(&text).await.ok(),
            _ => None,
        };
        let mut target = path.to_owned();
        if let Some(id) = kept {
            target.push_str(if path.contains('?') {
                "&antwort="
            } else {
                "?antwort="
            });
            target.push_str(&id);
        }
        if !fragment.is_empty() {
            target.push('#');
            target.push_str(fragment);
        }
        target
    }

    /// The kept reply, while it is there.
    pub async fn kept(id: &str) -> Option<FormReply> {
        let store = use_context::<Store>()?;
        let text = store.kept_form_reply(id).await.ok().flatten()?;
        serde_json::from_str(&text).ok()
    }

    /// Whether a browser navigated here with a plain form, rather than a script that called.
    fn asks_for_html() -> bool {
        use_context::<Parts>()
            .and_then(|parts| parts.headers.get(header::ACCEPT).cloned())
            .and_then(|accept| accept.to_str().map(|text| text.contains("text/html")).ok())
            .unwrap_or(false)
    }
}

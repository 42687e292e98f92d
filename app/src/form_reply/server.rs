//! The half that runs on the server.

use std::collections::BTreeMap;

use axum::http::{header, request::Parts};
use leptos::prelude::*;
use store::Store;

use super::{FieldError, FormReply};
use crate::boards::desk::{UNKNOWN_CODE, unknown_code};

/// A form that came in: on which page it stands, and what was typed into it. Every answer goes there.
#[derive(Clone, Debug)]
pub struct SentForm {
    page: String,
    values: BTreeMap<String, String>,
}

impl SentForm {
    /// A form on this page: a path of this application, with or without `#fragment`.
    #[must_use]
    pub fn on(page: impl Into<String>) -> Self {
        Self {
            page: page.into(),
            values: BTreeMap::new(),
        }
    }

    /// What was typed, to show again if something is wrong.
    #[must_use]
    pub fn typed<Name: Into<String>>(mut self, values: impl IntoIterator<Item = (Name, String)>) -> Self {
        self.values
            .extend(values.into_iter().map(|(name, value)| (name.into(), value)));
        self
    }

    /// This is not shown again: it cannot become right.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.values.remove(name);
        self
    }

    /// It worked, and this is what happened.
    pub async fn done(self, notice: impl Into<String>) -> FormReply {
        answer(&self.page, FormReply::done(notice)).await
    }

    /// It worked, this is what happened, and what the page needs to know of it.
    pub async fn done_with(
        self,
        notice: impl Into<String>,
        values: impl IntoIterator<Item = (&'static str, String)>,
    ) -> FormReply {
        let mut reply = FormReply::done(notice);
        let values = values.into_iter();
        reply
            .values
            .extend(values.map(|(name, value)| (name.to_owned(), value)));
        answer(&self.page, reply).await
    }

    /// It worked; the browser goes on to this path.
    pub async fn go(self, path: impl Into<String>) -> FormReply {
        answer(&self.page, FormReply::go(path)).await
    }

    /// These fields are wrong.
    pub async fn refused(self, errors: Vec<FieldError>) -> FormReply {
        answer(&self.page, FormReply::refused(self.values, errors)).await
    }

    /// One field is wrong.
    pub async fn wrong(self, field: &str, sentence: impl Into<String>) -> FormReply {
        self.refused(vec![FieldError::new(field, sentence)]).await
    }

    /// It did not work, whatever the fields say.
    pub async fn failed(self, sentence: impl Into<String>) -> FormReply {
        self.wrong("", sentence).await
    }

    /// It went on to a next step of the same form.
    pub async fn step(self) -> FormReply {
        self.refused(Vec::new()).await
    }
}

/// Answers a form. A browser that has left its page is sent on: to [`FormReply::next`], or back to
/// `page`, where the reply is shown. `page` is a path of this application, with or without `#fragment`.
async fn answer(page: &str, reply: FormReply) -> FormReply {
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

/// The kept reply, while it is there; or one that is always there.
pub async fn kept(id: &str) -> Option<FormReply> {
    if id == UNKNOWN_CODE {
        return Some(unknown_code());
    }
    let store = use_context::<Store>()?;
    let text = store.kept_form_reply(id).await.ok()?;
    serde_json::from_str(&text).ok()
}

/// Whether a browser navigated here with a plain form, rather than a script that called.
fn asks_for_html() -> bool {
    use_context::<Parts>()
        .and_then(|parts| parts.headers.get(header::ACCEPT).cloned())
        .and_then(|accept| accept.to_str().map(|text| text.contains("text/html")).ok())
        .unwrap_or(false)
}

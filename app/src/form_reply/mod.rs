//! How a form answers, with and without WebAssembly.
//!
//! With WebAssembly the server function's value comes back to the page that is already there. Without it the
//! browser has left the page: the answer is kept for a quarter of an hour under a random id, and the browser is
//! sent back to `…?antwort={id}`, where the page shows what was typed, and a sentence at each field.
//!
//! - [`FormReply`]: what travels
//! - [`Answers`]: what the forms of one page answered, in the browser
//! - [`SentForm`]: a form that came in and is answered, on the server

#[cfg(feature = "ssr")]
mod server;

mod answers;

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::ServerFn};
use serde::{Deserialize, Serialize};

use crate::loading::{Loaded, load};

pub use answers::Answers;
#[cfg(feature = "ssr")]
pub use server::{SentForm, answer_elsewhere};

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
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's name. Empty: the form as a whole.
    pub field: String,
    /// The sentence to show.
    pub sentence: String,
}

impl FieldError {
    /// What is wrong with this field.
    #[must_use]
    pub fn new(field: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            sentence: sentence.into(),
        }
    }
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

    /// What was typed into this field, or this if nothing was.
    #[must_use]
    pub fn value_or(&self, field: &str, other: &str) -> String {
        match self.value(field) {
            typed if typed.is_empty() => other.to_owned(),
            typed => typed,
        }
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
#[server(prefix = "/api", endpoint = "form-reply", output = crate::json::Answer)]
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

/// Where the form of a server function is sent.
#[must_use]
pub fn address<S: ServerFn>() -> &'static str {
    S::PATH
}

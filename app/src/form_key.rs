//! The key that makes a form one request, however often it is sent.

use std::sync::Arc;

/// The key that stands in the forms of the page being rendered, if the server has chosen one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormKey(pub Arc<str>);

/// A key for a form: the one chosen for this page, or a fresh one.
#[cfg(feature = "ssr")]
#[must_use]
pub fn form_key(store: &store::Store) -> String {
    leptos::prelude::use_context::<FormKey>()
        .map_or_else(|| store.ambient().uuid().to_string(), |key| key.0.to_string())
}

//! Loading the data of a page: on the server together with the page, in the browser when somebody goes there.

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::json::Json;

/// Data on its way.
pub type Loaded<T> = Resource<T, Json>;

/// Loads what a page needs before any of it is sent, and again whenever `asked` changes.
#[must_use]
#[track_caller]
pub fn load<S, T, Fut>(
    asked: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> Fut + Send + Sync + 'static,
) -> Loaded<T>
where
    S: Clone + PartialEq + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = T> + Send + 'static,
{
    Resource::new_with_options(asked, fetch, true)
}

/// The data cannot be read now: for the log, for the status of the page, and for the person.
#[cfg(feature = "ssr")]
#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
pub fn unavailable(error: store::StoreError) -> ServerFnError {
    tracing::error!(%error, "a page could not be loaded");
    crate::ui::not_found::set_status(503);
    ServerFnError::new(crate::ui::text::TRY_AGAIN)
}

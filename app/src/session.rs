//! Who is asking: the session cookie and the person behind it.

use leptos::prelude::*;
use store::Store;
use store::accounts::Viewer;

use crate::cookies::{self, Cookie};
use crate::loading::unavailable;

/// The session token of this request, if it carries one.
#[must_use]
pub fn token() -> Option<String> {
    cookies::carried(Cookie::Session)
}

/// The signed-in person behind this request, if there is one.
///
/// # Errors
/// When the database cannot say.
pub async fn viewer() -> Result<Option<Viewer>, ServerFnError> {
    match (use_context::<Store>(), token()) {
        (Some(store), Some(token)) => store.session(&token).await.map_err(unavailable),
        _ => Ok(None),
    }
}

/// Starts a session in this browser.
pub fn set_cookie(token: &str) {
    cookies::set(Cookie::Session, token);
}

/// Ends the session in this browser.
pub fn clear_cookie() {
    cookies::clear(Cookie::Session);
}

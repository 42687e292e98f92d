//! Who is asking: the session cookie and the person behind it.

#[cfg(feature = "ssr")]
pub use server::{CookiePolicy, clear_cookie, set_cookie, token, viewer};

/// The half that runs on the server.
#[cfg(feature = "ssr")]
mod server {
    use axum::http::{HeaderMap, HeaderValue, header};
    use leptos::prelude::*;
    use leptos_axum::ResponseOptions;
    use store::Store;
    use store::accounts::Viewer;

    use crate::loading::unavailable;

    /// Longest life of the session cookie in seconds: 30 days. The server ends sessions earlier by its own rules.
    const COOKIE_SECONDS_MAX: i64 = 30 * 24 * 3_600;

    /// How the session cookie is named and protected.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct CookiePolicy {
        /// Behind HTTPS the name carries the `__Host-` prefix and the cookie is `Secure`.
        pub secure: bool,
    }

    impl CookiePolicy {
        /// The cookie's name.
        #[must_use]
        pub fn name(self) -> &'static str {
            if self.secure { "__Host-lafast" } else { "lafast" }
        }

        /// Finds the session token among the cookies of a request.
        #[must_use]
        pub fn token(self, headers: &HeaderMap) -> Option<String> {
            headers
                .get_all(header::COOKIE)
                .iter()
                .filter_map(|value| value.to_str().ok())
                .flat_map(|line| line.split(';'))
                .filter_map(|pair| pair.trim().split_once('='))
                .find(|(name, _)| *name == self.name())
                .map(|(_, value)| value.to_owned())
        }

        /// The `Set-Cookie` value that starts a session.
        #[must_use]
        pub fn set(self, token: &str) -> String {
            let secure = if self.secure { "; Secure" } else { "" };
            format!(
                "{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={COOKIE_SECONDS_MAX}{secure}",
                self.name()
            )
        }

        /// The `Set-Cookie` value that ends it.
        #[must_use]
        pub fn clear(self) -> String {
            let secure = if self.secure { "; Secure" } else { "" };
            format!(
                "{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}",
                self.name()
            )
        }
    }

    /// The session token of this request, if it carries one.
    #[must_use]
    pub fn token() -> Option<String> {
        let policy = use_context::<CookiePolicy>()?;
        let parts = use_context::<axum::http::request::Parts>()?;
        policy.token(&parts.headers)
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
        append(|policy| policy.set(token));
    }

    /// Ends the session in this browser.
    pub fn clear_cookie() {
        append(CookiePolicy::clear);
    }

    fn append(value: impl FnOnce(CookiePolicy) -> String) {
        let (Some(policy), Some(response)) =
            (use_context::<CookiePolicy>(), use_context::<ResponseOptions>())
        else {
            return;
        };
        if let Ok(value) = HeaderValue::from_str(&value(policy)) {
            response.append_header(header::SET_COOKIE, value);
        }
    }
}

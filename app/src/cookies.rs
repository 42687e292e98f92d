//! Cookies of this application: one that says who is signed in, and one that says which device takes part in boards.
//! Both hold a random secret of which the database keeps a hash; neither is set before somebody asks for it.

use axum::http::{HeaderMap, HeaderValue, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

/// Which cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The signed-in person. The server ends sessions earlier by its own rules.
    Session,
    /// A device on boards.
    Device,
}

impl Cookie {
    /// The longest life, in seconds.
    fn seconds_max(self) -> i64 {
        match self {
            Self::Session => 30 * 24 * 3_600,
            // A board is open for weeks, its results are read for months.
            Self::Device => 180 * 24 * 3_600,
        }
    }
}

/// How cookies are named and protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CookiePolicy {
    /// Behind HTTPS names carry the `__Host-` prefix and cookies are `Secure`.
    pub secure: bool,
}

impl CookiePolicy {
    /// The name of a cookie.
    #[must_use]
    pub fn name(self, cookie: Cookie) -> &'static str {
        match (cookie, self.secure) {
            (Cookie::Session, true) => "__Host-lafast",
            (Cookie::Session, false) => "lafast",
            (Cookie::Device, true) => "__Host-lafast-device",
            (Cookie::Device, false) => "lafast-device",
        }
    }

    /// Finds a secret among the cookies of a request.
    #[must_use]
    pub fn find(self, cookie: Cookie, headers: &HeaderMap) -> Option<String> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == self.name(cookie))
            .map(|(_, value)| value.to_owned())
    }

    /// The secret of the session.
    #[must_use]
    pub fn session(self, headers: &HeaderMap) -> Option<String> {
        self.find(Cookie::Session, headers)
    }

    /// Whether a request carries any of them: then the answer is for one person.
    #[must_use]
    pub fn any(self, headers: &HeaderMap) -> bool {
        [Cookie::Session, Cookie::Device]
            .into_iter()
            .any(|cookie| self.find(cookie, headers).is_some())
    }

    fn header(self, cookie: Cookie, secret: &str, seconds: i64) -> String {
        let secure = if self.secure { "; Secure" } else { "" };
        format!(
            "{}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}",
            self.name(cookie)
        )
    }
}

/// The secret that this request carries.
#[must_use]
pub fn carried(cookie: Cookie) -> Option<String> {
    let policy = use_context::<CookiePolicy>()?;
    let parts = use_context::<axum::http::request::Parts>()?;
    policy.find(cookie, &parts.headers)
}

/// Keeps a secret in this browser.
pub fn set(cookie: Cookie, secret: &str) {
    append(|policy| policy.header(cookie, secret, cookie.seconds_max()));
}

/// Takes it away from this browser.
pub fn clear(cookie: Cookie) {
    append(|policy| policy.header(cookie, "", 0));
}

fn append(value: impl FnOnce(CookiePolicy) -> String) {
    let (Some(policy), Some(response)) = (use_context::<CookiePolicy>(), use_context::<ResponseOptions>())
    else {
        return;
    };
    if let Ok(value) = HeaderValue::from_str(&value(policy)) {
        response.append_header(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_https_a_cookie_is_bound_to_this_host() {
        let policy = CookiePolicy { secure: true };
        assert_eq!(
            policy.header(Cookie::Device, "s3", 60),
            "__Host-lafast-device=s3; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure"
        );
    }

    #[test]
    fn one_cookie_is_not_taken_for_the_other() {
        let policy = CookiePolicy { secure: false };
        let headers =
            HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static("x=1; lafast-device=s3"))]);
        assert_eq!(policy.find(Cookie::Device, &headers).as_deref(), Some("s3"));
        assert_eq!(policy.session(&headers), None);
        assert!(policy.any(&headers));
    }
}

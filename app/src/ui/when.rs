//! When something is.

use leptos::prelude::*;

/// Date and time. What stands behind the last comma, the time, stays in one line.
#[component]
pub fn When(
    /// For machines, RFC 3339.
    iso: String,
    /// For people, as [`domain::german::span`] says it.
    text: String,
) -> impl IntoView {
    let at = text.rfind(", ").map_or(0, |comma| comma + 2);
    let (date, time) = text.split_at(at);
    view! { <time datetime=iso>{date.to_owned()}<span class="together">{time.to_owned()}</span></time> }
}

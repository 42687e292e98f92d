//! What happened, and what to look out for.

use leptos::prelude::*;

/// A box with a message. `kind`: `info`, `success`, `warning`, `error`. Success and errors are announced.
#[component]
pub fn Notice(
    /// The tone.
    #[prop(default = "info")]
    kind: &'static str,
    /// The message.
    children: Children,
) -> impl IntoView {
    let role = if kind == "info" { None } else { Some("status") };
    view! { <div class=format!("notice notice-{kind}") role=role>{children()}</div> }
}

//! A word on a coloured ground. The word says it; the colour helps.

use leptos::prelude::*;

/// A small label. `kind`: `plain`, `good`, `warm`, `bad`.
#[component]
pub fn Badge(
    /// The word.
    #[prop(into)]
    text: String,
    /// The tone.
    #[prop(default = "plain")]
    kind: &'static str,
) -> impl IntoView {
    view! { <span class=format!("badge badge-{kind}")>{text}</span> }
}

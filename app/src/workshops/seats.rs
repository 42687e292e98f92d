//! How many seats there are, in a few words.

use leptos::prelude::*;

use crate::ui::badge::Badge;

/// What decides stands in the badge, what follows the comma beside it: a badge of two lines is none.
#[component]
pub fn SeatsInWords(
    /// "noch 12 von 40 Plätzen frei", "ausgebucht, 3 auf der Warteliste"
    text: String,
    /// The tone.
    kind: &'static str,
) -> impl IntoView {
    let (first, rest) = text.split_once(", ").unwrap_or((&text, ""));
    let rest = (!rest.is_empty()).then(|| view! { " " <span class="hint">{rest.to_owned()}</span> });
    view! { <Badge text=first kind /> {rest} }
}

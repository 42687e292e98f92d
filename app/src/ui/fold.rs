//! A part that is folded until somebody opens it.

use leptos::prelude::*;

/// Folded, or open from the start where what is in it matters now. What somebody has opened stays open when the page around it is made
/// anew.
#[component]
pub fn Fold(
    /// What is in it.
    #[prop(into)]
    summary: String,
    /// Whether it is open from the start.
    open: bool,
    /// Beyond that it is a disclosure.
    #[prop(default = "disclosure")]
    class: &'static str,
    /// What is folded.
    children: Children,
) -> impl IntoView {
    let inside = view! { <summary>{summary}</summary>{children()} };
    // Where nothing is said of it, nothing closes it.
    if open {
        view! { <details class=class open>{inside}</details> }.into_any()
    } else {
        view! { <details class=class>{inside}</details> }.into_any()
    }
}

//! Nothing here yet, and what helps.

use leptos::prelude::*;

/// An empty state that says what to do next.
#[component]
pub fn EmptyState(
    /// What is not there.
    #[prop(into)]
    title: String,
    /// What helps.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <svg class="empty-mark" viewBox="0 0 60 50" aria-hidden="true" focusable="false">
                <path d="M11 1h8v8h-8zM1 11h8v8H1zM11 11h8v8h-8zM31 11h8v8h-8zM41 11h8v8h-8zM51 11h8v8h-8zM21 21h8v8h-8zM31 21h8v8h-8zM41 21h8v8h-8zM1 31h8v8H1zM11 31h8v8h-8zM21 31h8v8h-8zM1 41h8v8H1z" />
            </svg>
            <p class="empty-title">{title}</p>
            {children()}
        </div>
    }
}

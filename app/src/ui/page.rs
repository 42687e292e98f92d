//! One page: its title, its heading that takes the focus after navigation, its lead.

use leptos::prelude::*;
use leptos_meta::Title;

/// A page. The heading can take the focus, so that a screen reader hears where one is after navigation.
#[component]
pub fn Page(
    /// The heading, and the title of the document.
    #[prop(into)]
    title: String,
    /// One or two sentences under the heading.
    #[prop(optional, into)]
    lead: Option<String>,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=format!("{title} – LaFaSt Sachsen") />
        <article class="page">
            <h1 id="seite" tabindex="-1">{title}</h1>
            {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
            {children()}
        </article>
    }
}

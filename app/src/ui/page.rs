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
        <Title text=document_title(&title) />
        <article class="page">
            <h1 id="seite" tabindex="-1">{title}</h1>
            {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
            {children()}
        </article>
    }
}

/// The title of the document. `leptos_meta` writes it into the HTML as it is, and sets it as text in the browser:
/// what people typed is escaped in the one and not in the other.
fn document_title(title: &str) -> String {
    let text = format!("{title} – LaFaSt Sachsen");
    if cfg!(feature = "ssr") {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    } else {
        text
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::document_title;

    #[test]
    fn a_title_does_not_end_the_title() {
        assert_eq!(
            document_title("</title><svg onload=1> & Co"),
            "&lt;/title&gt;&lt;svg onload=1&gt; &amp; Co – LaFaSt Sachsen"
        );
    }
}

//! One page: its title, its heading that takes the focus after navigation, its lead.

use leptos::{html, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_matched};
use leptos_router::location::Url;

/// The path whose heading had the focus last: each arrival somewhere else moves the focus there, so that a screen
/// reader hears where one is. At the first load the browser decides.
#[derive(Clone, Copy, Debug)]
pub struct Arrivals(StoredValue<String>);

impl Arrivals {
    /// The visit begins on this path.
    #[must_use]
    pub fn start_here() -> Self {
        #[cfg(feature = "hydrate")]
        if let Some(heading) = document().get_element_by_id(HEADING) {
            drop(heading.set_attribute(FIRST, ""));
        }
        Self(StoredValue::new(use_location().pathname.get_untracked()))
    }
}

/// The id of the heading.
const HEADING: &str = "seite";

/// Marks the heading with which the document came. Its page may come to life when somebody has gone on already, and takes the focus
/// from nobody.
#[cfg(feature = "hydrate")]
const FIRST: &str = "data-first";

/// The heading of a page. Takes the focus when somebody arrives.
#[component]
pub fn Heading(
    /// What it says.
    text: AnyView,
) -> impl IntoView {
    let node: NodeRef<html::H1> = NodeRef::new();
    let here = path_of_this_page();
    let arrivals = use_context::<Arrivals>();
    Effect::new(move |_| {
        let (Some(heading), Some(Arrivals(last))) = (node.get(), arrivals) else {
            return;
        };
        #[cfg(feature = "hydrate")]
        if heading.has_attribute(FIRST) {
            drop(heading.remove_attribute(FIRST));
            last.set_value(here.clone());
            return;
        }
        if last.get_value() != here {
            last.set_value(here.clone());
            // A page is built before it is shown.
            #[cfg(feature = "hydrate")]
            super::focus::go(std::rc::Rc::new(move || vec![heading.clone().into()]));
            #[cfg(not(feature = "hydrate"))]
            drop(heading);
        }
    });
    view! { <h1 id=HEADING tabindex="-1" node_ref=node>{text}</h1> }
}

/// The address is that of the next page already while its code is on its way, and this page may be made anew meanwhile.
fn path_of_this_page() -> String {
    // Where there is no such page, no route was matched.
    if use_context::<ArcRwSignal<Url>>().is_some() {
        use_matched().get_untracked()
    } else {
        use_location().pathname.get_untracked()
    }
}

/// A page. The heading can take the focus, so that a screen reader hears where one is after navigation.
#[component]
pub fn Page(
    /// The heading, and the title of the document.
    #[prop(into)]
    title: String,
    /// One or two sentences under the heading.
    #[prop(optional, into)]
    lead: Option<String>,
    /// What the heading says where that may change while somebody reads; nothing: the title.
    #[prop(optional)]
    heading: Option<AnyView>,
    /// The content.
    children: Children,
) -> impl IntoView {
    let document = document_title(&title);
    let heading = heading.unwrap_or_else(|| title.into_any());
    view! {
        <Title text=document />
        <article class="page">
            <Heading text=heading />
            {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
            {children()}
        </article>
    }
}

/// The title of the document. `leptos_meta` writes it into the HTML as it is, and sets it as text in the browser:
/// what people typed is escaped in the one and not in the other.
#[must_use]
pub fn document_title(title: &str) -> String {
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

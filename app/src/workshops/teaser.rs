//! One Veranstaltung in a list.

use leptos::prelude::*;

use super::dto::TeaserView;
use super::seats::SeatsInWords;
use crate::ui::{badge::Badge, icon::Icon, when::When};

/// Date, title, place, seats. The whole card leads to the page.
#[component]
pub fn Teaser(
    /// What to show.
    teaser: TeaserView,
    /// A sentence that stands below.
    #[prop(optional_no_strip)]
    note: Option<String>,
) -> impl IntoView {
    view! {
        <li class="card">
            <p class="card-kind">
                {teaser.kind}
                {teaser.demo.then(|| view! { <Badge text="Beispiel" /> })}
            </p>
            <h3 class="card-title"><a href=format!("/veranstaltungen/{}", teaser.slug)>{teaser.title}</a></h3>
            <p class="card-line">
                <Icon name="calendar" />
                <When iso=teaser.starts_iso text=teaser.when />
            </p>
            <p class="card-line"><Icon name="place" />{teaser.place}</p>
            <p class="card-text">{teaser.summary}</p>
            <p><SeatsInWords text=teaser.seats kind=teaser.tone.key() /></p>
            {note.map(|note| view! { <p class="hint">{note}</p> })}
        </li>
    }
}

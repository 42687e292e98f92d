//! `/verwaltung/anmeldungen/{id}`: what happened to one place, why, and who did it.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::course;
use super::dto::CourseView;
use super::way_back::way_back;
use crate::loading::{awaited, load};
use crate::ui::{found::found, page::Page};

/// What happened to one place.
#[component]
pub fn CoursePage() -> impl IntoView {
    let params = use_params_map();
    let data = load(move || params.read().get("id").unwrap_or_default(), course);
    awaited(move || async move { found("Verlauf", data.await, |data| view! { <Course data /> }.into_any()) })
}

#[component]
fn Course(data: CourseView) -> impl IntoView {
    view! {
        {way_back(data.path, "Zur Veranstaltung")}
        <Page title="Verlauf" lead=data.name>
            <p>{data.title}</p>
            <ol class="history">
                {data.done.into_iter().map(|(at, what, who)| view! {
                    <li><span class="hint">{at}</span><br />{what}<br /><span class="hint">{who}</span></li>
                }).collect_view()}
            </ol>
        </Page>
    }
    .into_any()
}

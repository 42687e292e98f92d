//! `/themen/{slug}/anwesend`: who is in the room, for its moderator. A page of its own that the server writes: the console is as
//! large as it may be, and this works without WebAssembly, too.

use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_params_map;

use super::actions::{HandOver, load_present};
use super::dto::PresentView;
use crate::form_reply::address;
use crate::loading::{awaited, load};
use crate::ui::{found::found, page::Page};

/// Who is in the room. Whoever does not moderate the board finds nothing here.
#[component]
pub fn PresentPage() -> impl IntoView {
    let params = use_params_map();
    let data = load(
        move || params.read().get("slug").unwrap_or_default(),
        load_present,
    );
    view! {
        <Meta name="robots" content="noindex" />
        {awaited(move || async move { found("Wer da ist", data.await, page) })}
    }
}

fn page(data: PresentView) -> AnyView {
    let path = format!("/themen/{}", data.slug);
    let (again, back) = (format!("{path}/anwesend"), format!("{path}/moderation"));
    let log = format!("{path}/protokoll");
    let names = data
        .names
        .into_iter()
        .map(|name| view! { <li>{name}</li> }.into_any());
    let names = names.collect::<Vec<_>>();
    let names = (!names.is_empty()).then(|| view! { <ul>{names}</ul> });
    let hidden = data.slug;
    let moderators = data
        .moderators
        .into_iter()
        .map(|(member, label)| moderator(hidden.clone(), member, label));
    let moderators = moderators.collect::<Vec<_>>();
    let moderators = (!moderators.is_empty()).then(|| view! { <h2>"Wer mitmoderiert"</h2>{moderators} });
    let said = data
        .said
        .into_iter()
        .map(|said| view! { <p>{said}</p> }.into_any());
    view! {
        <Page title="Wer da ist" lead=data.title>
            {said.collect::<Vec<_>>()}
            {names}
            {moderators}
            <p class="actions no-print">
                <a class="button" href=again rel="external">"Neu laden"</a>
                <a class="button button-quiet" href=back>"Zur Moderation"</a>
                <a class="button button-quiet" href=log>"Protokoll der Moderation"</a>
            </p>
        </Page>
    }
    .into_any()
}

/// Ends it: who has no card any more has no workbench either. A plain form, which leads to the console with its answer.
fn moderator(slug: String, member: String, label: String) -> AnyView {
    view! {
        <form action={address::<HandOver>()} method="post" class="deed">
            <input type="hidden" name="slug" value=slug />
            <input type="hidden" name="on" value="moderation" />
            <input type="hidden" name="member" value=member />
            <p><button class="button button-quiet">{label}</button></p>
        </form>
    }
    .into_any()
}

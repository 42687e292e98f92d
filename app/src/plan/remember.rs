//! A plan that this device remembers, only after somebody asked for it, and forgets on demand.

use leptos::prelude::*;

use crate::ui::toast::Toast;

/// The name under which the browser keeps it.
#[cfg(feature = "hydrate")]
const STORAGE_KEY: &str = "lernweg";

/// Offers to remember the plan of this page, or leads to the one that is remembered. Without a script the address of the page
/// is the plan, and a bookmark remembers it.
#[component]
pub fn RememberPlan(
    /// The query of the plan.
    query: String,
    /// Whether it wants nothing.
    is_empty: bool,
) -> impl IntoView {
    let remembered = RwSignal::new(None::<String>);
    let ready = RwSignal::new(false);
    let toast = Toast::on_this_page();
    Effect::new(move |_| {
        remembered.set(kept());
        ready.set(true);
    });
    let query = StoredValue::new(query);
    view! {
        <div class="no-print actions">
            {move || ready.get().then(|| {
                let other = remembered.get().filter(|kept| *kept != query.get_value());
                other.map(|kept| view! { <a class="button button-quiet" href=format!("/lernweg?{kept}")>"Den Plan auf diesem Gerät öffnen"</a> })
            })}
            {move || (ready.get() && !is_empty).then(|| {
                if remembered.get() == Some(query.get_value()) {
                    view! {
                        <button type="button" class="button button-quiet" on:click=move |_| { keep(None); remembered.set(None); }>
                            "Dieses Gerät soll den Plan vergessen"
                        </button>
                    }.into_any()
                } else {
                    view! {
                        <button type="button" class="button button-quiet" on:click=move |_| {
                            keep(Some(&query.get_value()));
                            remembered.set(Some(query.get_value()));
                            toast.say("Gemerkt. Auf dieser Seite finden Sie den Plan wieder.");
                        }>
                            "Auf diesem Gerät merken"
                        </button>
                    }.into_any()
                }
            })}
        </div>
    }
}

#[cfg(feature = "hydrate")]
fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

#[cfg(feature = "hydrate")]
fn kept() -> Option<String> {
    storage()?.get_item(STORAGE_KEY).ok().flatten()
}

#[cfg(feature = "hydrate")]
fn keep(query: Option<&str>) {
    let Some(storage) = storage() else {
        return;
    };
    // A browser that keeps nothing asks again next time.
    drop(match query {
        Some(query) => storage.set_item(STORAGE_KEY, query),
        None => storage.remove_item(STORAGE_KEY),
    });
}

#[cfg(not(feature = "hydrate"))]
fn kept() -> Option<String> {
    None
}

#[cfg(not(feature = "hydrate"))]
fn keep(_query: Option<&str>) {}

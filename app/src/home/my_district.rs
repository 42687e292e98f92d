//! The district that this device remembers, only after a choice, and forgets on demand.

use domain::district::District;
use leptos::prelude::*;

use crate::ui::toast::Toast;

/// The name under which the browser keeps it. Nothing else is kept.
#[cfg(feature = "hydrate")]
const STORAGE_KEY: &str = "kreis";

/// Whether somebody asked for all of Saxony on this visit: then the start page stays so, although the device remembers a
/// district, until another one is looked at. The next visit begins with what is remembered.
#[cfg(feature = "hydrate")]
static ALL_OF_SAXONY: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

/// Leads from a district to all of Saxony.
#[component]
pub fn AllOfSaxony() -> impl IntoView {
    view! { <p><a href="/" on:click=|_| asks_for_all(true)>"Ganz Sachsen zeigen"</a></p> }
}

/// Offers to remember the chosen district on this device, or to forget it.
#[component]
pub fn RememberDistrict(
    /// The district of the address.
    chosen: Option<District>,
) -> impl IntoView {
    let remembered = RwSignal::new(None::<String>);
    let toast = Toast::on_this_page();
    let ready = RwSignal::new(false);
    let navigate = leptos_router::hooks::use_navigate();
    Effect::new(move |_| {
        ready.set(true);
        let kept = kept();
        if chosen.is_some() {
            asks_for_all(false);
        } else if !asked_for_all()
            && let Some(district) = kept.as_deref().and_then(District::parse)
        {
            navigate(
                &format!("/?kreis={}", district.slug),
                leptos_router::NavigateOptions {
                    replace: true,
                    ..Default::default()
                },
            );
        }
        remembered.set(kept);
    });
    view! {
        <p class="no-print">
            {move || {
                let chosen = chosen.filter(|_| ready.get())?;
                let here = remembered.get().as_deref() == Some(chosen.slug);
                Some(if here {
                    view! {
                        <button type="button" class="button button-quiet" on:click=move |_| { forget(); remembered.set(None); }>
                            "Dieses Gerät soll " {chosen.name} " vergessen"
                        </button>
                    }.into_any()
                } else {
                    view! {
                        <button type="button" class="button button-quiet"
                            on:click=move |_| {
                                keep(chosen.slug);
                                remembered.set(Some(chosen.slug.to_owned()));
                                toast.say("Gemerkt. Die Startseite zeigt ab jetzt zuerst, was hier in der Nähe ist.");
                            }>
                            {chosen.name} " auf diesem Gerät merken"
                        </button>
                    }.into_any()
                })
            }}
        </p>
    }
}

#[cfg(feature = "hydrate")]
fn asks_for_all(all: bool) {
    ALL_OF_SAXONY.store(all, std::sync::atomic::Ordering::Relaxed);
}

#[cfg(feature = "hydrate")]
fn asked_for_all() -> bool {
    ALL_OF_SAXONY.load(std::sync::atomic::Ordering::Relaxed)
}

#[cfg(not(feature = "hydrate"))]
fn asks_for_all(_all: bool) {}

#[cfg(not(feature = "hydrate"))]
fn asked_for_all() -> bool {
    false
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
fn keep(slug: &str) {
    if let Some(storage) = storage() {
        // A browser that keeps nothing asks again next time.
        drop(storage.set_item(STORAGE_KEY, slug));
    }
}

#[cfg(feature = "hydrate")]
fn forget() {
    if let Some(storage) = storage() {
        drop(storage.remove_item(STORAGE_KEY));
    }
}

#[cfg(not(feature = "hydrate"))]
fn kept() -> Option<String> {
    None
}

#[cfg(not(feature = "hydrate"))]
fn keep(_slug: &str) {}

#[cfg(not(feature = "hydrate"))]
fn forget() {}

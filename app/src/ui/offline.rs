//! Readable without a network: registers the service worker, and says when the network is gone.

use leptos::prelude::*;
#[cfg(feature = "hydrate")]
use leptos_router::hooks::use_location;

/// A line that says when the device is offline.
#[component]
pub fn OfflineBanner() -> impl IntoView {
    let offline = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    watch(offline);
    view! {
        <div class="offline" role="status">
            {move || offline.get().then_some("Sie sind offline. Besuchte Seiten können Sie weiter lesen.")}
        </div>
    }
}

/// Registers the service worker, marks the document as ready, and follows the network.
#[cfg(feature = "hydrate")]
fn watch(offline: RwSignal<bool>) {
    Effect::new(move |_| {
        let window = window();
        let _ = window.navigator().service_worker().register("/sw.js");
        if let Some(root) = document().document_element() {
            // Tests wait for this mark; nothing else depends on it.
            drop(root.set_attribute("data-hydrated", ""));
        }
        offline.set(!window.navigator().on_line());
    });
    // Whoever goes on from a page that the service worker kept reads what comes now.
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path)
            && let Ok(Some(said)) = document().query_selector("body > .kept")
        {
            said.remove();
        }
        path
    });
    let gone = window_event_listener(leptos::ev::offline, move |_| offline.set(true));
    let back = window_event_listener(leptos::ev::online, move |_| offline.set(false));
    on_cleanup(move || {
        gone.remove();
        back.remove();
    });
}

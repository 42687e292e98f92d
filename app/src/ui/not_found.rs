//! The page that is not there, or that this person may not see: the same for both.

use leptos::prelude::*;

use super::{empty::EmptyState, page::Page};

/// Says so, answers 404, and helps on.
#[component]
pub fn NotFound() -> impl IntoView {
    set_status(404);
    view! {
        <Page title="Diese Seite gibt es nicht">
            <EmptyState title="Vielleicht ist der Link alt, oder es fehlt ein Zeichen.">
                <p class="actions">
                    <a class="button" href="/veranstaltungen">"Zu den Veranstaltungen"</a>
                    <a class="button button-quiet" href="/anmeldung">"Link zu meinem Platz erneut senden"</a>
                </p>
            </EmptyState>
        </Page>
    }
}

/// Sets the status of the answer while the server renders.
pub fn set_status(status: u16) {
    #[cfg(feature = "ssr")]
    if let (Some(response), Ok(status)) = (
        use_context::<leptos_axum::ResponseOptions>(),
        axum::http::StatusCode::from_u16(status),
    ) {
        response.set_status(status);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = status;
}

//! The way back from a page of the office.

use leptos::prelude::*;

/// A link above the heading. At the end of a long list nobody finds it.
pub fn way_back(path: String, words: &'static str) -> AnyView {
    view! { <p class="way-back no-print"><a href=path><span aria-hidden="true">"‹\u{a0}"</span>{words}</a></p> }.into_any()
}

/// To the first page of the office.
pub fn to_office() -> AnyView {
    way_back("/verwaltung".to_owned(), "Zur Verwaltung")
}

/// To the list of all mails.
pub fn to_outbox() -> AnyView {
    way_back("/verwaltung/postausgang".to_owned(), "Zum Postausgang")
}

/// To the page of a Veranstaltung.
pub fn to_workshop(id: &str) -> AnyView {
    way_back(format!("/verwaltung/veranstaltungen/{id}"), "Zur Veranstaltung")
}

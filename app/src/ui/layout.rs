//! Header, navigation and footer around every page.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::loading::Busy;

use super::{
    icon::Icon,
    offline::OfflineBanner,
    page::Arrivals,
    toast::{Toast, Toaster},
};

/// What stands around every page.
#[component]
pub fn Layout(
    /// The page.
    children: Children,
) -> impl IntoView {
    let busy = expect_context::<Busy>();
    provide_context(Toast::default());
    provide_context(Arrivals::start_here());
    view! {
        <a class="skip" href="#inhalt" rel="external">"Zum Inhalt springen"</a>
        <header class="header no-print">
            <a class="brand" href="/" aria-label="LaFaSt Sachsen, Startseite">
                <svg viewBox="0 0 60 50" aria-hidden="true" focusable="false">
                    <path d="M11 1h8v8h-8zM1 11h8v8H1zM11 11h8v8h-8zM31 11h8v8h-8zM41 11h8v8h-8zM51 11h8v8h-8zM21 21h8v8h-8zM31 21h8v8h-8zM41 21h8v8h-8zM1 31h8v8H1zM11 31h8v8h-8zM21 31h8v8h-8zM1 41h8v8H1z" />
                </svg>
                <span>"LaFaSt Sachsen"</span>
            </a>
        </header>
        <nav class="nav no-print" aria-label="Hauptnavigation">
            <ul>
                <NavItem href="/" below=&[] icon="home" label="Start" />
                <NavItem href="/veranstaltungen" below=&["/veranstaltungen"] icon="calendar" label="Veranstaltungen" />
                <NavItem href="/themen" below=&["/themen", "/vorlagen"] icon="board" label="Themen" />
                <NavItem href="/module" below=&["/module", "/lernweg", "/anrechnung", "/nachweis"] icon="book" label="Module" />
                <NavItem href="/konto" below=&["/konto"] icon="person" label="Konto" />
            </ul>
        </nav>
        <OfflineBanner />
        <main id="inhalt" class="main" tabindex="-1" aria-busy=move || busy.get().then_some("true")>{children()}</main>
        <Toaster />
        <footer class="footer no-print">
            <ul>
                <li><a href="/nachweis">"Nachweis prüfen"</a></li>
                <li><a href="/impressum">"Impressum"</a></li>
                <li><a href="/datenschutz">"Datenschutz"</a></li>
                <li><a href="/barrierefreiheit">"Barrierefreiheit"</a></li>
                <li><a href="/leichte-sprache">"Leichte Sprache"</a></li>
            </ul>
            // On a narrow screen the line ends behind the stroke, not inside a word.
            <p>"Landesfachstelle Flüchtlingssozialarbeit/\u{200b}Migrationssozialarbeit in Sachsen"</p>
        </footer>
    }
}

/// One destination, marked while one is there or on a page that belongs to it.
#[component]
fn NavItem(
    href: &'static str,
    below: &'static [&'static str],
    icon: &'static str,
    label: &'static str,
) -> impl IntoView {
    let path = use_location().pathname;
    let current = move || {
        let path = path.get();
        let here = path == href || below.iter().any(|below| path.starts_with(below));
        here.then_some("page")
    };
    view! {
        <li>
            <a href=href aria-current=current>
                <Icon name=icon />
                <span>{label}</span>
            </a>
        </li>
    }
}

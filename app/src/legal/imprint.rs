//! `/impressum` (DDG § 5).

use leptos::prelude::*;

use crate::ui::{notice::Notice, page::Page};

/// Who is responsible.
#[component]
pub fn ImprintPage() -> impl IntoView {
    view! {
    <Page title="Impressum">
        <Notice>"Das ist eine Beispielinstallation. Vor dem Betrieb stehen hier die Angaben des Betreibers."</Notice>
        <h2>"Anbieter"</h2>
        <p>"Landesfachstelle Flüchtlingssozialarbeit/" <wbr /> "Migrationssozialarbeit (LaFaSt)" <br /> "Musterstraße 1, 01067 Dresden"</p>
        <h2>"Kontakt"</h2>
        <p>"E-Mail: " <a href="mailto:kontakt@lafast.example">"kontakt@lafast.example"</a> <br /> "Telefon: " <a href="tel:+49351000000">"0351 000000"</a></p>
        <h2>"Verantwortlich für den Inhalt"</h2>
        <p>"Leitung der Geschäftsstelle, Anschrift wie oben"</p>
    </Page>
    }
}

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
        <p>"Landesfachstelle Flüchtlingssozialarbeit/Migrationssozialarbeit (LaFaSt)" <br /> "Musterstraße 1, 01067 Dresden"</p>
        <h2>"Kontakt"</h2>
        <p>"E-Mail: kontakt@lafast.example" <br /> "Telefon: 0351 000000"</p>
        <h2>"Verantwortlich für den Inhalt"</h2>
        <p>"Leitung der Geschäftsstelle, Anschrift wie oben"</p>
    </Page>
    }
}

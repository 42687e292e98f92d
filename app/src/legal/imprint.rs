//! `/impressum` (DDG § 5).

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

use crate::ui::{notice::Notice, page::Page};

/// Who is responsible.
#[derive(Debug)]
pub struct ImprintPage;

#[lazy_route]
impl LazyRoute for ImprintPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
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
        .into_any()
    }
}

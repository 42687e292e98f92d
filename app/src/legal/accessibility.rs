//! `/barrierefreiheit`: the declaration (BfWebG § 3).

use leptos::prelude::*;

use crate::ui::{notice::Notice, page::Page};

/// The declaration on accessibility.
#[component]
pub fn AccessibilityPage() -> impl IntoView {
    view! {
    <Page title="Erklärung zur Barrierefreiheit">
        <Notice>"Das ist eine Beispielinstallation. Der Betreiber prüft und ergänzt diese Erklärung mindestens jedes Jahr."</Notice>
        <p>"Diese Erklärung gilt für diese Plattform. Grundlage sind das Barrierefreie-Websites-Gesetz des Freistaates Sachsen und die BITV 2.0."</p>
        <h2>"Stand"</h2>
        <p>
            "Wir bauen nach WCAG 2.2, Stufe AA. Programme prüfen jede Seite bei jeder Änderung. "
            "Eine Prüfung durch Menschen mit Bildschirmleser steht noch aus. Deshalb nennen wir die Plattform teilweise vereinbar."
        </p>
        <h2>"Was noch nicht barrierefrei ist"</h2>
        <ul>
            <li>"Ein Video in Deutscher Gebärdensprache fehlt noch."</li>
        </ul>
        <h2>"Barriere melden"</h2>
        <p>"Schreiben Sie uns: " <a href="mailto:barrierefreiheit@lafast.example">"barrierefreiheit@lafast.example"</a> ". Wir antworten innerhalb von zwei Wochen."</p>
        <h2>"Durchsetzung"</h2>
        <p>"Hilft unsere Antwort nicht, wenden Sie sich an die Durchsetzungsstelle beim Beauftragten der Sächsischen Staatsregierung für die Belange von Menschen mit Behinderungen. Die Überwachung liegt beim Deutschen Zentrum für barrierefreies Lesen (dzb lesen) in Leipzig."</p>
        <p class="hint">"Erstellt am 23. November 2026 durch eigene Bewertung."</p>
    </Page>
    }
}

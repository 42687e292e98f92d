//! `/leichte-sprache`: what this is and how to use it, in Leichte Sprache.

use leptos::prelude::*;

use crate::ui::page::Page;

/// The platform in Leichte Sprache.
#[component]
pub fn PlainLanguagePage() -> impl IntoView {
    view! {
    <Page title="Leichte Sprache">
        <h2>"Was ist das hier?"</h2>
        <p>"Das ist eine Internet-Seite."</p>
        <p>"Die Seite ist von der Landes\u{2011}Fach\u{2011}Stelle."</p>
        <p>"Die Landes\u{2011}Fach\u{2011}Stelle hilft Menschen,"<br />"die geflüchtete Menschen beraten."</p>
        <h2>"Was können Sie hier machen?"</h2>
        <ul>
            <li>"Sie können Treffen und Kurse finden."</li>
            <li>"Sie können sich dafür anmelden."</li>
            <li>"Sie können wieder absagen."</li>
        </ul>
        <h2>"Wie melden Sie sich an?"</h2>
        <ol>
            <li>"Klicken Sie auf „Veranstaltungen“."</li>
            <li>"Suchen Sie ein Treffen aus."</li>
            <li>"Füllen Sie das Formular aus."</li>
            <li>"Klicken Sie auf „Verbindlich anmelden“."</li>
            <li>"Sie bekommen eine E-Mail."</li>
            <li>"Klicken Sie in der E-Mail auf den Link."</li>
            <li>"Klicken Sie dann auf „Jetzt bestätigen“."</li>
        </ol>
        <h2>"Wie sagen Sie ab?"</h2>
        <ol>
            <li>"Suchen Sie unsere E-Mail zu dem Treffen."</li>
            <li>"Klicken Sie in der E-Mail auf den Link."</li>
            <li>"Klicken Sie auf „Ich kann nicht kommen“."</li>
            <li>"Klicken Sie dann auf „Platz absagen“."</li>
        </ol>
        <p>"Sie finden die E-Mail nicht?"<br /><a href="/anmeldung">"Wir schicken Ihnen den Link noch einmal."</a></p>
        <h2>"Haben Sie Fragen?"</h2>
        <p>"Schreiben Sie uns eine E-Mail: " <a href="mailto:kontakt@lafast.example">"kontakt@lafast.example"</a></p>
    </Page>
    }
}

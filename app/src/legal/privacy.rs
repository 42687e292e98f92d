//! `/datenschutz`: what is kept, why, and how long. Must say what the code does.

use leptos::prelude::*;

use crate::ui::{notice::Notice, page::Page};

/// What is kept, why, and how long.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    view! {
    <Page title="Datenschutz" lead="Wir speichern so wenig wie möglich. Hier steht, was, wofür und wie lange.">
        <Notice>"Das ist eine Beispielinstallation. Vor dem Betrieb ergänzt der Betreiber Verantwortliche und Rechtsgrundlagen."</Notice>
        <h2>"Beim Lesen"</h2>
        <p>
            "Sie können alle öffentlichen Seiten lesen, ohne sich anzumelden. Wir setzen dabei keine Cookies und laden nichts von anderen Anbietern. "
            "Es gibt keine Statistik über Personen. Wählen Sie auf der Startseite „merken“, speichert Ihr Gerät den Landkreis. "
            "Mit „vergessen“ ist er wieder weg. Bis zu 60 öffentliche Seiten, die Sie gelesen haben, behält Ihr Gerät, damit Sie sie "
            "ohne Netz wieder lesen können. Seiten mit Ihren persönlichen Angaben behält es nicht."
        </p>
        <h2>"Bei der Anmeldung zu einer Veranstaltung"</h2>
        <p>
            "Wir speichern Name, E-Mail-Adresse, Träger, Landkreis, Form der Teilnahme und was Sie freiwillig angeben. "
            "Ihren Bedarf an Unterstützung sieht nur, wer ihn organisiert. Auf die Teilnahmeliste kommen Sie nur, wenn Sie es möchten: "
            "Name, Träger und Landkreis sehen dann alle mit festem Platz, bis vier Wochen nach der Veranstaltung. "
            "Melden Sie Kolleg*innen mit an, lesen diese Ihren Namen in der E-Mail. "
            "Stimmt etwas im Formular nicht, bewahren wir Ihre Eingaben höchstens eine Viertelstunde auf, damit nichts verloren geht."
        </p>
        <p>
            "Ihren Bedarf an Unterstützung löschen wir 7 Tage nach der Veranstaltung, alles andere, was Ihren Namen trägt, "
            "ein Jahr danach. Zahlen ohne Namen bleiben."
        </p>
        <h2>"Mit Konto"</h2>
        <p>
            "Ein Konto hat eine E-Mail-Adresse und, wenn Sie möchten, Name, Träger und Landkreis. Beim Anmelden setzen wir ein Cookie. "
            "Es ist nötig, damit Sie angemeldet bleiben. Es endet nach spätestens 30 Tagen oder wenn Sie sich abmelden."
        </p>
        <h2>"Lernweg und Bedarf"</h2>
        <p>
            "Ein Lernweg steht nur in der Adresse der Seite. Wir speichern ihn erst, wenn Sie „Im Konto speichern“ wählen; Ihr Gerät "
            "merkt ihn sich nur auf Wunsch. Melden Sie Bedarf für ein Modul, sehen Institution und Geschäftsstelle nur Summen ab fünf "
            "Personen. Ihre Meldung löschen wir nach einem Jahr oder wenn Sie sie zurücknehmen."
        </p>
        <h2>"Anrechnung und Nachweise"</h2>
        <p>
            "Beantragen Sie eine Anrechnung oder Anerkennung, speichern wir Ihre Angaben und hochgeladenen Nachweise. Bevor Sie einreichen, "
            "sehen nur Sie sie. Danach sehen auch die Institution, die das Modul anbietet, und die Geschäftsstelle diese Angaben. "
            "Hochgeladene Nachweise löschen wir 90 Tage nach der Entscheidung. Entwürfe und Anträge, bei denen noch etwas fehlt, löschen wir "
            "180 Tage nach der letzten Änderung, Anträge ohne Entscheidung ein Jahr nach dem Einreichen. Ihre Angaben und die Entscheidung löschen wir mit Ihrem Konto."
        </p>
        <p>
            "Aus einer Entscheidung kann ein Merksatz entstehen. Ihn können alle lesen, und er bleibt. Er nennt keine Person."
        </p>
        <p>
            "Bestehen Sie ein Modul, stellt die Institution einen Nachweis mit Ihrem Namen aus. Ansehen können ihn alle, die den Code darauf "
            "kennen, außerdem die Institution und die Geschäftsstelle. Wir bewahren ihn zehn Jahre auf, damit er sich prüfen lässt."
        </p>
        <h2>"Auf einem Board"</h2>
        <p>
            "Lesen können Sie ohne Konto und ohne Cookie. Machen Sie mit, setzen wir ein Cookie mit einer Zufallszahl, damit Ihr Gerät Ihre Karten wiedererkennt. "
            "Was Sie schreiben, liegt auf Ihrem Gerät, bis es angekommen ist, und wird dort dann gelöscht. "
            "Ein Konto brauchen Sie nicht. Landkreis und Tätigkeit geben Sie nur an, wenn Sie möchten. "
            "Was andere von Ihnen sehen, steht am Formular, bevor Sie schreiben. "
            "Zeigt ein Board Namen, sieht die Moderation daran auch, wer gerade verbunden ist; sonst nur, wie viele es sind. Das speichern wir nicht. "
            "Die Moderation kann zu einer Karte eine kurze Notiz ohne Namen festhalten, die nur sie liest und die mit der Karte gelöscht wird. "
            "Sie können jede eigene Karte endgültig löschen. Ein Jahr, nachdem sich auf einem Board zuletzt etwas getan hat, "
            "löschen wir die Namen und vergessen die Geräte. Wie lange die Karten bleiben, steht auf dem Board."
        </p>
        <h2>"E-Mails"</h2>
        <p>"Gesendete E-Mails löschen wir nach 30 Tagen aus unserem Postausgang. Codes zum Anmelden löschen wir sofort nach dem Senden."</p>
        <h2>"Ihre Rechte"</h2>
        <p>
            "In Ihrem " <a href="/konto">"Konto"</a> " können Sie alle Daten herunterladen und das Konto löschen. "
            "Über Ihren persönlichen Link können Sie Angaben ändern und absagen. "
            "Beschweren können Sie sich bei der Sächsischen Datenschutz- und Transparenzbeauftragten."
        </p>
    </Page>
    }
}

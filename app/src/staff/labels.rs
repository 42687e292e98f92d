//! What the fields of the form for a Veranstaltung are called.

/// Giving a seat out of turn, in the id of the field for its reason.
pub const MOVE_UP: &str = "move_up";
/// Taking a place back, in the id of the field for its reason.
pub const TAKE_BACK: &str = "take_back";

/// The id of the field for the reason of a deed: each person of the list has one of her own.
#[must_use]
pub fn reason_field(deed: &str, sign_up: &str) -> String {
    format!("{deed}-{sign_up}")
}

/// The label of a field, by its name in the form.
#[must_use]
pub fn field_label(name: &str) -> &str {
    match name {
        "kind" => "Art",
        "title" => "Titel",
        "summary" => "Kurztext für Listen",
        "description" => "Beschreibung",
        "audience" => "Für wen",
        "agenda" => "Ablauf",
        "districts" => "Landkreis oder Stadt",
        "starts_at" => "Beginn",
        "ends_at" => "Ende",
        "sessions" => "Termine",
        "module" => "Kürzel des Moduls",
        "opens_at" => "Anmeldung öffnet",
        "closes_at" => "Anmeldung schließt",
        "capacity_on_site" => "Plätze vor Ort",
        "reserved_on_site" => "Davon reserviert (vor Ort)",
        "capacity_online" => "Plätze online",
        "reserved_online" => "Davon reserviert (online)",
        "per_organisation_max" => "Höchstens je Träger",
        "per_organisation_until" => "Grenze gilt bis",
        "venue_name" => "Haus und Raum",
        "venue_street" => "Straße und Hausnummer",
        "venue_postcode" => "Postleitzahl",
        "venue_town" => "Ort",
        "access_info" => "Anreise und Zugang",
        "online_link" => "Videolink",
        "online_info" => "Hinweise zur Online-Teilnahme",
        "contact" => "Kontakt",
        "tags" => "Themen",
        // What the log calls the facts for which people change their plans.
        "time" => "Zeit",
        "place" => "Ort",
        other => other,
    }
}

/// What helps to fill in a field, by its name in the form; nothing, where its label says enough.
#[must_use]
pub fn field_hint(name: &str) -> &'static str {
    match name {
        "per_organisation_max" => "Leer: keine Grenze.",
        "per_organisation_until" => "Leer: bis zum Schluss.",
        "online_link" => "Den Link bekommt nur, wer einen Platz online hat.",
        "contact" => {
            "Wen man fragen kann, in einer Zeile: am besten eine Stelle mit E-Mail-Adresse oder Telefonnummer."
        }
        "tags" => {
            "Wonach Fachkräfte suchen, durch Komma getrennt: zum Beispiel Wohnen, Asylrecht. Höchstens zwölf."
        }
        _ => "",
    }
}

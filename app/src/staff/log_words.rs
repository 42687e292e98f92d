//! The log in plain words.

use domain::booking::{Mode, PlaceState, Reason};
use domain::german;
use domain::mail::Occasion;
use domain::module::Field;
use store::audit::AuditRow;
use store::audit::log::Topic;

use super::labels::field_label;
use super::mail_words::occasion;
use crate::signup::words;

/// When, and who did what.
pub fn line(row: &AuditRow) -> (String, String) {
    (
        german::moment(row.at),
        format!("{}: {}", who(row), what(&row.action, &row.detail)),
    )
}

/// What a part of the log is about.
pub fn topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Workshops => "Veranstaltungen und Plätze",
        Topic::Boards => "Boards und Auswertung",
        Topic::Modules => "Module, Anrechnung und Nachweise",
        Topic::Accounts => "Konten und Rollen",
        Topic::Mails => "Nachrichten, wiederholte und unzustellbare E-Mails",
        Topic::Programs => "Zugänge für Programme",
    }
}

/// As [`line`], of a sign-up with its number: the log names nobody.
pub fn numbered_line(row: &AuditRow, number: Option<i64>) -> (String, String) {
    let (at, what) = line(row);
    match number {
        Some(number) => (at, format!("Anmeldung Nr. {number}: {what}")),
        None => (at, what),
    }
}

/// Who did it: an account, or how it was done.
pub fn who(row: &AuditRow) -> String {
    match (row.actor.split_once(':'), &row.actor_email) {
        (_, Some(email)) => email.clone(),
        (Some(("person", _)), None) => "Ein gelöschtes Konto".to_owned(),
        (Some(("link", _)), None) => "Über den persönlichen Link".to_owned(),
        (Some(("program", _)), None) => "Ein Programm mit Zugangsschlüssel".to_owned(),
        (Some(("member", _)), None) => "Auf dem Board".to_owned(),
        _ if row.actor == "visitor" => "Über das Formular".to_owned(),
        _ => "Die Plattform".to_owned(),
    }
}

/// What was done.
pub fn what(action: &str, detail: &str) -> String {
    match action {
        "signed_in" => "hat sich im Konto angemeldet".to_owned(),
        "account_changed" => "hat die Angaben im Konto geändert".to_owned(),
        "account_deleted" => "hat das Konto gelöscht".to_owned(),
        "role_given" => format!("Rolle vergeben ({})", role(detail)),
        "role_taken" => format!("Rolle entzogen ({})", role(detail)),
        "workshop_created" => "Veranstaltung angelegt".to_owned(),
        "workshop_published" => "Veranstaltung veröffentlicht".to_owned(),
        "draft_discarded" => "Entwurf einer Veranstaltung gelöscht".to_owned(),
        "workshop_edited" => format!("Veranstaltung geändert{}", fields(detail)),
        "reserved_seat_used" => format!("Platz aus der Reserve vergeben{}", reserve(detail)),
        "reserved_seat_returned" => format!("Platz wieder in der Reserve{}", reserve(detail)),
        "workshop_cancelled" => format!("Veranstaltung abgesagt{}", reason(detail)),
        "signed_up" => format!("neue Anmeldung{}", place(detail)),
        "place_changed" => place_changed(detail),
        "answers_changed" => "Angaben zum Platz geändert".to_owned(),
        "topic_removed" => "hat ein vorgeschlagenes Thema entfernt".to_owned(),
        "access_duty_taken" => "kümmert sich um die Bedarfe".to_owned(),
        "access_duty_ended" => "hat die Bedarfe abgegeben".to_owned(),
        "access_duty_withdrawn" => "mit der Rolle auch die Bedarfe entzogen".to_owned(),
        "access_needs_exported" => "hat die Bedarfe als Datei geholt".to_owned(),
        "handed_over" => "Platz an eine andere Person weitergegeben".to_owned(),
        "board_created" => "Board angelegt".to_owned(),
        "board_moderated" => format!("moderiert (Eintrag {detail} im Protokoll des Boards)"),
        "board_term" if detail.is_empty() => "Beiträge eines Boards bleiben".to_owned(),
        "board_term" => {
            let (days, stays) = match detail.split_once(' ') {
                Some((days, _)) => (days, ", Ergebnisse bleiben"),
                None => (detail, ""),
            };
            format!("Beiträge eines Boards gehen nach {days} Tagen ohne Neues{stays}")
        }
        "board_corrected" => format!("Angaben zu einem Board berichtigt{}", corrected(detail)),
        "board_emptied" => "Beiträge eines Boards gelöscht, weil ihre Frist vorbei war".to_owned(),
        "board_noted" => format!("Interne Notiz zu Karte {detail} eines Boards geändert"),
        "board_handed_over" => "Moderation eines Boards geteilt".to_owned(),
        "board_taken_back" => "Moderation eines Boards nicht mehr geteilt".to_owned(),
        "codebook_created" => "Codebuch angelegt".to_owned(),
        "code_added" => "Code zum Codebuch hinzugefügt".to_owned(),
        "code_retired" => "Code wird nicht mehr vergeben".to_owned(),
        "code_back" => "Code wird wieder vergeben".to_owned(),
        "coding_created" => "Auswertung begonnen".to_owned(),
        "card_coded" => "Karte ausgewertet".to_owned(),
        "coding_agreed" => "Einigung zu einer Karte festgehalten".to_owned(),
        "template_created" => "Vorlage für Boards angelegt".to_owned(),
        "programme_saved" => format!("Zertifikat gespeichert, Fassung {detail}"),
        "module_created" => "Modul angelegt".to_owned(),
        "module_imported" => format!("Modul eingelesen{}", version(detail)),
        "module_import_undone" => format!("Einlesen zurückgenommen{}", version(detail)),
        "module_version_begun" => format!("Modul: Fassung {detail} begonnen"),
        "module_written" => format!("Modul geschrieben{}", version(detail)),
        "module_submitted" => format!("Modul eingereicht{}", version(detail)),
        "module_taken_back" => format!("Modul zurückgeholt{}", version(detail)),
        "module_approved" => format!("Modul: zugestimmt{}", version(detail)),
        "module_changes_requested" => format!("Modul: Änderungen erbeten{}", version(detail)),
        "module_published" => format!("Modul veröffentlicht{}", version(detail)),
        "module_confirmed" => format!("Modul gilt weiterhin{}", version(detail)),
        "module_withdrawn" => format!("Modul zurückgezogen{}", version(detail)),
        "module_commented" => format!("Modul: Anmerkung{}", version(detail)),
        "recognition_begun" => format!("Antrag auf Anrechnung begonnen ({detail})"),
        "recognition_written" => format!("Antrag auf Anrechnung geschrieben ({detail})"),
        "recognition_submitted" => format!("Antrag auf Anrechnung eingereicht ({detail})"),
        "recognition_taken_back" => format!("Antrag auf Anrechnung zurückgeholt ({detail})"),
        "recognition_discarded" => format!("Antrag auf Anrechnung gelöscht ({detail})"),
        "recognition_more_asked" => format!("Nachweise nachgefordert ({detail})"),
        "recognition_decided" => format!("Über Anrechnung entschieden ({detail})"),
        "evidence_added" => format!("Nachweis hochgeladen ({detail})"),
        "evidence_removed" => format!("Nachweis gelöscht ({detail})"),
        "certificate_issued" => "Nachweis ausgestellt".to_owned(),
        "certificate_revoked" => "Nachweis widerrufen".to_owned(),
        "token_made" => "Zugangsschlüssel angelegt".to_owned(),
        "token_revoked" => "Zugangsschlüssel widerrufen".to_owned(),
        "webhook_made" => "Meldung an ein Programm angelegt".to_owned(),
        "webhook_ended" => "Meldung an ein Programm beendet".to_owned(),
        "run_rolled_over" => format!("Durchgang ins nächste Semester übernommen ({detail})"),
        "mail_sent_again" => format!("E-Mail noch einmal verschickt{}", of_occasion(detail)),
        "mail_bounced" => format!("E-Mail als unzustellbar vermerkt{}", of_occasion(detail)),
        "mail_bounce_undone" => format!("Vermerk „unzustellbar“ zurückgenommen{}", of_occasion(detail)),
        "message_sent" => format!(
            "Nachricht verschickt ({})",
            german::count(number(detail), "Person", "Personen")
        ),
        other => format!("{other} {detail}"),
    }
}

/// Why a mail was sent.
fn of_occasion(detail: &str) -> String {
    Occasion::parse(detail).map_or_else(String::new, |why| format!(" ({})", occasion(why)))
}

/// Fields of a board: `title votes`.
fn corrected(detail: &str) -> String {
    let names: Vec<&str> = detail
        .split_whitespace()
        .map(|field| match field {
            "title" => "Titel",
            "lead" => "Worum es geht",
            "votes" => "Stimmen je Person",
            "workshop" => "Veranstaltung",
            other => other,
        })
        .collect();
    format!(": {}", names.join(", "))
}

/// Version and field of "2 weeks"; a state is said by the action itself.
fn version(detail: &str) -> String {
    let (number, rest) = detail.split_once(' ').unwrap_or((detail, ""));
    let field = Field::parse(rest).map(|field| format!(", {}", field.facts().label));
    format!(" (Fassung {number}{})", field.unwrap_or_default())
}

/// As [`place`]; where it stands as before, only what happened.
fn place_changed(detail: &str) -> String {
    let (states, why) = detail.split_once(": ").unwrap_or((detail, ""));
    match (states.split_once(" → "), Reason::parse(why)) {
        (Some((before, after)), Some(reason)) if before == after => words::reason(reason).to_owned(),
        _ => format!("Platz geändert{}", place(detail)),
    }
}

/// `waiting → cancelled: cancelled_by_person`, or one state alone.
fn place(detail: &str) -> String {
    let (states, why) = detail.split_once(": ").unwrap_or((detail, ""));
    let states: Vec<&str> = states
        .split(" → ")
        .map(|state| match PlaceState::parse(state) {
            Some(known) => words::state(known),
            None => state,
        })
        .collect();
    let why = match Reason::parse(why) {
        None | Some(Reason::SignedUp) => String::new(),
        Some(reason) => format!(" ({})", words::reason(reason)),
    };
    format!(", {}{why}", states.join(" → "))
}

/// Of which seats the reserve is.
fn reserve(detail: &str) -> String {
    Mode::parse(detail).map_or_else(String::new, |mode| format!(" ({})", words::mode(mode)))
}

fn json(detail: &str) -> serde_json::Value {
    serde_json::from_str(detail).unwrap_or_default()
}

fn fields(detail: &str) -> String {
    let changed = json(detail);
    let names: Vec<&str> = changed["changed"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(serde_json::Value::as_str)
        .map(field_label)
        .collect();
    if names.is_empty() {
        String::new()
    } else {
        format!(": {}", names.join(", "))
    }
}

fn reason(detail: &str) -> String {
    match json(detail)["reason"].as_str() {
        Some(reason) if !reason.is_empty() => format!(": {reason}"),
        _ => String::new(),
    }
}

fn number(detail: &str) -> u32 {
    detail.parse().unwrap_or_default()
}

fn role(detail: &str) -> &str {
    match detail {
        "staff" => "Geschäftsstelle",
        "curator" => "Modulverantwortung",
        "admin" => "Administration",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use domain::time::Instant;

    use super::*;

    #[test]
    fn what_people_do_on_a_board_is_not_done_by_the_platform() {
        let row = |actor: &str| AuditRow {
            seq: 1,
            at: Instant(0),
            actor: actor.to_owned(),
            actor_email: None,
            action: "board_moderated".to_owned(),
            object_kind: "board".to_owned(),
            object_id: String::new(),
            detail: "19".to_owned(),
            hash: String::new(),
        };
        let said = |actor: &str| line(&row(actor)).1;
        let expected = "Auf dem Board: moderiert (Eintrag 19 im Protokoll des Boards)";
        assert_eq!(said("member:1"), expected);
        assert!(said("system").starts_with("Die Plattform: "));
    }

    #[test]
    fn a_change_reads_as_a_sentence() {
        for (action, detail, expected) in [
            (
                "signed_up",
                "held: signed_up",
                "neue Anmeldung, noch nicht bestätigt",
            ),
            (
                "place_changed",
                "waiting → cancelled: cancelled_by_person",
                "Platz geändert, Warteliste → abgesagt (selbst abgesagt)",
            ),
            (
                "place_changed",
                "waiting → waiting: mail_confirmed",
                "E-Mail-Adresse bestätigt",
            ),
            ("signed_in", "", "hat sich im Konto angemeldet"),
            (
                "workshop_edited",
                r#"{"changed":["title","place"]}"#,
                "Veranstaltung geändert: Titel, Ort",
            ),
            (
                "reserved_seat_used",
                "online",
                "Platz aus der Reserve vergeben (online)",
            ),
            (
                "reserved_seat_returned",
                "on_site",
                "Platz wieder in der Reserve (vor Ort)",
            ),
            (
                "workshop_cancelled",
                r#"{"reason":"Hochwasser"}"#,
                "Veranstaltung abgesagt: Hochwasser",
            ),
            (
                "mail_sent_again",
                "place_confirmed",
                "E-Mail noch einmal verschickt (Platz bestätigt)",
            ),
            (
                "mail_bounce_undone",
                "offer",
                "Vermerk „unzustellbar“ zurückgenommen (Angebot)",
            ),
            ("message_sent", "1", "Nachricht verschickt (1\u{a0}Person)"),
            (
                "access_duty_withdrawn",
                "person:1",
                "mit der Rolle auch die Bedarfe entzogen",
            ),
        ] {
            assert_eq!(what(action, detail), expected);
        }
    }
}

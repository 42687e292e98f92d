//! Mails in plain words: why one is sent, and how it stands.

use domain::german;
use domain::mail::Occasion;
use store::outbox::OutboxRow;

/// How a mail stands, in one word, and what there is to say about it.
pub fn standing(row: &OutboxRow) -> (String, String) {
    let tries = || {
        let tries = u32::try_from(row.tries).unwrap_or(u32::MAX);
        german::count(tries, "Versuch", "Versuche")
    };
    let error = row.last_error.as_deref().unwrap_or_default();
    if let Some(at) = row.bounced_at {
        return (
            "unzustellbar".to_owned(),
            format!("vermerkt am {}", german::moment(at)),
        );
    }
    let (state, detail) = match (row.sent_at, row.failed_at) {
        (Some(at), _) => ("gesendet", german::moment(at)),
        (_, Some(at)) => (
            "aufgegeben",
            format!("{}, {}: {error}", german::moment(at), tries()),
        ),
        _ if error.is_empty() => ("wartet", String::new()),
        _ => {
            let next = row.next_try_at.map(german::moment).unwrap_or_default();
            (
                "wartet",
                format!("bisher {}, der nächste {next}: {error}", tries()),
            )
        }
    };
    (state.to_owned(), detail)
}

/// Why a mail is sent.
pub fn occasion(occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::SignInCode => "Code zum Anmelden",
        Occasion::ConfirmSignUp => "Bitte bestätigen",
        Occasion::PlaceConfirmed => "Platz bestätigt",
        Occasion::Waiting => "Warteliste",
        Occasion::Promoted => "Nachgerückt",
        Occasion::Offer => "Angebot",
        Occasion::DeadlineMoved => "Frist geändert",
        Occasion::OfferMissed => "Angebot abgelaufen",
        Occasion::HoldExpired => "Nicht bestätigt",
        Occasion::Cancelled => "Abgesagt",
        Occasion::Declined => "Abgelehnt",
        Occasion::ModeChanged => "Form gewechselt",
        Occasion::HandedOver => "Platz übernommen",
        Occasion::HandedOn => "Platz weitergegeben",
        Occasion::WorkshopChanged => "Veranstaltung geändert",
        Occasion::WorkshopCancelled => "Veranstaltung abgesagt",
        Occasion::LinkAgain => "Link erneut",
        Occasion::LinksWanted => "Link angefordert",
        Occasion::StaffMessage => "Nachricht",
        Occasion::Reminder => "Erinnerung",
        Occasion::ThankYou => "Danke nach der Veranstaltung",
        Occasion::RecognitionDecided => "Anrechnung entschieden",
        Occasion::RecognitionMoreAsked => "Nachweise nachgefordert",
        Occasion::CertificateIssued => "Nachweis ausgestellt",
        Occasion::ConfirmModules => "Module bestätigen",
    }
}

#[cfg(test)]
mod tests {
    use domain::time::Instant;

    use super::*;

    fn row() -> OutboxRow {
        OutboxRow {
            id: "1".to_owned(),
            occasion: Occasion::PlaceConfirmed,
            recipient: "anna@traeger.example".to_owned(),
            payload: serde_json::Value::Null,
            created_at: Instant(0),
            tries: 0,
            sent_at: None,
            failed_at: None,
            last_error: None,
            next_try_at: Some(Instant(0)),
            bounced_at: None,
        }
    }

    #[test]
    fn how_a_mail_stands_is_a_word_and_what_the_mail_server_said() {
        assert_eq!(standing(&row()), ("wartet".to_owned(), String::new()));
        let refused = OutboxRow {
            tries: 1,
            last_error: Some("451 später".to_owned()),
            next_try_at: Instant::from_input("2026-12-03T10:30"),
            ..row()
        };
        let expected =
            "bisher 1\u{a0}Versuch, der nächste Do,\u{a0}3.\u{a0}Dezember 2026, 10:30\u{a0}Uhr: 451 später";
        assert_eq!(standing(&refused), ("wartet".to_owned(), expected.to_owned()));
        let given_up = OutboxRow {
            failed_at: Instant::from_input("2026-12-03T10:30"),
            next_try_at: None,
            ..refused
        };
        assert_eq!(standing(&given_up).0, "aufgegeben");
        assert!(standing(&given_up).1.ends_with("1\u{a0}Versuch: 451 später"));
        let bounced = OutboxRow {
            sent_at: Instant::from_input("2026-12-03T10:30"),
            next_try_at: None,
            bounced_at: Instant::from_input("2026-12-04T08:00"),
            ..row()
        };
        let expected = "vermerkt am Fr,\u{a0}4.\u{a0}Dezember 2026, 8\u{a0}Uhr";
        assert_eq!(
            standing(&bounced),
            ("unzustellbar".to_owned(), expected.to_owned())
        );
    }
}

//! The newest mails, without what opens doors.

use domain::german;
use domain::mail::Occasion;
use leptos::prelude::*;
use store::outbox::{NoticeFacts, OutboxRow};
use store::signups::MailFacts;

use super::for_staff;
use crate::loading::unavailable;
use crate::signup::words;
use crate::staff::dto::MailView;

/// Mails that are shown at once.
const MAILS_MAX: i64 = 100;

pub async fn outbox() -> Result<Option<Vec<MailView>>, ServerFnError> {
    for_staff(|store| async move {
        let mails = store.mails(MAILS_MAX).await.map_err(unavailable)?;
        Ok(Some(mails.iter().map(mail).collect()))
    })
    .await
}

/// A mail without what opens doors: neither codes nor personal links.
fn mail(row: &OutboxRow) -> MailView {
    let state = match (row.sent_at, row.failed_at, &row.last_error) {
        (Some(_), _, _) => "gesendet".to_owned(),
        (_, Some(_), error) => format!("aufgegeben: {}", error.clone().unwrap_or_default()),
        (_, _, Some(error)) => format!("wartet nach {} Versuchen: {error}", row.tries),
        _ => "wartet".to_owned(),
    };
    let facts = serde_json::from_value::<MailFacts>(row.payload.clone())
        .map(facts)
        .or_else(|_| serde_json::from_value::<NoticeFacts>(row.payload.clone()).map(notice))
        .unwrap_or_default();
    MailView {
        occasion: occasion(row.occasion).to_owned(),
        recipient: row.recipient.clone(),
        at: german::moment(row.created_at),
        state,
        facts,
    }
}

fn notice(facts: NoticeFacts) -> Vec<(String, String)> {
    vec![("Worum".to_owned(), facts.subject)]
}

fn facts(facts: MailFacts) -> Vec<(String, String)> {
    let mut lines = vec![
        ("Veranstaltung".to_owned(), facts.workshop.title),
        (
            "Wann".to_owned(),
            german::span(facts.workshop.starts_at, facts.workshop.ends_at),
        ),
        ("Wo".to_owned(), facts.workshop.venue),
        ("Stand".to_owned(), words::state(facts.place.state).to_owned()),
    ];
    if let Some(until) = facts.place.until {
        lines.push(("Frist".to_owned(), german::moment(until)));
    }
    if let Some(position) = facts.place.position {
        lines.push(("Warteliste".to_owned(), position.to_string()));
    }
    if !facts.subject.is_empty() {
        lines.push(("Betreff".to_owned(), facts.subject));
    }
    if !facts.message.is_empty() {
        lines.push(("Nachricht".to_owned(), facts.message));
    }
    lines
}

fn occasion(occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::SignInCode => "Code zum Anmelden",
        Occasion::ConfirmSignUp => "Bitte bestätigen",
        Occasion::PlaceConfirmed => "Platz bestätigt",
        Occasion::Waiting => "Warteliste",
        Occasion::Promoted => "Nachgerückt",
        Occasion::Offer => "Angebot",
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
        Occasion::StaffMessage => "Nachricht",
        Occasion::RecognitionDecided => "Anrechnung entschieden",
        Occasion::RecognitionMoreAsked => "Nachweise nachgefordert",
        Occasion::CertificateIssued => "Nachweis ausgestellt",
        Occasion::ConfirmModules => "Module bestätigen",
    }
}

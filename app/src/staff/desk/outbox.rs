//! The newest mails, without what opens doors; one of them as it would be sent.

use domain::booking::{Mode, PlaceState};
use domain::german;
use domain::mail::Occasion;
use leptos::prelude::*;
use store::StoreError;
use store::outbox::{NoticeFacts, OutboxRow};
use store::signups::MailFacts;

use super::for_staff;
use crate::loading::unavailable;
use crate::signup::words;
use crate::staff::dto::{MailHead, MailTextView, MailView, OutboxView};
use crate::staff::labels::field_label;
use crate::staff::mail_reader::MailReader;
use crate::staff::mail_words::{occasion, standing};

/// Mails that are shown at once.
const MAILS_MAX: i64 = 100;

pub async fn outbox() -> Result<Option<OutboxView>, ServerFnError> {
    for_staff(|store| async move {
        let mails = store.mails(MAILS_MAX).await.map_err(unavailable)?;
        Ok(Some(OutboxView {
            mails: mails.iter().map(mail).collect(),
            readable: use_context::<MailReader>().is_some(),
        }))
    })
    .await
}

/// What everybody in the office may know of a mail.
pub(super) fn head(row: &OutboxRow) -> MailHead {
    let (state, detail) = standing(row);
    let at = german::moment(row.created_at);
    MailHead {
        id: row.id.clone(),
        occasion: occasion(row.occasion).to_owned(),
        recipient: row.recipient.clone(),
        // Sent at once, as nearly all are: the time stands there already.
        detail: if detail == at { String::new() } else { detail },
        at: in_two(&at),
        state,
    }
}

/// For a narrow line: it ends between the day and the time, not inside either. The first blank stands before the year.
fn in_two(moment: &str) -> String {
    moment.replacen(' ', "\u{a0}", 1)
}

/// A mail without what opens doors: neither codes nor personal links.
fn mail(row: &OutboxRow) -> MailView {
    let facts = serde_json::from_value::<MailFacts>(row.payload.clone())
        .map(|told| facts(told, row.occasion))
        .or_else(|_| serde_json::from_value::<NoticeFacts>(row.payload.clone()).map(notice))
        .unwrap_or_default();
    MailView {
        mail: head(row),
        is_sent: row.sent_at.is_some() && row.bounced_at.is_none(),
        facts,
    }
}

/// One mail as it would be sent, where no mail server sends it. A code is not shown to anybody: with it, staff could sign in
/// as somebody who may do more.
pub async fn mail_text(id: String) -> Result<Option<MailTextView>, ServerFnError> {
    for_staff(|store| async move {
        let Some(MailReader(read)) = use_context() else {
            return Ok(None);
        };
        let row = match store.mail(&id).await {
            Ok(row) => row,
            Err(StoreError::NotFound) => return Ok(None),
            Err(error) => return Err(unavailable(error)),
        };
        // The subject of a code keeps it secret.
        let (subject, text) = read(&row).unwrap_or_default();
        let is_shown = !row.occasion.opens_an_account() && !text.is_empty();
        Ok(Some(MailTextView {
            occasion: occasion(row.occasion).to_owned(),
            recipient: row.recipient.clone(),
            at: german::moment(row.created_at),
            subject,
            text: is_shown.then_some(text),
        }))
    })
    .await
}

fn notice(facts: NoticeFacts) -> Vec<(String, String)> {
    vec![("Worum".to_owned(), facts.subject)]
}

fn facts(facts: MailFacts, occasion: Occasion) -> Vec<(String, String)> {
    let mut lines = vec![
        ("Veranstaltung".to_owned(), facts.workshop.title),
        (
            "Wann".to_owned(),
            german::unbroken(&german::span(facts.workshop.starts_at, facts.workshop.ends_at)),
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
        lines.push(message(facts.message, occasion));
    }
    lines
}

/// What a mail says beside the facts. Of a change that is what has changed, in the words of the form.
fn message(message: String, occasion: Occasion) -> (String, String) {
    if occasion == Occasion::WorkshopChanged {
        let changed: Vec<&str> = message
            .split(',')
            // In older mails this is how many dates there were.
            .filter(|fact| !fact.starts_with("dates:"))
            .map(field_label)
            .collect();
        ("Geändert".to_owned(), changed.join(", "))
    } else if let (Occasion::ModeChanged, Some(left)) = (occasion, Mode::parse(&message)) {
        ("Keine Plätze mehr".to_owned(), words::mode(left).to_owned())
    } else if let (Occasion::Declined, Some(left)) = (occasion, PlaceState::parse(&message)) {
        ("Vorher".to_owned(), words::state(left).to_owned())
    } else {
        ("Nachricht".to_owned(), message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_changed_stands_in_words_and_what_was_typed_stays_as_it_is() {
        let changed = message(
            "title,time,place,online_link".to_owned(),
            Occasion::WorkshopChanged,
        );
        assert_eq!(
            changed,
            ("Geändert".to_owned(), "Titel, Zeit, Ort, Videolink".to_owned())
        );
        let moved = message("on_site".to_owned(), Occasion::ModeChanged);
        assert_eq!(moved, ("Keine Plätze mehr".to_owned(), "vor Ort".to_owned()));
        let left = message("waiting".to_owned(), Occasion::Declined);
        assert_eq!(left, ("Vorher".to_owned(), "Warteliste".to_owned()));
        let typed = message("time,place".to_owned(), Occasion::StaffMessage);
        assert_eq!(typed, ("Nachricht".to_owned(), "time,place".to_owned()));
    }

    #[test]
    fn a_narrow_line_ends_between_day_and_time() {
        let at = domain::time::Instant::from_input("2026-03-29T14:30").unwrap();
        assert_eq!(
            in_two(&german::moment(at)),
            "So,\u{a0}29.\u{a0}März\u{a0}2026, 14:30\u{a0}Uhr"
        );
    }
}

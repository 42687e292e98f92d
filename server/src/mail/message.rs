//! The parts of a mail: text first, then HTML, then the calendar entry.

use domain::mail::Occasion;
use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use store::outbox::{NoticeFacts, OutboxRow};
use store::signups::MailFacts;

use super::render::{self, CodeFacts, Words};
use crate::calendar::entry::{self, Entry, Method};
use crate::calendar::place;
use crate::config::PublicUrl;

/// Why a mail could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// The facts in the outbox are not those of the occasion.
    #[error("the facts do not fit: {0}")]
    Facts(#[from] serde_json::Error),
    /// An address is not one.
    #[error("not an address: {0}")]
    Address(#[from] lettre::address::AddressError),
    /// A header cannot be written.
    #[error("a header cannot be written: {0}")]
    Header(String),
    /// The library refuses.
    #[error("{0}")]
    Build(#[from] lettre::error::Error),
}

/// A mail in words, as it is sent.
///
/// # Errors
/// See [`MessageError`].
pub fn words(row: &OutboxRow, public: &PublicUrl) -> Result<Words, MessageError> {
    Ok(if row.occasion == Occasion::SignInCode {
        let facts: CodeFacts = serde_json::from_value(row.payload.clone())?;
        render::code(&facts)
    } else if row.occasion.is_about_a_place() {
        let facts: MailFacts = serde_json::from_value(row.payload.clone())?;
        render::place(row.occasion, &facts, |path| public.join(path))
    } else {
        let facts: NoticeFacts = serde_json::from_value(row.payload.clone())?;
        let link = public.join(&facts.path);
        render::notice(row.occasion, &facts, &link)
    })
}

/// A mail in words as staff may read it: what the person needs is only for those who arrange it.
///
/// # Errors
/// See [`MessageError`].
pub fn words_without_needs(row: &OutboxRow, public: &PublicUrl) -> Result<Words, MessageError> {
    if !row.occasion.is_about_a_place() {
        return words(row, public);
    }
    let mut facts: MailFacts = serde_json::from_value(row.payload.clone())?;
    facts.place = facts.place.without_needs();
    Ok(render::place(row.occasion, &facts, |path| public.join(path)))
}

/// Puts a mail together from the facts in the outbox.
///
/// # Errors
/// See [`MessageError`].
pub fn build(row: &OutboxRow, from: &str, public: &PublicUrl) -> Result<Message, MessageError> {
    let words = words(row, public)?;
    let calendar = if row.occasion.is_about_a_place() {
        let facts: MailFacts = serde_json::from_value(row.payload.clone())?;
        invitation(row, &facts, from, public)
    } else {
        None
    };
    let from: Mailbox = from.parse()?;
    let domain = from.email.domain().to_owned();
    let message = Message::builder()
        .from(from)
        .to(row.recipient.parse::<Mailbox>()?)
        .subject(words.subject.clone())
        .message_id(Some(format!("<{}@{domain}>", row.id)))
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .multipart(parts(&words, calendar)?)?;
    Ok(message)
}

fn parts(words: &Words, calendar: Option<(Method, String)>) -> Result<MultiPart, MessageError> {
    let body = MultiPart::alternative()
        .singlepart(SinglePart::plain(words.text()))
        .singlepart(SinglePart::html(words.html()));
    let Some((method, file)) = calendar else {
        return Ok(body);
    };
    let media_type = ContentType::parse(&format!("text/calendar; charset=utf-8; method={}", method.key()))
        .map_err(|error| MessageError::Header(error.to_string()))?;
    Ok(body.singlepart(SinglePart::builder().header(media_type).body(file)))
}

/// The calendar entry of a mail, if the occasion changes the calendar.
fn invitation(
    row: &OutboxRow,
    facts: &MailFacts,
    from: &str,
    public: &PublicUrl,
) -> Option<(Method, String)> {
    let method = match row.occasion {
        Occasion::PlaceConfirmed | Occasion::Promoted | Occasion::HandedOver => Method::Request,
        Occasion::WorkshopChanged | Occasion::ModeChanged
            if facts.place.state == domain::booking::PlaceState::Confirmed =>
        {
            Method::Request
        }
        // Who only waited, or never confirmed, has nothing in the calendar.
        Occasion::Cancelled | Occasion::WorkshopCancelled | Occasion::HandedOn if facts.place.was_certain => {
            Method::Cancel
        }
        _ => return None,
    };
    let cancelled = method == Method::Cancel;
    let workshop = &facts.workshop;
    let dates_before = dates_before(row.occasion, facts);
    let method = match dates_before {
        Some(_) => Method::Publish,
        None => entry::method_for(method, &workshop.sessions),
    };
    let entry = Entry {
        stamped_at: row.created_at,
        cancelled,
        invitation: Some((address(from), row.recipient.clone())),
        ..place::entry(
            &facts.place.id,
            facts.place.mode,
            facts.place.revision,
            &place::Event {
                slug: &workshop.slug,
                title: &workshop.title,
                venue: &workshop.venue,
                starts_at: workshop.starts_at,
                ends_at: workshop.ends_at,
                sessions: &workshop.sessions,
                sequence: workshop.sequence,
            },
            public,
        )
    };
    let mut entries = dates_before.map_or_else(Vec::new, |before| entry::gone(&entry, before));
    entries.insert(0, entry);
    Some((method, entry::file(&workshop.title, method, &entries)))
}

/// How many dates it had until a change of their number, of which this mail tells. Mails from before there was a field for it
/// say so behind what has changed.
fn dates_before(occasion: Occasion, facts: &MailFacts) -> Option<usize> {
    let mut changed = match occasion {
        Occasion::WorkshopChanged => facts.message.split(','),
        _ => return facts.dates_before,
    };
    let of_old = || changed.find_map(|fact| fact.strip_prefix("dates:")?.parse().ok());
    facts.dates_before.or_else(of_old)
}

/// The bare address of `Name <address>`.
pub fn address(from: &str) -> String {
    from.parse::<Mailbox>()
        .map_or_else(|_| from.to_owned(), |mailbox| mailbox.email.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A mail as it stood in the outbox before there was a field for the number of dates.
    fn of_old(message: &str) -> MailFacts {
        serde_json::from_value(json!({
            "workshop": {
                "id": "1", "slug": "wohnen", "title": "Wohnen", "starts_at": 0, "ends_at": 1, "venue": "", "access_info": "",
                "online_info": "", "contact": "", "sequence": 1, "closes_at": 0
            },
            "place": {
                "id": "2", "token": "abc", "name": "Anna", "organisation": "Haus", "mode": "on_site", "state": "confirmed",
                "access_needs": ""
            },
            "message": message
        }))
        .unwrap()
    }

    #[test]
    fn mails_from_before_it_was_told_call_off_what_was_said_then() {
        assert!(of_old("").place.was_certain);
    }

    #[test]
    fn mails_from_before_there_was_a_field_say_how_many_dates_there_were() {
        let changed = |facts: &MailFacts| dates_before(Occasion::WorkshopChanged, facts);
        assert_eq!(changed(&of_old("time,dates:2")), Some(2));
        assert_eq!(changed(&of_old("time")), None);
        let text = render::place(Occasion::WorkshopChanged, &of_old("time,dates:2"), str::to_owned).text();
        assert!(text.contains("Geändert: die Zeit. Unten"), "{text}");
        let mut facts = of_old("time");
        facts.dates_before = Some(3);
        assert_eq!(changed(&facts), Some(3));
        // What staff typed as a reason is none.
        assert_eq!(
            dates_before(Occasion::Cancelled, &of_old("Hochwasser,dates:2")),
            None
        );
    }
}

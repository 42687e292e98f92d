//! One Veranstaltung as a calendar entry.

use domain::time::Instant;
use icalendar::{Calendar, Component, Event, EventLike};

/// What a calendar entry tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Stays the same for ever: how calendars find the entry again.
    pub uid: String,
    /// Grows with each change: older ones are ignored (RFC 5545, 3.8.7.4).
    pub sequence: i64,
    /// The title.
    pub title: String,
    /// A few words.
    pub description: String,
    /// Where people meet.
    pub location: String,
    /// The public page.
    pub url: String,
    /// When it starts.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// When these facts were written down.
    pub stamped_at: Instant,
    /// Whether it does not take place, or the person does not come.
    pub cancelled: bool,
    /// Sender and receiver of an invitation by mail.
    pub invitation: Option<(String, String)>,
}

/// How calendars treat a file (RFC 5546).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// For everybody to read.
    Publish,
    /// An invitation, or its update.
    Request,
    /// The entry goes.
    Cancel,
}

impl Method {
    /// The name in the file and in the mail's header.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// A calendar file with these entries.
#[must_use]
pub fn file(name: &str, method: Method, entries: &[Entry]) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//LaFaSt Sachsen//Veranstaltungen//DE"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("METHOD", method.key()));
    if method == Method::Publish {
        calendar.append_property(("X-WR-CALNAME", name));
        calendar.append_property(("REFRESH-INTERVAL;VALUE=DURATION", "PT6H"));
    }
    for entry in entries {
        calendar.push(event(entry));
    }
    calendar.to_string()
}

fn event(entry: &Entry) -> Event {
    let mut event = Event::new();
    event
        .uid(&entry.uid)
        .add_property("DTSTAMP", utc(entry.stamped_at))
        .add_property("DTSTART", utc(entry.starts_at))
        .add_property("DTEND", utc(entry.ends_at))
        .add_property("SEQUENCE", entry.sequence.to_string())
        .add_property("STATUS", if entry.cancelled { "CANCELLED" } else { "CONFIRMED" })
        .summary(&entry.title)
        .description(&entry.description)
        .location(&entry.location)
        .add_property("URL", &entry.url);
    if let Some((organizer, attendee)) = &entry.invitation {
        event.add_property("ORGANIZER", format!("mailto:{organizer}"));
        event.add_property("ATTENDEE", format!("mailto:{attendee}"));
    }
    event.done()
}

/// `20261203T090000Z`
fn utc(instant: Instant) -> String {
    let text = instant.to_rfc3339();
    let seconds = text.get(..19).unwrap_or(&text);
    let digits = seconds
        .chars()
        .filter(|character| *character != '-' && *character != ':')
        .collect::<String>();
    format!("{digits}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            uid: "1@lafast".into(),
            sequence: 2,
            title: "Wohnen; Recht, Praxis".into(),
            description: "Erste Zeile\nzweite".into(),
            location: "Haus am Fluss, Dresden".into(),
            url: "https://lafast.example/veranstaltungen/wohnen".into(),
            starts_at: Instant::from_input("2026-12-03T10:00").unwrap(),
            ends_at: Instant::from_input("2026-12-03T15:00").unwrap(),
            stamped_at: Instant(0),
            cancelled: false,
            invitation: None,
        }
    }

    #[test]
    fn an_entry_is_in_utc_with_sequence_and_escaped_text() {
        let file = file("Alle", Method::Publish, &[entry()]);
        for line in [
            "DTSTART:20261203T090000Z",
            "SEQUENCE:2",
            "METHOD:PUBLISH",
            "STATUS:CONFIRMED",
            "UID:1@lafast",
        ] {
            assert!(file.contains(&format!("{line}\r\n")), "{line} in {file}");
        }
        assert!(file.contains("SUMMARY:Wohnen\\; Recht\\, Praxis"), "{file}");
    }

    #[test]
    fn an_invitation_names_both_sides() {
        let invited = Entry {
            invitation: Some(("a@b.example".into(), "c@d.example".into())),
            ..entry()
        };
        let file = file("", Method::Request, &[invited]);
        assert!(
            file.contains("ATTENDEE:mailto:c@d.example") && file.contains("METHOD:REQUEST"),
            "{file}"
        );
    }
}

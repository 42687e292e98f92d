//! One Veranstaltung as a calendar entry.

use domain::time::Instant;
use domain::workshop::Session;
use icalendar::{Calendar, Component, Event, EventLike, Property};

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
    /// The dates, if it has more than one: each becomes an entry of its own, so that the days between stay free.
    pub sessions: Vec<Session>,
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
        for part in parts(entry) {
            calendar.push(event(&part));
        }
    }
    calendar.to_string()
}

/// An invitation or its end speaks of one entry (RFC 5546, 3.2.2 and 3.2.5). What has several dates is told as a file to
/// read instead.
#[must_use]
pub fn method_for(method: Method, sessions: &[Session]) -> Method {
    if sessions.len() > 1 {
        Method::Publish
    } else {
        method
    }
}

/// The entries that one becomes: one for each date.
fn parts(entry: &Entry) -> Vec<Entry> {
    let count = entry.sessions.len();
    if count < 2 {
        return vec![entry.clone()];
    }
    let dates = uids(&entry.uid, count)
        .into_iter()
        .zip(&entry.sessions)
        .enumerate();
    dates
        .map(|(place, (uid, session))| Entry {
            uid,
            title: format!("{} ({}/{count})", entry.title, place + 1),
            starts_at: session.starts_at,
            ends_at: session.ends_at,
            sessions: Vec::new(),
            invitation: None,
            ..entry.clone()
        })
        .collect()
}

/// The names of the entries that one with so many dates becomes.
fn uids(uid: &str, dates: usize) -> Vec<String> {
    if dates < 2 {
        return vec![uid.to_owned()];
    }
    let (name, host) = uid.split_once('@').unwrap_or((uid, "lafast"));
    (1..=dates).map(|date| format!("{name}-{date}@{host}")).collect()
}

/// The entries that calendars hold from when it had so many dates, and that it has no more: each is called off.
#[must_use]
pub fn gone(entry: &Entry, dates_before: usize) -> Vec<Entry> {
    let now = uids(&entry.uid, entry.sessions.len());
    let before = uids(&entry.uid, dates_before).into_iter();
    before
        .filter(|uid| !now.contains(uid))
        .map(|uid| Entry {
            uid,
            sessions: Vec::new(),
            cancelled: true,
            invitation: None,
            ..entry.clone()
        })
        .collect()
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
        // Who gets one has said yes already: nobody reads an answer (RFC 5545, 3.2.12 and 3.2.17).
        event.append_property(
            Property::new("ATTENDEE", format!("mailto:{attendee}"))
                .add_parameter("PARTSTAT", "ACCEPTED")
                .add_parameter("RSVP", "FALSE")
                .done(),
        );
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
            sessions: Vec::new(),
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
    fn several_dates_are_several_entries_and_the_days_between_stay_free() {
        let mut course = entry();
        course.sessions = domain::workshop::session::parse("3.12.2026 10-15\n10.12.2026 10-12").unwrap();
        assert_eq!(method_for(Method::Request, &course.sessions), Method::Publish);
        assert_eq!(method_for(Method::Request, &[]), Method::Request);
        let file = file("Alle", Method::Publish, &[course]);
        for line in [
            "UID:1-1@lafast",
            "UID:1-2@lafast",
            "DTSTART:20261210T090000Z",
            "DTEND:20261210T110000Z",
        ] {
            assert!(file.contains(&format!("{line}\r\n")), "{line} in {file}");
        }
        assert_eq!(file.matches("BEGIN:VEVENT").count(), 2);
    }

    #[test]
    fn what_has_other_dates_calls_off_the_entries_that_it_has_no_more() {
        let once = entry();
        let mut twice = entry();
        twice.sessions = domain::workshop::session::parse("3.12.2026 10-15\n10.12.2026 10-12").unwrap();
        let called_off = |entry: &Entry, before| {
            let gone = gone(entry, before);
            assert!(gone.iter().all(|entry| entry.cancelled));
            gone.into_iter().map(|entry| entry.uid).collect::<Vec<_>>()
        };
        assert_eq!(called_off(&twice, 0), ["1@lafast"]);
        assert_eq!(called_off(&twice, 4), ["1-3@lafast", "1-4@lafast"]);
        assert_eq!(called_off(&once, 2), ["1-1@lafast", "1-2@lafast"]);
        assert!(called_off(&once, 1).is_empty() && called_off(&twice, 2).is_empty());
        let text = file(
            "Alle",
            Method::Publish,
            &[vec![once.clone()], gone(&once, 2)].concat(),
        );
        assert_eq!(text.matches("STATUS:CANCELLED").count(), 2, "{text}");
    }

    #[test]
    fn an_invitation_names_both_sides_and_asks_for_no_answer() {
        let invited = Entry {
            invitation: Some(("a@b.example".into(), "c@d.example".into())),
            ..entry()
        };
        let file = file("", Method::Request, &[invited]);
        assert!(
            file.contains("ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:c@d.example\r\n")
                && file.contains("ORGANIZER:mailto:a@b.example\r\n")
                && file.contains("METHOD:REQUEST"),
            "{file}"
        );
    }
}

//! Calendar files (RFC 5545): for everybody, and in mails.
//!
//! - [`entry`]: one Veranstaltung as a calendar entry
//! - [`routes`]: `/veranstaltungen.ics`, `/veranstaltungen/{slug}.ics`, `/lernweg.ics`
//! - [`place`]: one's own place, in mails and at `/anmeldung/{token}/kalender.ics`
//! - `plan`: the runs of a plan
//!
//! Calendars are shared in teams: no entry ever holds a personal link or a video link.

pub mod entry;
mod files;
pub mod place;
mod plan;

pub use files::{ListFilter, for_one, fresh_or_not_modified, routes};

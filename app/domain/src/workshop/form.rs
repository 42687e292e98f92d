//! What staff type about a Veranstaltung, field by field.

use super::{Kind, Session, SessionError, Venue, WorkshopDraft, session};
use crate::booking::{ModeRules, SeatRules};
use crate::district::District;
use crate::module::ModuleCode;
use crate::text::{TextError, bounded, one_line};
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// The most seats of one mode that can be entered.
pub const CAPACITY_MAX: u32 = 5_000;
/// The most topics of one Veranstaltung.
pub const TAGS_MAX: usize = 12;

/// The form as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkshopForm {
    /// Key of the kind.
    pub kind: String,
    /// 3 to 140 characters.
    pub title: String,
    /// At most 300 characters.
    pub summary: String,
    /// At most 8,000 characters.
    pub description: String,
    /// At most 500 characters.
    pub audience: String,
    /// At most 4,000 characters.
    pub agenda: String,
    /// Slugs of districts, parted by spaces or commas; the first is where it takes place.
    pub districts: String,
    /// House and room, at most 160 characters.
    pub venue_name: String,
    /// Street and number, at most 160 characters.
    pub venue_street: String,
    /// Five digits.
    pub venue_postcode: String,
    /// At most 160 characters.
    pub venue_town: String,
    /// At most 2,000 characters.
    pub access_info: String,
    /// An `https` address of at most 500 characters.
    pub online_link: String,
    /// At most 1,000 characters.
    pub online_info: String,
    /// At most 300 characters.
    pub contact: String,
    /// Topics, parted by commas.
    pub tags: String,
    /// `2026-12-03T10:00`, clock time in Saxony.
    pub starts_at: String,
    /// Likewise.
    pub ends_at: String,
    /// One date per line, as [`session::parse`] reads them; or nothing.
    pub sessions: String,
    /// The short name of the module that it is a run of, or nothing.
    pub module: String,
    /// As [`Self::starts_at`].
    pub opens_at: String,
    /// Likewise.
    pub closes_at: String,
    /// Seats in the room.
    pub capacity_on_site: String,
    /// Of these reserved.
    pub reserved_on_site: String,
    /// Seats by video.
    pub capacity_online: String,
    /// Of these reserved.
    pub reserved_online: String,
    /// Seats for one Träger, or nothing.
    pub per_organisation_max: String,
    /// Until when, or nothing.
    pub per_organisation_until: String,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum WorkshopFieldError {
    /// Nothing was typed where something is needed.
    #[error("missing")]
    Missing,
    /// More characters than are taken.
    #[error("at most {max} characters")]
    TooLong {
        /// The most characters that are taken.
        max: usize,
    },
    /// Not one of the list.
    #[error("not in the list")]
    NotInList,
    /// Not a date with a time.
    #[error("not a date with a time")]
    NotADate,
    /// Not a whole number in the range.
    #[error("not a number from 0 to {max}")]
    NotANumber {
        /// The largest number that is taken.
        max: u32,
    },
    /// A date in the list of dates is wrong.
    #[error("a date is wrong: {0}")]
    Session(SessionError),
    /// A date lies before the start or after the end.
    #[error("line {line} lies outside start and end")]
    SessionOutside {
        /// Which date, from 1.
        line: usize,
    },
    /// A run belongs to a module, and nothing else does.
    #[error("a module belongs to a run only")]
    ModuleWithoutRun,
    /// No short name of a module.
    #[error("no short name of a module")]
    NotAModule,
    /// Ends before it starts.
    #[error("ends before it starts")]
    EndsBeforeStart,
    /// The sign-up window ends before it opens, or after the start.
    #[error("sign-up window does not fit")]
    WindowDoesNotFit,
    /// No seats at all.
    #[error("no seats")]
    NoSeats,
    /// More reserved than there are.
    #[error("more reserved than there are seats")]
    ReservedTooMany,
    /// Not an `https` address.
    #[error("not an https address")]
    NotAnAddress,
    /// Not five digits.
    #[error("not a postcode")]
    NotAPostcode,
    /// A place is needed for seats in the room.
    #[error("a place is needed")]
    PlaceNeeded,
    /// More topics than are taken.
    #[error("at most {max} topics")]
    TooManyTags {
        /// The most topics that are taken.
        max: usize,
    },
}

/// Errors, field by field, in the order of the form.
type Errors = Vec<(&'static str, WorkshopFieldError)>;

impl WorkshopForm {
    /// Checks every field and what joins them.
    ///
    /// # Errors
    /// Every field that is wrong, with the reason.
    pub fn parse(&self) -> Result<WorkshopDraft, Errors> {
        let mut errors = Errors::new();
        let kind = Kind::parse(&self.kind);
        if kind.is_none() {
            errors.push(("kind", WorkshopFieldError::NotInList));
        }
        let title = line(&mut errors, "title", &self.title, 3, 140);
        let summary = line(&mut errors, "summary", &self.summary, 1, 300);
        let description = text(&mut errors, "description", &self.description, 8_000);
        let audience = text(&mut errors, "audience", &self.audience, 500);
        let agenda = text(&mut errors, "agenda", &self.agenda, 4_000);
        let districts = self.parse_districts(&mut errors);
        let starts_at = moment(&mut errors, "starts_at", &self.starts_at);
        let ends_at = moment(&mut errors, "ends_at", &self.ends_at);
        if starts_at.zip(ends_at).is_some_and(|(start, end)| end <= start) {
            errors.push(("ends_at", WorkshopFieldError::EndsBeforeStart));
        }
        let sessions = self.parse_sessions(&mut errors, starts_at, ends_at);
        let module = self.parse_module(&mut errors, kind);
        let opens_at = moment(&mut errors, "opens_at", &self.opens_at);
        let closes_at = moment(&mut errors, "closes_at", &self.closes_at);
        if let (Some(opens), Some(closes), Some(start)) = (opens_at, closes_at, starts_at)
            && (closes <= opens || closes > start)
        {
            errors.push(("closes_at", WorkshopFieldError::WindowDoesNotFit));
        }
        let on_site = seats(
            &mut errors,
            ("capacity_on_site", &self.capacity_on_site),
            ("reserved_on_site", &self.reserved_on_site),
        );
        let online = seats(
            &mut errors,
            ("capacity_online", &self.capacity_online),
            ("reserved_online", &self.reserved_online),
        );
        if on_site.capacity == 0 && online.capacity == 0 {
            errors.push(("capacity_on_site", WorkshopFieldError::NoSeats));
        }
        let venue = self.parse_venue(&mut errors, on_site.capacity > 0);
        let access_info = text(&mut errors, "access_info", &self.access_info, 2_000);
        let online_link = self.parse_link(&mut errors);
        let online_info = text(&mut errors, "online_info", &self.online_info, 1_000);
        let contact = line(&mut errors, "contact", &self.contact, 0, 300);
        let tags = self.parse_tags(&mut errors);
        let per_organisation_max =
            optional_number(&mut errors, "per_organisation_max", &self.per_organisation_max);
        let per_organisation_until = if self.per_organisation_until.trim().is_empty() {
            None
        } else {
            moment(
                &mut errors,
                "per_organisation_until",
                &self.per_organisation_until,
            )
        };
        match (kind, starts_at, ends_at, opens_at, closes_at) {
            (Some(kind), Some(starts_at), Some(ends_at), Some(opens_at), Some(closes_at))
                if errors.is_empty() =>
            {
                Ok(WorkshopDraft {
                    kind,
                    title,
                    summary,
                    description,
                    audience,
                    agenda,
                    districts,
                    venue,
                    access_info,
                    online_link,
                    online_info,
                    contact,
                    tags,
                    starts_at,
                    ends_at,
                    sessions,
                    module,
                    seats: SeatRules {
                        on_site,
                        online,
                        per_organisation_max,
                        per_organisation_until,
                        opens_at,
                        closes_at,
                        starts_at,
                        running: true,
                    },
                })
            }
            _ => Err(errors),
        }
    }

    fn parse_sessions(
        &self,
        errors: &mut Errors,
        starts_at: Option<Instant>,
        ends_at: Option<Instant>,
    ) -> Vec<Session> {
        let sessions = match session::parse(&self.sessions) {
            Ok(sessions) => sessions,
            Err(error) => {
                errors.push(("sessions", WorkshopFieldError::Session(error)));
                return Vec::new();
            }
        };
        let outside = |session: &Session| {
            starts_at.is_some_and(|start| session.starts_at < start)
                || ends_at.is_some_and(|end| session.ends_at > end)
        };
        if let Some(place) = sessions.iter().position(outside) {
            errors.push(("sessions", WorkshopFieldError::SessionOutside { line: place + 1 }));
        }
        sessions
    }

    fn parse_module(&self, errors: &mut Errors, kind: Option<Kind>) -> Option<ModuleCode> {
        let typed = self.module.trim();
        match (typed.is_empty(), kind == Some(Kind::Run)) {
            (true, false) => None,
            (true, true) => {
                errors.push(("module", WorkshopFieldError::Missing));
                None
            }
            (false, false) => {
                errors.push(("module", WorkshopFieldError::ModuleWithoutRun));
                None
            }
            (false, true) => {
                let code = ModuleCode::parse(typed).ok();
                if code.is_none() {
                    errors.push(("module", WorkshopFieldError::NotAModule));
                }
                code
            }
        }
    }

    fn parse_districts(&self, errors: &mut Errors) -> Vec<District> {
        let mut districts = Vec::new();
        for name in self
            .districts
            .split([',', ' ', ';'])
            .filter(|name| !name.is_empty())
        {
            match District::parse(name) {
                Some(district) if !districts.contains(&district) => districts.push(district),
                Some(_) => {}
                None => {
                    errors.push(("districts", WorkshopFieldError::NotInList));
                    return districts;
                }
            }
        }
        if districts.is_empty() {
            errors.push(("districts", WorkshopFieldError::Missing));
        }
        districts
    }

    fn parse_venue(&self, errors: &mut Errors, needed: bool) -> Venue {
        let venue = Venue {
            name: line(errors, "venue_name", &self.venue_name, 0, 160),
            street: line(errors, "venue_street", &self.venue_street, 0, 160),
            postcode: self.venue_postcode.trim().to_owned(),
            town: line(errors, "venue_town", &self.venue_town, 0, 160),
        };
        let five_digits =
            venue.postcode.len() == 5 && venue.postcode.bytes().all(|byte| byte.is_ascii_digit());
        if !venue.postcode.is_empty() && !five_digits {
            errors.push(("venue_postcode", WorkshopFieldError::NotAPostcode));
        }
        for (field, said) in [("venue_name", &self.venue_name), ("venue_town", &self.venue_town)] {
            if needed && said.trim().is_empty() {
                errors.push((field, WorkshopFieldError::PlaceNeeded));
            }
        }
        venue
    }

    fn parse_link(&self, errors: &mut Errors) -> Option<String> {
        let link = self.online_link.trim();
        if link.is_empty() {
            return None;
        }
        let plain = link
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\`".contains(&byte));
        let host = link
            .strip_prefix("https://")
            .and_then(|rest| rest.split('/').next());
        if link.len() > 500 || !plain || host.is_none_or(|host| host.is_empty() || host.contains('@')) {
            errors.push(("online_link", WorkshopFieldError::NotAnAddress));
            return None;
        }
        Some(link.to_owned())
    }

    fn parse_tags(&self, errors: &mut Errors) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for tag in self.tags.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
            let tag = line(errors, "tags", tag, 1, 60);
            if !tag.is_empty() && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        if tags.len() > TAGS_MAX {
            errors.push(("tags", WorkshopFieldError::TooManyTags { max: TAGS_MAX }));
        }
        tags
    }
}

fn text(errors: &mut Errors, field: &'static str, value: &str, max: usize) -> String {
    kept(errors, field, bounded(value, 0, max))
}

fn line(errors: &mut Errors, field: &'static str, value: &str, min: usize, max: usize) -> String {
    kept(errors, field, one_line(value, min, max))
}

fn kept(errors: &mut Errors, field: &'static str, value: Result<String, TextError>) -> String {
    match value {
        Ok(value) => value,
        Err(error) => {
            errors.push((
                field,
                match error {
                    TextError::TooShort { .. } => WorkshopFieldError::Missing,
                    TextError::TooLong { max } => WorkshopFieldError::TooLong { max },
                },
            ));
            String::new()
        }
    }
}

fn moment(errors: &mut Errors, field: &'static str, value: &str) -> Option<Instant> {
    if value.trim().is_empty() {
        errors.push((field, WorkshopFieldError::Missing));
        return None;
    }
    let instant = Instant::from_input(value);
    if instant.is_none() {
        errors.push((field, WorkshopFieldError::NotADate));
    }
    instant
}

fn optional_number(errors: &mut Errors, field: &'static str, value: &str) -> Option<u32> {
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    let number = value.parse::<u32>().ok().filter(|number| *number <= CAPACITY_MAX);
    if number.is_none() {
        errors.push((field, WorkshopFieldError::NotANumber { max: CAPACITY_MAX }));
    }
    number
}

fn seats(errors: &mut Errors, capacity: (&'static str, &str), reserved: (&'static str, &str)) -> ModeRules {
    let rules = ModeRules {
        capacity: optional_number(errors, capacity.0, capacity.1).unwrap_or(0),
        reserved: optional_number(errors, reserved.0, reserved.1).unwrap_or(0),
    };
    if rules.reserved > rules.capacity {
        errors.push((reserved.0, WorkshopFieldError::ReservedTooMany));
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> WorkshopForm {
        WorkshopForm {
            kind: "regional".into(),
            title: "Wohnen nach der Anerkennung".into(),
            summary: "Ein Tag zu Wohnungssuche und Auszug.".into(),
            districts: "dresden, meissen".into(),
            venue_name: "Haus am Fluss".into(),
            venue_town: "Dresden".into(),
            starts_at: "2026-12-03T10:00".into(),
            ends_at: "2026-12-03T15:00".into(),
            opens_at: "2026-11-01T08:00".into(),
            closes_at: "2026-12-01T12:00".into(),
            capacity_on_site: "40".into(),
            ..WorkshopForm::default()
        }
    }

    fn errors(change: impl FnOnce(&mut WorkshopForm)) -> Vec<&'static str> {
        let mut form = typed();
        change(&mut form);
        form.parse()
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(|(field, _)| field)
            .collect()
    }

    #[test]
    fn a_complete_form_is_taken() {
        let draft = typed().parse().unwrap();
        assert_eq!(draft.districts.len(), 2);
        assert_eq!(draft.seats.on_site.capacity, 40);
        assert_eq!(draft.venue.line(), "Haus am Fluss, Dresden");
    }

    #[test]
    fn a_run_belongs_to_a_module_and_nothing_else_does() {
        let run = |form: &mut WorkshopForm| form.kind = "run".into();
        assert_eq!(errors(run), ["module"]);
        assert_eq!(errors(|form| form.module = "FSA-101".into()), ["module"]);
        let both = |form: &mut WorkshopForm| {
            form.kind = "run".into();
            form.module = "fsa-101".into();
        };
        assert_eq!(errors(both), Vec::<&str>::new());
        let wrong = |form: &mut WorkshopForm| {
            form.kind = "run".into();
            form.module = "Grundlagen".into();
        };
        assert_eq!(errors(wrong), ["module"]);
    }

    #[test]
    fn dates_lie_between_start_and_end() {
        assert_eq!(
            errors(|form| form.sessions = "3.12.2026 10-12\n3.12.2026 13-15".into()),
            Vec::<&str>::new()
        );
        assert_eq!(
            errors(|form| form.sessions = "3.12.2026 10-12\n4.12.2026 13-15".into()),
            ["sessions"]
        );
        assert_eq!(errors(|form| form.sessions = "bald".into()), ["sessions"]);
    }

    #[test]
    fn each_wrong_field_is_named() {
        assert_eq!(errors(|form| form.title = "ab".into()), ["title"]);
        assert_eq!(
            errors(|form| form.ends_at = "2026-12-03T09:00".into()),
            ["ends_at"]
        );
        assert_eq!(
            errors(|form| form.closes_at = "2026-12-04T09:00".into()),
            ["closes_at"]
        );
        assert_eq!(errors(|form| form.starts_at = "bald".into()), ["starts_at"]);
        assert_eq!(errors(|form| form.districts = "atlantis".into()), ["districts"]);
        assert_eq!(
            errors(|form| form.capacity_on_site = "-3".into()),
            ["capacity_on_site", "capacity_on_site"]
        );
        assert_eq!(
            errors(|form| form.reserved_on_site = "41".into()),
            ["reserved_on_site"]
        );
        assert_eq!(
            errors(|form| form.online_link = "javascript:alert(1)".into()),
            ["online_link"]
        );
        assert_eq!(errors(|form| form.venue_town = " ".into()), ["venue_town"]);
        let nowhere = |form: &mut WorkshopForm| {
            form.venue_name = String::new();
            form.venue_town = String::new();
        };
        assert_eq!(errors(nowhere), ["venue_name", "venue_town"]);
        assert_eq!(
            errors(|form| form.venue_postcode = "123".into()),
            ["venue_postcode"]
        );
    }
}

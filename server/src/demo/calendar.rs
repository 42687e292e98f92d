//! Days counted from the day of loading.

use domain::time::Instant;
use domain::working_time::is_working_day;
use domain::workshop::{Session, WorkshopDraft, WorkshopForm};
use jiff::ToSpan;
use jiff::civil::{Date, Time};

use super::DemoError;
use super::content::{Shift, Workshop, wrong};

/// When sign-up opens and closes on its day.
const OPENS: Time = Time::constant(8, 0, 0, 0);
const CLOSES: Time = Time::constant(18, 0, 0, 0);

/// The day of loading in Saxony, and days counted from it.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    today: Date,
}

impl Days {
    /// Counts from this instant.
    #[must_use]
    pub fn from(now: Instant) -> Self {
        Self {
            today: now.berlin().date(),
        }
    }

    /// A clock time on a day.
    #[must_use]
    pub fn at(self, in_days: i64, time: Time) -> Instant {
        Instant::from_berlin(self.day(in_days).to_datetime(time))
    }

    fn day(self, in_days: i64) -> Date {
        self.today.saturating_add(in_days.days())
    }

    /// What staff would have typed, with real dates.
    pub(super) fn draft(self, workshop: &Workshop) -> Result<WorkshopDraft, DemoError> {
        let day = working(self.day(workshop.in_days), workshop.weekday_shift);
        let clock = |text: &str| text.parse::<Time>().map_err(|_| wrong("workshops.json", text));
        let (starts, ends) = (clock(&workshop.starts)?, clock(&workshop.ends)?);
        let session = |day: Date| Session {
            starts_at: Instant::from_berlin(day.to_datetime(starts)),
            ends_at: Instant::from_berlin(day.to_datetime(ends)),
        };
        let first = session(day);
        // Over holidays two dates may fall on the same working day: the later one goes on to the next.
        let mut last = day;
        let mut sessions = vec![first];
        for days in &workshop.more_days {
            let wanted = day.saturating_add(days.days()).max(last.saturating_add(1.day()));
            last = working(wanted, workshop.weekday_shift.map(|_| Shift::Forward));
            sessions.push(session(last));
        }
        if workshop.more_days.is_empty() {
            sessions.clear();
        }
        let starts_at = first.starts_at;
        let ends_at = sessions.last().map_or(first.ends_at, |last| last.ends_at);
        let closes_at = match workshop.closes_days_before {
            0 => starts_at,
            days => Instant::from_berlin(day.saturating_sub(days.days()).to_datetime(CLOSES)),
        };
        let form = WorkshopForm {
            kind: workshop.kind.key().to_owned(),
            title: workshop.title.clone(),
            summary: workshop.summary.clone(),
            description: workshop.description.clone(),
            audience: workshop.audience.clone(),
            agenda: workshop.agenda.clone(),
            districts: workshop.districts.join(","),
            venue_name: workshop.venue.name.clone(),
            venue_street: workshop.venue.street.clone(),
            venue_postcode: workshop.venue.postcode.clone(),
            venue_town: workshop.venue.town.clone(),
            access_info: workshop.access_info.clone(),
            online_link: workshop.online_link.clone().unwrap_or_default(),
            online_info: workshop.online_info.clone(),
            contact: workshop.contact.clone(),
            tags: workshop.tags.join(","),
            starts_at: starts_at.to_input(),
            ends_at: ends_at.to_input(),
            sessions: sessions.iter().map(Session::line).collect::<Vec<_>>().join("\n"),
            module: workshop.module.clone().unwrap_or_default(),
            opens_at: self.at(workshop.opens_in_days, OPENS).to_input(),
            closes_at: closes_at.to_input(),
            capacity_on_site: workshop.capacity_on_site.to_string(),
            reserved_on_site: workshop.reserved_on_site.to_string(),
            capacity_online: workshop.capacity_online.to_string(),
            reserved_online: workshop.reserved_online.to_string(),
            per_organisation_max: workshop
                .per_organisation_max
                .map(|max| max.to_string())
                .unwrap_or_default(),
            ..WorkshopForm::default()
        };
        form.parse().map_err(|errors| DemoError::Content {
            file: "workshops.json",
            problem: format!("{}: {errors:?}", workshop.key),
        })
    }
}

fn working(mut day: Date, shift: Option<Shift>) -> Date {
    let step = match shift {
        None => return day,
        Some(Shift::Forward) => 1,
        Some(Shift::Back) => -1,
    };
    while !is_working_day(day) {
        day = day.saturating_add(step.days());
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::content::Content;

    #[test]
    fn on_whatever_day_the_demo_is_loaded_its_dates_fit() {
        let content = Content::read().unwrap();
        let start = Instant::from_input("2026-01-01T09:00").unwrap();
        for day in 0..1_461 {
            let days = Days::from(start.plus_hours(day * 24));
            for workshop in &content.workshops {
                assert!(days.draft(workshop).is_ok(), "{day} {:?}", days.draft(workshop));
            }
        }
    }
}

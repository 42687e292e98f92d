//! A Veranstaltung for tests.

use domain::booking::{ModeRules, SeatRules};
use domain::district::District;
use domain::time::Instant;
use domain::workshop::{Kind, Venue, WorkshopDraft};

const DAY_SECONDS: i64 = 24 * 3_600;

/// A Regionalwerkstatt in `days` days with this many seats in the room, for which sign-up is open until the day before. A test
/// says what is different: `WorkshopDraft { agenda, ..plan(now, 30, 5) }`.
#[must_use]
pub fn plan(now: Instant, days: i64, seats: u32) -> WorkshopDraft {
    let starts_at = now.plus_seconds(days * DAY_SECONDS);
    WorkshopDraft {
        kind: Kind::Regional,
        title: "Wohnen nach der Anerkennung".to_owned(),
        summary: "Was beim Übergang in die eigene Wohnung hilft.".to_owned(),
        description: "Wir tauschen uns aus.".to_owned(),
        audience: "Fachkräfte der FSA".to_owned(),
        agenda: "10:00 Ankommen".to_owned(),
        districts: ["dresden", "meissen"]
            .into_iter()
            .filter_map(District::parse)
            .collect(),
        venue: Venue {
            name: "Haus am Fluss".to_owned(),
            street: "Uferweg 3".to_owned(),
            postcode: "01067".to_owned(),
            town: "Dresden".to_owned(),
        },
        access_info: "Aufzug vorhanden".to_owned(),
        online_link: Some("https://video.example/raum".to_owned()),
        online_info: String::new(),
        contact: "Geschäftsstelle".to_owned(),
        tags: vec!["Wohnen".to_owned()],
        starts_at,
        ends_at: starts_at.plus_hours(5),
        sessions: Vec::new(),
        module: None,
        seats: SeatRules {
            on_site: ModeRules {
                capacity: seats,
                reserved: 0,
            },
            online: ModeRules::default(),
            per_organisation_max: None,
            per_organisation_until: None,
            opens_at: now.plus_seconds(-DAY_SECONDS),
            closes_at: starts_at.plus_seconds(-DAY_SECONDS),
            starts_at,
            running: true,
        },
    }
}

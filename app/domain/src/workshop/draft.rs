//! The validated description of a Veranstaltung.

use super::{Kind, Session};
use crate::{booking::SeatRules, district::District, module::ModuleCode, time::Instant};
use serde::{Deserialize, Serialize};

/// Where people meet. All empty: nowhere but online.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Venue {
    /// The house and the room.
    pub name: String,
    /// Street and number.
    pub street: String,
    /// Postcode.
    pub postcode: String,
    /// Town.
    pub town: String,
}

impl Venue {
    /// "Haus am Fluss, Uferweg 3, 01067 Dresden", without what is not known.
    #[must_use]
    pub fn line(&self) -> String {
        let town = format!("{} {}", self.postcode, self.town);
        [self.name.as_str(), self.street.as_str(), town.trim()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Whether nobody would find there.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.name.is_empty() || self.town.is_empty()
    }
}

/// What staff say about a Veranstaltung, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkshopDraft {
    /// What kind it is.
    pub kind: Kind,
    /// The title.
    pub title: String,
    /// One or two sentences for lists.
    pub summary: String,
    /// The whole description; empty lines part paragraphs.
    pub description: String,
    /// For whom it is.
    pub audience: String,
    /// What happens when, one line each.
    pub agenda: String,
    /// The districts it is for; the first is where it takes place.
    pub districts: Vec<District>,
    /// Where people meet.
    pub venue: Venue,
    /// Steps, lifts, hearing loops, trams.
    pub access_info: String,
    /// The video link, sent to those with an online place only.
    pub online_link: Option<String>,
    /// What one needs for taking part by video.
    pub online_info: String,
    /// Whom to ask: a function, not a person.
    pub contact: String,
    /// Topics, for finding.
    pub tags: Vec<String>,
    /// When it starts.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// The dates, if it has more than one. All lie between start and end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<Session>,
    /// Which module it is a run of. There is one exactly if it is of the kind [`Kind::Run`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<ModuleCode>,
    /// Seats, limits and the sign-up window. [`SeatRules::starts_at`] equals [`Self::starts_at`];
    /// [`SeatRules::running`] is decided by the state, not here.
    pub seats: SeatRules,
}

impl WorkshopDraft {
    /// Whether there are seats in a room, and nobody is told where it is.
    #[must_use]
    pub fn lacks_place(&self) -> bool {
        self.seats.on_site.capacity > 0 && self.venue.is_unknown()
    }
}

//! Kinds, forms and states of a Veranstaltung.

use crate::booking::SeatRules;
use crate::names::names;

names! {
    /// What kind of Veranstaltung it is.
    Kind {
        /// Exchange of practitioners of a region.
        Regional = "regional", "Regionalwerkstatt";
        /// A seminar.
        Seminar = "seminar", "Seminar";
        /// A lecture.
        Lecture = "lecture", "Vortrag";
        /// A run of a module of the Nachqualifizierung.
        Run = "run", "Durchgang";
        /// A conference.
        Conference = "conference", "Fachtag";
    }
}

names! {
    /// Where people take part.
    Form {
        /// In a room.
        OnSite = "on_site", "vor Ort";
        /// By video.
        Online = "online", "online";
        /// Both.
        Hybrid = "hybrid", "vor Ort und online";
    }
}

names! {
    /// Where the Veranstaltung stands.
    Status {
        /// Seen by staff only.
        Draft = "draft", "Entwurf";
        /// Seen by everybody.
        Published = "published", "veröffentlicht";
        /// Does not take place.
        Cancelled = "cancelled", "abgesagt";
    }
}

impl Form {
    /// The form that follows from the seats.
    #[must_use]
    pub fn of(seats: &SeatRules) -> Self {
        match (seats.on_site.capacity > 0, seats.online.capacity > 0) {
            (true, true) => Self::Hybrid,
            (false, true) => Self::Online,
            _ => Self::OnSite,
        }
    }
}

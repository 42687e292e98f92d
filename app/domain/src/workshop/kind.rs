//! Kinds, forms and states of a Veranstaltung.

use crate::booking::SeatRules;
use serde::{Deserialize, Serialize};

/// Declares a closed list of names with a key and a German label.
macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $key:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name in URLs, forms and the database.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// The German word.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// Reads the name in URLs, forms and the database.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.key() == text)
            }
        }
    };
}

names! {
    /// What kind of Veranstaltung it is.
    Kind {
        /// Exchange of practitioners of a region.
        Regional = "regional", "Regionalwerkstatt";
        /// A seminar.
        Seminar = "seminar", "Seminar";
        /// A lecture.
        Lecture = "lecture", "Vortrag";
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

//! One person's place in one Veranstaltung.

use crate::{ids::SignUpId, time::Instant};
use serde::{Deserialize, Serialize};

/// How somebody takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// In the room.
    OnSite,
    /// By video.
    Online,
}

impl Mode {
    /// Both modes, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::OnSite, Self::Online];

    /// The name in forms, URLs and the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::OnSite => "on_site",
            Self::Online => "online",
        }
    }

    /// The one that this is not.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::OnSite => Self::Online,
            Self::Online => Self::OnSite,
        }
    }

    /// Reads the name in forms, URLs and the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.key() == text)
    }
}

/// Where a place stands. Ended states are final: an expired or declined offer never comes alive again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceState {
    /// A seat is kept while the mail address is being confirmed, until [`Place::until`].
    Held,
    /// Has a seat.
    Confirmed,
    /// On the waiting list. With [`Place::until`] set, the mail address is still unconfirmed and the entry
    /// falls off the list at that instant.
    Waiting,
    /// A seat is kept for this waiting person to accept until [`Place::until`].
    Offered,
    /// Given up by the person or by staff.
    Cancelled,
    /// The person declined the offer.
    Declined,
    /// The mail address was not confirmed in time.
    HoldExpired,
    /// The offer ran out unanswered.
    OfferMissed,
}

impl PlaceState {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Held,
        Self::Confirmed,
        Self::Waiting,
        Self::Offered,
        Self::Cancelled,
        Self::Declined,
        Self::HoldExpired,
        Self::OfferMissed,
    ];

    /// The name in the database and in exports.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Confirmed => "confirmed",
            Self::Waiting => "waiting",
            Self::Offered => "offered",
            Self::Cancelled => "cancelled",
            Self::Declined => "declined",
            Self::HoldExpired => "hold_expired",
            Self::OfferMissed => "offer_missed",
        }
    }

    /// Reads the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == text)
    }

    /// Whether a seat is taken: held, confirmed or offered.
    #[must_use]
    pub fn takes_seat(self) -> bool {
        matches!(self, Self::Held | Self::Confirmed | Self::Offered)
    }

    /// Whether the mail address is still to be confirmed, of a place that ends at `until`.
    #[must_use]
    pub fn is_unconfirmed(self, until: Option<Instant>) -> bool {
        until.is_some() && matches!(self, Self::Held | Self::Waiting)
    }

    /// Whether the person still has a place or waits for one.
    #[must_use]
    pub fn is_active(self) -> bool {
        self.takes_seat() || self == Self::Waiting
    }
}

/// What the rules need to know of one place. Names and answers are kept elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which sign-up.
    pub id: SignUpId,
    /// In the room or by video.
    pub mode: Mode,
    /// Where it stands.
    pub state: PlaceState,
    /// The Träger, normalised; what [`SeatRules::per_organisation_max`](super::SeatRules) counts.
    pub organisation_key: String,
    /// Order of the waiting list: smaller is earlier. Given out in order of arrival; staff may lower it.
    pub queue_no: i64,
    /// The numbered seat, from 1, while [`PlaceState::takes_seat`].
    pub seat_no: Option<u32>,
    /// When the hold, the offer or the unconfirmed waiting entry ends.
    pub until: Option<Instant>,
}

impl Place {
    /// Whether the mail address is still to be confirmed.
    #[must_use]
    pub fn is_unconfirmed(&self) -> bool {
        self.state.is_unconfirmed(self.until)
    }
}

//! What a decision changes, and why.

use super::PlaceState;
use crate::{ids::SignUpId, time::Instant};
use serde::{Deserialize, Serialize};

/// Why a place changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The person signed up.
    SignedUp,
    /// The mail address was confirmed.
    MailConfirmed,
    /// A seat became free, and the person was next.
    Promoted,
    /// A seat became free, and the person was asked.
    Offered,
    /// The person took the offered seat.
    OfferAccepted,
    /// The person declined the offered seat, or left the waiting list.
    Declined,
    /// The person gave the place up.
    CancelledByPerson,
    /// Staff took the place back.
    CancelledByStaff,
    /// The address was not confirmed in time.
    HoldExpired,
    /// The offer ran out.
    OfferMissed,
    /// Staff gave a seat out of turn.
    MovedUpByStaff,
    /// Staff entered the person.
    AddedByStaff,
    /// From the room to video, or back.
    ModeChanged,
    /// A colleague has the place now.
    HandedOver,
    /// The Veranstaltung was cancelled.
    WorkshopCancelled,
    /// Sign-up ends or the Veranstaltung starts earlier now, and the deadline of the place with it.
    DeadlineMoved,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 16] = [
        Self::SignedUp,
        Self::MailConfirmed,
        Self::Promoted,
        Self::Offered,
        Self::OfferAccepted,
        Self::Declined,
        Self::CancelledByPerson,
        Self::CancelledByStaff,
        Self::HoldExpired,
        Self::OfferMissed,
        Self::MovedUpByStaff,
        Self::AddedByStaff,
        Self::ModeChanged,
        Self::HandedOver,
        Self::WorkshopCancelled,
        Self::DeadlineMoved,
    ];

    /// The name in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::SignedUp => "signed_up",
            Self::MailConfirmed => "mail_confirmed",
            Self::Promoted => "promoted",
            Self::Offered => "offered",
            Self::OfferAccepted => "offer_accepted",
            Self::Declined => "declined",
            Self::CancelledByPerson => "cancelled_by_person",
            Self::CancelledByStaff => "cancelled_by_staff",
            Self::HoldExpired => "hold_expired",
            Self::OfferMissed => "offer_missed",
            Self::MovedUpByStaff => "moved_up_by_staff",
            Self::AddedByStaff => "added_by_staff",
            Self::ModeChanged => "mode_changed",
            Self::HandedOver => "handed_over",
            Self::WorkshopCancelled => "workshop_cancelled",
            Self::DeadlineMoved => "deadline_moved",
        }
    }

    /// Reads the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.key() == text)
    }
}

/// One place moves from one state to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whose place.
    pub id: SignUpId,
    /// The state before.
    pub from: PlaceState,
    /// The state after.
    pub to: PlaceState,
    /// When the new state ends by itself.
    pub until: Option<Instant>,
    /// Why.
    pub reason: Reason,
}

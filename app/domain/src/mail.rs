//! Why a mail is sent.

use serde::{Deserialize, Serialize};

use crate::booking::PlaceState;
use crate::time::Instant;

/// The occasion of a mail. Each goes to one person exactly once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// A sign-in code.
    SignInCode,
    /// Please confirm your address; a seat is held or a place in line is kept.
    ConfirmSignUp,
    /// You have a seat.
    PlaceConfirmed,
    /// You are on the waiting list.
    Waiting,
    /// You moved up and have a seat.
    Promoted,
    /// A seat is free: do you want it?
    Offer,
    /// The offer, the held seat or the unconfirmed place in line ends earlier than it was said.
    DeadlineMoved,
    /// The offer has run out.
    OfferMissed,
    /// The address was not confirmed in time.
    HoldExpired,
    /// Your place is cancelled.
    Cancelled,
    /// You declined, or left the waiting list.
    Declined,
    /// From the room to video, or back.
    ModeChanged,
    /// A colleague handed a place to you.
    HandedOver,
    /// The place you had was handed on.
    HandedOn,
    /// Time or place of the Veranstaltung changed.
    WorkshopChanged,
    /// The Veranstaltung does not take place.
    WorkshopCancelled,
    /// Your personal links again.
    LinkAgain,
    /// Somebody asks for the links of an address: no mail yet, the mails are made of it by whoever sends mails.
    LinksWanted,
    /// A message by staff.
    StaffMessage,
    /// It starts in a few days: everything one needs.
    Reminder,
    /// It is over: thanks, and where to find what came out of it.
    ThankYou,
    /// Whether what somebody can do already counts for a module is decided.
    RecognitionDecided,
    /// More evidence is asked for.
    RecognitionMoreAsked,
    /// Somebody passed a module and has a certificate.
    CertificateIssued,
    /// Does what is published still hold?
    ConfirmModules,
}

impl Occasion {
    /// Every occasion.
    pub const ALL: [Self; 25] = [
        Self::SignInCode,
        Self::ConfirmSignUp,
        Self::PlaceConfirmed,
        Self::Waiting,
        Self::Promoted,
        Self::Offer,
        Self::DeadlineMoved,
        Self::OfferMissed,
        Self::HoldExpired,
        Self::Cancelled,
        Self::Declined,
        Self::ModeChanged,
        Self::HandedOver,
        Self::HandedOn,
        Self::WorkshopChanged,
        Self::WorkshopCancelled,
        Self::LinkAgain,
        Self::LinksWanted,
        Self::StaffMessage,
        Self::Reminder,
        Self::ThankYou,
        Self::RecognitionDecided,
        Self::RecognitionMoreAsked,
        Self::CertificateIssued,
        Self::ConfirmModules,
    ];

    /// The name in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::SignInCode => "sign_in_code",
            Self::ConfirmSignUp => "confirm_sign_up",
            Self::PlaceConfirmed => "place_confirmed",
            Self::Waiting => "waiting",
            Self::Promoted => "promoted",
            Self::Offer => "offer",
            Self::DeadlineMoved => "deadline_moved",
            Self::OfferMissed => "offer_missed",
            Self::HoldExpired => "hold_expired",
            Self::Cancelled => "cancelled",
            Self::Declined => "declined",
            Self::ModeChanged => "mode_changed",
            Self::HandedOver => "handed_over",
            Self::HandedOn => "handed_on",
            Self::WorkshopChanged => "workshop_changed",
            Self::WorkshopCancelled => "workshop_cancelled",
            Self::LinkAgain => "link_again",
            Self::LinksWanted => "links_wanted",
            Self::StaffMessage => "staff_message",
            Self::Reminder => "reminder",
            Self::ThankYou => "thank_you",
            Self::RecognitionDecided => "recognition_decided",
            Self::RecognitionMoreAsked => "recognition_more_asked",
            Self::CertificateIssued => "certificate_issued",
            Self::ConfirmModules => "confirm_modules",
        }
    }

    /// Whether it tells of a place in a Veranstaltung.
    #[must_use]
    pub fn is_about_a_place(self) -> bool {
        !matches!(
            self,
            Self::SignInCode
                | Self::LinksWanted
                | Self::RecognitionDecided
                | Self::RecognitionMoreAsked
                | Self::CertificateIssued
                | Self::ConfirmModules
        )
    }

    /// Whether it repeats what the person answered: what she needs, which topics she proposed. Who has no place any more, was
    /// thanked or reads a message has no use for that.
    #[must_use]
    pub fn tells_answers(self) -> bool {
        matches!(
            self,
            Self::ConfirmSignUp
                | Self::PlaceConfirmed
                | Self::Waiting
                | Self::Promoted
                | Self::Offer
                | Self::DeadlineMoved
                | Self::ModeChanged
                | Self::HandedOver
                | Self::WorkshopChanged
                | Self::LinkAgain
                | Self::Reminder
        )
    }

    /// Whether a mail of this occasion is true of a place that stands like this.
    #[must_use]
    pub fn fits(self, place: &Standing, now: Instant) -> bool {
        let waits_for_an_answer = place.until.is_some_and(|until| now < until);
        let is_ahead = place.running && now < place.ends_at;
        let is_confirmed = place.state == PlaceState::Confirmed;
        match self {
            Self::ConfirmSignUp => {
                matches!(place.state, PlaceState::Held | PlaceState::Waiting) && waits_for_an_answer
            }
            Self::Offer => place.state == PlaceState::Offered && waits_for_an_answer,
            Self::DeadlineMoved => place.state.is_active() && waits_for_an_answer,
            Self::PlaceConfirmed | Self::Promoted | Self::HandedOver => is_confirmed && is_ahead,
            Self::Waiting => place.state == PlaceState::Waiting && place.until.is_none() && is_ahead,
            Self::ModeChanged => {
                matches!(
                    place.state,
                    PlaceState::Held | PlaceState::Confirmed | PlaceState::Waiting
                ) && is_ahead
            }
            Self::WorkshopChanged => place.state.is_active() && is_ahead,
            Self::Reminder => is_confirmed && place.running && now < place.starts_at,
            Self::ThankYou => is_confirmed && place.running && now >= place.ends_at,
            Self::OfferMissed => place.state == PlaceState::OfferMissed,
            Self::HoldExpired => place.state == PlaceState::HoldExpired,
            Self::Declined => place.state == PlaceState::Declined,
            Self::Cancelled => place.state == PlaceState::Cancelled && place.running,
            Self::WorkshopCancelled => place.state == PlaceState::Cancelled && !place.running,
            Self::StaffMessage => place.state.is_active(),
            Self::LinkAgain => true,
            Self::CertificateIssued => place.certified,
            // Who reads these has no place, or had one.
            Self::SignInCode
            | Self::LinksWanted
            | Self::HandedOn
            | Self::RecognitionDecided
            | Self::RecognitionMoreAsked
            | Self::ConfirmModules => false,
        }
    }

    /// Whether who reads it can sign in as the receiver. Nobody else is ever shown one, staff neither.
    #[must_use]
    pub fn opens_an_account(self) -> bool {
        self == Self::SignInCode
    }

    /// Reads the name in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|occasion| occasion.key() == text)
    }
}

/// How a place stands, as far as it decides which mail about it is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where it stands.
    pub state: PlaceState,
    /// When the hold, the offer or the unconfirmed entry ends.
    pub until: Option<Instant>,
    /// Whether the Veranstaltung takes place.
    pub running: bool,
    /// When it starts.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// Whether the person has a certificate of it that counts.
    pub certified: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(state: PlaceState, until: Option<i64>) -> Standing {
        Standing {
            state,
            until: until.map(Instant),
            running: true,
            starts_at: Instant(100),
            ends_at: Instant(200),
            certified: false,
        }
    }

    /// The occasions that fit.
    fn fitting(place: &Standing, now: i64) -> Vec<Occasion> {
        let all = Occasion::ALL.into_iter();
        all.filter(|occasion| occasion.fits(place, Instant(now)))
            .collect()
    }

    #[test]
    fn an_offer_fits_while_it_is_open_and_no_longer() {
        let offered = standing(PlaceState::Offered, Some(50));
        assert!(Occasion::Offer.fits(&offered, Instant(49)));
        assert!(!Occasion::Offer.fits(&offered, Instant(50)));
        let taken = standing(PlaceState::Confirmed, None);
        assert!(!Occasion::Offer.fits(&taken, Instant(49)));
    }

    #[test]
    fn what_is_said_of_a_confirmed_place_depends_on_the_day() {
        use Occasion::{
            HandedOver, LinkAgain, ModeChanged, PlaceConfirmed, Promoted, Reminder, StaffMessage, ThankYou,
            WorkshopChanged,
        };
        let place = standing(PlaceState::Confirmed, None);
        let before = [
            PlaceConfirmed,
            Promoted,
            ModeChanged,
            HandedOver,
            WorkshopChanged,
            LinkAgain,
            StaffMessage,
            Reminder,
        ];
        assert_eq!(fitting(&place, 99), before);
        assert_eq!(fitting(&place, 100), before[..7], "it has begun");
        assert_eq!(fitting(&place, 200), [LinkAgain, StaffMessage, ThankYou]);
    }

    #[test]
    fn who_has_no_place_any_more_is_told_why_and_nothing_else() {
        for (state, occasion) in [
            (PlaceState::OfferMissed, Occasion::OfferMissed),
            (PlaceState::HoldExpired, Occasion::HoldExpired),
            (PlaceState::Declined, Occasion::Declined),
            (PlaceState::Cancelled, Occasion::Cancelled),
        ] {
            let mut fitting = fitting(&standing(state, None), 0);
            fitting.retain(|fits| *fits != Occasion::LinkAgain);
            assert_eq!(fitting, [occasion]);
        }
        let gone = Standing {
            running: false,
            ..standing(PlaceState::Cancelled, None)
        };
        assert_eq!(
            fitting(&gone, 0),
            [Occasion::WorkshopCancelled, Occasion::LinkAgain]
        );
    }
}

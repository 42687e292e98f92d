//! Why a mail is sent.

use serde::{Deserialize, Serialize};

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
    pub const ALL: [Self; 24] = [
        Self::SignInCode,
        Self::ConfirmSignUp,
        Self::PlaceConfirmed,
        Self::Waiting,
        Self::Promoted,
        Self::Offer,
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

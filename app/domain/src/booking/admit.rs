//! A newcomer gets a seat, the waiting list, or the reason why neither.

use super::settle::promotion_is_open;
use super::{Mode, SeatRules, Tally};
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// What a newcomer gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Admission {
    /// A seat.
    Seat,
    /// The end of the waiting list.
    Waiting,
}

/// Why something is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// Sign-up has not opened.
    #[error("sign-up opens later")]
    NotOpenYet {
        /// When it opens.
        opens_at: Instant,
    },
    /// Sign-up is over.
    #[error("sign-up is closed")]
    Closed,
    /// Not published, or cancelled.
    #[error("not running")]
    NotRunning,
    /// No seats of this mode exist.
    #[error("mode not offered")]
    ModeNotOffered,
    /// No seat of the other mode is free; the present place is kept.
    #[error("no seat free in this mode")]
    ModeFull,
    /// The Träger has all the seats it may have for now.
    #[error("the organisation's limit is reached")]
    OrganisationLimit,
    /// The place has ended, or is in a state in which this makes no sense.
    #[error("not possible in this state")]
    WrongState,
    /// The deadline has passed.
    #[error("too late")]
    TooLate,
    /// The form was sent before, and the place that it made has ended since.
    #[error("the form was sent before")]
    FormSpent,
    /// The Veranstaltung is over.
    #[error("it is over")]
    Over,
    /// There are seats in a room, and nobody is told where it is.
    #[error("no place is named")]
    PlaceMissing,
    /// People have a place of this mode or wait for one: it cannot be without seats.
    #[error("{people} people are in this mode")]
    ModeTaken {
        /// Which one.
        mode: Mode,
        /// How many.
        people: u32,
    },
    /// Everybody shall move to this mode, and it does not hold them.
    #[error("{needed} seats are needed")]
    OtherModeTooSmall {
        /// Which one.
        mode: Mode,
        /// How many seats it needs, those that are kept back among them.
        needed: u32,
    },
    /// Nobody has seen it yet: there is nothing to cancel.
    #[error("it is a draft")]
    StillDraft,
    /// Everybody has seen it: it does not go without a word.
    #[error("it was published")]
    WasPublished,
    /// Everybody sees of which module it is a run: that stays.
    #[error("a run stays with its module")]
    ModuleStays,
}

/// Decides about a newcomer where everything is settled. The decision holds: settling once more changes nothing about it.
///
/// `organisation_taken`: seats that the newcomer's Träger has already.
///
/// # Errors
/// When nobody can sign up now, or not for this mode.
pub fn admit(
    rules: &SeatRules,
    tally: &Tally,
    organisation_taken: u32,
    mode: Mode,
    now: Instant,
) -> Result<Admission, Refusal> {
    check_open(rules, mode, now)?;
    if free_for_comer(rules, tally, mode, now) == 0 || is_over_limit(rules, organisation_taken, now) {
        Ok(Admission::Waiting)
    } else {
        Ok(Admission::Seat)
    }
}

/// Seats that somebody can have who comes now, where everything is settled. While people move up by themselves, who still waits
/// beside an open seat is held back by the limit of the Träger, and is passed; else there is one less for each who waits.
#[must_use]
pub fn free_for_comer(rules: &SeatRules, tally: &Tally, mode: Mode, now: Instant) -> u32 {
    if rules.organisation_max(now).is_some() && promotion_is_open(rules, now) {
        tally.open_seats(rules, mode)
    } else {
        tally.free_for_public(rules, mode)
    }
}

/// Whether people can sign up for this mode now.
///
/// # Errors
/// The reason, if not.
pub fn check_open(rules: &SeatRules, mode: Mode, now: Instant) -> Result<(), Refusal> {
    if !rules.running {
        return Err(Refusal::NotRunning);
    }
    if now < rules.opens_at {
        return Err(Refusal::NotOpenYet {
            opens_at: rules.opens_at,
        });
    }
    if now >= rules.closes_at || now >= rules.starts_at {
        return Err(Refusal::Closed);
    }
    if rules.mode(mode).capacity == 0 {
        return Err(Refusal::ModeNotOffered);
    }
    Ok(())
}

/// Whether a Träger that has this many seats may not have another one now.
#[must_use]
pub fn is_over_limit(rules: &SeatRules, organisation_taken: u32, now: Instant) -> bool {
    rules
        .organisation_max(now)
        .is_some_and(|max| organisation_taken >= max)
}

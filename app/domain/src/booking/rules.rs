//! What staff set for the seats of a Veranstaltung.

use super::Mode;
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// Working hours in which an offered seat can be accepted: two working days of ten hours.
pub const OFFER_WINDOW_WORKING_HOURS: u32 = 20;
/// Nobody is offered a seat for which fewer working hours are left than these: half a working day. Staff give it then.
pub const OFFER_LEAST_WORKING_HOURS: u32 = 5;
/// Working hours in which a mail address has to be confirmed: one working day of ten hours.
pub const CONFIRM_WINDOW_WORKING_HOURS: u32 = 10;
/// Earlier than this before the start, people move up directly; later, they are asked first, because a
/// calendar fills up and nobody wants a seat that stays empty.
pub const DIRECT_PROMOTION_BEFORE_START_HOURS: i64 = 14 * 24;
/// From here on nobody moves up by itself: staff decide, by telephone if need be.
pub const PROMOTION_STOPS_BEFORE_START_HOURS: i64 = 24;

/// Seats of one mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModeRules {
    /// Seats in all. 0: this mode is not offered.
    pub capacity: u32,
    /// Of these, kept for speakers, hosts and the team.
    pub reserved: u32,
}

/// The rules by which seats of one Veranstaltung are given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatRules {
    /// Seats in the room.
    pub on_site: ModeRules,
    /// Seats by video.
    pub online: ModeRules,
    /// At most this many seats for one Träger …
    pub per_organisation_max: Option<u32>,
    /// … until this instant (always, if unset).
    pub per_organisation_until: Option<Instant>,
    /// Sign-up opens.
    pub opens_at: Instant,
    /// Sign-up closes.
    pub closes_at: Instant,
    /// The Veranstaltung starts.
    pub starts_at: Instant,
    /// Published and not cancelled.
    pub running: bool,
}

impl SeatRules {
    /// What a Träger may have at most now, if there is a limit and it is in force.
    #[must_use]
    pub fn organisation_max(&self, now: Instant) -> Option<u32> {
        self.per_organisation_max
            .filter(|_| self.per_organisation_until.is_none_or(|until| now < until))
    }

    /// The rules of one mode.
    #[must_use]
    pub fn mode(&self, mode: Mode) -> ModeRules {
        match mode {
            Mode::OnSite => self.on_site,
            Mode::Online => self.online,
        }
    }
}

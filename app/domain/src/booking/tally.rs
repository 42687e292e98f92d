//! What is taken, held, offered and waited for, and what that leaves for the public.

use super::{Mode, Place, PlaceState, SeatRules};
use serde::{Deserialize, Serialize};

/// Counts of one mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModeTally {
    /// Seats kept while a mail address is confirmed.
    pub held: u32,
    /// Seats given.
    pub confirmed: u32,
    /// Seats kept for somebody who was asked.
    pub offered: u32,
    /// People waiting.
    pub waiting: u32,
}

impl ModeTally {
    /// Seats that are taken: held, confirmed or offered.
    #[must_use]
    pub fn taken(self) -> u32 {
        self.held + self.confirmed + self.offered
    }

    /// Counts people in one state.
    pub fn add(&mut self, state: PlaceState, people: u32) {
        match state {
            PlaceState::Held => self.held += people,
            PlaceState::Confirmed => self.confirmed += people,
            PlaceState::Offered => self.offered += people,
            PlaceState::Waiting => self.waiting += people,
            _ => {}
        }
    }
}

/// Counts of both modes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// In the room.
    pub on_site: ModeTally,
    /// By video.
    pub online: ModeTally,
}

impl Tally {
    /// Counts places.
    #[must_use]
    pub fn of(places: &[Place]) -> Self {
        let mut tally = Self::default();
        for place in places {
            tally.mode_mut(place.mode).add(place.state, 1);
        }
        tally
    }

    /// Counts of one mode.
    #[must_use]
    pub fn mode(&self, mode: Mode) -> ModeTally {
        match mode {
            Mode::OnSite => self.on_site,
            Mode::Online => self.online,
        }
    }

    /// Counts of one mode, to add to.
    pub fn mode_mut(&mut self, mode: Mode) -> &mut ModeTally {
        match mode {
            Mode::OnSite => &mut self.on_site,
            Mode::Online => &mut self.online,
        }
    }

    /// Seats that nobody has: capacity − reserved − taken.
    #[must_use]
    pub fn open_seats(&self, rules: &SeatRules, mode: Mode) -> u32 {
        let seats = rules.mode(mode);
        seats
            .capacity
            .saturating_sub(seats.reserved)
            .saturating_sub(self.mode(mode).taken())
    }

    /// Seats that a newcomer can have: those that nobody has, less one for each person who waits. Nobody
    /// jumps the queue.
    #[must_use]
    pub fn free_for_public(&self, rules: &SeatRules, mode: Mode) -> u32 {
        self.open_seats(rules, mode)
            .saturating_sub(self.mode(mode).waiting)
    }
}

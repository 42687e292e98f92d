//! What a device shows before the server has answered: the view, as it will be if the answer is yes. What needs the
//! server's word, a new card's number or its place, is not made up.

use super::operation::Operation;
use super::order::behind;
use super::view::{BoardView, CardView};
use super::words::Outcome;
use crate::district::District;
use crate::ids::{CardId, ColumnId};
use crate::time::Instant;

impl BoardView {
    /// Shows an operation of one's own as done.
    pub fn predict(&mut self, operation: &Operation) {
        // Since when something is so is the server's word, too. Until then: since what was done last.
        let since = self.changed_at.unwrap_or(Instant(0));
        let settings = &mut self.settings;
        match operation {
            Operation::Vote { card, given } => {
                let changed = on(&mut self.cards, *card, |card| {
                    if let Some(votes) = &mut card.votes {
                        *votes = counted(*votes, card.my_vote, *given);
                    }
                    std::mem::replace(&mut card.my_vote, *given) != *given
                });
                if let (Some(true), Some(left)) = (changed, &mut self.votes_left) {
                    *left = if *given { left.saturating_sub(1) } else { *left + 1 };
                }
            }
            Operation::SameHere { card, given } => {
                on(&mut self.cards, *card, |card| {
                    card.same_here = counted(card.same_here, card.my_same_here, *given);
                    card.my_same_here = *given;
                });
            }
            Operation::Tried {
                card,
                outcome,
                district,
            } => tried(&mut self.cards, *card, *outcome, *district),
            Operation::Tell {
                on,
                outcome,
                district,
                ..
            } => tried(&mut self.cards, *on, Some(*outcome), *district),
            Operation::Follow { card, given } => {
                on(&mut self.cards, *card, |card| card.followed = *given);
            }
            Operation::Report { card, given } => {
                on(&mut self.cards, *card, |card| card.my_report = *given);
            }
            Operation::Stand { card, standing, .. } => {
                on(&mut self.cards, *card, |card| {
                    card.standing.clone_from(standing);
                    // Who decides once more before the answer is here has read what it will be. Nobody else is told a version.
                    card.version += u32::from(card.desk.is_some());
                });
            }
            Operation::Undo { back, .. } => self.predict(back),
            Operation::Pin { card, pinned } => self.move_card(*card, |card| card.pinned = *pinned),
            Operation::Move { card, column, after } => {
                if let Some(place) = self.place_behind(*card, *column, *after) {
                    self.move_card(*card, |card| (card.column, card.place) = (*column, place));
                }
            }
            Operation::Discuss { card, discussed } => {
                on(&mut self.cards, *card, |card| card.discussed = *discussed);
            }
            Operation::Lock { card, locked } => {
                on(&mut self.cards, *card, |card| card.locked = *locked);
            }
            Operation::LockColumn { column, locked } => {
                let mut columns = self.columns.iter_mut();
                if let Some(column) = columns.find(|other| other.id == *column) {
                    column.locked = *locked;
                }
            }
            Operation::Hands { card, count } => {
                on(&mut self.cards, *card, |card| card.hands = *count);
            }
            Operation::Freeze { frozen } => settings.frozen_at = frozen.then_some(since),
            Operation::Archive { archived: false } => settings.archived_at = None,
            Operation::Timer { seconds: None } => settings.stage.timer_ends_at = None,
            Operation::Spotlight { card } => settings.stage.spotlight = *card,
            Operation::Pause { paused } => {
                let stage = &mut settings.stage;
                stage.paused_at = paused.then(|| stage.paused_at.unwrap_or(since));
            }
            Operation::Curtain { closed } => settings.stage.curtain = *closed,
            Operation::GoTo { phase } => settings.phase = *phase,
            Operation::Moderate { level } => settings.level = *level,
            Operation::HideVotes { hidden } => settings.votes_hidden = *hidden,
            Operation::HideFindings { hidden } => settings.findings_hidden = *hidden,
            _ => {}
        }
    }

    /// A card changes, and comes to where it belongs then.
    fn move_card(&mut self, id: CardId, change: impl FnOnce(&mut CardView)) {
        if let Some(at) = self.cards.iter().position(|card| card.id == id) {
            let mut card = self.cards.remove(at);
            change(&mut card);
            self.insert(card);
        }
    }

    /// The key of the place behind a card, or on top. None where the server has to make room first.
    fn place_behind(&self, card: CardId, column: ColumnId, after: Option<CardId>) -> Option<String> {
        let others = self.cards.iter();
        let mut others: Vec<(&str, CardId)> = others
            .filter(|other| other.column == column && other.on.is_none() && other.id != card)
            .map(|other| (other.place.as_str(), other.id))
            .collect();
        others.sort_unstable();
        behind(&others, after.as_ref()).1
    }
}

/// What became of a solution where one tried it. Whether a district may be shown is the server's word.
fn tried(cards: &mut [CardView], id: CardId, outcome: Option<Outcome>, district: Option<District>) {
    let district = district.filter(|_| outcome.is_some());
    on(cards, id, |card| {
        let (before, was_in) = (card.my_outcome, card.my_district);
        count_on(&mut card.tried, before, outcome);
        for place in &mut card.tried_in {
            let here =
                |outcome: Option<Outcome>, district| outcome.filter(|_| district == Some(place.district));
            let (had, has) = (here(before, was_in), here(outcome, district));
            count_on(&mut place.counts, had, has);
        }
        card.tried_in.retain(|place| place.counts != [0; 3]);
        (card.my_outcome, card.my_district) = (outcome, district);
    });
    for card in cards.iter_mut().filter(|card| card.mine && card.on == Some(id)) {
        if let Some(told) = &mut card.told {
            told.outcome = outcome;
        }
    }
}

/// Counts in which one's own part was `had` and shall be `has`.
fn count_on(counts: &mut [u32; 3], had: Option<Outcome>, has: Option<Outcome>) {
    for (one, count) in Outcome::ALL.iter().zip(counts) {
        let (had, has) = (had == Some(*one), has == Some(*one));
        *count = (*count + u32::from(has)).saturating_sub(u32::from(had));
    }
}

fn on<T>(cards: &mut [CardView], id: CardId, change: impl FnOnce(&mut CardView) -> T) -> Option<T> {
    cards.iter_mut().find(|card| card.id == id).map(change)
}

/// A count in which one's own part was `had` and shall be `has`.
fn counted(count: usize, had: bool, has: bool) -> usize {
    (count + usize::from(has)).saturating_sub(usize::from(had))
}

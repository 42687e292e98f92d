//! What was found and how it went on; what weighs most, and where it comes from.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::event::{Event, Record};
use super::state::{Board, Card, Finding, Origin, Standing};
use super::view::{BoardView, CardView};
use super::words::Phase;
use crate::ids::{CardId, ColumnId};
use crate::time::Instant;

/// Something that was found, and about what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// Which card.
    pub card: CardId,
    /// Its number.
    pub number: u32,
    /// What the card says; nothing once the term of its board is over.
    pub topic: &'a str,
    /// What was found.
    pub finding: &'a Finding,
}

/// What stays of a finding when the term of its board is over: what the office wrote. Nothing of what somebody said, nor who did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The card about which it was found.
    pub card: CardId,
    /// Its number.
    pub number: u32,
    /// In which column it stood.
    pub column: ColumnId,
    /// What was found.
    pub finding: Finding,
    /// Since when it is so.
    pub since: Instant,
}

/// What was found that is for others to see: about cards that are published, stand for themselves, and are not of somebody who was
/// removed; and what stays of an emptied board.
pub fn found(board: &Board) -> impl Iterator<Item = Found<'_>> {
    let kept = board.results.iter().map(|kept| Found {
        card: kept.card,
        number: kept.number,
        topic: "",
        finding: &kept.finding,
    });
    let cards = found_about(board).map(|(card, finding)| Found {
        card: card.id,
        number: card.number,
        topic: &card.text,
        finding,
    });
    cards.chain(kept)
}

/// What stays of a board of which only the results do. `ways` say since when they are so.
#[must_use]
pub fn kept(board: &Board, ways: &BTreeMap<CardId, Vec<Step>>) -> Vec<Kept> {
    let mut kept: Vec<Kept> = found_about(board)
        .map(|(card, finding)| {
            let last = ways.get(&card.id).and_then(|way| way.last());
            Kept {
                card: card.id,
                number: card.number,
                column: card.column,
                finding: finding.clone(),
                since: last.map_or(card.created_at, |last| last.at),
            }
        })
        .collect();
    kept.sort_by_key(|kept| kept.number);
    kept
}

/// The cards about which something was found that is for others to see.
fn found_about(board: &Board) -> impl Iterator<Item = (&Card, &Finding)> {
    let is_removed = |card: &Card| {
        let author = board.members.get(&card.author);
        author.is_some_and(|author| author.removed_at.is_some())
    };
    board
        .cards
        .values()
        .map(Arc::as_ref)
        .filter(move |card| {
            card.standing == Standing::Published
                && card.erased_at.is_none()
                && card.merged_into.is_none()
                && !is_removed(card)
        })
        .filter_map(|card| Some((card, card.finding.as_ref()?)))
}

/// The cards of a view that everybody sees, without comments.
pub fn topics(view: &BoardView) -> impl Iterator<Item = &CardView> {
    let is_topic = |card: &&CardView| card.on.is_none() && card.standing == Standing::Published;
    view.cards.iter().filter(is_topic)
}

/// What weighs more comes first: votes, then who knows the same or raised a hand, then whom it helped.
#[must_use]
pub fn rank(card: &CardView) -> Reverse<(usize, usize, u32)> {
    let hands = card
        .hands
        .and_then(|hands| usize::try_from(hands).ok())
        .unwrap_or(0);
    Reverse((card.votes.unwrap_or(0), card.same_here + hands, card.tried[0]))
}

/// The cards of a column, what weighs most first; what weighs the same, in the order of the column.
#[must_use]
pub fn strongest(view: &BoardView, column: ColumnId) -> Vec<&CardView> {
    let mut cards: Vec<&CardView> = topics(view).filter(|card| card.column == column).collect();
    cards.sort_by_key(|card| rank(card));
    cards
}

/// The cards of a column as a projector shows them: what is kept on top, then the newest; once the room discusses, what weighs most,
/// and what weighs the same in the order of the column, with what was discussed already below all others. Votes that are hidden from
/// who looks order nothing.
#[must_use]
pub fn on_screen(view: &BoardView, column: ColumnId) -> Vec<&CardView> {
    let discusses = view.settings.phase == Phase::Discuss;
    let key = |card: &CardView| {
        let (weight, number) = if discusses {
            (rank(card).0, 0)
        } else {
            ((0, 0, 0), card.number)
        };
        let is_still_open = !(discusses && card.discussed);
        (is_still_open, card.pinned, weight, number)
    };
    let mut cards: Vec<&CardView> = Vec::new();
    for card in topics(view).filter(|card| card.column == column) {
        let own = key(card);
        let at = cards.partition_point(|other| key(other) >= own);
        cards.insert(at, card);
    }
    cards
}

impl Origin {
    /// Where a card comes from: the name of the board in the URL, its place, and the card as everybody sees it there.
    #[must_use]
    pub fn of(board: &str, place: &str, card: &CardView) -> Self {
        Self {
            board: board.to_owned(),
            place: place.to_owned(),
            number: card.number,
            votes: card.votes.map(|votes| u32::try_from(votes).unwrap_or(u32::MAX)),
            same_here: u32::try_from(card.same_here).unwrap_or(u32::MAX),
        }
    }
}

/// A step on the way of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Since when it was so.
    pub at: Instant,
    /// What was found, and how far it was.
    pub finding: Finding,
}

impl Kept {
    fn way(&self) -> (CardId, Vec<Step>) {
        let step = Step {
            at: self.since,
            finding: self.finding.clone(),
        };
        (self.card, vec![step])
    }
}

/// The way of each finding, its first step first. What was said again is no step; what was taken back has no way.
#[must_use]
pub fn ways(records: &[Record]) -> BTreeMap<CardId, Vec<Step>> {
    let mut ways: BTreeMap<CardId, Vec<Step>> = BTreeMap::new();
    for record in records {
        match &record.event {
            Event::Concluded { card, finding: None } | Event::Erased { card } => {
                ways.remove(card);
            }
            Event::Concluded {
                card,
                finding: Some(finding),
            } => {
                let way = ways.entry(*card).or_default();
                if way.last().is_none_or(|step| step.finding != *finding) {
                    way.push(Step {
                        at: record.at,
                        finding: finding.clone(),
                    });
                }
            }
            // Of the way before that the last step has stayed.
            Event::Emptied { results } => {
                ways = results.iter().map(Kept::way).collect();
            }
            _ => {}
        }
    }
    ways
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::board::words::{Progress, Responsibility};
    use crate::ids::MemberId;

    fn concluded(sequence: u64, progress: Option<Progress>) -> Record {
        let card = CardId(Uuid::from_u128(1));
        let finding = progress.map(|progress| Finding {
            text: "Es fehlt ein Merkblatt.".to_owned(),
            taker: String::new(),
            level: Responsibility::State,
            progress,
        });
        Record {
            sequence,
            member: MemberId(Uuid::from_u128(2)),
            at: Instant(sequence.try_into().unwrap_or(0)),
            event: Event::Concluded { card, finding },
        }
    }

    fn way(steps: &[Option<Progress>]) -> Vec<(i64, Progress)> {
        let records: Vec<Record> = (1..).zip(steps).map(|(at, step)| concluded(at, *step)).collect();
        let mut ways = ways(&records);
        let way = ways.pop_first().map(|(_, way)| way).unwrap_or_default();
        way.into_iter()
            .map(|step| (step.at.0, step.finding.progress))
            .collect()
    }

    #[test]
    fn each_step_is_told_once_with_its_time() {
        let (open, underway) = (Some(Progress::Open), Some(Progress::Underway));
        assert_eq!(
            way(&[open, open, underway, open]),
            [(1, Progress::Open), (3, Progress::Underway), (4, Progress::Open)]
        );
    }

    #[test]
    fn what_was_taken_back_begins_anew() {
        let open = Some(Progress::Open);
        assert_eq!(way(&[open, None]), []);
        assert_eq!(way(&[open, None, open]), [(3, Progress::Open)]);
    }
}

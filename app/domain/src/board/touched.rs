//! Which cards a record can have changed in anybody's eyes: what is new is looked for only there.

use std::collections::BTreeSet;

use super::event::{Event, Record};
use super::state::Board;
use super::words::Anonymity;
use crate::ids::{CardId, MemberId};

/// Which cards some records have touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// These, and what holds for the whole board.
    Cards(BTreeSet<CardId>),
    /// Perhaps all.
    All,
}

impl Touched {
    /// What records have touched on the board that they have made.
    #[must_use]
    pub fn by(board: &Board, records: &[Record]) -> Self {
        let mut cards = BTreeSet::new();
        for record in records {
            match of_record(board, record) {
                Self::All => return Self::All,
                Self::Cards(more) => cards.extend(more),
            }
        }
        Self::Cards(cards)
    }
}

fn of_record(board: &Board, record: &Record) -> Touched {
    // Votes, and who knows the same, show at the card that stands for it.
    let with_root = |card: CardId| Touched::Cards(BTreeSet::from([card, board.root(card)]));
    let with_group = |card: CardId| {
        let together = board.group(board.root(card)).map(|card| card.id);
        together.chain([card]).collect::<BTreeSet<_>>()
    };
    let with_told = |card: CardId, member: MemberId| {
        // One trial counts for all cards that were brought together.
        let mut cards = with_group(card);
        cards.extend(board.told_by(member, card).map(|sentence| sentence.id));
        cards
    };
    match &record.event {
        // Taken back is taken back from all cards that were brought together.
        Event::Voted { card, given: false } | Event::Followed { card, given: false } => {
            Touched::Cards(with_group(*card))
        }
        // What became of a solution stands beside the sentence about it, too.
        Event::Tried { card, .. } => Touched::Cards(with_told(*card, record.member)),
        Event::Commented {
            card,
            on,
            trial: Some(_),
            ..
        } => {
            let mut cards = with_told(*on, record.member);
            cards.insert(*card);
            Touched::Cards(cards)
        }
        Event::Written { card, .. }
        | Event::Commented { card, .. }
        | Event::Split { card, .. }
        | Event::Voted { card, .. }
        | Event::SameHere { card, .. }
        | Event::Followed { card, .. }
        | Event::Reported {
            card, hides: false, ..
        }
        | Event::Claimed { card, .. }
        | Event::Locked { card, .. }
        | Event::HandsCounted { card, .. }
        | Event::Concluded { card, .. }
        | Event::Discussed { card, .. }
        | Event::Pinned { card, .. } => with_root(*card),
        // Whoever joins can make a district one that enough people share, and may see what was found from now on. Who joins
        // again has another name, on all cards that are there.
        Event::Joined { .. }
            if board.settings.anonymity != Anonymity::Anonymous && !board.settings.findings_hidden =>
        {
            let own = board.cards.values().filter(|card| card.author == record.member);
            Touched::Cards(own.flat_map(|card| [card.id, board.root(card.id)]).collect())
        }
        Event::ColumnLocked { .. }
        | Event::ColumnAdded { .. }
        | Event::ColumnRenamed { .. }
        | Event::ColumnMoved { .. }
        | Event::ColumnRemoved { .. }
        | Event::Frozen { .. }
        | Event::Spotlit { .. }
        | Event::TimerSet { .. }
        | Event::WentTo { .. }
        | Event::RulesSet { .. }
        | Event::CodeRenewed
        | Event::TermSet
        | Event::Corrected { .. }
        | Event::Archived { .. }
        | Event::Moderated { .. } => Touched::Cards(BTreeSet::new()),
        // What goes out of sight takes comments with it and sets free what it stood for; what moves takes them along.
        Event::Joined { .. }
        | Event::Edited { .. }
        | Event::Stood { .. }
        | Event::Moved { .. }
        | Event::Reported { .. }
        | Event::Merged { .. }
        | Event::Erased { .. }
        | Event::Paused { .. }
        | Event::Curtained { .. }
        | Event::VotesHidden { .. }
        | Event::FindingsHidden { .. }
        | Event::Emptied { .. }
        | Event::Removed { .. } => Touched::All,
    }
}

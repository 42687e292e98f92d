//! What a record of the log makes of the board.

use std::collections::BTreeSet;

use super::event::{Event, Record};
use super::state::{Board, Card, Member};
use crate::ids::{CardId, MemberId};

/// Applies a record. One whose number has passed already changes nothing, so that a log may overlap.
pub fn apply(board: &mut Board, record: &Record) {
    if record.sequence <= board.sequence {
        return;
    }
    board.sequence = record.sequence;
    let (member, at) = (record.member, record.at);
    match &record.event {
        Event::Joined { name, district } => {
            let known = board.members.entry(member).or_insert_with(|| Member {
                id: member,
                name: None,
                district: None,
                removed_at: None,
            });
            known.name.clone_from(name);
            known.district = *district;
        }
        Event::Written {
            card,
            number,
            column,
            place,
            kind,
            text,
            standing,
        } => {
            board.cards.insert(
                *card,
                Card {
                    id: *card,
                    number: *number,
                    kind: *kind,
                    text: text.clone(),
                    revision: 0,
                    author: member,
                    column: *column,
                    place: place.clone(),
                    standing: standing.clone(),
                    pinned_at: None,
                    erased_at: None,
                    votes: BTreeSet::new(),
                    same_here: BTreeSet::new(),
                    created_at: at,
                },
            );
        }
        Event::Edited {
            card,
            revision,
            text,
            standing,
        } => on(board, *card, |card| {
            card.text.clone_from(text);
            card.revision = *revision;
            card.standing.clone_from(standing);
        }),
        Event::Stood { card, standing } => on(board, *card, |card| card.standing.clone_from(standing)),
        Event::Moved { column, places } => {
            for (card, place) in places {
                on(board, *card, |card| {
                    card.column = *column;
                    card.place.clone_from(place);
                });
            }
        }
        Event::Voted { card, given } => on(board, *card, |card| set(&mut card.votes, member, *given)),
        Event::SameHere { card, given } => on(board, *card, |card| set(&mut card.same_here, member, *given)),
        Event::Pinned { card, pinned } => on(board, *card, |card| card.pinned_at = pinned.then_some(at)),
        Event::Erased { card } => on(board, *card, |card| {
            card.text.clear();
            card.erased_at = Some(at);
        }),
        Event::Frozen { frozen } => board.settings.frozen_at = frozen.then_some(at),
        Event::WentTo { phase } => board.settings.phase = *phase,
        Event::Moderated { level } => board.settings.level = *level,
        Event::VotesHidden { hidden } => board.settings.votes_hidden = *hidden,
        Event::Removed { member, removed } => {
            if let Some(member) = board.members.get_mut(member) {
                member.removed_at = removed.then_some(at);
            }
        }
    }
}

fn on(board: &mut Board, card: CardId, change: impl FnOnce(&mut Card)) {
    if let Some(card) = board.cards.get_mut(&card) {
        change(card);
    }
}

fn set(members: &mut BTreeSet<MemberId>, member: MemberId, given: bool) {
    if given {
        members.insert(member);
    } else {
        members.remove(&member);
    }
}

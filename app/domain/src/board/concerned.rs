//! Whom something new concerns. All others see the same of it, so that it is written down once for all of them: in a room of two
//! hundred a card concerns its author.

use std::collections::BTreeSet;

use super::state::{Board, Card};
use super::touched::Touched;
use super::view::Audience;
use crate::ids::{CardId, MemberId};

/// Members for whom what is new between two states of a board may be something else than for others. Nothing if that may be
/// everybody.
///
/// Everybody else who neither moderates is told the same, if as many votes are left ([`votes_left`]).
#[must_use]
pub fn concerned(before: &Board, now: &Board, touched: &Touched) -> Option<BTreeSet<MemberId>> {
    let Touched::Cards(touched) = touched else {
        return None;
    };
    if before.settings != now.settings || before.columns != now.columns {
        return None;
    }
    let is_new = |member: &&MemberId| before.members.contains_key(member) != now.members.contains_key(member);
    let mut members: BTreeSet<MemberId> = before
        .members
        .keys()
        .chain(now.members.keys())
        .filter(is_new)
        .copied()
        .collect();
    for board in [before, now] {
        for card in board.cards.values() {
            if touched.contains(&card.id) || touched.contains(&board.root(card.id)) {
                members.extend(acting_on(card));
                members.extend(authors_above(board, card));
            }
        }
    }
    Some(members)
}

/// Votes that an audience has left. Nothing for who has not joined.
#[must_use]
pub fn votes_left(board: &Board, audience: Audience) -> Option<u32> {
    let me = audience.member().filter(|me| board.members.contains_key(me))?;
    Some(board.settings.votes_max.saturating_sub(board.votes_of(me)))
}

/// Everybody who sees something of one's own on a card.
fn acting_on(card: &Card) -> impl Iterator<Item = MemberId> + '_ {
    let sets = [&card.votes, &card.same_here, &card.followers, &card.reports];
    let in_sets = sets.into_iter().flatten().copied();
    in_sets
        .chain(card.tried.keys().copied())
        .chain(card.claimed_by)
        .chain([card.author])
}

/// Who wrote what a card is a comment of, and what stands for each of these: authors see more than others.
fn authors_above(board: &Board, card: &Card) -> BTreeSet<MemberId> {
    let mut seen: BTreeSet<CardId> = BTreeSet::new();
    let mut next = vec![card.id];
    while let Some(id) = next.pop() {
        if seen.insert(id) {
            next.extend(board.cards.get(&id).and_then(|card| card.on));
            next.push(board.root(id));
        }
    }
    seen.iter()
        .filter_map(|id| board.cards.get(id))
        .map(|card| card.author)
        .collect()
}

//! Votes, and what a room says about a card.

use super::Refusal;
use super::rights::{Actor, moderator, there, topic, unlocked};
use crate::board::event::Event;
use crate::board::state::{Board, CARD_CHARACTERS_MAX, Card, Finding, HANDS_MAX, TAKER_CHARACTERS_MAX};
use crate::board::words::{CardKind, Outcome, Phase};
use crate::district::District;
use crate::ids::CardId;
use crate::text::{bounded, one_line};

pub fn vote(board: &Board, actor: Actor, card: CardId, given: bool) -> Result<Event, Refusal> {
    let card = topic(board, card)?;
    if board.settings.phase != Phase::Weigh {
        return Err(Refusal::NotNow);
    }
    unlocked(board, actor, card)?;
    let max = board.settings.votes_max;
    let mut group = board.group(card.id);
    // Who has voted for one of the cards that were brought together has voted for what stands for them.
    let holder = group.find(|card| card.votes.contains(&actor.member));
    if given && holder.is_none() && board.votes_of(actor.member) >= max {
        return Err(Refusal::NoVotesLeft { max });
    }
    let card = holder.filter(|_| given).unwrap_or(card).id;
    Ok(Event::Voted { card, given })
}

pub fn same_here(board: &Board, card: CardId, given: bool) -> Result<Event, Refusal> {
    let card = topic(board, card)?.id;
    Ok(Event::SameHere { card, given })
}

/// Only what may help can be tried.
pub fn solution(board: &Board, card: CardId) -> Result<&Card, Refusal> {
    let card = topic(board, card)?;
    if card.kind == CardKind::Solution {
        Ok(card)
    } else {
        Err(Refusal::NotAllowed)
    }
}

pub fn tried(
    board: &Board,
    card: CardId,
    outcome: Option<Outcome>,
    district: Option<District>,
) -> Result<Event, Refusal> {
    Ok(Event::Tried {
        card: solution(board, card)?.id,
        outcome,
        // Who says nothing about it says nothing about where.
        district: district.filter(|_| outcome.is_some()),
    })
}

pub fn follow(board: &Board, card: CardId, given: bool) -> Result<Event, Refusal> {
    let card = topic(board, card)?.id;
    Ok(Event::Followed { card, given })
}

pub fn hands(board: &Board, actor: Actor, card: CardId, count: Option<u32>) -> Result<Event, Refusal> {
    moderator(actor)?;
    let card = topic(board, card)?.id;
    if count.is_some_and(|count| count > HANDS_MAX) {
        return Err(Refusal::TooMany { max: HANDS_MAX });
    }
    Ok(Event::HandsCounted { card, count })
}

pub fn conclude(
    board: &Board,
    actor: Actor,
    card: CardId,
    finding: Option<&Finding>,
) -> Result<Event, Refusal> {
    moderator(actor)?;
    let card = there(board, card)?;
    if card.on.is_some() {
        return Err(Refusal::NotThere);
    }
    let finding = match finding {
        None => None,
        Some(finding) => Some(Finding {
            text: bounded(&finding.text, 1, CARD_CHARACTERS_MAX).map_err(Refusal::Text)?,
            taker: one_line(&finding.taker, 0, TAKER_CHARACTERS_MAX).map_err(Refusal::Text)?,
            ..finding.clone()
        }),
    };
    Ok(Event::Concluded {
        card: card.id,
        finding,
    })
}

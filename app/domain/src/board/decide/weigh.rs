//! Votes, and what a room says about a card.

use super::Refusal;
use super::rights::{Actor, moderator, published, there, topic, unlocked};
use crate::board::event::Event;
use crate::board::state::{Board, Card, Finding, HANDS_MAX};
use crate::board::words::{CardKind, Outcome, Phase};
use crate::district::District;
use crate::ids::CardId;
use crate::text::bounded;

pub fn vote(board: &Board, actor: Actor, card: CardId, given: bool) -> Result<Event, Refusal> {
    let card = if given {
        topic(board, card).and_then(|card| board.is_public(card).then_some(card).ok_or(Refusal::NotThere))?
    } else {
        voted_for(board, actor, card)?
    };
    if board.settings.phase != Phase::Weigh {
        return Err(Refusal::NotNow);
    }
    unlocked(board, actor, card)?;
    if !given {
        return Ok(Event::Voted { card: card.id, given });
    }
    let max = board.settings.votes_max;
    let mut together = board.counted_together(card.id);
    // Who has voted for one of the cards that were brought together has voted for what stands for them.
    let holder = together.find(|card| card.votes.contains(&actor.member));
    if holder.is_none() && board.votes_of(actor.member) >= max {
        return Err(Refusal::NoVotesLeft { max });
    }
    let card = holder.unwrap_or(card).id;
    Ok(Event::Voted { card, given })
}

/// A card of which a vote can be taken back: one that everybody sees, or one that is out of sight by now and has this one's
/// vote. Of others it is not said that they are there.
fn voted_for(board: &Board, actor: Actor, card: CardId) -> Result<&Card, Refusal> {
    let mut group = board.group(board.root(card));
    let is_voted_for = group.any(|card| card.votes.contains(&actor.member));
    topic(board, card).or_else(|refusal| {
        if is_voted_for {
            there(board, card)
        } else {
            Err(refusal)
        }
    })
}

/// Of a card, and of what is said about it: that is there for as long as what it is about.
pub fn same_here(board: &Board, actor: Actor, card: CardId, given: bool) -> Result<Event, Refusal> {
    let said = published(board, card)?;
    unlocked(board, actor, said)?;
    let mut about = said.on;
    while let Some(on) = about {
        let topic = published(board, board.root(on))?;
        unlocked(board, actor, topic)?;
        about = topic.on;
    }
    Ok(Event::SameHere { card: said.id, given })
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
    actor: Actor,
    card: CardId,
    (outcome, district): (Option<Outcome>, Option<District>),
) -> Result<Event, Refusal> {
    let card = solution(board, card)?;
    unlocked(board, actor, card)?;
    Ok(Event::Tried {
        card: card.id,
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

pub fn discuss(board: &Board, actor: Actor, card: CardId, discussed: bool) -> Result<Event, Refusal> {
    moderator(actor)?;
    let card = there(board, card)?;
    if card.on.is_some() {
        return Err(Refusal::NotThere);
    }
    Ok(Event::Discussed {
        card: card.id,
        discussed,
    })
}

pub fn conclude(
    board: &Board,
    actor: Actor,
    card: CardId,
    (finding, base): (Option<&Finding>, Option<&str>),
) -> Result<Event, Refusal> {
    moderator(actor)?;
    let mut results = board.results.iter();
    let now = match results.find(|kept| kept.card == card) {
        Some(kept) => Some(&kept.finding),
        None => match there(board, card)? {
            card if card.on.is_some() => return Err(Refusal::NotThere),
            card => card.finding.as_ref(),
        },
    };
    let finding = finding.map(Finding::parse).transpose().map_err(Refusal::Text)?;
    // What somebody else has written down meanwhile would be gone, read by nobody.
    if base.is_some_and(|base| !is_read(base, now)) && finding.as_ref() != now {
        return Err(Refusal::ChangedSince);
    }
    Ok(Event::Concluded { card, finding })
}

/// Whether a form was made of this, however a browser ends lines.
fn is_read(base: &str, now: Option<&Finding>) -> bool {
    let read = |text: &str| bounded(text, 0, usize::MAX);
    read(base) == read(&Finding::as_read(now.map(Finding::parts).unwrap_or_default()))
}

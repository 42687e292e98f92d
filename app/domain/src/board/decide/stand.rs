//! Who sees a card: published, refused, hidden, taken back, reported, brought together with another.

use super::rights::{Actor, moderator, there, topic};
use super::write::first_standing;
use super::{Refusal, rights::published};
use crate::board::event::Event;
use crate::board::state::{Board, CARD_CHARACTERS_MAX, Card, REPORTS_TO_HIDE, Standing};
use crate::ids::{CardId, MemberId};
use crate::text::one_line;

pub fn stand(
    board: &Board,
    actor: Actor,
    card: CardId,
    wanted: &Standing,
    version: Option<u32>,
) -> Result<Event, Refusal> {
    let card = there(board, card)?;
    let mine = card.author == actor.member;
    let standing = match (wanted, &card.standing) {
        // Taking back and putting there again is the author's; what the moderator has refused or hidden is not.
        (Standing::Withdrawn, Standing::Waiting | Standing::Published | Standing::Withdrawn) if mine => {
            Standing::Withdrawn
        }
        (Standing::Published, Standing::Withdrawn) if mine => put_again(board, actor, card),
        (Standing::Waiting, Standing::Withdrawn) if mine || actor.moderates => Standing::Waiting,
        (Standing::Withdrawn, _) | (Standing::Published, Standing::Withdrawn) => {
            return Err(Refusal::NotAllowed);
        }
        _ if actor.moderates => wanted.clone(),
        _ => return Err(Refusal::NotAllowed),
    };
    if version.is_some_and(|version| version != card.version) {
        return Err(Refusal::Overtaken);
    }
    let standing = match standing {
        Standing::Refused { reason } => Standing::Refused {
            reason: one_line(&reason, 3, CARD_CHARACTERS_MAX).map_err(Refusal::Text)?,
        },
        other => other,
    };
    Ok(Event::Stood {
        card: card.id,
        standing,
        again: false,
    })
}

/// Where a card stands that its author puts there again. Taking it back is no way past the moderator.
fn put_again(board: &Board, actor: Actor, card: &Card) -> Standing {
    if card.taken_back_published || actor.moderates {
        first_standing(board, actor, &card.text)
    } else {
        Standing::Waiting
    }
}

pub fn report(board: &Board, actor: Actor, card: CardId, given: bool) -> Result<Event, Refusal> {
    let card = published(board, card)?;
    // What a moderator has written or published is not for three devices to hide: they ask for another look.
    let is_looked_at = card.by_moderation || card.is_vouched_for;
    // Of who was removed nothing is taken any more: no report hides a card either.
    let counts = |member: &&MemberId| {
        let known = board.members.get(*member);
        **member != actor.member && known.is_none_or(|known| known.removed_at.is_none())
    };
    let others = card.reports.iter().filter(counts).count();
    Ok(Event::Reported {
        card: card.id,
        given,
        hides: given && !is_looked_at && others + 1 >= REPORTS_TO_HIDE,
    })
}

pub fn claim(board: &Board, actor: Actor, card: CardId, claimed: bool) -> Result<Event, Refusal> {
    moderator(actor)?;
    let card = there(board, card)?;
    Ok(Event::Claimed {
        card: card.id,
        claimed,
    })
}

/// Brings a card together with another. The other one's own root stands for both, so that there is never a circle. What is not
/// published is decided first: another one would be said to stand for it, and it would wait on.
pub fn merge(board: &Board, actor: Actor, card: CardId, into: Option<CardId>) -> Result<Event, Refusal> {
    moderator(actor)?;
    let Some(into) = into else {
        let card = there(board, card)?.id;
        return Ok(Event::Merged { card, into: None });
    };
    let moved = there(board, card)?;
    let into = topic(board, board.root(into))?;
    if moved.on.is_some() || into.id == card {
        return Err(Refusal::NotThere);
    }
    if moved.standing != Standing::Published {
        return Err(Refusal::NotPublished);
    }
    Ok(Event::Merged {
        card,
        into: Some(into.id),
    })
}

pub fn remove(board: &Board, actor: Actor, card: CardId, removed: bool) -> Result<Event, Refusal> {
    moderator(actor)?;
    let member = there(board, card)?.author;
    if !board.members.contains_key(&member) {
        return Err(Refusal::NoMember);
    }
    // Who removes themselves could not let anybody back; whom another one has removed can be let back by themselves.
    if removed && member == actor.member {
        return Err(Refusal::NotAllowed);
    }
    Ok(Event::Removed { member, removed })
}

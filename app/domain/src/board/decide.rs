//! Whether an operation may be done, and what it becomes.

use serde::{Deserialize, Serialize};

use super::client_data;
use super::event::Event;
use super::operation::Operation;
use super::order::{KEY_DIGITS_MAX, between, evenly};
use super::state::{
    Board, CARD_CHARACTERS_MAX, CARDS_MAX, Card, MEMBER_NAME_CHARACTERS_MAX, MEMBERS_MAX, Standing,
};
use super::words::{Anonymity, Level, Phase};
use crate::ids::{CardId, ColumnId, MemberId};
use crate::text::{TextError, bounded, one_line};

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who it is on this board.
    pub member: MemberId,
    /// Whether the board is this one's to moderate.
    pub moderates: bool,
}

/// Why something is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Whoever does something joins first.
    #[error("not a member of this board")]
    NotJoined,
    /// The moderator takes nothing of this member.
    #[error("removed from this board")]
    Removed,
    /// Only the moderator, or only the author, may do this.
    #[error("not allowed")]
    NotAllowed,
    /// There is no such card, column or member, or none that this one may see.
    #[error("not there")]
    NotThere,
    /// The board is frozen.
    #[error("frozen")]
    Frozen,
    /// The text has changed since.
    #[error("the card is at revision {revision} by now")]
    Stale {
        /// The revision that stands.
        revision: u32,
    },
    /// The text has become the room's: there are votes on it.
    #[error("there are votes on this card")]
    VotedOn,
    /// All votes are given.
    #[error("all {max} votes are given")]
    NoVotesLeft {
        /// How many there were.
        max: u32,
    },
    /// Votes are given in the phase for it.
    #[error("not in this phase")]
    NotNow,
    /// The board is full.
    #[error("the board is full")]
    Full,
    /// The text is too short or too long.
    #[error(transparent)]
    Text(TextError),
    /// This board shows names, and there is none.
    #[error("this board shows names")]
    NameMissing,
    /// A card with this id is there already.
    #[error("written already")]
    Twice,
}

/// Decides. Looks at nothing but the board; changes nothing.
///
/// # Errors
/// Why it is not done.
pub fn decide(board: &Board, actor: Actor, operation: &Operation) -> Result<Event, Refusal> {
    may_write(board, actor, operation)?;
    match operation {
        Operation::Join { name, district } => join(board, actor, name.as_deref(), *district),
        Operation::Write {
            card,
            column,
            kind,
            text,
        } => {
            let text = text_of(text)?;
            if board.cards.contains_key(card) {
                return Err(Refusal::Twice);
            }
            if board.cards.len() >= CARDS_MAX {
                return Err(Refusal::Full);
            }
            Ok(Event::Written {
                card: *card,
                number: u32::try_from(board.cards.len()).unwrap_or(u32::MAX) + 1,
                column: known(board, *column)?,
                place: at_the_end(board, *column),
                kind: *kind,
                standing: first_standing(board, actor, &text),
                text,
            })
        }
        Operation::Edit { card, base, text } => edit(board, actor, *card, *base, text),
        Operation::Stand { card, standing } => stand(board, actor, *card, standing),
        Operation::Move { card, column, after } => put(board, actor, *card, *column, *after),
        Operation::Vote { card, given } => vote(board, actor, *card, *given),
        Operation::SameHere { card, given } => Ok(Event::SameHere {
            card: published(board, *card)?.id,
            given: *given,
        }),
        Operation::Pin { card, pinned } => {
            moderator(actor)?;
            Ok(Event::Pinned {
                card: there(board, *card)?.id,
                pinned: *pinned,
            })
        }
        Operation::Erase { card } => {
            let card = there(board, *card)?;
            if !actor.moderates && card.author != actor.member {
                return Err(Refusal::NotAllowed);
            }
            Ok(Event::Erased { card: card.id })
        }
        Operation::Freeze { frozen } => moderator(actor).map(|()| Event::Frozen { frozen: *frozen }),
        Operation::GoTo { phase } => moderator(actor).map(|()| Event::WentTo { phase: *phase }),
        Operation::Moderate { level } => moderator(actor).map(|()| Event::Moderated { level: *level }),
        Operation::HideVotes { hidden } => moderator(actor).map(|()| Event::VotesHidden { hidden: *hidden }),
        Operation::Remove { member, removed } => {
            moderator(actor)?;
            if !board.members.contains_key(member) {
                return Err(Refusal::NotThere);
            }
            Ok(Event::Removed {
                member: *member,
                removed: *removed,
            })
        }
    }
}

/// What holds for every operation: one has joined, is not removed, and the board is not frozen. The moderator may
/// always act; an author may always erase, whatever the board is.
fn may_write(board: &Board, actor: Actor, operation: &Operation) -> Result<(), Refusal> {
    let joining = matches!(operation, Operation::Join { .. });
    let erasing = matches!(operation, Operation::Erase { .. });
    let member = board.members.get(&actor.member);
    match member {
        None if !joining => return Err(Refusal::NotJoined),
        Some(member) if member.removed_at.is_some() && !erasing => return Err(Refusal::Removed),
        _ => {}
    }
    if board.settings.frozen_at.is_some() && !actor.moderates && !joining && !erasing {
        return Err(Refusal::Frozen);
    }
    Ok(())
}

fn join(
    board: &Board,
    actor: Actor,
    name: Option<&str>,
    district: Option<crate::district::District>,
) -> Result<Event, Refusal> {
    if !board.members.contains_key(&actor.member) && board.members.len() >= MEMBERS_MAX {
        return Err(Refusal::Full);
    }
    let name = match (board.settings.anonymity, name) {
        // What nobody shall see is not kept.
        (Anonymity::Anonymous, _) => None,
        (Anonymity::Named | Anonymity::Pseudonym, None) => return Err(Refusal::NameMissing),
        (Anonymity::Named | Anonymity::Pseudonym, Some(name)) => {
            Some(one_line(name, 2, MEMBER_NAME_CHARACTERS_MAX).map_err(Refusal::Text)?)
        }
    };
    Ok(Event::Joined { name, district })
}

fn text_of(text: &str) -> Result<String, Refusal> {
    bounded(text, 1, CARD_CHARACTERS_MAX).map_err(Refusal::Text)
}

/// Where a card stands that its author has just written or changed.
fn first_standing(board: &Board, actor: Actor, text: &str) -> Standing {
    let waits = match board.settings.level {
        Level::Off => false,
        Level::Flagged => client_data::looks_like(text),
        Level::All => true,
    };
    if waits && !actor.moderates {
        Standing::Waiting
    } else {
        Standing::Published
    }
}

fn edit(board: &Board, actor: Actor, card: CardId, base: u32, text: &str) -> Result<Event, Refusal> {
    let card = there(board, card)?;
    let text = text_of(text)?;
    if !actor.moderates && card.author != actor.member {
        return Err(Refusal::NotAllowed);
    }
    if !card.votes.is_empty() && !actor.moderates {
        return Err(Refusal::VotedOn);
    }
    if card.revision != base {
        return Err(Refusal::Stale {
            revision: card.revision,
        });
    }
    // Changing a card is no way past the moderator, neither for one that waits nor for one that was published.
    let standing = match &card.standing {
        Standing::Published | Standing::Waiting | Standing::Refused { .. } if !actor.moderates => {
            match (&card.standing, first_standing(board, actor, &text)) {
                (Standing::Published, standing) => standing,
                _ => Standing::Waiting,
            }
        }
        standing => standing.clone(),
    };
    Ok(Event::Edited {
        card: card.id,
        revision: card.revision + 1,
        text,
        standing,
    })
}

fn stand(board: &Board, actor: Actor, card: CardId, wanted: &Standing) -> Result<Event, Refusal> {
    let card = there(board, card)?;
    let mine = card.author == actor.member;
    let allowed = match (wanted, &card.standing) {
        // Taking back and putting there again is the author's.
        (Standing::Withdrawn, _) => mine,
        (Standing::Waiting, Standing::Withdrawn) => mine || actor.moderates,
        (Standing::Published, Standing::Withdrawn) => mine && board.settings.level == Level::Off,
        _ => actor.moderates,
    };
    if !allowed {
        return Err(Refusal::NotAllowed);
    }
    if let Standing::Refused { reason } = wanted {
        one_line(reason, 3, CARD_CHARACTERS_MAX).map_err(Refusal::Text)?;
    }
    Ok(Event::Stood {
        card: card.id,
        standing: wanted.clone(),
    })
}

fn put(
    board: &Board,
    actor: Actor,
    card: CardId,
    column: ColumnId,
    after: Option<CardId>,
) -> Result<Event, Refusal> {
    let moved = there(board, card)?;
    let mine = moved.author == actor.member;
    let sorting = board.settings.phase == Phase::Sort;
    if !actor.moderates && !mine && !sorting {
        return Err(Refusal::NotAllowed);
    }
    if !actor.moderates && !mine {
        published(board, card)?;
    }
    let column = known(board, column)?;
    let others: Vec<_> = board
        .cards_of(column)
        .into_iter()
        .filter(|other| other.id != card)
        .collect();
    let index = match after {
        None => 0,
        Some(after) => others
            .iter()
            .position(|other| other.id == after)
            .map_or(others.len(), |index| index + 1),
    };
    let before = index.checked_sub(1).and_then(|index| others.get(index));
    let behind = others.get(index);
    // Two neighbours with one key, as a late answer may leave them, have no room between them: all keys are new then.
    let room = before.zip(behind).is_none_or(|(a, b)| a.place < b.place);
    let place = room
        .then(|| {
            between(
                before.map(|card| card.place.as_str()),
                behind.map(|card| card.place.as_str()),
            )
        })
        .filter(|place| place.len() <= KEY_DIGITS_MAX);
    let places = match place {
        Some(place) => vec![(card, place)],
        None => {
            let mut ids: Vec<_> = others.iter().map(|other| other.id).collect();
            ids.insert(index, card);
            let keys = evenly(ids.len());
            ids.into_iter().zip(keys).collect()
        }
    };
    Ok(Event::Moved { column, places })
}

fn vote(board: &Board, actor: Actor, card: CardId, given: bool) -> Result<Event, Refusal> {
    let card = published(board, card)?;
    if board.settings.phase != Phase::Weigh {
        return Err(Refusal::NotNow);
    }
    let max = board.settings.votes_max;
    let has = card.votes.contains(&actor.member);
    if given && !has && board.votes_of(actor.member) >= max {
        return Err(Refusal::NoVotesLeft { max });
    }
    Ok(Event::Voted { card: card.id, given })
}

fn moderator(actor: Actor) -> Result<(), Refusal> {
    if actor.moderates {
        Ok(())
    } else {
        Err(Refusal::NotAllowed)
    }
}

/// A card that is there and not erased.
fn there(board: &Board, card: CardId) -> Result<&Card, Refusal> {
    board
        .cards
        .get(&card)
        .filter(|card| card.erased_at.is_none())
        .ok_or(Refusal::NotThere)
}

/// A card that everybody sees.
fn published(board: &Board, card: CardId) -> Result<&Card, Refusal> {
    there(board, card).and_then(|card| {
        if card.standing == Standing::Published {
            Ok(card)
        } else {
            Err(Refusal::NotThere)
        }
    })
}

fn known(board: &Board, column: ColumnId) -> Result<ColumnId, Refusal> {
    board
        .columns
        .iter()
        .find(|one| one.id == column)
        .map(|one| one.id)
        .ok_or(Refusal::NotThere)
}

fn at_the_end(board: &Board, column: ColumnId) -> String {
    between(
        board.cards_of(column).last().map(|card| card.place.as_str()),
        None,
    )
}

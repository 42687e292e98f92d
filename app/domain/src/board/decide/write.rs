//! Cards and comments: written, changed, split, erased.

use super::Refusal;
use super::rights::{Actor, known, moderator, published, there, unlocked, unlocked_column};
use crate::board::event::Event;
use crate::board::order::between;
use crate::board::reserved;
use crate::board::signs;
use crate::board::state::{
    Board, CARD_CHARACTERS_MAX, CARDS_MAX, Card, MEMBER_CARDS_MAX, MEMBER_NAME_CHARACTERS_MAX, MEMBERS_MAX,
    Origin, Standing, TRIAL_CHARACTERS_MAX,
};
use crate::board::three_way;
use crate::board::words::{Anonymity, CardKind, Level, MemberRole};
use crate::district::District;
use crate::ids::{CardId, ColumnId, MemberId};
use crate::text::{bounded, one_line};

pub fn join(
    board: &Board,
    actor: Actor,
    name: Option<&str>,
    (district, role): (Option<District>, Option<MemberRole>),
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
    let is_reserved = name.as_deref().is_some_and(reserved::is_reserved);
    if is_reserved && !actor.moderates {
        return Err(Refusal::NameReserved);
    }
    // Where names are shown a role is shown nowhere.
    let role = role.filter(|_| board.settings.anonymity == Anonymity::Anonymous);
    Ok(Event::Joined {
        name,
        district,
        role,
        is_reserved,
    })
}

fn text_of(text: &str) -> Result<String, Refusal> {
    text_within(text, CARD_CHARACTERS_MAX)
}

pub fn text_within(text: &str, characters_max: usize) -> Result<String, Refusal> {
    bounded(text, 1, characters_max).map_err(Refusal::Text)
}

/// Whether somebody may write one more card. Who moderates brings those of others, too.
pub fn has_room(board: &Board, actor: Actor) -> Result<(), Refusal> {
    let own = board.cards.values().filter(|card| card.author == actor.member);
    let max = MEMBER_CARDS_MAX;
    if !actor.moderates && own.count() >= max as usize {
        return Err(Refusal::EnoughWritten { max });
    }
    Ok(())
}

/// The number of a new card: from 1, in the order in which they came, comments included.
pub fn next_number(board: &Board, card: CardId) -> Result<u32, Refusal> {
    if board.cards.contains_key(&card) {
        return Err(Refusal::Twice);
    }
    if board.cards.len() >= CARDS_MAX {
        return Err(Refusal::Full);
    }
    Ok(u32::try_from(board.cards.len()).unwrap_or(u32::MAX) + 1)
}

pub fn card(
    board: &Board,
    actor: Actor,
    (card, column, kind): (CardId, ColumnId, CardKind),
    text: &str,
) -> Result<Event, Refusal> {
    let text = text_of(text)?;
    let number = next_number(board, card)?;
    has_room(board, actor)?;
    unlocked_column(board, actor, column)?;
    Ok(Event::Written {
        card,
        number,
        column: known(board, column)?.id,
        place: at_the_end(board, column),
        kind,
        standing: first_standing(board, actor, &text),
        text,
        origin: None,
        by_moderation: actor.moderates,
    })
}

/// Brings a card from another board. A moderator does, so that it is for everybody at once. The words are not the moderator's.
///
/// # Errors
/// Why it is not brought.
pub fn bring(
    board: &Board,
    actor: Actor,
    new: (CardId, ColumnId, CardKind),
    text: &str,
    from: Origin,
) -> Result<Event, Refusal> {
    moderator(actor)?;
    let mut event = card(board, actor, new, text)?;
    if let Event::Written {
        origin,
        by_moderation,
        ..
    } = &mut event
    {
        (*origin, *by_moderation) = (Some(Box::new(from)), false);
    }
    Ok(event)
}

/// Writes a topic that somebody proposed for the Veranstaltung of the board: into its first column, by nobody who is on
/// the board. What nobody may write now waits for the moderator.
///
/// # Errors
/// Why it is not written: it is there already, or nothing is written on this board any more.
pub fn propose(board: &Board, card: CardId, text: &str) -> Result<Event, Refusal> {
    if board.settings.archived_at.is_some() {
        return Err(Refusal::Archived);
    }
    let text = text_of(text)?;
    let number = next_number(board, card)?;
    let column = board.columns.first().ok_or(Refusal::NotThere)?;
    let nobody = Actor {
        member: MemberId(uuid::Uuid::nil()),
        moderates: false,
    };
    let standing = if board.settings.frozen_at.is_some() || column.locked {
        Standing::Waiting
    } else {
        first_standing(board, nobody, &text)
    };
    Ok(Event::Written {
        card,
        number,
        column: column.id,
        place: at_the_end(board, column.id),
        kind: CardKind::Topic,
        standing,
        text,
        origin: None,
        by_moderation: false,
    })
}

/// A comment is about a card, or about a comment on a card; there is no third level.
pub fn comment(board: &Board, actor: Actor, card: CardId, on: CardId, text: &str) -> Result<Event, Refusal> {
    let text = text_of(text)?;
    let number = next_number(board, card)?;
    has_room(board, actor)?;
    let about = published(board, on)?;
    // What somebody tells of a solution stands for itself.
    if about.tells {
        return Err(Refusal::NotAllowed);
    }
    let topic = match about.on {
        None => about,
        Some(topic) => published(board, topic)?,
    };
    if topic.on.is_some() {
        return Err(Refusal::NotThere);
    }
    unlocked(board, actor, topic)?;
    Ok(Event::Commented {
        card,
        number,
        on,
        column: topic.column,
        standing: first_standing(board, actor, &text),
        text,
        trial: None,
        by_moderation: actor.moderates,
    })
}

/// Where a card stands that its author has just written, changed or put there again.
pub fn first_standing(board: &Board, actor: Actor, text: &str) -> Standing {
    let waits = match board.settings.level {
        Level::Off => false,
        Level::Flagged => signs::looks_like(text),
        Level::All => true,
    };
    if waits && !actor.moderates {
        Standing::Waiting
    } else {
        Standing::Published
    }
}

pub fn edit(board: &Board, actor: Actor, card: CardId, base: u32, text: &str) -> Result<Event, Refusal> {
    let card = there(board, card)?;
    let characters_max = if card.tells {
        TRIAL_CHARACTERS_MAX
    } else {
        CARD_CHARACTERS_MAX
    };
    let mut text = text_within(text, characters_max)?;
    if !actor.moderates && card.author != actor.member {
        return Err(Refusal::NotAllowed);
    }
    if !actor.moderates && keeps_its_words(board, card) {
        return Err(Refusal::VotedOn);
    }
    unlocked(board, actor, card)?;
    if card.revision != base {
        // Both have changed the text. What was changed in different places goes together; what was not is shown to
        // who came later.
        let stale = Refusal::Stale {
            revision: card.revision,
        };
        let before = card.earlier.iter().find(|earlier| earlier.revision == base);
        let before = before.ok_or(stale)?;
        text = three_way::merge(&before.text, &card.text, &text).ok_or(stale)?;
        text = text_within(&text, characters_max)?;
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

/// Whether a card says what the room votes on. From weighing on that is every one that was ever published, whatever votes
/// there are: so the answer says nothing of votes that are hidden. Before, it is one at which votes are counted.
fn keeps_its_words(board: &Board, card: &Card) -> bool {
    let has_votes = |card: &Card| !card.votes.is_empty();
    let is_weighed = board.settings.phase.keeps_words() && card.published_at.is_some();
    let counted_at = board.counted_at(card);
    card.on.is_none()
        && (is_weighed
            || has_votes(card)
            || counted_at.is_some_and(|at| board.counted_together(at).any(has_votes)))
}

pub fn split(board: &Board, actor: Actor, card: CardId, from: CardId, text: &str) -> Result<Event, Refusal> {
    moderator(actor)?;
    let text = text_of(text)?;
    let number = next_number(board, card)?;
    let whole = there(board, from)?;
    if whole.on.is_some() {
        return Err(Refusal::NotThere);
    }
    Ok(Event::Split {
        card,
        number,
        from,
        place: at_the_end(board, whole.column),
        text,
    })
}

pub fn erase(board: &Board, actor: Actor, card: CardId) -> Result<Event, Refusal> {
    let card = there(board, card)?;
    if !actor.moderates && card.author != actor.member {
        return Err(Refusal::NotAllowed);
    }
    Ok(Event::Erased { card: card.id })
}

fn at_the_end(board: &Board, column: ColumnId) -> String {
    between(
        board.cards_of(column).last().map(|card| card.place.as_str()),
        None,
    )
}

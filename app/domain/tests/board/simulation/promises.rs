//! What must hold after every step, and what must hold in the end.

use std::collections::BTreeSet;

use domain::board::{
    Audience, Board, BoardView, Card, Record, Refusal, Standing, apply, published_count, view, waiting_count,
};
use domain::ids::{CardId, MemberId, OperationId};

use super::phone::Phone;
use super::room::{Answer, Room};
use crate::{MODERATOR, member};

/// Records from one look at what waits to the next.
const VIEWED_EACH: u64 = 8;

/// Checks the board as it stands.
pub fn after_each_step(room: &Room) -> Result<(), String> {
    let board = &room.board;
    let numbers: BTreeSet<u32> = board.cards.values().map(|card| card.number).collect();
    let expected: BTreeSet<u32> = (1..=u32::try_from(board.cards.len()).unwrap()).collect();
    if numbers != expected {
        return Err(format!("a number is missing or given twice: {numbers:?}"));
    }
    // One can have more than there are when a card is shown again; but nobody is given one more.
    if let Some(votes) = room.overspent {
        return Err(format!("{votes} votes of {}", board.settings.votes_max));
    }
    for column in &board.columns {
        let places: Vec<&str> = board
            .cards_of(column.id)
            .iter()
            .map(|card| card.place.as_str())
            .collect();
        if places.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(format!("two cards have one place: {places:?}"));
        }
    }
    let seen = view(board, Audience::Everybody).cards;
    let (counted, seen) = (
        published_count(board),
        seen.iter().filter(|card| card.on.is_none()).count(),
    );
    if counted != seen {
        return Err(format!("{counted} cards are counted where {seen} are seen"));
    }
    // Every view takes its time.
    if board.sequence.is_multiple_of(VIEWED_EACH) {
        what_waits_is_counted(board)?;
    }
    moderators_are_marked_and_nobody_else(board)?;
    what_the_moderator_decided_stays(room)?;
    findings_stay_with_those_they_are_for(room)?;
    nothing_is_shown_that_should_not_be(room)
}

/// What the list says waits is what a moderator finds. One finds more where a comment waits on a card of one's own that one has
/// withdrawn: other moderators see neither.
fn what_waits_is_counted(board: &Board) -> Result<(), String> {
    let found = |moderator| {
        let seen = view(board, Audience::Moderator(moderator)).cards;
        seen.iter().filter(|card| card.waits()).count()
    };
    let seen = found(Some(member(MODERATOR)));
    match waiting_count(board) {
        counted if counted == seen => Ok(()),
        counted if counted < seen && counted == found(None) => Ok(()),
        counted => Err(format!("{counted} cards are said to wait where {seen} do")),
    }
}

/// Whose words they are decides, whatever a device says. What was told of a solution is told without a name.
fn moderators_are_marked_and_nobody_else(board: &Board) -> Result<(), String> {
    let is_moderators = |card: &Card| card.author.0.as_u128() == MODERATOR && !card.tells;
    match board
        .cards
        .values()
        .find(|card| card.by_moderation != is_moderators(card))
    {
        Some(card) => Err(format!("the mark of card {} is wrong", card.number)),
        None => Ok(()),
    }
}

/// Nobody but a moderator undoes what was refused, hidden or reported.
fn what_the_moderator_decided_stays(room: &Room) -> Result<(), String> {
    let is_published = |card: &&CardId| room.board.cards[card].standing == Standing::Published;
    if let Some(card) = room.out_of_sight.iter().find(is_published) {
        return Err(format!("card {card} was refused or hidden, and is published"));
    }
    match room.reports_lost {
        Some(card) => Err(format!("the reports of card {card} are taken back by its author")),
        None => Ok(()),
    }
}

/// Whether a member other than the moderator, or somebody who only looks, may read what a card says.
fn may_read(board: &Board, card: &Card, reader: Option<MemberId>) -> bool {
    let mine = Some(card.author) == reader;
    let stage = &board.settings.stage;
    let removed = board.members[&card.author].removed_at.is_some();
    let held = stage
        .paused_at
        .is_some_and(|since| card.published_at.is_none_or(|at| at >= since));
    let public = card.standing == Standing::Published && !removed && !held && !stage.curtain;
    let about = card.on.map(|on| &board.cards[&on]);
    let with_its_card = about.is_none_or(|about| stands_somewhere(board, about, reader));
    let holds = mine || !is_taken_back(board, card);
    card.erased_at.is_none() && (mine || public) && with_its_card && holds
}

/// Whether a card tells of a solution of which its author says nothing any more, neither of it nor of what stands for it.
fn is_taken_back(board: &Board, card: &Card) -> bool {
    let says = |on: CardId| board.cards[&on].tried.contains_key(&card.author);
    card.tells && card.on.is_some_and(|on| !says(on) && !says(board.root(on)))
}

/// Whether a card, or the one that stands for it, may be read.
fn stands_somewhere(board: &Board, card: &Card, reader: Option<MemberId>) -> bool {
    let root = &board.cards[&board.root(card.id)];
    may_read(board, card, reader) || (root.id != card.id && may_read(board, root, reader))
}

fn participants(room: &Room) -> impl Iterator<Item = MemberId> + '_ {
    room.board
        .members
        .keys()
        .copied()
        .filter(|id| id.0.as_u128() != MODERATOR)
}

/// Looks at every card that each device would be sent.
fn nothing_is_shown_that_should_not_be(room: &Room) -> Result<(), String> {
    for member in participants(room) {
        let sent = room.look(member.0.as_u128());
        votes_are_counted_where_they_are_shown(room, member, &sent)?;
        for shown in sent.cards {
            let card = &room.board.cards[&shown.id];
            if card.author != member && is_taken_back(&room.board, card) {
                return Err(format!(
                    "what was taken back is shown to {member}: card {}",
                    card.number
                ));
            }
            if room.held.contains(&shown.id) && card.author != member {
                return Err(format!(
                    "card {} is held back and is shown to {member}",
                    card.number
                ));
            }
            if room.board.settings.votes_hidden && shown.votes.is_some() {
                return Err(format!(
                    "votes are hidden, and those of card {} are sent to {member}",
                    card.number
                ));
            }
            if !may_read(&room.board, card, Some(member)) {
                return Err(format!(
                    "card {} is shown to {member}: {:?}",
                    card.number, card.standing
                ));
            }
            if shown.desk.is_some() || (!shown.earlier.is_empty() && card.author != member) {
                return Err(format!(
                    "the desk's view of card {} is shown to {member}",
                    card.number
                ));
            }
        }
    }
    Ok(())
}

/// Whoever looks finds each vote that counts, to take it back. What the stage hides is shown again with all of them.
fn votes_are_counted_where_they_are_shown(
    room: &Room,
    member: MemberId,
    sent: &BoardView,
) -> Result<(), String> {
    let (board, stage) = (&room.board, &room.board.settings.stage);
    if stage.curtain || stage.paused_at.is_some() {
        return Ok(());
    }
    let removed = |card: &CardId| board.members[&board.cards[card].author].removed_at.is_some();
    let cards = sent.cards.iter().filter(|card| card.my_vote);
    let shown = cards
        .filter(|card| card.standing == Standing::Published && card.merged_into.is_none())
        .filter(|card| !removed(&card.id))
        .count();
    let counted = board.votes_of(member);
    if shown == counted as usize {
        Ok(())
    } else {
        Err(format!("{member} is shown {shown} votes where {counted} count"))
    }
}

/// Looks for what was found in all bytes that somebody is sent who does not take part.
fn findings_stay_with_those_they_are_for(room: &Room) -> Result<(), String> {
    let sent = serde_json::to_string(&room.look_from_outside()).unwrap();
    let mut cards = room.board.cards.values();
    let leaked = cards.find(|card| {
        card.finding
            .as_ref()
            .is_some_and(|finding| sent.contains(&finding.text))
    });
    match leaked.filter(|_| room.board.settings.findings_hidden) {
        Some(card) => Err(format!(
            "what was found about card {} is sent to everybody",
            card.number
        )),
        None => Ok(()),
    }
}

/// Looks for every text and every reason in all bytes that each device would be sent, and the projector.
fn nothing_is_sent_that_should_not_be(room: &Room) -> Result<(), String> {
    for reader in participants(room).map(Some).chain([None]) {
        let (whom, sent) = match reader {
            Some(member) => (member.to_string(), room.look(member.0.as_u128())),
            None => ("the projector".to_owned(), room.look_from_outside()),
        };
        let sent = serde_json::to_string(&sent).unwrap();
        for card in room.board.cards.values() {
            let mine = Some(card.author) == reader;
            if !may_read(&room.board, card, reader) && !card.text.is_empty() && sent.contains(&card.text) {
                return Err(format!("the text of card {} is sent to {whom}", card.number));
            }
            let before = card.earlier.iter().map(|earlier| &earlier.text);
            if !mine
                && before
                    .clone()
                    .any(|text| *text != card.text && sent.contains(text))
            {
                return Err(format!(
                    "an earlier text of card {} is sent to {whom}",
                    card.number
                ));
            }
            if let (Standing::Refused { reason }, false) = (&card.standing, mine)
                && sent.contains(reason.as_str())
            {
                return Err(format!("the reason of card {} is sent to {whom}", card.number));
            }
        }
    }
    Ok(())
}

/// What is said again is answered as it was the first time.
pub fn answered_as_before(room: &mut Room, id: OperationId, answer: Answer) -> Result<(), String> {
    let before = *room.answers.entry(id).or_insert(answer);
    if before == answer {
        Ok(())
    } else {
        Err(format!(
            "{id} was answered otherwise: {before:?}, then {answer:?}"
        ))
    }
}

/// What a device has wanted before and was never answered is decided before: a card is written before it is changed.
pub fn nothing_is_overtaken(room: &Room, phone: &Phone, id: OperationId) -> Result<(), String> {
    let Some(at) = phone.open.iter().position(|(open, _)| *open == id) else {
        return Ok(());
    };
    let is_answered = |id: &OperationId| room.answers.contains_key(id) || phone.heard.contains_key(id);
    match phone.open[..at].iter().find(|(earlier, _)| !is_answered(earlier)) {
        Some((earlier, _)) => Err(format!("{id} overtakes {earlier}")),
        None => Ok(()),
    }
}

/// What is not in the outbox any more was taken, and is in the log exactly once; or it was refused, and was no text. What a person has
/// thrown away is not looked for.
pub fn nothing_left_without_an_answer(room: &Room, phone: &mut Phone) -> Result<(), String> {
    let Phone {
        outbox, open, heard, ..
    } = phone;
    let waits = |id: &OperationId| outbox.iter().any(|one| one.id == *id);
    for (id, is_written) in open.iter().filter(|(id, _)| !waits(id)) {
        match heard.get(id) {
            None => return Err(format!("{id} left the outbox without an answer")),
            Some(Ok(_)) => match room.taken.get(id).copied().unwrap_or(0) {
                1 => {}
                times => return Err(format!("{id} left the outbox and is in the log {times} times")),
            },
            Some(Err(Refusal::Twice)) => {}
            Some(Err(_)) if *is_written => return Err(format!("the refused text of {id} is lost")),
            Some(Err(_)) => {}
        }
    }
    open.retain(|(id, _)| waits(id));
    Ok(())
}

/// When everything has calmed down nothing waits, and nothing is kept, but what was refused.
fn every_wish_is_over(phone: &Phone) -> Result<(), String> {
    let number = phone.number;
    if !phone.is_calm() {
        return Err(format!("something still waits in the outbox of {number}"));
    }
    let waiting: Vec<OperationId> = phone.outbox.iter().map(|one| one.id).collect();
    let mut kept = phone.kept.iter().map(|one| one.id);
    if phone.keeps && kept.len() != waiting.len() || !kept.all(|id| waiting.contains(&id)) {
        return Err(format!(
            "the device of {number} keeps something else than what waits"
        ));
    }
    Ok(())
}

/// Checks what only the end can show.
pub fn at_the_end(room: &Room, phones: &[Phone]) -> Result<(), String> {
    for phone in phones {
        every_wish_is_over(phone)?;
    }
    nothing_is_sent_that_should_not_be(room)?;
    erased_is_gone(room)?;
    the_log_makes_the_board(room)
}

fn erased_is_gone(room: &Room) -> Result<(), String> {
    for card in room.board.cards.values().filter(|card| card.erased_at.is_some()) {
        let mut log = room.log.clone();
        if log.iter_mut().any(|record| record.event.erase_text_of(card.id)) {
            return Err(format!("erased text in the log: card {}", card.number));
        }
    }
    Ok(())
}

/// A device that was away reads the log from where it was; one that was not sure reads some of it twice.
fn the_log_makes_the_board(room: &Room) -> Result<(), String> {
    let mut again = room.empty.clone();
    let (first, rest) = room.log.split_at(room.log.len() / 2);
    replay(&mut again, first);
    let overlap = first.get(first.len().saturating_sub(3)..).unwrap_or_default();
    replay(&mut again, overlap);
    replay(&mut again, rest);
    if again == room.board {
        Ok(())
    } else {
        Err("the log makes another board".to_owned())
    }
}

fn replay(board: &mut Board, records: &[Record]) {
    for record in records {
        apply(board, record);
    }
}

//! Devices on a bad network: each message may be lost, doubled or late, lines break, pages are loaded anew, a backup is put back; and
//! each device keeps what it wants to do until it is told.

use domain::board::{
    Anonymity, Answered, CardKind, Finding, Level, MemberRole, Operation, Outcome, Phase, Progress,
    Responsibility, Standing,
};
use domain::district::District;
use domain::ids::{CardId, OperationId};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use uuid::Uuid;

use super::phone::Phone;
use super::promises;
use super::room::{PROJECTOR, Room, Sabotage};
use crate::{MODERATOR, column, member};

/// Rounds after which every device must have been told, once the network is good again.
const ROUNDS_MAX: usize = 100;

/// What is on its way, from or to which device; an answer to which page of it.
#[derive(Clone)]
enum Message {
    ToServer(usize, u32, Vec<(OperationId, Operation)>),
    ToPhone(usize, u32, Vec<Answered>),
}

/// Lives in one room to its end. Returns how many records its log has, or the broken promise.
pub fn live(seed: u64, sabotage: Sabotage) -> Result<u64, String> {
    let mut rng = StdRng::seed_from_u64(seed);
    let anonymity = Anonymity::ALL[rng.random_range(0..Anonymity::ALL.len())];
    let mut room = Room::new(some_phase(&mut rng), anonymity, sabotage);
    let mut copy: Option<Room> = None;
    let mut phones: Vec<Phone> = (1..=rng.random_range(2..7_u128))
        .chain([MODERATOR])
        .map(|number| Phone::new(number, rng.random_bool(0.9), sabotage))
        .collect();
    let mut wire = Vec::new();
    for phone in &mut phones {
        let join = Operation::Join {
            name: Some(format!("Person {}", phone.number)),
            district: District::ALL.get(rng.random_range(0..3)).copied(),
            role: MemberRole::ALL.get(rng.random_range(0..2)).copied(),
        };
        phone.want(&mut rng, join);
    }
    // In every other room there is something to talk about when the network turns bad.
    if rng.random_bool(0.5) {
        for phone in &mut phones {
            let operation = write(&mut rng);
            phone.want(&mut rng, operation);
        }
        settle(&mut room, &mut phones, &mut wire)?;
    }
    for _ in 0..rng.random_range(40..80) {
        let index = rng.random_range(0..phones.len());
        let phone = &mut phones[index];
        match rng.random_range(0..100) {
            0..33 => {
                let operation = something(&mut rng, &room, phone.number);
                phone.want(&mut rng, operation);
            }
            33..55 => send(&mut rng, phone, index, &mut wire),
            55..57 => phone.lose_line(),
            57..59 => phone.reload(&room),
            59..60 => phone.decide(&mut rng),
            60..68 => {
                room.reach(phone.number)?;
                phone.catch_up(&room);
                // It hangs in the room all the time.
                room.reach(PROJECTOR)?;
            }
            68..70 => match &copy {
                Some(copy) => put_back(&mut rng, &mut room, copy, &mut phones, &mut wire)?,
                None => copy = Some(room.clone()),
            },
            _ => deliver(&mut rng, &mut room, &mut phones, &mut wire)?,
        }
        promises::nothing_left_without_an_answer(&room, &mut phones[index])?;
    }
    // The network is good again: everybody is told in the end.
    settle(&mut room, &mut phones, &mut wire)?;
    for phone in &phones {
        room.reach(phone.number)?;
    }
    room.reach(PROJECTOR)?;
    promises::at_the_end(&room, &phones)?;
    Ok(room.board.sequence)
}

/// Lets everything arrive that is on its way or wanted.
fn settle(room: &mut Room, phones: &mut [Phone], wire: &mut Vec<Message>) -> Result<(), String> {
    for _ in 0..ROUNDS_MAX {
        for (index, phone) in phones.iter_mut().enumerate() {
            phone.lose_line();
            phone.catch_up(room);
            promises::nothing_left_without_an_answer(room, phone)?;
            let message = phone.message();
            if !message.is_empty() {
                wire.push(Message::ToServer(index, phone.page, message));
            }
        }
        if wire.is_empty() {
            break;
        }
        while !wire.is_empty() {
            arrive(room, phones, wire.len() - 1, wire)?;
        }
    }
    Ok(())
}

/// A copy of the database is put back: the server was stopped for that, and all that was on its way is gone. Some load the page anew.
fn put_back(
    rng: &mut StdRng,
    room: &mut Room,
    copy: &Room,
    phones: &mut [Phone],
    wire: &mut Vec<Message>,
) -> Result<(), String> {
    room.put_back(copy);
    wire.clear();
    for phone in phones {
        phone.cut_off();
        if rng.random_bool(0.2) {
            phone.reload(room);
        }
        promises::nothing_left_without_an_answer(room, phone)?;
    }
    Ok(())
}

/// Sends what waits. Who has heard nothing for too long says it again.
fn send(rng: &mut StdRng, phone: &mut Phone, index: usize, wire: &mut Vec<Message>) {
    if rng.random_bool(0.4) {
        phone.give_up();
    }
    let message = phone.message();
    if !message.is_empty() {
        let message = Message::ToServer(index, phone.page, message);
        wire.extend(std::iter::repeat_n(message, lost_or_doubled(rng)));
    }
}

/// Something that is on its way arrives, whatever was sent before it.
fn deliver(
    rng: &mut StdRng,
    room: &mut Room,
    phones: &mut [Phone],
    wire: &mut Vec<Message>,
) -> Result<(), String> {
    if wire.is_empty() {
        return Ok(());
    }
    let index = rng.random_range(0..wire.len());
    if rng.random_bool(0.15) {
        wire.swap_remove(index);
        return Ok(());
    }
    arrive(room, phones, index, wire)
}

fn arrive(
    room: &mut Room,
    phones: &mut [Phone],
    index: usize,
    wire: &mut Vec<Message>,
) -> Result<(), String> {
    match wire.swap_remove(index) {
        Message::ToServer(phone, page, message) => {
            let mut answers = Vec::new();
            for (id, operation) in message {
                promises::nothing_is_overtaken(room, &phones[phone], id)?;
                let before = room.board.sequence;
                let answer = room.take(id, phones[phone].number, &operation);
                promises::answered_as_before(room, id, answer)?;
                // A refusal and a repeat leave the board as it was.
                if room.board.sequence != before {
                    promises::after_each_step(room)?;
                }
                answers.push(Answered { id, answer });
            }
            wire.push(Message::ToPhone(phone, page, answers));
        }
        Message::ToPhone(phone, page, answers) => {
            let phone = &mut phones[phone];
            if phone.page == page {
                phone.hear(&answers);
                promises::nothing_left_without_an_answer(room, phone)?;
            }
        }
    }
    Ok(())
}

fn lost_or_doubled(rng: &mut StdRng) -> usize {
    match rng.random_range(0..10) {
        0..2 => 0,
        2..8 => 1,
        _ => 2,
    }
}

/// What somebody in this room might do next.
fn something(rng: &mut StdRng, room: &Room, number: u128) -> Operation {
    if let Some(operation) = get_back(rng, room, number).or_else(|| say_otherwise(rng, room, number)) {
        return operation;
    }
    let cards: Vec<CardId> = room.board.cards.keys().copied().collect();
    let some_card = (!cards.is_empty()).then(|| cards[rng.random_range(0..cards.len())]);
    let Some(card) = some_card.filter(|_| rng.random_bool(0.85)) else {
        return write(rng);
    };
    if number == MODERATOR && rng.random_bool(0.6) {
        return moderate(rng, card, room);
    }
    if room.board.settings.phase == Phase::Weigh && rng.random_bool(0.6) {
        return Operation::Vote {
            card,
            given: rng.random_bool(0.8),
        };
    }
    match rng.random_range(0..17) {
        // Under another name.
        15 => Operation::Join {
            name: Some(format!("Person {}", some_text(rng))),
            district: District::ALL.get(rng.random_range(0..3)).copied(),
            role: MemberRole::ALL.get(rng.random_range(0..2)).copied(),
        },
        10 | 11 => Operation::Comment {
            card: CardId(Uuid::from_u128(rng.random())),
            on: card,
            text: some_text(rng),
        },
        12 | 16 => tell(rng, room, card),
        13 => Operation::Follow {
            card,
            given: rng.random_bool(0.8),
        },
        14 => Operation::Report {
            card,
            given: rng.random_bool(0.9),
        },
        0..2 => write(rng),
        2..4 => Operation::Edit {
            card,
            base: rng.random_range(0..3),
            text: some_text(rng),
        },
        4..6 => Operation::Vote {
            card,
            given: rng.random_bool(0.8),
        },
        6 => Operation::SameHere {
            card,
            given: rng.random_bool(0.8),
        },
        7 => Operation::Move {
            card,
            column: column(rng.random_range(1..3)),
            after: Some(cards[rng.random_range(0..cards.len())]).filter(|after| *after != card),
        },
        8 => Operation::Stand {
            card,
            standing: match rng.random_range(0..4) {
                0 | 1 => Standing::Withdrawn,
                2 => Standing::Waiting,
                _ => Standing::Published,
            },
            version: None,
        },
        _ => Operation::Erase { card },
    }
}

/// Who has told of a solution says something else about it, or nothing any more.
fn say_otherwise(rng: &mut StdRng, room: &Room, number: u128) -> Option<Operation> {
    let mut cards = room.board.cards.values();
    let told = cards.find(|card| card.tells && card.author == member(number))?;
    let card = room.board.root(told.on?);
    rng.random_bool(0.3).then(|| Operation::Tried {
        card,
        outcome: Outcome::ALL.get(rng.random_range(0..5)).copied(),
        district: District::ALL.get(rng.random_range(0..3)).copied(),
    })
}

/// Somebody tells of a solution.
fn tell(rng: &mut StdRng, room: &Room, card: CardId) -> Operation {
    let mut cards = room.board.cards.values();
    let solution = cards.find(|card| card.kind == CardKind::Solution && card.merged_into.is_none());
    Operation::Tell {
        card: CardId(Uuid::from_u128(rng.random())),
        on: solution.map_or(card, |solution| solution.id),
        outcome: Outcome::ALL[rng.random_range(0..3)],
        district: District::ALL.get(rng.random_range(0..3)).copied(),
        text: some_text(rng),
    }
}

/// Authors try to get back what the moderator has taken out of sight, and what others have reported.
fn get_back(rng: &mut StdRng, room: &Room, number: u128) -> Option<Operation> {
    let mut cards = room.board.cards.values();
    let card = cards.find(|card| {
        let looked_at = room.out_of_sight.contains(&card.id) || !card.reports.is_empty();
        looked_at && card.author == member(number)
    })?;
    let card = card.id;
    let standing = match rng.random_range(0..3) {
        0 => Standing::Withdrawn,
        _ => Standing::Published,
    };
    rng.random_bool(0.5).then_some(Operation::Stand {
        card,
        standing,
        version: None,
    })
}

fn moderate(rng: &mut StdRng, card: CardId, room: &Room) -> Operation {
    let cards: Vec<CardId> = room.board.cards.keys().copied().collect();
    // Whoever holds new cards back presses it again.
    if room.board.settings.stage.paused_at.is_some() && rng.random_bool(0.3) {
        return Operation::Pause {
            paused: rng.random_bool(0.8),
        };
    }
    match rng.random_range(0..34) {
        33 => Operation::Discuss {
            card,
            discussed: rng.random_bool(0.6),
        },
        31 | 32 => undo(rng, card, room),
        30 if rng.random_bool(0.5) => Operation::RenewCode,
        30 => Operation::Rules {
            text: some_text(rng),
            base: rng.random_bool(0.5).then(|| room.board.settings.rules.clone()),
        },
        28 | 29 => Operation::Pause { paused: true },
        26 | 27 => columns(rng),
        12..15 => Operation::Merge {
            card,
            into: rng
                .random_bool(0.7)
                .then(|| cards[rng.random_range(0..cards.len())]),
        },
        15 => Operation::Split {
            card: CardId(Uuid::from_u128(rng.random())),
            from: card,
            text: some_text(rng),
        },
        16 => Operation::Lock {
            card,
            locked: rng.random_bool(0.4),
        },
        17 => Operation::LockColumn {
            column: column(rng.random_range(1..3)),
            locked: rng.random_bool(0.3),
        },
        18 => Operation::Pause {
            paused: rng.random_bool(0.6),
        },
        19 => Operation::Curtain {
            closed: rng.random_bool(0.4),
        },
        20 => Operation::Spotlight { card: Some(card) },
        21 => Operation::Hands {
            card,
            count: Some(rng.random_range(0..50)),
        },
        22 => Operation::Conclude {
            card,
            finding: rng.random_bool(0.8).then(|| Finding {
                text: some_text(rng),
                taker: String::new(),
                level: Responsibility::State,
                progress: Progress::Open,
            }),
            base: None,
        },
        23 => Operation::Claim {
            card,
            claimed: rng.random_bool(0.7),
        },
        0..4 => Operation::Stand {
            card,
            standing: match rng.random_range(0..3) {
                0 => Standing::Hidden,
                1 => Standing::Refused {
                    reason: format!("Grund {}", some_text(rng)),
                },
                _ => Standing::Published,
            },
            version: rng
                .random_bool(0.5)
                .then(|| room.board.cards.get(&card).map_or(0, |card| card.version)),
        },
        4 => Operation::Freeze {
            frozen: rng.random_bool(0.3),
        },
        5..8 => Operation::GoTo {
            phase: some_phase(rng),
        },
        8 => Operation::Moderate {
            level: Level::ALL[rng.random_range(0..Level::ALL.len())],
        },
        24 => Operation::HideFindings {
            hidden: rng.random_bool(0.7),
        },
        25 => Operation::Archive {
            archived: rng.random_bool(0.2),
        },
        9 => Operation::HideVotes {
            hidden: rng.random_bool(0.5),
        },
        10 => Operation::Pin {
            card,
            pinned: rng.random_bool(0.5),
        },
        _ => Operation::Remove {
            card,
            removed: rng.random_bool(0.4),
        },
    }
}

/// Takes back what was decided about a card last, as if this moderator had done it.
fn undo(rng: &mut StdRng, card: CardId, room: &Room) -> Operation {
    let mut cards = room.board.cards.values();
    // There is most to lose where somebody has asked.
    let card = cards
        .find(|card| !card.heard.is_empty())
        .map_or(card, |card| card.id);
    let version = room.board.cards.get(&card).map_or(0, |card| card.version);
    Operation::Undo {
        done: None,
        back: Box::new(Operation::Stand {
            card,
            standing: match rng.random_range(0..3) {
                0 => Standing::Waiting,
                1 => Standing::Hidden,
                _ => Standing::Published,
            },
            version: Some(version),
        }),
    }
}

fn columns(rng: &mut StdRng) -> Operation {
    let (column, other) = (column(rng.random_range(1..4)), column(rng.random_range(1..4)));
    let title = some_text(rng);
    match rng.random_range(0..4) {
        0 => Operation::AddColumn { column, title },
        1 => Operation::RenameColumn { column, title },
        2 => Operation::MoveColumn {
            column,
            after: rng.random_bool(0.5).then_some(other),
        },
        _ => Operation::RemoveColumn { column },
    }
}

fn write(rng: &mut StdRng) -> Operation {
    Operation::Write {
        card: CardId(Uuid::from_u128(rng.random())),
        column: column(rng.random_range(1..3)),
        kind: CardKind::ALL[rng.random_range(0..CardKind::ALL.len())],
        text: some_text(rng),
    }
}

fn some_phase(rng: &mut StdRng) -> Phase {
    Phase::ALL[rng.random_range(0..Phase::ALL.len())]
}

/// A text that no other card has, so that it can be looked for.
fn some_text(rng: &mut StdRng) -> String {
    format!("<{:016x}>", rng.random::<u64>())
}

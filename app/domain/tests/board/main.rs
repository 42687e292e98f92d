//! The rules of boards.
//!
//! - [`rules`]: who may do what, told by example
//! - [`desk`]: what the moderator has in hand
//! - [`discussed`]: what the room has discussed is marked
//! - [`talk`]: comments, changes, and what a room says about a card
//! - [`screen`]: what a projector shows
//! - [`seeing`]: what each audience sees
//! - [`columns`]: columns that the moderator changes
//! - [`correct`]: what staff corrects later
//! - [`label`]: what an anonymous card says of who wrote it
//! - [`marks`]: what moderators write is marked, and nobody else looks like it
//! - [`note`]: what moderators note about a card for each other
//! - [`order`]: keys between keys
//! - [`outbox`]: what a device wants, and when it leaves
//! - [`present`]: who is in a room
//! - [`reaction`]: "bei uns auch", of cards and comments
//! - [`term`]: what is left when its term is over: nothing
//! - [`trial`]: what became of a solution where it was tried
//! - [`undo`]: what a moderator has done with a card is taken back with one tap
//! - [`simulation`]: thousands of seeded rooms in which messages get lost, doubled and reordered

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod columns;
mod correct;
mod desk;
mod discussed;
mod label;
mod marks;
mod note;
mod order;
mod outbox;
mod present;
mod reaction;
mod rules;
mod screen;
mod seeing;
mod simulation;
mod talk;
mod term;
mod trial;
mod undo;

use domain::board::{
    Actor, Anonymity, Board, CardKind, Column, Event, Level, Operation, Record, Refusal, Settings, Standing,
    apply, decide,
};
use domain::district::District;
use domain::ids::{CardId, ColumnId, MemberId};
use domain::time::Instant;
use uuid::Uuid;

fn member(number: u128) -> MemberId {
    MemberId(Uuid::from_u128(number))
}

fn card(number: u128) -> CardId {
    CardId(Uuid::from_u128(number))
}

fn column(number: u128) -> ColumnId {
    ColumnId(Uuid::from_u128(number))
}

/// Two columns, three votes each, nothing waits.
fn board() -> Board {
    let settings = Settings {
        votes_hidden: false,
        ..Settings::new(Level::Off, Anonymity::Anonymous, 3)
    };
    let columns = vec![
        Column::new(column(1), "Was fehlt".to_owned()),
        Column::new(column(2), "Was hilft".to_owned()),
    ];
    Board::new(settings, columns)
}

const MODERATOR: u128 = 1_000;

fn actor(number: u128) -> Actor {
    Actor {
        member: member(number),
        moderates: number == MODERATOR,
    }
}

/// Does something as a server does: decides, numbers, applies.
fn act(board: &mut Board, number: u128, operation: Operation) -> Result<Event, Refusal> {
    let event = decide(board, actor(number), &operation)?;
    let record = Record {
        sequence: board.sequence + 1,
        member: member(number),
        at: Instant(i64::try_from(board.sequence).unwrap()),
        event: event.clone(),
    };
    apply(board, &record);
    Ok(event)
}

fn join(board: &mut Board, number: u128) {
    let operation = Operation::Join {
        name: Some(format!("Person {number}")),
        district: Some(District::ALL[0]),
        role: None,
    };
    act(board, number, operation).unwrap();
}

fn write(board: &mut Board, number: u128, id: u128, text: &str) -> Result<Event, Refusal> {
    let operation = Operation::Write {
        card: card(id),
        column: column(1),
        kind: CardKind::Problem,
        text: text.to_owned(),
    };
    act(board, number, operation)
}

/// Lets a card stand somewhere, whichever version it has.
fn stand(id: u128, standing: Standing) -> Operation {
    Operation::Stand {
        card: card(id),
        standing,
        version: None,
    }
}

fn comment(id: u128, on: u128, text: &str) -> Operation {
    Operation::Comment {
        card: card(id),
        on: card(on),
        text: text.to_owned(),
    }
}

fn vote(id: u128, given: bool) -> Operation {
    Operation::Vote {
        card: card(id),
        given,
    }
}

/// A board with a moderator, two people and one card of the first.
fn room() -> Board {
    let mut board = board();
    for number in [MODERATOR, 1, 2] {
        join(&mut board, number);
    }
    write(&mut board, 1, 1, "Dolmetscher*innen fehlen beim Jugendamt.").unwrap();
    board
}

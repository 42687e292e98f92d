//! What a projector shows.

use domain::board::results::on_screen;
use domain::board::{Audience, Board, Operation, Phase, view};

use crate::{MODERATOR, act, card, column, room, vote, write};

/// The numbers of the cards in the first column, as everybody sees them.
fn shown(board: &Board) -> Vec<u32> {
    let view = view(board, Audience::Everybody);
    let cards = on_screen(&view, column(1));
    cards.iter().map(|card| card.number).collect()
}

#[test]
fn the_newest_come_first_and_what_weighs_most_once_the_room_discusses() {
    let mut board = room();
    write(&mut board, 1, 2, "Zweitens.").unwrap();
    write(&mut board, 2, 3, "Drittens.").unwrap();
    assert_eq!(shown(&board), [3, 2, 1]);
    act(&mut board, MODERATOR, Operation::GoTo { phase: Phase::Weigh }).unwrap();
    for (who, on) in [(1, 1), (2, 1), (2, 2)] {
        act(&mut board, who, vote(on, true)).unwrap();
    }
    assert_eq!(shown(&board), [3, 2, 1], "while votes are given nothing moves");
    let discuss = Operation::GoTo {
        phase: Phase::Discuss,
    };
    act(&mut board, MODERATOR, discuss).unwrap();
    assert_eq!(shown(&board), [1, 2, 3]);
    let pin = Operation::Pin {
        card: card(3),
        pinned: true,
    };
    act(&mut board, MODERATOR, pin).unwrap();
    assert_eq!(shown(&board), [3, 1, 2], "what is kept on top stays there");
    let discussed = |discussed| Operation::Discuss {
        card: card(3),
        discussed,
    };
    act(&mut board, MODERATOR, discussed(true)).unwrap();
    assert_eq!(
        shown(&board),
        [1, 2, 3],
        "what is still to be discussed stands above"
    );
    act(&mut board, MODERATOR, Operation::GoTo { phase: Phase::Weigh }).unwrap();
    assert_eq!(shown(&board), [3, 2, 1], "in other phases it moves nothing");
    let discuss = Operation::GoTo {
        phase: Phase::Discuss,
    };
    act(&mut board, MODERATOR, discuss).unwrap();
    act(&mut board, MODERATOR, discussed(false)).unwrap();
    assert_eq!(shown(&board), [3, 1, 2]);
    // Nobody reads hidden votes from the order.
    act(&mut board, MODERATOR, Operation::HideVotes { hidden: true }).unwrap();
    let known = Operation::SameHere {
        card: card(2),
        given: true,
    };
    act(&mut board, 2, known).unwrap();
    assert_eq!(shown(&board), [3, 2, 1]);
}

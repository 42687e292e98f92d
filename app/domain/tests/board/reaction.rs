//! "Bei uns auch", of a card and of what is said about it: one for each person, taken back as it was given, and only where the
//! comment is there for all.

use domain::board::{Audience, Board, CardView, Operation, Refusal, Standing, view};

use crate::{MODERATOR, act, card, column, member, room, stand, write};

fn comment(id: u128, on: u128) -> Operation {
    Operation::Comment {
        card: card(id),
        on: card(on),
        text: "Das kennen wir.".to_owned(),
    }
}

fn same(id: u128, given: bool) -> Operation {
    Operation::SameHere {
        card: card(id),
        given,
    }
}

fn seen(board: &Board, id: u128, audience: Audience) -> Option<CardView> {
    view(board, audience)
        .cards
        .into_iter()
        .find(|one| one.id == card(id))
}

#[test]
fn a_comment_and_an_answer_are_known_elsewhere_too() {
    let mut board = room();
    act(&mut board, 1, comment(2, 1)).unwrap();
    act(&mut board, 2, comment(3, 2)).unwrap();
    for _ in 0..2 {
        act(&mut board, 2, same(2, true)).unwrap();
    }
    act(&mut board, MODERATOR, same(2, true)).unwrap();
    act(&mut board, 1, same(3, true)).unwrap();
    let counts = |board: &Board, id| {
        let card = seen(board, id, Audience::Member(member(2))).unwrap();
        (card.same_here, card.my_same_here)
    };
    assert_eq!(counts(&board, 2), (2, true), "one for each person");
    assert_eq!(counts(&board, 3), (1, false));
    act(&mut board, 2, same(2, false)).unwrap();
    assert_eq!(counts(&board, 2), (1, false), "and it is taken back");
}

#[test]
fn what_is_not_there_for_all_takes_none() {
    let mut board = room();
    act(&mut board, 1, comment(2, 1)).unwrap();
    act(&mut board, MODERATOR, stand(2, Standing::Hidden)).unwrap();
    assert_eq!(act(&mut board, 2, same(2, true)), Err(Refusal::NotThere));
    assert_eq!(seen(&board, 2, Audience::Member(member(2))), None);
    act(&mut board, MODERATOR, stand(2, Standing::Published)).unwrap();
    act(&mut board, 2, same(2, true)).unwrap();
    // Out of sight with its card.
    act(&mut board, MODERATOR, stand(1, Standing::Hidden)).unwrap();
    assert_eq!(act(&mut board, 2, same(2, false)), Err(Refusal::NotThere));
    act(&mut board, MODERATOR, stand(1, Standing::Published)).unwrap();
    // Closed with its card.
    let closed = |locked| Operation::Lock {
        card: card(1),
        locked,
    };
    act(&mut board, MODERATOR, closed(true)).unwrap();
    assert_eq!(act(&mut board, 2, same(2, false)), Err(Refusal::Locked));
    act(&mut board, MODERATOR, closed(false)).unwrap();
    // And closed with its column.
    let shut = Operation::LockColumn {
        column: column(1),
        locked: true,
    };
    act(&mut board, MODERATOR, shut).unwrap();
    assert_eq!(act(&mut board, 2, same(2, false)), Err(Refusal::Locked));
}

#[test]
fn a_comment_goes_on_where_its_card_stands_for_nothing_alone_any_more() {
    let mut board = room();
    write(&mut board, 1, 2, "Das Gleiche.").unwrap();
    act(&mut board, 1, comment(3, 2)).unwrap();
    let merge = Operation::Merge {
        card: card(2),
        into: Some(card(1)),
    };
    act(&mut board, MODERATOR, merge).unwrap();
    act(&mut board, 2, same(3, true)).unwrap();
    assert_eq!(seen(&board, 3, Audience::Everybody).unwrap().same_here, 1);
}

#[test]
fn a_device_shows_at_once_what_the_server_will_say() {
    let mut board = room();
    act(&mut board, 1, comment(2, 1)).unwrap();
    let me = Audience::Member(member(2));
    for given in [true, true, false] {
        let mut predicted = view(&board, me);
        predicted.predict(&same(2, given));
        act(&mut board, 2, same(2, given)).unwrap();
        (predicted.sequence, predicted.changed_at) = (board.sequence, board.changed_at);
        assert_eq!(predicted, view(&board, me));
    }
}

use domain::board::{Audience, Board, Change, Event, Operation, Record, Refusal, Touched, apply, view};
use domain::time::Instant;

use crate::{MODERATOR, act, card, join, member, room, write};

/// Empties a board as the platform does. Returns the record.
fn empty(board: &mut Board) -> Record {
    let record = Record {
        sequence: board.sequence + 1,
        member: member(0),
        at: Instant(1_000_000),
        event: Event::Emptied,
    };
    apply(board, &record);
    record
}

#[test]
fn nothing_that_somebody_wrote_or_was_called_is_left_on_a_board_that_was_emptied() {
    let mut board = room();
    let light = Operation::Spotlight { card: Some(card(1)) };
    act(&mut board, MODERATOR, light).unwrap();
    let rules = Operation::Rules {
        text: "Bitte keine Namen von Ämtern.".to_owned(),
        base: None,
    };
    act(&mut board, MODERATOR, rules).unwrap();
    let columns = board.columns.clone();
    empty(&mut board);
    let kept = serde_json::to_string(&board).unwrap();
    for trace in ["Dolmetscher", "Person", "Ämtern"] {
        assert!(!kept.contains(trace), "{trace}: {kept}");
    }
    assert!(board.cards.is_empty() && board.members.is_empty());
    assert_eq!(board.settings.stage.spotlight, None);
    assert_eq!(board.columns, columns, "what staff has typed stays");
}

#[test]
fn on_a_board_that_was_emptied_nothing_happens_any_more() {
    let mut board = room();
    empty(&mut board);
    let join = Operation::Join {
        name: Some("Person 1".to_owned()),
        district: None,
        role: None,
    };
    for operation in [join, Operation::Archive { archived: false }] {
        assert_eq!(act(&mut board, MODERATOR, operation), Err(Refusal::Archived));
    }
    assert_eq!(write(&mut board, 1, 2, "Zu spät."), Err(Refusal::Archived));
}

#[test]
fn whoever_shows_a_board_that_is_emptied_shows_nothing_of_it_any_more() {
    for audience in [
        Audience::Everybody,
        Audience::Member(member(1)),
        Audience::Moderator(Some(member(MODERATOR))),
    ] {
        let mut board = room();
        join(&mut board, 3);
        let before = board.clone();
        let mut shown = view(&before, audience);
        let record = empty(&mut board);
        let touched = Touched::by(&board, &[record]);
        shown.take(Change::of(&before, &board, audience, &touched).unwrap());
        assert_eq!(shown, view(&board, audience));
        assert!(shown.cards.is_empty() && shown.members == 0);
        assert!(shown.settings.emptied && !view(&before, audience).settings.emptied);
    }
}

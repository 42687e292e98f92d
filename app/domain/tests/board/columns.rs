use domain::board::plan::COLUMNS_MAX;
use domain::board::{Audience, Board, Change, Operation, Refusal, Standing, Touched, view};
use domain::ids::ColumnId;

use crate::{MODERATOR, act, card, column, comment, room, stand, write};

fn add(number: u128) -> Operation {
    Operation::AddColumn {
        column: column(number),
        title: format!("Spalte {number}"),
    }
}

fn remove(number: u128) -> Operation {
    Operation::RemoveColumn {
        column: column(number),
    }
}

fn put(number: u128, after: Option<u128>) -> Operation {
    Operation::MoveColumn {
        column: column(number),
        after: after.map(column),
    }
}

fn order(board: &Board) -> Vec<ColumnId> {
    board.columns.iter().map(|column| column.id).collect()
}

#[test]
fn the_moderator_makes_names_and_moves_columns_and_nobody_else() {
    let mut board = room();
    let rename = Operation::RenameColumn {
        column: column(1),
        title: " Was uns fehlt ".to_owned(),
    };
    for operation in [add(3), put(2, None), rename.clone(), remove(2)] {
        assert_eq!(act(&mut board, 1, operation), Err(Refusal::NotAllowed));
    }
    act(&mut board, MODERATOR, add(3)).unwrap();
    act(&mut board, MODERATOR, rename).unwrap();
    act(&mut board, MODERATOR, put(3, None)).unwrap();
    assert_eq!(order(&board), [3, 1, 2].map(column));
    act(&mut board, MODERATOR, put(3, Some(1))).unwrap();
    assert_eq!(order(&board), [1, 3, 2].map(column));
    assert_eq!(board.columns[0].title, "Was uns fehlt");
    for wrong in [put(3, Some(3)), put(3, Some(9)), put(9, None)] {
        assert_eq!(act(&mut board, MODERATOR, wrong), Err(Refusal::NotThere));
    }
    assert_eq!(act(&mut board, MODERATOR, add(3)), Err(Refusal::Twice));
}

#[test]
fn a_column_goes_only_when_nothing_would_be_lost_with_it_and_one_stays() {
    let mut board = room();
    assert_eq!(
        act(&mut board, MODERATOR, remove(1)),
        Err(Refusal::ColumnNotEmpty)
    );
    act(&mut board, 1, stand(1, Standing::Withdrawn)).unwrap();
    let still = act(&mut board, MODERATOR, remove(1));
    assert_eq!(
        still,
        Err(Refusal::ColumnNotEmpty),
        "its author still has the card"
    );
    act(&mut board, 1, Operation::Erase { card: card(1) }).unwrap();
    act(&mut board, MODERATOR, remove(1)).unwrap();
    assert_eq!(order(&board), [column(2)]);
    let max = u32::try_from(COLUMNS_MAX).unwrap();
    assert_eq!(
        act(&mut board, MODERATOR, remove(2)),
        Err(Refusal::Columns { max })
    );
    // Its pair.
    act(&mut board, MODERATOR, add(1)).unwrap();
    write(&mut board, 1, 2, "Wieder da.").unwrap();
    for number in 3..=u128::from(max) {
        act(&mut board, MODERATOR, add(number)).unwrap();
    }
    assert_eq!(act(&mut board, MODERATOR, add(99)), Err(Refusal::Columns { max }));
}

#[test]
fn a_comment_of_a_card_that_was_moved_can_be_changed_when_its_first_column_is_gone() {
    let mut board = room();
    let comment = comment(2, 1, "Bei uns auch.");
    act(&mut board, 2, comment).unwrap();
    let elsewhere = Operation::Move {
        card: card(1),
        column: column(2),
        after: None,
    };
    act(&mut board, MODERATOR, elsewhere).unwrap();
    act(&mut board, MODERATOR, remove(1)).unwrap();
    let edit = Operation::Edit {
        card: card(2),
        base: 0,
        text: "Bei uns auch, seit Jahren.".to_owned(),
    };
    act(&mut board, 2, edit).unwrap();
    assert_eq!(view(&board, Audience::Everybody).cards.len(), 2);
}

#[test]
fn a_screen_that_hears_of_other_columns_shows_what_a_new_one_shows() {
    let mut board = room();
    write(&mut board, 2, 2, "Noch eine.").unwrap();
    let elsewhere = Operation::Move {
        card: card(2),
        column: column(2),
        after: None,
    };
    act(&mut board, MODERATOR, elsewhere).unwrap();
    let before = board.clone();
    let mut screen = view(&before, Audience::Everybody);
    act(&mut board, MODERATOR, put(2, None)).unwrap();
    let touched = Touched::Cards([].into());
    let change = Change::of(&before, &board, Audience::Everybody, &touched).unwrap();
    assert!(change.cards.is_empty(), "cards are not sent again");
    screen.take(change);
    assert_eq!(screen, view(&board, Audience::Everybody));
}

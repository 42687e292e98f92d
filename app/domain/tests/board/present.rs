//! Who is in a room: names only where they stand at cards.

use std::collections::BTreeMap;

use domain::board::present::{Here, PRESENT_NAMES_MAX, Present, present};
use domain::board::{Anonymity, Board, Level, Member, Settings};
use domain::ids::MemberId;
use domain::time::Instant;
use uuid::Uuid;

fn id(number: usize) -> MemberId {
    MemberId(Uuid::from_u128(number.try_into().unwrap()))
}

/// A board with so many members.
fn board(anonymity: Anonymity, members: usize) -> Board {
    let mut board = Board::new(Settings::new(Level::Off, anonymity, 3), Vec::new());
    board.members = (0..members)
        .map(|number| {
            let member = Member {
                id: id(number),
                name: Some(format!("Name {number:03}")),
                is_reserved: false,
                district: None,
                role: None,
                removed_at: None,
            };
            (id(number), member)
        })
        .collect();
    board
}

fn here(known: impl IntoIterator<Item = usize>) -> Here {
    Here {
        known: known.into_iter().map(|number| (id(number), false)).collect(),
        others: 0,
    }
}

fn names(present: &Present) -> Vec<&str> {
    present.names.iter().map(|one| one.name.as_str()).collect()
}

#[test]
fn who_is_there_is_told_by_the_name_at_the_own_cards() {
    for anonymity in [Anonymity::Named, Anonymity::Pseudonym] {
        let present = present(&board(anonymity, 5), &here([3, 1]));
        assert_eq!(names(&present), ["Name 001", "Name 003"]);
        assert_eq!((present.people, present.readers), (2, 0));
    }
}

#[test]
fn where_cards_have_no_names_it_is_told_how_many_there_are() {
    let present = present(&board(Anonymity::Anonymous, 20), &here(0..12));
    assert_eq!((present.people, names(&present)), (12, vec![]));
}

#[test]
fn a_full_room_is_a_number() {
    let board = board(Anonymity::Named, PRESENT_NAMES_MAX + 1);
    assert_eq!(
        present(&board, &here(0..PRESENT_NAMES_MAX)).names.len(),
        PRESENT_NAMES_MAX
    );
    let full = present(&board, &here(0..=PRESENT_NAMES_MAX));
    assert_eq!((full.people, full.names.len()), (PRESENT_NAMES_MAX + 1, 0));
}

#[test]
fn who_has_not_joined_reads() {
    let here = Here {
        others: 2,
        ..here([0, 7])
    };
    let present = present(&board(Anonymity::Named, 1), &here);
    assert_eq!(
        (present.people, present.readers),
        (1, 3),
        "two strangers and a device that is only known"
    );
}

#[test]
fn a_name_of_moderators_is_shown_where_it_is_true() {
    let mut board = board(Anonymity::Named, 2);
    for member in board.members.values_mut() {
        member.is_reserved = true;
        member.name = Some("Moderation".to_owned());
        member.removed_at = Some(Instant(1));
    }
    let here = Here {
        known: BTreeMap::from([(id(0), true), (id(1), false)]),
        others: 0,
    };
    let present = present(&board, &here);
    assert_eq!(present.people, 2);
    let shown: Vec<_> = present
        .names
        .iter()
        .map(|one| (one.moderates, one.removed))
        .collect();
    assert_eq!(shown, [(true, false)]);
}

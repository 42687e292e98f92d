//! What the room has discussed is marked by the moderator, and everybody sees it.

use domain::board::{Audience, Board, Change, Operation, Refusal, Touched, view};

use crate::{MODERATOR, act, card, comment, member, room, vote, write};

fn discuss(id: u128, discussed: bool) -> Operation {
    Operation::Discuss {
        card: card(id),
        discussed,
    }
}

#[test]
fn everybody_sees_what_was_discussed_until_it_is_taken_back() {
    let mut board = room();
    write(&mut board, 2, 2, "Der Bus fährt selten.").unwrap();
    for discussed in [true, false] {
        let before = board.clone();
        act(&mut board, MODERATOR, discuss(1, discussed)).unwrap();
        for audience in [
            Audience::Everybody,
            Audience::Member(member(1)),
            Audience::Member(member(2)),
            Audience::Moderator(None),
        ] {
            let marks = view(&board, audience)
                .cards
                .into_iter()
                .map(|card| card.discussed);
            assert_eq!(marks.collect::<Vec<_>>(), [discussed, false], "{audience:?}");
            // Screens that are open are told of this one card.
            let touched = Touched::Cards([card(1)].into());
            let change = Change::of(&before, &board, audience, &touched).unwrap();
            let mut shown = view(&before, audience);
            shown.take(change);
            assert_eq!(shown, view(&board, audience), "{audience:?}");
        }
    }
}

#[test]
fn a_comment_is_discussed_with_its_card_and_in_the_archive_nothing_is_marked() {
    let mut board = room();
    act(&mut board, 2, comment(2, 1, "Seit Jahren.")).unwrap();
    assert_eq!(
        act(&mut board, MODERATOR, discuss(2, true)),
        Err(Refusal::NotThere)
    );
    act(&mut board, MODERATOR, Operation::Archive { archived: true }).unwrap();
    assert_eq!(
        act(&mut board, MODERATOR, discuss(1, true)),
        Err(Refusal::Archived)
    );
}

#[test]
fn a_snapshot_from_before_there_was_a_mark_is_read() {
    let mut board = room();
    let before = serde_json::to_string(&board).unwrap();
    assert!(!before.contains("discussed"), "{before}");
    assert_eq!(serde_json::from_str::<Board>(&before).unwrap(), board);
    act(&mut board, MODERATOR, discuss(1, true)).unwrap();
    let after = serde_json::to_string(&board).unwrap();
    assert_eq!(serde_json::from_str::<Board>(&after).unwrap(), board);
}

/// One reader for all of them reads and writes what devices and open pages of the builds before do.
#[test]
fn what_says_of_a_card_whether_something_is_so_is_written_as_it_always_was() {
    let id = card(7);
    let (card, given) = (id, true);
    for (operation, word) in [
        (vote(7, true), "vote"),
        (Operation::SameHere { card, given }, "same_here"),
        (Operation::Follow { card, given }, "follow"),
        (Operation::Report { card, given }, "report"),
        (discuss(7, true), "discuss"),
    ] {
        let text = format!(r#"{{"{word}":{{"card":"{id}","given":true}}}}"#);
        assert_eq!(serde_json::to_string(&operation).unwrap(), text);
        assert_eq!(serde_json::from_str::<Operation>(&text).unwrap(), operation);
        let half = format!(r#"{{"{word}":{{"card":"{id}"}}}}"#);
        assert!(serde_json::from_str::<Operation>(&half).is_err(), "{half}");
    }
}

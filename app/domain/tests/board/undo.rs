//! What a moderator has done with a card is taken back with one tap: by the operation that is its pair.

use domain::board::state::REPORTS_TO_HIDE;
use domain::board::{
    Audience, Board, BoardView, Event, Level, Operation, Refusal, Standing, view, waiting_count,
};

use crate::{MODERATOR, act, card, column, join, member, room, stand, write};

fn desk(board: &Board) -> BoardView {
    view(board, Audience::Moderator(Some(member(MODERATOR))))
}

/// What everybody sees, whenever that was and however often it was decided on.
fn shown(board: &Board) -> String {
    let mut view = desk(board);
    (view.sequence, view.changed_at) = (0, None);
    for card in &mut view.cards {
        card.version = 0;
        // A key may be another one between the same neighbours.
        card.place.clear();
    }
    serde_json::to_string(&view).unwrap()
}

/// Does something, and takes it back as it is offered.
fn there_and_back(board: &mut Board, operation: Operation) -> (String, String) {
    let before = shown(board);
    let undo = desk(board).undo(&operation).unwrap();
    act(board, MODERATOR, operation).unwrap();
    assert_ne!(shown(board), before, "nothing was done");
    act(board, MODERATOR, undo).unwrap();
    (shown(board), before)
}

/// Four cards: published in the first column, three of them of the second person.
fn four() -> Board {
    let mut board = room();
    for id in 2..=4 {
        write(&mut board, 2, id, &format!("Karte mit der Nummer {id}.")).unwrap();
    }
    board
}

fn move_to(id: u128, to: u128, after: Option<u128>) -> Operation {
    Operation::Move {
        card: card(id),
        column: column(to),
        after: after.map(card),
    }
}

fn lock(id: u128, locked: bool) -> Operation {
    Operation::Lock {
        card: card(id),
        locked,
    }
}

fn discuss(id: u128, discussed: bool) -> Operation {
    Operation::Discuss {
        card: card(id),
        discussed,
    }
}

fn merge(id: u128, into: Option<u128>) -> Operation {
    Operation::Merge {
        card: card(id),
        into: into.map(card),
    }
}

fn remove(id: u128, removed: bool) -> Operation {
    Operation::Remove {
        card: card(id),
        removed,
    }
}

#[test]
fn each_of_them_goes_there_and_back() {
    let refused = Standing::Refused {
        reason: "Dasselbe steht schon da.".to_owned(),
    };
    for operation in [
        stand(2, Standing::Hidden),
        stand(2, refused.clone()),
        stand(2, Standing::Waiting),
        move_to(2, 2, None),
        move_to(1, 1, Some(4)),
        move_to(3, 1, None),
        move_to(4, 2, None),
        discuss(2, true),
        Operation::Lock {
            card: card(2),
            locked: true,
        },
        Operation::Merge {
            card: card(2),
            into: Some(card(1)),
        },
        Operation::Remove {
            card: card(2),
            removed: true,
        },
    ] {
        let mut board = four();
        let (after, before) = there_and_back(&mut board, operation.clone());
        assert_eq!(after, before, "{operation:?}");
    }
    // Into a column in which something is, and out of one beside it.
    let mut board = four();
    act(&mut board, MODERATOR, move_to(4, 2, None)).unwrap();
    let (after, before) = there_and_back(&mut board, move_to(2, 2, Some(4)));
    assert_eq!(after, before);
    // And from the other side.
    for (done, operation) in [
        (stand(2, Standing::Hidden), stand(2, Standing::Published)),
        (stand(2, refused.clone()), stand(2, Standing::Published)),
        (stand(2, refused.clone()), stand(2, Standing::Hidden)),
        (stand(2, Standing::Waiting), stand(2, refused)),
        (discuss(2, true), discuss(2, false)),
        (
            Operation::Lock {
                card: card(2),
                locked: true,
            },
            Operation::Lock {
                card: card(2),
                locked: false,
            },
        ),
        (
            Operation::Merge {
                card: card(2),
                into: Some(card(1)),
            },
            Operation::Merge {
                card: card(2),
                into: None,
            },
        ),
        (
            Operation::Remove {
                card: card(2),
                removed: true,
            },
            Operation::Remove {
                card: card(2),
                removed: false,
            },
        ),
    ] {
        let mut board = four();
        act(&mut board, MODERATOR, done).unwrap();
        let (after, before) = there_and_back(&mut board, operation.clone());
        assert_eq!(after, before, "{operation:?}");
    }
}

#[test]
fn what_somebody_else_has_decided_or_changed_since_is_left_alone() {
    let mut board = four();
    let hide = stand(2, Standing::Hidden);
    let undo = desk(&board).undo(&hide).unwrap();
    act(&mut board, MODERATOR, hide).unwrap();
    let refuse = Standing::Refused {
        reason: "Sie nennt Namen.".to_owned(),
    };
    act(&mut board, MODERATOR, stand(2, refuse)).unwrap();
    assert_eq!(act(&mut board, MODERATOR, undo), Err(Refusal::ChangedSince));

    act(&mut board, MODERATOR, Operation::Moderate { level: Level::All }).unwrap();
    write(&mut board, 2, 5, "Harmlos.").unwrap();
    let publish = stand(5, Standing::Published);
    let undo = desk(&board).undo(&publish).unwrap();
    act(&mut board, MODERATOR, publish).unwrap();
    let edit = Operation::Edit {
        card: card(5),
        base: 0,
        text: "Auch harmlos.".to_owned(),
    };
    act(&mut board, 2, edit).unwrap();
    assert_eq!(act(&mut board, MODERATOR, undo), Err(Refusal::ChangedSince));
}

#[test]
fn what_is_no_longer_as_it_was_done_is_left_as_it_is() {
    for (done, since) in [
        (merge(2, Some(1)), vec![merge(2, None), merge(2, Some(3))]),
        (merge(2, Some(1)), vec![merge(2, None)]),
        (remove(2, true), vec![remove(2, false)]),
        (lock(2, true), vec![lock(2, false)]),
        (discuss(2, true), vec![discuss(2, false)]),
        (move_to(2, 2, None), vec![move_to(2, 1, None)]),
        (move_to(2, 1, Some(4)), vec![move_to(2, 1, None)]),
        (move_to(2, 1, Some(4)), vec![move_to(2, 1, Some(3))]),
    ] {
        let mut board = four();
        let undo = desk(&board).undo(&done).unwrap();
        act(&mut board, MODERATOR, done.clone()).unwrap();
        for operation in since {
            act(&mut board, MODERATOR, operation).unwrap();
        }
        let now = shown(&board);
        let answer = act(&mut board, MODERATOR, undo);
        assert_eq!(answer, Err(Refusal::ChangedSince), "{done:?}");
        assert_eq!(shown(&board), now, "{done:?}");
    }
}

#[test]
fn a_card_that_somebody_else_has_put_to_the_same_place_since_stays_there() {
    let done = move_to(2, 2, None);
    for since in [vec![move_to(2, 1, None), done.clone()], vec![done.clone()]] {
        let mut board = four();
        let undo = desk(&board).undo(&done).unwrap();
        act(&mut board, MODERATOR, done.clone()).unwrap();
        // Its author.
        for operation in since {
            act(&mut board, 2, operation).unwrap();
        }
        let now = shown(&board);
        assert_eq!(act(&mut board, MODERATOR, undo), Err(Refusal::ChangedSince));
        assert_eq!(shown(&board), now);
    }
}

#[test]
fn what_others_do_beside_it_is_no_reason_to_leave_it() {
    let mut board = four();
    let done = move_to(1, 1, Some(3));
    let undo = desk(&board).undo(&done).unwrap();
    act(&mut board, MODERATOR, done).unwrap();
    write(&mut board, 2, 5, "Noch eine Karte.").unwrap();
    act(&mut board, MODERATOR, move_to(2, 2, None)).unwrap();
    act(&mut board, MODERATOR, undo).unwrap();
    assert_eq!(board.cards_of(column(1))[0].id, card(1));

    // The one into which it was brought is brought into another.
    let undo = desk(&board).undo(&merge(2, Some(1))).unwrap();
    act(&mut board, MODERATOR, merge(2, Some(1))).unwrap();
    act(&mut board, MODERATOR, merge(1, Some(3))).unwrap();
    act(&mut board, MODERATOR, undo).unwrap();
    assert_eq!(board.cards[&card(2)].merged_into, None);
}

#[test]
fn what_was_brought_into_one_for_which_another_stands_is_taken_out_again() {
    let mut board = four();
    act(&mut board, MODERATOR, merge(1, Some(3))).unwrap();
    let undo = desk(&board).undo(&merge(2, Some(1))).unwrap();
    act(&mut board, MODERATOR, merge(2, Some(1))).unwrap();
    assert_eq!(board.cards[&card(2)].merged_into, Some(card(3)));
    act(&mut board, MODERATOR, undo).unwrap();
    assert_eq!(board.cards[&card(2)].merged_into, None);
}

#[test]
fn only_a_moderator_takes_back_and_only_by_the_pair_of_what_was_done() {
    let mut board = four();
    let undo = desk(&board).undo(&lock(2, true)).unwrap();
    act(&mut board, MODERATOR, lock(2, true)).unwrap();
    assert_eq!(act(&mut board, 2, undo.clone()), Err(Refusal::NotAllowed));
    let freeze = Operation::Freeze { frozen: true };
    for (done, back) in [
        (lock(2, true), freeze.clone()),
        (freeze.clone(), freeze),
        (lock(2, true), lock(3, false)),
        (lock(2, true), remove(2, true)),
        (undo.clone(), undo.clone()),
    ] {
        let wrong = Operation::Undo {
            done: Some(Box::new(done)),
            back: Box::new(back),
        };
        assert_eq!(act(&mut board, MODERATOR, wrong), Err(Refusal::NotAllowed));
    }
    // Nor does an author, who may take a card back otherwise.
    let own = Operation::Undo {
        done: None,
        back: Box::new(Operation::Stand {
            card: card(2),
            standing: Standing::Withdrawn,
            version: Some(board.cards[&card(2)].version),
        }),
    };
    assert_eq!(act(&mut board, 2, own), Err(Refusal::NotAllowed));
    // Without what was done, and without a version, nobody could tell whether it still is so.
    for back in [stand(2, Standing::Published), move_to(2, 1, None), merge(2, None)] {
        let wrong = Operation::Undo {
            done: None,
            back: Box::new(back),
        };
        assert_eq!(act(&mut board, MODERATOR, wrong), Err(Refusal::NotAllowed));
    }
    act(&mut board, MODERATOR, undo).unwrap();
}

#[test]
fn what_is_done_before_the_first_answer_is_there_is_taken_back_from_the_right_version() {
    let mut board = four();
    let mut seen = desk(&board);
    let stand_as_read = |seen: &BoardView, standing| {
        let found = seen.cards.iter().find(|one| one.id == card(2)).unwrap();
        Operation::Stand {
            card: card(2),
            standing,
            version: Some(found.version),
        }
    };
    let first = stand_as_read(&seen, Standing::Hidden);
    seen.predict(&first);
    let second = stand_as_read(&seen, Standing::Waiting);
    let undo = seen.undo(&second).unwrap();
    seen.predict(&second);
    seen.predict(&undo);
    let third = stand_as_read(&seen, Standing::Published);
    for operation in [first, second, undo, third] {
        act(&mut board, MODERATOR, operation).unwrap();
    }
    assert_eq!(board.cards[&card(2)].standing, Standing::Published);
}

#[test]
fn nothing_is_offered_for_bringing_together_what_is_together() {
    let mut board = four();
    act(&mut board, MODERATOR, merge(2, Some(1))).unwrap();
    assert_eq!(desk(&board).undo(&merge(2, Some(1))), None);
    // Into another one: it comes back to where it was.
    let undo = desk(&board).undo(&merge(2, Some(3))).unwrap();
    act(&mut board, MODERATOR, merge(2, Some(3))).unwrap();
    act(&mut board, MODERATOR, undo).unwrap();
    assert_eq!(board.cards[&card(2)].merged_into, Some(card(1)));
}

fn report(board: &mut Board, by: u128, id: u128, given: bool) -> Event {
    if !board.members.contains_key(&member(by)) {
        join(board, by);
    }
    let report = Operation::Report {
        card: card(id),
        given,
    };
    act(board, by, report).unwrap()
}

#[test]
fn what_was_reported_and_hidden_comes_back_to_the_queue() {
    let mut board = four();
    for number in 10..10 + REPORTS_TO_HIDE as u128 {
        report(&mut board, number, 2, true);
    }
    let before = shown(&board);
    let publish = stand(2, Standing::Published);
    let undo = desk(&board).undo(&publish).unwrap();
    act(&mut board, MODERATOR, publish).unwrap();
    act(&mut board, MODERATOR, undo).unwrap();
    assert_eq!(shown(&board), before);
    let desk = desk(&board);
    let found = desk.cards.iter().find(|one| one.id == card(2)).unwrap();
    assert!(found.waits() && found.desk.unwrap().reports == REPORTS_TO_HIDE);
}

#[test]
fn who_asked_to_look_at_a_card_asks_again_when_the_decision_is_taken_back() {
    for standing in [
        Standing::Hidden,
        Standing::Refused {
            reason: "Sie nennt Namen.".to_owned(),
        },
    ] {
        let mut board = four();
        for number in 11..10 + REPORTS_TO_HIDE as u128 {
            report(&mut board, number, 2, true);
        }
        let (after, before) = there_and_back(&mut board, stand(2, standing));
        assert_eq!(after, before);
        assert!(
            waiting_count(&board) == 1
                && view(&board, Audience::Member(member(11)))
                    .cards
                    .iter()
                    .any(|one| one.my_report)
        );
        // One more, and it is out of sight, as it would have been before.
        let event = report(&mut board, 10, 2, true);
        assert!(matches!(event, Event::Reported { hides: true, .. }), "{event:?}");
    }
}

#[test]
fn who_has_asked_anew_or_asks_no_more_is_counted_once_and_not_against_their_will() {
    let mut board = four();
    for number in [10, 11] {
        report(&mut board, number, 2, true);
    }
    // Looked at, and left where it is.
    let refuse = stand(2, Standing::Waiting);
    act(&mut board, MODERATOR, refuse).unwrap();
    let publish = stand(2, Standing::Published);
    act(&mut board, MODERATOR, publish).unwrap();
    for number in [10, 11] {
        report(&mut board, number, 2, true);
    }
    let again = stand(2, Standing::Published);
    // A button that publishes what is published is there for what was reported.
    act(&mut board, MODERATOR, again).unwrap();
    assert_eq!(board.cards[&card(2)].reports.len(), 0);
    report(&mut board, 10, 2, true);
    report(&mut board, 11, 2, false);
    report(&mut board, 12, 2, true);
    let undo = Operation::Undo {
        done: None,
        back: Box::new(Operation::Stand {
            card: card(2),
            standing: Standing::Waiting,
            version: Some(board.cards[&card(2)].version),
        }),
    };
    act(&mut board, MODERATOR, undo).unwrap();
    assert_eq!(board.cards[&card(2)].reports, [member(10), member(12)].into());
}

#[test]
fn a_decision_about_other_words_brings_nobody_back_who_asked_about_these() {
    let mut board = four();
    report(&mut board, 10, 2, true);
    act(&mut board, MODERATOR, stand(2, Standing::Published)).unwrap();
    let edit = Operation::Edit {
        card: card(2),
        base: 0,
        text: "Ganz andere Worte.".to_owned(),
    };
    act(&mut board, 2, edit).unwrap();
    let late = Operation::Undo {
        done: None,
        back: Box::new(Operation::Stand {
            card: card(2),
            standing: Standing::Waiting,
            version: Some(board.cards[&card(2)].version),
        }),
    };
    act(&mut board, MODERATOR, late).unwrap();
    assert!(board.cards[&card(2)].reports.is_empty());
}

#[test]
fn a_card_is_put_back_whatever_was_put_beside_it_since() {
    let mut board = four();
    let done = move_to(1, 1, Some(3));
    let undo = desk(&board).undo(&done).unwrap();
    act(&mut board, MODERATOR, done).unwrap();
    // Directly between the two, and the neighbour is gone elsewhere.
    act(&mut board, MODERATOR, move_to(4, 1, Some(3))).unwrap();
    act(&mut board, MODERATOR, move_to(3, 2, None)).unwrap();
    act(&mut board, MODERATOR, undo).unwrap();
    assert_eq!(board.cards_of(column(1))[0].id, card(1));
    // Where many keys are made anew, the one that was moved is still the one.
    let mut board = four();
    for _ in 0..200 {
        act(&mut board, MODERATOR, move_to(4, 1, Some(1))).unwrap();
        act(&mut board, MODERATOR, move_to(3, 1, Some(1))).unwrap();
    }
    let done = move_to(4, 1, Some(1));
    let undo = desk(&board).undo(&done).unwrap();
    act(&mut board, MODERATOR, done).unwrap();
    let mut rearranged = false;
    for _ in 0..100 {
        let event = act(&mut board, MODERATOR, move_to(3, 1, Some(1))).unwrap();
        rearranged |=
            matches!(&event, Event::Moved { places, .. } if places.len() > 1 && places[0].0 == card(3));
        act(&mut board, MODERATOR, move_to(2, 1, Some(1))).unwrap();
    }
    assert!(rearranged, "the keys were made anew");
    let event = act(&mut board, MODERATOR, undo).unwrap();
    assert!(
        matches!(event, Event::Moved { after: Some(after), .. } if after == card(3)),
        "{event:?}"
    );
}

#[test]
fn what_takes_back_carries_what_was_done_only_where_its_pair_does_not_say_it() {
    let board = four();
    for (operation, carries) in [
        (stand(2, Standing::Hidden), false),
        (lock(2, true), false),
        (remove(2, true), false),
        (move_to(2, 2, None), true),
        (merge(2, Some(1)), true),
    ] {
        let undo = desk(&board).undo(&operation).unwrap();
        assert_eq!(
            matches!(undo, Operation::Undo { done: Some(_), .. }),
            carries,
            "{operation:?}"
        );
    }
}

#[test]
fn what_an_open_page_of_the_build_before_offers_is_still_taken_back() {
    // As it was kept on devices, and with the answers of forms.
    let id = card(2).to_string();
    let to = column(2).to_string();
    for (done, text) in [
        (
            lock(2, true),
            format!(
                r#"{{"undo":{{"done":{{"lock":{{"card":"{id}","locked":true}}}},"back":{{"lock":{{"card":"{id}","locked":false}}}}}}}}"#
            ),
        ),
        (
            remove(2, true),
            format!(
                r#"{{"undo":{{"done":{{"remove":{{"card":"{id}","removed":true}}}},"back":{{"remove":{{"card":"{id}","removed":false}}}}}}}}"#
            ),
        ),
        (
            move_to(2, 2, None),
            format!(
                r#"{{"undo":{{"done":{{"move":{{"card":"{id}","column":"{to}","after":null}}}},"back":{{"move":{{"card":"{id}","column":"{}","after":"{}"}}}}}}}}"#,
                column(1),
                card(1)
            ),
        ),
    ] {
        let undo: Operation = serde_json::from_str(&text).unwrap();
        let mut board = four();
        let before = shown(&board);
        assert_eq!(
            act(&mut board, MODERATOR, undo.clone()),
            Err(Refusal::ChangedSince),
            "nothing is done yet"
        );
        act(&mut board, MODERATOR, done).unwrap();
        act(&mut board, MODERATOR, undo).unwrap();
        assert_eq!(shown(&board), before, "{text}");
    }
}

#[test]
fn nothing_is_offered_that_changes_nothing_or_cannot_be_taken_back() {
    let board = four();
    for operation in [
        stand(2, Standing::Published),
        discuss(2, false),
        Operation::Lock {
            card: card(2),
            locked: false,
        },
        Operation::Remove {
            card: card(2),
            removed: false,
        },
        Operation::Merge {
            card: card(2),
            into: None,
        },
        move_to(1, 1, None),
        move_to(2, 1, Some(1)),
        Operation::Erase { card: card(2) },
        Operation::RenewCode,
        stand(99, Standing::Hidden),
    ] {
        assert_eq!(desk(&board).undo(&operation), None, "{operation:?}");
    }
}

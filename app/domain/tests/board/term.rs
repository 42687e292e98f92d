use std::collections::BTreeMap;

use domain::board::results::{found, kept};
use domain::board::{
    Audience, Board, Change, Event, Finding, Kept, Operation, Progress, Record, Refusal, Responsibility,
    Standing, Step, Touched, apply, view,
};
use domain::time::Instant;

use crate::{MODERATOR, act, card, join, member, room, stand, write};

/// Empties a board as the platform does. Returns the record.
fn empty(board: &mut Board) -> Record {
    empty_but(board, Vec::new())
}

/// The same on a board of which this stays.
fn empty_but(board: &mut Board, results: Vec<Kept>) -> Record {
    let record = Record {
        sequence: board.sequence + 1,
        member: member(0),
        at: Instant(1_000_000),
        event: Event::Emptied { results },
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

/// A finding of the office.
fn finding(progress: Progress) -> Finding {
    Finding {
        text: "Eine Stelle mehr.".to_owned(),
        taker: "Amt".to_owned(),
        level: Responsibility::State,
        progress,
    }
}

fn conclude(id: u128, finding: Option<Finding>) -> Operation {
    Operation::Conclude {
        card: card(id),
        finding,
        base: None,
    }
}

#[test]
fn of_what_was_found_the_words_of_the_office_stay_and_only_where_everybody_could_read_them() {
    let mut board = room();
    for id in 2..=6 {
        write(&mut board, 2, id, "Wörter von Person 2.").unwrap();
    }
    join(&mut board, 3);
    write(&mut board, 3, 7, "Wörter von Person 3.").unwrap();
    for id in 1..=7 {
        act(&mut board, MODERATOR, conclude(id, Some(finding(Progress::Open)))).unwrap();
    }
    for operation in [
        stand(2, Standing::Hidden),
        Operation::Merge {
            card: card(3),
            into: Some(card(1)),
        },
        Operation::Erase { card: card(4) },
        Operation::Remove {
            card: card(7),
            removed: true,
        },
        conclude(5, None),
    ] {
        act(&mut board, MODERATOR, operation).unwrap();
    }
    let since = Instant(77);
    let step = Step {
        at: since,
        finding: finding(Progress::Open),
    };
    let results = kept(&board, &[(card(1), vec![step])].into());
    let numbers: Vec<u32> = results.iter().map(|kept| kept.number).collect();
    assert_eq!(numbers, [1, 6]);
    assert_eq!(results[0].since, since);
    let said = serde_json::to_string(&results).unwrap();
    for trace in ["Wörter", "Dolmetscher", "Person", &member(2).to_string()] {
        assert!(!said.contains(trace), "{trace}: {said}");
    }
    empty_but(&mut board, results.clone());
    assert_eq!(board.results, results);
    // Lists of what was found hold it, and no screen of the board does.
    let found: Vec<_> = found(&board)
        .map(|found| (found.number, found.topic.to_owned()))
        .collect();
    assert_eq!(found, [(1, String::new()), (6, String::new())]);
    let shown = serde_json::to_string(&view(&board, Audience::Moderator(None))).unwrap();
    assert!(!shown.contains("Eine Stelle mehr."), "{shown}");
}

#[test]
fn what_has_stayed_goes_on_with_who_moderates_and_goes_for_good_when_it_is_taken_away() {
    let mut board = room();
    act(&mut board, MODERATOR, conclude(1, Some(finding(Progress::Open)))).unwrap();
    let results = kept(&board, &BTreeMap::new());
    let emptied = empty_but(&mut board, results);
    let settled = conclude(1, Some(finding(Progress::Settled)));
    assert_eq!(act(&mut board, 1, settled.clone()), Err(Refusal::Archived));
    assert_eq!(
        act(&mut board, MODERATOR, conclude(2, Some(finding(Progress::Open)))),
        Err(Refusal::NotThere)
    );
    act(&mut board, MODERATOR, settled.clone()).unwrap();
    let since = board.results[0].since;
    assert_eq!(board.results[0].finding.progress, Progress::Settled);
    act(&mut board, MODERATOR, settled).unwrap();
    assert_eq!(board.results[0].since, since, "what was said again is no step");
    let late = Operation::Conclude {
        card: card(1),
        finding: None,
        base: Some(Finding::as_read(finding(Progress::Open).parts())),
    };
    assert_eq!(act(&mut board, MODERATOR, late), Err(Refusal::ChangedSince));
    act(&mut board, MODERATOR, conclude(1, None)).unwrap();
    assert!(board.results.is_empty());
    let mut event = emptied.event;
    assert!(event.erase_text_of(card(1)) && !event.erase_text_of(card(1)));
    assert_eq!(event, Event::Emptied { results: Vec::new() });
}

#[test]
fn another_term_is_told_to_pages_by_a_count() {
    let mut board = room();
    let record = Record {
        sequence: board.sequence + 1,
        member: member(0),
        at: Instant(1_000_000),
        event: Event::TermSet,
    };
    let before = board.clone();
    apply(&mut board, &record);
    let touched = Touched::by(&board, &[record]);
    let change = Change::of(&before, &board, Audience::Everybody, &touched).unwrap();
    assert_eq!(change.settings.unwrap().told_beside, 1);
    assert!(change.cards.is_empty());
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

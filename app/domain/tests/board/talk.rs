//! Comments, changes, and what a room says about a card.

use domain::board::state::EARLIER_MAX;
use domain::board::{
    Audience, Board, BoardView, CardKind, CardView, Earlier, Editor, Finding, Level, Operation, Outcome,
    Progress, Refusal, Responsibility, Settings, Standing, view,
};

use crate::{MODERATOR, act, card, column, comment, member, room, stand, write};

fn edit(base: u32, text: &str) -> Operation {
    Operation::Edit {
        card: card(1),
        base,
        text: text.to_owned(),
    }
}

fn seen(board: &Board) -> String {
    serde_json::to_string(&view(board, Audience::Member(member(2)))).unwrap()
}

#[test]
fn a_card_is_commented_and_a_comment_is_answered_and_that_is_all() {
    let mut board = room();
    act(&mut board, 2, comment(2, 1, "Bei uns auch.")).unwrap();
    act(&mut board, 1, comment(3, 2, "Seit wann?")).unwrap();
    assert_eq!(
        act(&mut board, 2, comment(4, 3, "Zu tief.")),
        Err(Refusal::NotThere)
    );
    let view = view(&board, Audience::Everybody);
    let on: Vec<_> = view.cards.iter().map(|card| (card.number, card.on)).collect();
    assert!(on.contains(&(2, Some(card(1)))) && on.contains(&(3, Some(card(2)))));
    assert_eq!(board.cards_of(column(1)).len(), 1, "comments are in no column");
}

#[test]
fn a_comment_is_moderated_as_a_card_is() {
    let mut board = room();
    act(&mut board, MODERATOR, Operation::Moderate { level: Level::All }).unwrap();
    act(&mut board, 1, comment(2, 1, "Muss warten.")).unwrap();
    assert!(!seen(&board).contains("Muss warten"));
    act(&mut board, MODERATOR, stand(2, Standing::Published)).unwrap();
    assert!(seen(&board).contains("Muss warten"));
}

#[test]
fn a_comment_goes_out_of_sight_with_its_card() {
    let mut board = room();
    act(&mut board, 1, comment(2, 1, "Unter der Karte.")).unwrap();
    act(&mut board, MODERATOR, stand(1, Standing::Hidden)).unwrap();
    assert!(!seen(&board).contains("Unter der Karte"));
    assert_eq!(
        act(&mut board, 2, comment(3, 1, "Noch da?")),
        Err(Refusal::NotThere)
    );
}

#[test]
fn comments_go_with_their_card_when_it_is_brought_together_with_another() {
    let mut board = room();
    write(&mut board, 1, 2, "Das Gleiche.").unwrap();
    act(&mut board, 1, comment(3, 2, "Unter der zweiten.")).unwrap();
    let merge = Operation::Merge {
        card: card(2),
        into: Some(card(1)),
    };
    act(&mut board, MODERATOR, merge).unwrap();
    let view = view(&board, Audience::Everybody);
    let comment = view.cards.iter().find(|card| card.number == 3).unwrap();
    assert_eq!(comment.on, Some(card(1)));
}

#[test]
fn changes_of_different_places_go_together() {
    let mut board = room();
    act(
        &mut board,
        1,
        edit(0, "Dolmetscher*innen fehlen beim Jugendamt in Pirna."),
    )
    .unwrap();
    assert_eq!(
        act(
            &mut board,
            MODERATOR,
            edit(0, "Dolmetscher*innen fehlen überall.")
        ),
        Err(Refusal::Stale { revision: 1 })
    );
    act(
        &mut board,
        MODERATOR,
        edit(0, "Gute Dolmetscher*innen fehlen beim Jugendamt."),
    )
    .unwrap();
    assert_eq!(
        board.cards[&card(1)].text,
        "Gute Dolmetscher*innen fehlen beim Jugendamt in Pirna."
    );
}

#[test]
fn what_a_card_said_is_for_its_author_and_the_moderator_and_goes_when_it_is_erased() {
    let mut board = room();
    act(&mut board, 1, edit(0, "Neu gesagt.")).unwrap();
    assert!(!seen(&board).contains("Jugendamt"));
    let own = view(&board, Audience::Member(member(1)));
    assert!(own.cards[0].earlier[0].text.contains("Jugendamt"));
    for revision in 1..=EARLIER_MAX as u32 + 5 {
        act(&mut board, 1, edit(revision, &format!("Stand {revision}"))).unwrap();
    }
    assert_eq!(board.cards[&card(1)].earlier.len(), EARLIER_MAX);
    act(&mut board, 1, Operation::Erase { card: card(1) }).unwrap();
    assert_eq!(board.cards[&card(1)].earlier.len(), 0);
}

#[test]
fn it_is_kept_whether_the_author_or_a_moderator_has_changed_a_card_and_when() {
    let mut board = room();
    let mut at = Vec::new();
    for (revision, number) in (0..).zip([1, MODERATOR, 1]) {
        at.push(i64::try_from(board.sequence).unwrap());
        act(&mut board, number, edit(revision, &format!("Stand {revision}"))).unwrap();
    }
    let kept = board.cards[&card(1)].earlier.iter();
    let kept: Vec<_> = kept
        .map(|earlier| (earlier.until.micros(), earlier.by.unwrap()))
        .collect();
    let by = [Editor::Author, Editor::Moderation, Editor::Author];
    assert_eq!(kept, at.into_iter().zip(by).collect::<Vec<_>>());
    let own = view(&board, Audience::Member(member(1)));
    let told = own.cards[0].earlier.iter();
    let told: Vec<_> = told.map(|earlier| (earlier.day.as_str(), earlier.by)).collect();
    assert_eq!(told, by.map(|by| ("Do,\u{a0}1.\u{a0}Januar", Some(by))));
}

#[test]
fn what_was_kept_before_does_not_say_who_and_is_still_read() {
    let before = r#"{"revision":0,"text":"Früher.","until":5}"#;
    let earlier: Earlier = serde_json::from_str(before).unwrap();
    assert_eq!((earlier.by, earlier.until.micros()), (None, 5));
    assert_eq!(serde_json::to_string(&earlier).unwrap(), before);
}

#[test]
fn only_solutions_are_tried() {
    let mut board = room();
    let tried = |id, outcome| Operation::Tried {
        card: card(id),
        outcome,
        district: None,
    };
    assert_eq!(
        act(&mut board, 2, tried(1, Some(Outcome::Helped))),
        Err(Refusal::NotAllowed)
    );
    let solution = Operation::Write {
        card: card(2),
        column: column(2),
        kind: CardKind::Solution,
        text: "Ein Termin in der Woche ohne Anmeldung.".to_owned(),
    };
    act(&mut board, 1, solution).unwrap();
    act(&mut board, 1, tried(2, Some(Outcome::Helped))).unwrap();
    act(&mut board, 2, tried(2, Some(Outcome::Helped))).unwrap();
    act(&mut board, 2, tried(2, Some(Outcome::Not))).unwrap();
    let view = view(&board, Audience::Member(member(2)));
    let solution = view.cards.iter().find(|card| card.number == 2).unwrap();
    assert_eq!(
        (solution.tried, solution.my_outcome),
        ([1, 0, 1], Some(Outcome::Not))
    );
}

#[test]
fn a_finding_is_everybodys_and_goes_with_the_card() {
    let mut board = room();
    let conclude = Operation::Conclude {
        card: card(1),
        finding: Some(Finding {
            text: " Der Landkreis prüft eine Rahmenvereinbarung. ".to_owned(),
            taker: "Jugendamt".to_owned(),
            level: Responsibility::Municipality,
            progress: Progress::Underway,
        }),
        base: None,
    };
    act(&mut board, MODERATOR, conclude).unwrap();
    assert!(seen(&board).contains("\"Der Landkreis prüft"));
    act(&mut board, MODERATOR, Operation::Erase { card: card(1) }).unwrap();
    assert_eq!(board.cards[&card(1)].finding, None);
}

#[test]
fn a_finding_is_written_over_the_one_that_was_read_only() {
    let mut board = room();
    let finding = |text: &str, progress: Progress| Finding {
        text: text.to_owned(),
        taker: "Jugendamt".to_owned(),
        level: Responsibility::Municipality,
        progress,
    };
    let over = |read: Option<&Finding>, finding: Option<&Finding>| Operation::Conclude {
        card: card(1),
        finding: finding.cloned(),
        // As a browser sends its lines.
        base: Some(Finding::as_read(read.map(Finding::parts).unwrap_or_default()).replace('\n', "\r\n")),
    };
    let first = finding("Wird geprüft.\nBis Mai.", Progress::Open);
    act(&mut board, MODERATOR, over(None, Some(&first))).unwrap();
    // The second moderator has opened the form before that.
    let other = finding("Ist abgelehnt.", Progress::Open);
    for late in [Some(&other), None] {
        assert_eq!(
            act(&mut board, MODERATOR, over(None, late)),
            Err(Refusal::ChangedSince)
        );
        assert_eq!(board.cards[&card(1)].finding.as_ref(), Some(&first));
    }
    // Sent twice it is there already, and who has read it writes over it.
    act(&mut board, MODERATOR, over(None, Some(&first))).unwrap();
    act(&mut board, MODERATOR, over(Some(&first), Some(&other))).unwrap();
    // How far it is can be what the other has changed.
    let settled = finding("Ist abgelehnt.", Progress::Settled);
    act(&mut board, MODERATOR, over(Some(&other), Some(&settled))).unwrap();
    let late = act(&mut board, MODERATOR, over(Some(&other), Some(&first)));
    assert_eq!(late, Err(Refusal::ChangedSince));
    act(&mut board, MODERATOR, over(Some(&settled), None)).unwrap();
    assert_eq!(board.cards[&card(1)].finding, None);
}

#[test]
fn a_device_shows_at_once_what_the_server_will_say() {
    use domain::board::Phase;

    use crate::vote;

    let mut board = room();
    act(&mut board, MODERATOR, Operation::GoTo { phase: Phase::Weigh }).unwrap();
    let me = Audience::Member(member(2));
    for operation in [
        vote(1, true),
        vote(1, true),
        vote(1, false),
        Operation::SameHere {
            card: card(1),
            given: true,
        },
        Operation::Follow {
            card: card(1),
            given: true,
        },
        Operation::Report {
            card: card(1),
            given: true,
        },
    ] {
        let mut predicted = view(&board, me);
        predicted.predict(&operation);
        act(&mut board, 2, operation.clone()).unwrap();
        (predicted.sequence, predicted.changed_at) = (board.sequence, board.changed_at);
        assert_eq!(predicted, view(&board, me), "{operation:?}");
    }
}

#[test]
fn the_moderators_device_shows_at_once_what_the_server_will_say() {
    let mut board = room();
    for (number, text) in [(2, "Zwei."), (3, "Drei."), (4, "Vier.")] {
        write(&mut board, 2, number, text).unwrap();
    }
    let desk = Audience::Moderator(Some(member(MODERATOR)));
    let put = |number, to, after: Option<u128>| Operation::Move {
        card: card(number),
        column: column(to),
        after: after.map(card),
    };
    for operation in [
        put(4, 1, None),
        put(1, 1, Some(3)),
        put(2, 2, None),
        put(3, 2, Some(2)),
        put(1, 2, Some(2)),
        put(1, 1, Some(9)),
        Operation::Pin {
            card: card(3),
            pinned: true,
        },
        put(2, 1, None),
        put(4, 2, None),
        Operation::Pin {
            card: card(3),
            pinned: false,
        },
        Operation::LockColumn {
            column: column(2),
            locked: true,
        },
        Operation::Hands {
            card: card(1),
            count: Some(7),
        },
        Operation::Discuss {
            card: card(1),
            discussed: true,
        },
        Operation::Timer { seconds: None },
        Operation::Freeze { frozen: false },
    ] {
        let mut predicted = view(&board, desk);
        predicted.predict(&operation);
        act(&mut board, MODERATOR, operation.clone()).unwrap();
        predicted.sequence = board.sequence;
        let shown = view(&board, desk);
        let order = |view: &BoardView| -> Vec<_> {
            let cards = view.cards.iter();
            cards
                .map(|card| (card.id, card.column, card.place.clone(), card.pinned))
                .collect()
        };
        assert_eq!(order(&predicted), order(&shown), "{operation:?}");
        assert_eq!(
            (predicted.columns, predicted.settings),
            (shown.columns, shown.settings),
            "{operation:?}"
        );
        let said = |cards: &[CardView]| -> Vec<_> {
            let cards = cards.iter();
            cards.map(|card| (card.hands, card.discussed)).collect()
        };
        assert_eq!(said(&predicted.cards), said(&shown.cards), "{operation:?}");
    }
}

#[test]
fn the_moderators_device_stops_and_holds_back_at_once_as_the_server_will() {
    let mut board = room();
    let desk = Audience::Moderator(Some(member(MODERATOR)));
    let freeze = |frozen| Operation::Freeze { frozen };
    let pause = |paused| Operation::Pause { paused };
    let mut seen = Vec::new();
    for operation in [
        freeze(true),
        pause(true),
        pause(true),
        freeze(true),
        freeze(false),
        pause(false),
        pause(false),
    ] {
        let mut predicted = view(&board, desk);
        predicted.predict(&operation);
        let mut predicted = predicted.settings;
        act(&mut board, MODERATOR, operation.clone()).unwrap();
        let mut said = view(&board, desk).settings;
        let state = |settings: &Settings| (settings.frozen_at.is_some(), settings.stage.paused_at.is_some());
        seen.push(state(&said));
        assert_eq!(state(&predicted), state(&said), "{operation:?}");
        // Since when is for the server to say. All else is as it was.
        for settings in [&mut predicted, &mut said] {
            (settings.frozen_at, settings.stage.paused_at) = (None, None);
        }
        assert_eq!(predicted, said, "{operation:?}");
    }
    let (stopped, both, held_back, neither) = ((true, false), (true, true), (false, true), (false, false));
    assert_eq!(seen, [stopped, both, both, both, held_back, neither, neither]);
}

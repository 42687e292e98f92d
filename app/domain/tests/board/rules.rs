use domain::board::state::MEMBER_CARDS_MAX;
use domain::board::{
    Anonymity, Audience, Change, Event, Level, Operation, Phase, Record, Refusal, Standing, Touched, apply,
};
use domain::text::TextError;
use domain::time::Instant;

use crate::{MODERATOR, act, board, card, column, comment, join, member, room, stand, vote, write};

#[test]
fn whoever_has_not_joined_does_nothing() {
    let mut board = room();
    assert_eq!(
        write(&mut board, 9, 9, "Ich bin nicht da."),
        Err(Refusal::NotJoined)
    );
}

#[test]
fn cards_are_numbered_from_one() {
    let mut board = room();
    write(&mut board, 2, 2, "Zu wenig Zeit.").unwrap();
    let numbers: Vec<u32> = board.cards.values().map(|card| card.number).collect();
    assert_eq!(numbers, [1, 2]);
}

#[test]
fn a_card_has_a_text_and_not_too_much_of_it() {
    let mut board = room();
    assert_eq!(
        write(&mut board, 1, 5, "  "),
        Err(Refusal::Text(TextError::TooShort { min: 1 }))
    );
    assert_eq!(
        write(&mut board, 1, 5, &"ä".repeat(401)),
        Err(Refusal::Text(TextError::TooLong { max: 400 }))
    );
    assert!(write(&mut board, 1, 5, &"ä".repeat(400)).is_ok());
}

#[test]
fn the_level_says_which_cards_wait() {
    for (level, plain, flagged) in [
        (Level::Off, Standing::Published, Standing::Published),
        (Level::Flagged, Standing::Published, Standing::Waiting),
        (Level::All, Standing::Waiting, Standing::Waiting),
    ] {
        let mut board = room();
        act(&mut board, MODERATOR, Operation::Moderate { level }).unwrap();
        write(&mut board, 1, 2, "Zu wenig Zeit.").unwrap();
        write(&mut board, 1, 3, "Frau Beispiel, geboren 1.2.1990.").unwrap();
        assert_eq!(board.cards[&card(2)].standing, plain);
        assert_eq!(board.cards[&card(3)].standing, flagged);
        write(&mut board, MODERATOR, 4, "Herr Moderator spricht.").unwrap();
        assert_eq!(board.cards[&card(4)].standing, Standing::Published);
    }
}

#[test]
fn editing_is_no_way_past_the_moderator() {
    let mut board = room();
    let edit = |base| Operation::Edit {
        card: card(1),
        base,
        text: "Etwas anderes.".to_owned(),
    };
    act(&mut board, MODERATOR, Operation::Moderate { level: Level::All }).unwrap();
    act(&mut board, 1, edit(0)).unwrap();
    assert_eq!(board.cards[&card(1)].standing, Standing::Waiting);
    let refused = Standing::Refused {
        reason: "Bitte keine Namen.".to_owned(),
    };
    act(&mut board, MODERATOR, stand(1, refused)).unwrap();
    act(&mut board, 1, edit(1)).unwrap();
    assert_eq!(board.cards[&card(1)].standing, Standing::Waiting);
    let publish = stand(1, Standing::Published);
    assert_eq!(act(&mut board, 1, publish), Err(Refusal::NotAllowed));
}

#[test]
fn an_edit_of_an_old_text_is_refused_and_names_the_new_one() {
    let mut board = room();
    let edit = |base, text: &str| Operation::Edit {
        card: card(1),
        base,
        text: text.to_owned(),
    };
    act(&mut board, 1, edit(0, "Eins")).unwrap();
    assert_eq!(
        act(&mut board, 1, edit(0, "Zwei")),
        Err(Refusal::Stale { revision: 1 }),
        "both have changed the same place"
    );
    assert_eq!(act(&mut board, 2, edit(1, "Drei")), Err(Refusal::NotAllowed));
    assert_eq!(board.cards[&card(1)].text, "Eins");
}

#[test]
fn only_the_author_takes_a_card_back() {
    let mut board = room();
    let back = stand(1, Standing::Withdrawn);
    assert_eq!(act(&mut board, 2, back.clone()), Err(Refusal::NotAllowed));
    act(&mut board, 1, back).unwrap();
    assert_eq!(board.cards[&card(1)].standing, Standing::Withdrawn);
    let again = stand(1, Standing::Published);
    act(&mut board, 1, again).unwrap();
    assert_eq!(board.cards[&card(1)].standing, Standing::Published);
}

#[test]
fn an_author_undoes_no_refusal_and_no_hiding() {
    let refused = Standing::Refused {
        reason: "Nicht das Thema.".to_owned(),
    };
    for decided in [refused, Standing::Hidden] {
        let mut board = room();
        act(&mut board, MODERATOR, stand(1, decided.clone())).unwrap();
        for wanted in [Standing::Withdrawn, Standing::Published, Standing::Waiting] {
            assert_eq!(act(&mut board, 1, stand(1, wanted)), Err(Refusal::NotAllowed));
        }
        assert_eq!(board.cards[&card(1)].standing, decided);
    }
}

/// The author reads it, and so does whoever reads the log: in one line, without marks that hide or turn round.
#[test]
fn a_reason_is_kept_as_one_line_without_hidden_marks() {
    let refused = |reason: &str| Standing::Refused {
        reason: reason.to_owned(),
    };
    let typed = refused(" Bitte\u{200b} keine\r\n\u{202e}Namen.\0 ");
    let kept = refused("Bitte keine Namen.");
    let mut board = room();
    let event = act(&mut board, MODERATOR, stand(1, typed.clone())).unwrap();
    assert!(matches!(event, Event::Stood { standing, .. } if standing == kept));
    assert_eq!(board.cards[&card(1)].standing, kept);
    // Also where a decision is taken back to it.
    act(&mut board, MODERATOR, stand(1, Standing::Published)).unwrap();
    let back = Operation::Undo {
        done: None,
        back: Box::new(Operation::Stand {
            card: card(1),
            standing: typed.clone(),
            version: Some(board.cards[&card(1)].version),
        }),
    };
    act(&mut board, MODERATOR, back).unwrap();
    assert_eq!(board.cards[&card(1)].standing, kept);
    // What stands in a log already is applied as it stands there.
    let record = Record {
        sequence: board.sequence + 1,
        member: member(MODERATOR),
        at: Instant(1),
        event: Event::Stood {
            card: card(1),
            standing: typed.clone(),
            again: false,
        },
    };
    apply(&mut board, &record);
    assert_eq!(board.cards[&card(1)].standing, typed);
    // What is left of hidden marks alone is no reason.
    let nothing = act(
        &mut board,
        MODERATOR,
        stand(1, refused("\u{200b}\u{feff}\u{202e}")),
    );
    assert_eq!(nothing, Err(Refusal::Text(TextError::TooShort { min: 3 })));
}

#[test]
fn the_way_round_by_changing_and_taking_back_ends_at_the_moderator() {
    let mut board = room();
    let refused = Standing::Refused {
        reason: "Nicht das Thema.".to_owned(),
    };
    act(&mut board, MODERATOR, stand(1, refused)).unwrap();
    let edit = Operation::Edit {
        card: card(1),
        base: 0,
        text: "Doch das Thema.".to_owned(),
    };
    act(&mut board, 1, edit).unwrap();
    act(&mut board, 1, stand(1, Standing::Withdrawn)).unwrap();
    act(&mut board, 1, stand(1, Standing::Withdrawn)).unwrap();
    act(&mut board, 1, stand(1, Standing::Published)).unwrap();
    assert_eq!(board.cards[&card(1)].standing, Standing::Waiting);
}

#[test]
fn what_an_author_puts_there_again_waits_as_a_new_card_would() {
    for (level, text, standing) in [
        (Level::Off, "Herr Muster, geb. 01.02.1990", Standing::Published),
        (Level::Flagged, "Es fehlen Plätze.", Standing::Published),
        (Level::Flagged, "Herr Muster, geb. 01.02.1990", Standing::Waiting),
        (Level::All, "Es fehlen Plätze.", Standing::Waiting),
    ] {
        let mut board = room();
        write(&mut board, 1, 2, text).unwrap();
        act(&mut board, 1, stand(2, Standing::Withdrawn)).unwrap();
        act(&mut board, MODERATOR, Operation::Moderate { level }).unwrap();
        act(&mut board, 1, stand(2, Standing::Published)).unwrap();
        assert_eq!(board.cards[&card(2)].standing, standing, "{level:?}: {text}");
    }
}

#[test]
fn taking_back_clears_no_reports() {
    let mut board = room();
    let report = Operation::Report {
        card: card(1),
        given: true,
    };
    act(&mut board, 2, report).unwrap();
    act(&mut board, 1, stand(1, Standing::Withdrawn)).unwrap();
    act(&mut board, 1, stand(1, Standing::Published)).unwrap();
    assert_eq!(board.cards[&card(1)].reports.len(), 1);
    act(&mut board, MODERATOR, stand(1, Standing::Published)).unwrap();
    assert_eq!(
        board.cards[&card(1)].reports.len(),
        0,
        "the moderator has read it"
    );
}

#[test]
fn one_member_does_not_fill_a_board() {
    let mut board = room();
    let first = 10;
    let written: u128 = (MEMBER_CARDS_MAX - 1).into();
    for id in first..first + written {
        write(&mut board, 1, id, "Noch eine.").unwrap();
    }
    let enough = Err(Refusal::EnoughWritten {
        max: MEMBER_CARDS_MAX,
    });
    assert_eq!(write(&mut board, 1, 9_000, "Eine zu viel."), enough);
    let comment = comment(9_001, 1, "Auch das zählt.");
    assert_eq!(act(&mut board, 1, comment), enough);
    // What is erased is written all the same.
    act(&mut board, 1, Operation::Erase { card: card(first) }).unwrap();
    assert_eq!(write(&mut board, 1, 9_002, "Eine zu viel."), enough);
    // Others have their own; a moderator brings cards from elsewhere.
    write(&mut board, 2, 9_003, "Meine erste.").unwrap();
    for id in 10_000..=10_000 + written + 1 {
        write(&mut board, MODERATOR, id, "Von einem anderen Board.").unwrap();
    }
}

#[test]
fn who_has_another_name_has_it_on_all_cards() {
    let mut board = room();
    board.settings.anonymity = Anonymity::Named;
    write(&mut board, 1, 2, "Noch eine.").unwrap();
    let before = board.clone();
    let rename = Operation::Join {
        name: Some("Amsel".to_owned()),
        district: None,
        role: None,
    };
    let event = act(&mut board, 1, rename).unwrap();
    let record = Record {
        sequence: board.sequence,
        member: member(1),
        at: Instant(0),
        event,
    };
    let touched = Touched::by(&board, &[record]);
    assert_eq!(touched, Touched::Cards([card(1), card(2)].into()));
    let change = Change::of(&before, &board, Audience::Everybody, &touched).unwrap();
    let authors: Vec<_> = change.cards.iter().map(|card| card.author.as_deref()).collect();
    assert_eq!(authors, [Some("Amsel"), Some("Amsel")]);
}

#[test]
fn what_is_the_moderators_nobody_else_does() {
    let mut board = room();
    for operation in [
        Operation::Freeze { frozen: true },
        Operation::GoTo { phase: Phase::Weigh },
        Operation::Moderate { level: Level::All },
        Operation::HideVotes { hidden: true },
        Operation::Pin {
            card: card(1),
            pinned: true,
        },
        Operation::Remove {
            card: card(1),
            removed: true,
        },
        stand(1, Standing::Hidden),
        Operation::Claim {
            card: card(1),
            claimed: true,
        },
        Operation::Discuss {
            card: card(1),
            discussed: true,
        },
        Operation::Lock {
            card: card(1),
            locked: true,
        },
        Operation::LockColumn {
            column: column(1),
            locked: true,
        },
        Operation::Merge {
            card: card(1),
            into: None,
        },
        Operation::Split {
            card: card(9),
            from: card(1),
            text: "Ein Teil".to_owned(),
        },
        Operation::Hands {
            card: card(1),
            count: Some(3),
        },
        Operation::Conclude {
            card: card(1),
            finding: None,
            base: None,
        },
        Operation::Pause { paused: true },
        Operation::Curtain { closed: true },
        Operation::Spotlight { card: Some(card(1)) },
        Operation::Timer { seconds: Some(60) },
    ] {
        let before = board.clone();
        assert_eq!(
            act(&mut board, 1, operation.clone()),
            Err(Refusal::NotAllowed),
            "{operation:?}"
        );
        assert_eq!(board, before, "a refusal changes nothing");
        assert!(
            act(&mut board, MODERATOR, operation.clone()).is_ok(),
            "{operation:?}"
        );
        board = before;
    }
}

#[test]
fn a_frozen_board_takes_nothing_but_the_moderators() {
    let mut board = room();
    act(&mut board, MODERATOR, Operation::Freeze { frozen: true }).unwrap();
    assert_eq!(write(&mut board, 1, 2, "Noch etwas."), Err(Refusal::Frozen));
    assert!(write(&mut board, MODERATOR, 3, "Wir machen Pause.").is_ok());
    act(&mut board, MODERATOR, Operation::Freeze { frozen: false }).unwrap();
    assert!(write(&mut board, 1, 2, "Noch etwas.").is_ok());
}

#[test]
fn votes_have_a_budget_and_a_phase() {
    let mut board = room();
    for id in 2..=5 {
        write(&mut board, 1, id, "Noch ein Thema.").unwrap();
    }
    assert_eq!(act(&mut board, 2, vote(1, true)), Err(Refusal::NotNow));
    act(&mut board, MODERATOR, Operation::GoTo { phase: Phase::Weigh }).unwrap();
    for id in 1..=3 {
        act(&mut board, 2, vote(id, true)).unwrap();
    }
    act(&mut board, 2, vote(1, true)).unwrap();
    assert_eq!(
        act(&mut board, 2, vote(4, true)),
        Err(Refusal::NoVotesLeft { max: 3 })
    );
    act(&mut board, 2, vote(1, false)).unwrap();
    act(&mut board, 2, vote(4, true)).unwrap();
    assert_eq!(board.votes_of(member(2)), 3);
}

#[test]
fn a_card_with_votes_keeps_its_words() {
    let mut board = room();
    act(&mut board, MODERATOR, Operation::GoTo { phase: Phase::Weigh }).unwrap();
    let vote = vote(1, true);
    act(&mut board, 2, vote).unwrap();
    let edit = Operation::Edit {
        card: card(1),
        base: 0,
        text: "Etwas ganz anderes.".to_owned(),
    };
    assert_eq!(act(&mut board, 1, edit), Err(Refusal::VotedOn));
}

#[test]
fn from_weighing_on_words_stay_whatever_votes_there_are() {
    let edit = |id| Operation::Edit {
        card: card(id),
        base: 0,
        text: "Etwas ganz anderes.".to_owned(),
    };
    for &phase in Phase::ALL {
        let mut board = room();
        write(&mut board, 1, 2, "Noch ein Thema.").unwrap();
        let comment = comment(3, 1, "Dazu noch etwas.");
        act(&mut board, 1, comment).unwrap();
        act(&mut board, MODERATOR, Operation::Moderate { level: Level::All }).unwrap();
        write(&mut board, 1, 4, "Wartet.").unwrap();
        act(&mut board, MODERATOR, Operation::GoTo { phase: Phase::Weigh }).unwrap();
        act(&mut board, 2, vote(1, true)).unwrap();
        act(&mut board, MODERATOR, Operation::GoTo { phase }).unwrap();
        // Taking it back is no way around, and shows nothing of votes.
        let mut other = board.clone();
        act(&mut other, 1, stand(2, Standing::Withdrawn)).unwrap();
        let keeps = matches!(phase, Phase::Weigh | Phase::Discuss);
        for board in [&mut board, &mut other] {
            let answer = act(board, 1, edit(2));
            assert_eq!(answer == Err(Refusal::VotedOn), keeps, "{phase:?}: {answer:?}");
        }
        assert_eq!(act(&mut board, 1, edit(1)), Err(Refusal::VotedOn), "{phase:?}");
        // Nobody votes on a comment, or on what waits.
        for id in [3, 4] {
            act(&mut board, 1, edit(id)).unwrap();
        }
        act(&mut board, MODERATOR, edit(1)).unwrap();
    }
}

#[test]
fn votes_on_a_duplicate_keep_the_words_of_what_stands_for_it() {
    let mut board = room();
    write(&mut board, 2, 2, "Dasselbe noch einmal.").unwrap();
    act(&mut board, MODERATOR, Operation::GoTo { phase: Phase::Weigh }).unwrap();
    act(&mut board, 2, vote(2, true)).unwrap();
    let merge = |into: Option<u128>| Operation::Merge {
        card: card(2),
        into: into.map(card),
    };
    act(&mut board, MODERATOR, merge(Some(1))).unwrap();
    act(&mut board, MODERATOR, Operation::GoTo { phase: Phase::Sort }).unwrap();
    let edit = Operation::Edit {
        card: card(1),
        base: 0,
        text: "Etwas ganz anderes.".to_owned(),
    };
    assert_eq!(act(&mut board, 1, edit.clone()), Err(Refusal::VotedOn));
    act(&mut board, MODERATOR, merge(None)).unwrap();
    act(&mut board, 1, edit).unwrap();
}

#[test]
fn cards_go_where_they_are_put() {
    let mut board = room();
    for id in 2..=4 {
        write(&mut board, 1, id, "Noch ein Thema.").unwrap();
    }
    let put = |id, after: Option<u128>| Operation::Move {
        card: card(id),
        column: column(1),
        after: after.map(card),
    };
    assert_eq!(act(&mut board, 2, put(4, None)), Err(Refusal::NotAllowed));
    act(&mut board, MODERATOR, Operation::GoTo { phase: Phase::Sort }).unwrap();
    act(&mut board, 2, put(4, None)).unwrap();
    act(&mut board, 2, put(1, Some(3))).unwrap();
    let order: Vec<_> = board.cards_of(column(1)).iter().map(|card| card.id).collect();
    assert_eq!(order, [card(4), card(2), card(3), card(1)]);
}

#[test]
fn a_column_in_which_much_is_moved_gets_new_keys_in_the_same_order() {
    let mut board = room();
    write(&mut board, 1, 2, "Zwei").unwrap();
    write(&mut board, 1, 3, "Drei").unwrap();
    // Two cards take turns between the first and whatever stands behind it.
    for turn in 0..400 {
        let moved = Operation::Move {
            card: card(2 + turn % 2),
            column: column(1),
            after: Some(card(1)),
        };
        act(&mut board, MODERATOR, moved).unwrap();
        let order: Vec<_> = board.cards_of(column(1)).iter().map(|card| card.id).collect();
        assert_eq!(order, [card(1), card(2 + turn % 2), card(3 - turn % 2)]);
        assert!(board.cards.values().all(|card| card.place.len() <= 32));
    }
}

#[test]
fn who_is_removed_writes_nothing_and_may_still_erase() {
    let mut board = room();
    let remove = |removed| Operation::Remove {
        card: card(1),
        removed,
    };
    act(&mut board, MODERATOR, remove(true)).unwrap();
    assert_eq!(write(&mut board, 1, 2, "Noch da?"), Err(Refusal::Removed));
    act(&mut board, MODERATOR, remove(false)).unwrap();
    write(&mut board, 1, 2, "Wieder da.").unwrap();
    act(&mut board, MODERATOR, remove(true)).unwrap();
    act(&mut board, 1, Operation::Erase { card: card(2) }).unwrap();
    assert_eq!(board.cards[&card(2)].text, "");
    assert_eq!(
        act(&mut board, 2, Operation::Erase { card: card(1) }),
        Err(Refusal::NotAllowed)
    );
}

#[test]
fn a_board_is_full_at_some_point() {
    let mut board = board();
    let each = u128::from(MEMBER_CARDS_MAX);
    for id in 0..2_000 {
        let writer = 1 + id / each;
        if id % each == 0 {
            join(&mut board, writer);
        }
        write(&mut board, writer, id, "Noch eine.").unwrap();
    }
    assert_eq!(write(&mut board, 1, 9_999, "Zu viel."), Err(Refusal::Full));
}

//! What the moderator has in hand.

use domain::board::state::{REPORTS_TO_HIDE, RULES_CHARACTERS_MAX, TIMER_SECONDS_MAX};
use domain::board::{
    Actor, Audience, BoardView, CardKind, Change, Level, Operation, Outcome, Phase, Record, Refusal,
    Standing, Touched, apply, decide, propose, view, waiting_count,
};
use domain::ids::MemberId;
use domain::text::TextError;
use domain::time::Instant;

use crate::{MODERATOR, act, board, card, column, comment, join, member, room, stand, vote, write};

fn seen_by(board: &domain::board::Board, number: u128) -> BoardView {
    view(board, Audience::Member(member(number)))
}

fn numbers(view: &BoardView) -> Vec<u32> {
    view.cards.iter().map(|card| card.number).collect()
}

#[test]
fn what_was_decided_on_is_what_was_read() {
    let mut board = room();
    act(&mut board, MODERATOR, Operation::Moderate { level: Level::All }).unwrap();
    write(&mut board, 1, 2, "Harmlos.").unwrap();
    let read = board.cards[&card(2)].version;
    let edit = Operation::Edit {
        card: card(2),
        base: 0,
        text: "Nicht harmlos.".to_owned(),
    };
    act(&mut board, 1, edit).unwrap();
    let publish = |version| Operation::Stand {
        card: card(2),
        standing: Standing::Published,
        version: Some(version),
    };
    assert_eq!(act(&mut board, MODERATOR, publish(read)), Err(Refusal::Overtaken));
    assert!(act(&mut board, MODERATOR, publish(read + 1)).is_ok());
    // Another moderator had the same card on the screen.
    assert_eq!(
        act(&mut board, MODERATOR, publish(read + 1)),
        Err(Refusal::Overtaken)
    );
}

#[test]
fn a_claim_is_seen_by_moderators_only_and_ends_with_the_decision() {
    let mut board = room();
    let claim = Operation::Claim {
        card: card(1),
        claimed: true,
    };
    act(&mut board, MODERATOR, claim).unwrap();
    let desk = |number| {
        let view = view(&board, Audience::Moderator(Some(member(number))));
        view.cards[0].desk.unwrap().claimed
    };
    assert_eq!((desk(MODERATOR), desk(9)), (Some(true), Some(false)));
    assert_eq!(seen_by(&board, 2).cards[0].desk, None);
    act(&mut board, MODERATOR, stand(1, Standing::Published)).unwrap();
    assert_eq!(board.cards[&card(1)].claimed_by, None);
}

#[test]
fn enough_reports_take_a_card_out_of_sight_until_the_moderator_has_read_it() {
    let mut board = room();
    let report = Operation::Report {
        card: card(1),
        given: true,
    };
    for number in 0..REPORTS_TO_HIDE as u128 {
        assert_eq!(board.cards[&card(1)].standing, Standing::Published);
        join(&mut board, 10 + number);
        act(&mut board, 10 + number, report.clone()).unwrap();
        if number == 0 {
            // The same person again is one person.
            act(&mut board, 10, report.clone()).unwrap();
        }
    }
    assert_eq!(board.cards[&card(1)].standing, Standing::Hidden);
    act(&mut board, MODERATOR, stand(1, Standing::Published)).unwrap();
    assert_eq!(board.cards[&card(1)].reports.len(), 0);
    act(&mut board, 10, report.clone()).unwrap();
    assert_eq!(board.cards[&card(1)].standing, Standing::Published);
    // What the moderator hides was looked at, too: nothing of it waits any more.
    act(&mut board, MODERATOR, stand(1, Standing::Hidden)).unwrap();
    let desk = view(&board, Audience::Moderator(Some(member(MODERATOR))));
    assert_eq!(desk.cards[0].desk.unwrap().reports, 0);
    act(&mut board, MODERATOR, stand(1, Standing::Published)).unwrap();
    act(&mut board, 10, report).unwrap();
    let sent = serde_json::to_string(&seen_by(&board, 2)).unwrap();
    assert!(
        !sent.contains("reports"),
        "who reports is the moderator's to know: {sent}"
    );
}

/// Reports a card by as many people as hide one. Whether it is still there for everybody.
fn stays_when_reported(board: &mut domain::board::Board, id: u128) -> bool {
    for number in 10..10 + REPORTS_TO_HIDE as u128 {
        if !board.members.contains_key(&member(number)) {
            join(board, number);
        }
        let report = Operation::Report {
            card: card(id),
            given: true,
        };
        act(board, number, report).unwrap();
        if board.cards[&card(id)].standing != Standing::Published {
            return false;
        }
    }
    true
}

#[test]
fn what_a_moderator_has_shown_again_reports_only_bring_back_to_the_queue_until_it_says_something_else() {
    let mut board = room();
    assert!(!stays_when_reported(&mut board, 1));
    act(&mut board, MODERATOR, stand(1, Standing::Published)).unwrap();
    assert!(stays_when_reported(&mut board, 1));
    assert_eq!(waiting_count(&board), 1, "somebody is asked to look once more");
    // Taken back and put there again it says the same.
    for standing in [Standing::Withdrawn, Standing::Published] {
        act(&mut board, 1, stand(1, standing)).unwrap();
    }
    assert!(stays_when_reported(&mut board, 1));
    let edit = |base| Operation::Edit {
        card: card(1),
        base,
        text: format!("Zum {base}. Mal anders."),
    };
    act(&mut board, MODERATOR, edit(0)).unwrap();
    assert!(stays_when_reported(&mut board, 1), "a moderator's words");
    act(&mut board, 1, edit(1)).unwrap();
    assert!(!stays_when_reported(&mut board, 1));
}

#[test]
fn what_a_moderator_writes_publishes_or_makes_a_card_of_is_hidden_by_no_reports() {
    let mut board = room();
    write(&mut board, MODERATOR, 2, "Bitte bleiben Sie beim Thema.").unwrap();
    let split = Operation::Split {
        card: card(3),
        from: card(1),
        text: "Das Zweite.".to_owned(),
    };
    act(&mut board, MODERATOR, split).unwrap();
    act(&mut board, MODERATOR, Operation::Moderate { level: Level::All }).unwrap();
    write(&mut board, 1, 4, "Wartet.").unwrap();
    act(&mut board, MODERATOR, stand(4, Standing::Published)).unwrap();
    for id in 2..=4 {
        assert!(stays_when_reported(&mut board, id), "{id}");
    }
    assert!(!stays_when_reported(&mut board, 1));
}

#[test]
fn the_author_is_told_whether_reports_have_hidden_a_card_or_a_moderator() {
    let mut board = room();
    assert!(!stays_when_reported(&mut board, 1));
    let by_reports = |board: &domain::board::Board| seen_by(board, 1).cards[0].by_reports;
    assert!(by_reports(&board));
    act(&mut board, MODERATOR, stand(1, Standing::Published)).unwrap();
    assert!(!by_reports(&board));
    act(&mut board, MODERATOR, stand(1, Standing::Hidden)).unwrap();
    assert!(!by_reports(&board));
}

/// From before it was kept which cards a moderator has published.
#[test]
fn an_old_log_that_hid_a_card_again_still_does_and_an_old_state_is_read() {
    let mut board = room();
    act(&mut board, MODERATOR, stand(1, Standing::Waiting)).unwrap();
    act(&mut board, MODERATOR, stand(1, Standing::Published)).unwrap();
    let kept = serde_json::to_string(&board).unwrap();
    let old = kept.replace("\"is_vouched_for\":true,", "");
    assert_ne!(old, kept);
    let mut old: domain::board::Board = serde_json::from_str(&old).unwrap();
    assert!(!stays_when_reported(&mut old, 1));
    let hides =
        r#"{"done":"reported","card":"00000000-0000-0000-0000-000000000001","given":true,"hides":true}"#;
    let record = Record {
        sequence: board.sequence + 1,
        member: member(2),
        at: Instant(0),
        event: serde_json::from_str(hides).unwrap(),
    };
    apply(&mut board, &record);
    assert_eq!(board.cards[&card(1)].standing, Standing::Hidden);
    act(&mut board, MODERATOR, stand(1, Standing::Published)).unwrap();
    assert!(stays_when_reported(&mut board, 1));
}

#[test]
fn cards_that_were_brought_together_count_as_one_and_come_apart_again() {
    let mut board = room();
    write(&mut board, 2, 2, "Beim Jugendamt gibt es keine Dolmetscher.").unwrap();
    act(&mut board, MODERATOR, Operation::GoTo { phase: Phase::Weigh }).unwrap();
    for (number, id) in [(1, 1), (2, 1), (2, 2)] {
        act(&mut board, number, vote(id, true)).unwrap();
    }
    let merge = |into: Option<u128>| Operation::Merge {
        card: card(2),
        into: into.map(card),
    };
    act(&mut board, MODERATOR, merge(Some(1))).unwrap();
    let seen = seen_by(&board, 1);
    assert_eq!(numbers(&seen), [1]);
    assert_eq!(seen.cards[0].votes, Some(2), "who voted for both is counted once");
    assert_eq!(seen.cards[0].sources[0].number, 2);
    assert_eq!(board.votes_of(member(2)), 1, "and has got a vote back");
    // The author of the other card sees where it went.
    let own = seen_by(&board, 2);
    assert_eq!(numbers(&own), [1, 2]);
    assert_eq!(own.cards[1].merged_into, Some(1));
    // A vote for what stands for both is one for both, and so is taking it back.
    act(&mut board, 2, vote(1, false)).unwrap();
    assert_eq!(seen_by(&board, 1).cards[0].votes, Some(1));
    assert_eq!(act(&mut board, 2, vote(2, true)), Err(Refusal::NotThere));
    act(&mut board, MODERATOR, merge(None)).unwrap();
    assert_eq!(numbers(&seen_by(&board, 1)), [1, 2]);
}

#[test]
fn there_is_no_circle_and_nothing_gets_lost_behind_a_card_that_goes() {
    let mut board = room();
    for id in 2..=3 {
        write(&mut board, 2, id, "Dasselbe noch einmal.").unwrap();
    }
    let merge = |id, into| Operation::Merge {
        card: card(id),
        into: Some(card(into)),
    };
    act(&mut board, MODERATOR, merge(2, 3)).unwrap();
    act(&mut board, MODERATOR, merge(3, 1)).unwrap();
    // Into one that stands for nothing itself: into the one that stands for it.
    assert_eq!(act(&mut board, MODERATOR, merge(1, 2)), Err(Refusal::NotThere));
    assert_eq!(act(&mut board, MODERATOR, merge(1, 1)), Err(Refusal::NotThere));
    let sources = seen_by(&board, 9).cards[0].sources.len();
    assert_eq!(sources, 2);
    act(&mut board, MODERATOR, stand(1, Standing::Hidden)).unwrap();
    assert_eq!(
        numbers(&seen_by(&board, 9)),
        [2, 3],
        "each stands for itself again"
    );
}

#[test]
fn what_is_not_published_is_decided_before_another_card_stands_for_it() {
    let mut board = room();
    act(&mut board, MODERATOR, Operation::Moderate { level: Level::All }).unwrap();
    write(&mut board, 2, 2, "Dasselbe noch einmal.").unwrap();
    let merge = Operation::Merge {
        card: card(2),
        into: Some(card(1)),
    };
    for standing in [Standing::Waiting, Standing::Hidden] {
        act(&mut board, MODERATOR, stand(2, standing)).unwrap();
        let before = board.clone();
        let answer = act(&mut board, MODERATOR, merge.clone());
        assert_eq!(answer, Err(Refusal::NotPublished));
        assert_eq!(board, before, "a refusal changes nothing");
    }
    act(&mut board, MODERATOR, stand(2, Standing::Published)).unwrap();
    act(&mut board, MODERATOR, merge).unwrap();
    assert_eq!(numbers(&seen_by(&board, 1)), [1]);
    // What waits is nothing for which another card could stand either.
    write(&mut board, 2, 3, "Wartet.").unwrap();
    let into = Operation::Merge {
        card: card(1),
        into: Some(card(3)),
    };
    assert_eq!(act(&mut board, MODERATOR, into), Err(Refusal::NotThere));
}

#[test]
fn a_part_of_a_card_stays_its_authors() {
    let mut board = room();
    let split = Operation::Split {
        card: card(5),
        from: card(1),
        text: "Das Zweite.".to_owned(),
    };
    act(&mut board, MODERATOR, split.clone()).unwrap();
    assert_eq!(act(&mut board, MODERATOR, split), Err(Refusal::Twice));
    let part = &board.cards[&card(5)];
    assert_eq!(
        (part.author, part.number, part.standing.clone()),
        (member(1), 2, Standing::Published)
    );
    let seen = seen_by(&board, 2);
    let part = seen.cards.iter().find(|card| card.number == 2).unwrap();
    assert_eq!(part.split_from, Some(1));
}

#[test]
fn what_is_locked_only_the_moderator_changes() {
    let mut board = room();
    write(&mut board, 1, 2, "Eine andere Karte.").unwrap();
    let edit = |id| Operation::Edit {
        card: card(id),
        base: 0,
        text: "Etwas anderes.".to_owned(),
    };
    let lock = |locked| Operation::Lock {
        card: card(1),
        locked,
    };
    act(&mut board, MODERATOR, lock(true)).unwrap();
    assert_eq!(act(&mut board, 1, edit(1)), Err(Refusal::Locked));
    assert!(act(&mut board, 1, edit(2)).is_ok());
    act(&mut board, MODERATOR, lock(false)).unwrap();
    let lock = Operation::LockColumn {
        column: column(1),
        locked: true,
    };
    act(&mut board, MODERATOR, lock).unwrap();
    assert_eq!(act(&mut board, 1, edit(1)), Err(Refusal::Locked));
    assert_eq!(write(&mut board, 1, 3, "Noch eine."), Err(Refusal::Locked));
    assert!(write(&mut board, MODERATOR, 3, "Noch eine.").is_ok());
    // One's own words can always be taken back for good.
    assert!(act(&mut board, 1, Operation::Erase { card: card(1) }).is_ok());
}

#[test]
fn while_the_stream_is_paused_new_cards_arrive_and_wait() {
    let mut board = room();
    act(&mut board, MODERATOR, Operation::Pause { paused: true }).unwrap();
    write(&mut board, 2, 2, "Neu.").unwrap();
    assert_eq!(numbers(&seen_by(&board, 1)), [1]);
    assert_eq!(numbers(&view(&board, Audience::Everybody)), [1]);
    let own = seen_by(&board, 2);
    assert_eq!(numbers(&own), [1, 2]);
    assert!(own.cards[1].held && !own.cards[0].held);
    let at_the_desk = view(&board, Audience::Moderator(Some(member(MODERATOR))));
    assert_eq!(numbers(&at_the_desk), [1, 2]);
    // A card that was there does not say something new meanwhile.
    let edit = Operation::Edit {
        card: card(1),
        base: 0,
        text: "Heimlich anders.".to_owned(),
    };
    act(&mut board, 1, edit).unwrap();
    assert!(numbers(&seen_by(&board, 2)).iter().all(|number| *number != 1));
    act(&mut board, MODERATOR, Operation::Pause { paused: false }).unwrap();
    assert_eq!(numbers(&seen_by(&board, 1)), [1, 2]);
}

#[test]
fn pausing_again_shows_nothing_of_what_is_held_back() {
    let mut board = room();
    let pause = |paused| Operation::Pause { paused };
    act(&mut board, MODERATOR, pause(true)).unwrap();
    let since = board.settings.stage.paused_at;
    write(&mut board, 2, 2, "Neu.").unwrap();
    act(&mut board, MODERATOR, pause(true)).unwrap();
    assert_eq!(board.settings.stage.paused_at, since);
    assert_eq!(numbers(&seen_by(&board, 1)), [1]);
    act(&mut board, MODERATOR, pause(false)).unwrap();
    act(&mut board, MODERATOR, pause(true)).unwrap();
    assert_eq!(numbers(&seen_by(&board, 1)), [1, 2], "what was shown stays");
}

#[test]
fn behind_the_curtain_everybody_sees_the_own_cards() {
    let mut board = room();
    write(&mut board, 2, 2, "Neu.").unwrap();
    act(&mut board, MODERATOR, Operation::Curtain { closed: true }).unwrap();
    assert_eq!(numbers(&seen_by(&board, 2)), [2]);
    assert_eq!(numbers(&view(&board, Audience::Everybody)), Vec::<u32>::new());
    act(&mut board, MODERATOR, Operation::Curtain { closed: false }).unwrap();
    assert_eq!(numbers(&seen_by(&board, 2)), [1, 2]);
}

#[test]
fn which_card_stands_for_the_own_one_is_told_with_that_card_when_the_curtain_opens() {
    let mut board = room();
    write(&mut board, 2, 2, "Beim Jugendamt gibt es keine Dolmetscher.").unwrap();
    let merge = Operation::Merge {
        card: card(2),
        into: Some(card(1)),
    };
    act(&mut board, MODERATOR, merge).unwrap();
    act(&mut board, MODERATOR, Operation::Curtain { closed: true }).unwrap();
    let own = seen_by(&board, 2);
    assert_eq!((numbers(&own), own.cards[0].merged_into), (vec![2], None));
    let before = board.clone();
    act(&mut board, MODERATOR, Operation::Curtain { closed: false }).unwrap();
    let author = Audience::Member(member(2));
    let change = Change::of(&before, &board, author, &Touched::All).unwrap();
    let told = change.cards.iter().map(|card| (card.number, card.merged_into));
    assert_eq!(told.collect::<Vec<_>>(), [(1, None), (2, Some(1))]);
}

#[test]
fn the_spotlight_is_on_what_everybody_may_see() {
    let mut board = room();
    let light = |id| Operation::Spotlight { card: Some(card(id)) };
    act(&mut board, MODERATOR, light(1)).unwrap();
    assert_eq!(seen_by(&board, 2).settings.stage.spotlight, Some(card(1)));
    act(&mut board, MODERATOR, stand(1, Standing::Hidden)).unwrap();
    assert_eq!(seen_by(&board, 2).settings.stage.spotlight, None);
    assert_eq!(act(&mut board, MODERATOR, light(1)), Err(Refusal::NotThere));
}

#[test]
fn a_timer_runs_from_when_the_server_took_it() {
    let mut board = room();
    let timer = |seconds| Operation::Timer { seconds };
    act(&mut board, MODERATOR, timer(Some(300))).unwrap();
    let set_at = board.sequence - 1;
    let ends_at = board.settings.stage.timer_ends_at.unwrap();
    assert_eq!(ends_at.micros(), i64::try_from(set_at).unwrap() + 300_000_000);
    let max = TIMER_SECONDS_MAX;
    assert_eq!(
        act(&mut board, MODERATOR, timer(Some(max + 1))),
        Err(Refusal::TooMany { max })
    );
    act(&mut board, MODERATOR, timer(None)).unwrap();
    assert_eq!(board.settings.stage.timer_ends_at, None);
}

#[test]
fn hands_are_counted_apart_from_votes() {
    let mut board = room();
    let hands = |count| Operation::Hands { card: card(1), count };
    act(&mut board, MODERATOR, hands(Some(17))).unwrap();
    let seen = seen_by(&board, 2);
    assert_eq!((seen.cards[0].hands, seen.cards[0].votes), (Some(17), Some(0)));
    assert_eq!(
        act(&mut board, MODERATOR, hands(Some(10_001))),
        Err(Refusal::TooMany { max: 10_000 })
    );
}

#[test]
fn on_what_is_closed_nobody_says_that_it_is_known_or_was_tried() {
    let mut board = room();
    let solution = Operation::Write {
        card: card(2),
        column: column(1),
        kind: CardKind::Solution,
        text: "Ein Termin in der Woche.".to_owned(),
    };
    act(&mut board, 1, solution).unwrap();
    let said = [
        Operation::SameHere {
            card: card(2),
            given: true,
        },
        Operation::Tried {
            card: card(2),
            outcome: Some(Outcome::Helped),
            district: None,
        },
    ];
    let lock_card = |locked| Operation::Lock {
        card: card(2),
        locked,
    };
    let lock_column = |locked| Operation::LockColumn {
        column: column(1),
        locked,
    };
    for (close, open) in [
        (lock_card(true), lock_card(false)),
        (lock_column(true), lock_column(false)),
    ] {
        act(&mut board, MODERATOR, close).unwrap();
        for operation in &said {
            assert_eq!(act(&mut board, 2, operation.clone()), Err(Refusal::Locked));
            assert!(decide(&board, crate::actor(MODERATOR), operation).is_ok());
        }
        act(&mut board, MODERATOR, open).unwrap();
    }
    for operation in said {
        act(&mut board, 2, operation).unwrap();
    }
}

/// Somebody of the office moderates whatever happens on the board; whoever was only trusted with it does not any more, and
/// comes here as a participant.
#[test]
fn who_moderates_though_removed_lets_themselves_back() {
    let mut board = room();
    write(&mut board, 2, 2, "Willkommen.").unwrap();
    let remove = |removed| Operation::Remove {
        card: card(2),
        removed,
    };
    act(&mut board, MODERATOR, remove(true)).unwrap();
    let staff = Actor {
        member: member(2),
        moderates: true,
    };
    let guest = Actor {
        moderates: false,
        ..staff
    };
    for operation in [Operation::Freeze { frozen: true }, remove(false)] {
        assert_eq!(decide(&board, guest, &operation), Err(Refusal::Removed));
        assert!(decide(&board, staff, &operation).is_ok(), "{operation:?}");
    }
    assert_eq!(decide(&board, staff, &remove(true)), Err(Refusal::NotAllowed));
}

#[test]
fn who_is_removed_is_told_and_nobody_else_is() {
    let mut board = room();
    let news = |board: &mut domain::board::Board, removed: bool, audience| {
        let before = board.clone();
        let remove = Operation::Remove {
            card: card(1),
            removed,
        };
        let event = act(board, MODERATOR, remove).unwrap();
        let record = Record {
            sequence: board.sequence,
            member: member(MODERATOR),
            at: Instant(0),
            event,
        };
        let touched = Touched::by(board, &[record]);
        let change = Change::of(&before, board, audience, &touched);
        let mut screen = view(&before, audience);
        if let Some(change) = change.clone() {
            screen.take(change);
            assert_eq!(screen, view(board, audience));
        }
        change.and_then(|change| change.removed)
    };
    let author = Audience::Member(member(1));
    assert_eq!(news(&mut board, true, author), Some(true));
    assert!(seen_by(&board, 1).removed && !seen_by(&board, 2).removed);
    assert!(!view(&board, Audience::Moderator(Some(member(1)))).removed);
    let cards = std::collections::BTreeSet::new();
    assert_eq!(Change::since(&board, author, &cards).removed, Some(true));
    assert_eq!(news(&mut board, false, author), Some(false));
    assert_eq!(news(&mut board, true, Audience::Member(member(2))), None);
}

#[test]
fn nobody_is_removed_with_a_topic_that_nobody_of_the_board_wrote() {
    let mut board = room();
    let record = Record {
        sequence: board.sequence + 1,
        member: MemberId(uuid::Uuid::nil()),
        at: Instant(0),
        event: propose(&board, card(2), "Wohnsitzauflage").unwrap(),
    };
    apply(&mut board, &record);
    for removed in [true, false] {
        let remove = Operation::Remove {
            card: card(2),
            removed,
        };
        assert_eq!(act(&mut board, MODERATOR, remove), Err(Refusal::NoMember));
    }
}

/// A board in the phase of votes, each with one.
fn weighing() -> domain::board::Board {
    let mut board = board();
    board.settings.votes_max = 1;
    for number in [MODERATOR, 1, 2] {
        join(&mut board, number);
    }
    for id in 1..=3 {
        write(&mut board, 1, id, "Ein Thema.").unwrap();
    }
    act(&mut board, MODERATOR, Operation::GoTo { phase: Phase::Weigh }).unwrap();
    board
}

#[test]
fn a_vote_on_what_is_out_of_sight_can_be_given_again_and_taken_back() {
    let refused = Standing::Refused {
        reason: "Nicht das Thema.".to_owned(),
    };
    for gone in [
        stand(1, Standing::Hidden),
        stand(1, refused),
        Operation::Remove {
            card: card(1),
            removed: true,
        },
        Operation::Erase { card: card(1) },
    ] {
        let mut board = weighing();
        act(&mut board, 2, vote(1, true)).unwrap();
        assert_eq!(
            act(&mut board, 2, vote(2, true)),
            Err(Refusal::NoVotesLeft { max: 1 })
        );
        act(&mut board, MODERATOR, gone.clone()).unwrap();
        assert_eq!(seen_by(&board, 2).votes_left, Some(1), "{gone:?}");
        assert_eq!(act(&mut board, 2, vote(1, true)), Err(Refusal::NotThere));
        if gone == (Operation::Erase { card: card(1) }) {
            assert!(board.cards[&card(1)].votes.is_empty());
            continue;
        }
        // Who has no vote on it does not learn that it is there, unless the card itself is not out of sight.
        let others = act(&mut board, MODERATOR, vote(1, false));
        assert_eq!(
            others.is_ok(),
            matches!(gone, Operation::Remove { .. }),
            "{gone:?}"
        );
        act(&mut board, 2, vote(1, false)).unwrap();
        assert!(board.cards[&card(1)].votes.is_empty());
    }
}

#[test]
fn what_is_shown_again_has_its_votes_and_no_further_one_is_given() {
    let mut board = weighing();
    act(&mut board, 2, vote(1, true)).unwrap();
    act(&mut board, MODERATOR, stand(1, Standing::Hidden)).unwrap();
    act(&mut board, 2, vote(2, true)).unwrap();
    act(&mut board, MODERATOR, stand(1, Standing::Published)).unwrap();
    assert_eq!(
        (board.votes_of(member(2)), seen_by(&board, 2).votes_left),
        (2, Some(0))
    );
    for id in [1, 2] {
        // The same again is nothing new.
        act(&mut board, 2, vote(id, true)).unwrap();
    }
    let full = Err(Refusal::NoVotesLeft { max: 1 });
    assert_eq!(act(&mut board, 2, vote(3, true)), full);
    act(&mut board, 2, vote(1, false)).unwrap();
    assert_eq!(act(&mut board, 2, vote(3, true)), full);
    act(&mut board, 2, vote(2, false)).unwrap();
    act(&mut board, 2, vote(3, true)).unwrap();
}

#[test]
fn an_author_multiplies_no_votes_by_taking_cards_back() {
    let mut board = weighing();
    for id in 1..=3 {
        act(&mut board, 1, vote(id, true)).unwrap();
        act(&mut board, 1, stand(id, Standing::Withdrawn)).unwrap();
    }
    for id in 1..=3 {
        act(&mut board, 1, stand(id, Standing::Published)).unwrap();
    }
    assert_eq!(board.votes_of(member(1)), 0);
}

#[test]
fn a_vote_counts_where_it_is_shown_while_what_stands_for_its_card_is_hidden() {
    let mut board = weighing();
    act(&mut board, 2, vote(2, true)).unwrap();
    let merge = Operation::Merge {
        card: card(2),
        into: Some(card(1)),
    };
    act(&mut board, MODERATOR, merge).unwrap();
    act(&mut board, MODERATOR, stand(1, Standing::Hidden)).unwrap();
    let mine = |board: &domain::board::Board| -> Vec<u32> {
        let cards = seen_by(board, 2).cards.into_iter();
        cards
            .filter(|card| card.my_vote)
            .map(|card| card.number)
            .collect()
    };
    assert_eq!((mine(&board), board.votes_of(member(2))), (vec![2], 1));
    act(&mut board, MODERATOR, stand(1, Standing::Published)).unwrap();
    assert_eq!((mine(&board), board.votes_of(member(2))), (vec![1], 1));
    // A part of it that is hidden alone brings no vote along.
    act(&mut board, MODERATOR, stand(2, Standing::Hidden)).unwrap();
    assert_eq!((mine(&board), board.votes_of(member(2))), (vec![], 0));
    act(&mut board, 2, vote(1, true)).unwrap();
    assert_eq!((mine(&board), board.votes_of(member(2))), (vec![1], 1));
}

#[test]
fn who_follows_a_duplicate_follows_what_stands_for_it_until_that_is_taken_back() {
    let mut board = room();
    write(&mut board, 2, 2, "Dasselbe noch einmal.").unwrap();
    let follow = |id, given| Operation::Follow {
        card: card(id),
        given,
    };
    act(&mut board, 2, follow(2, true)).unwrap();
    let merge = Operation::Merge {
        card: card(2),
        into: Some(card(1)),
    };
    act(&mut board, MODERATOR, merge).unwrap();
    let followed = |board: &domain::board::Board| -> Vec<u32> {
        let cards = seen_by(board, 2).cards.into_iter();
        cards
            .filter(|card| card.followed)
            .map(|card| card.number)
            .collect()
    };
    // The author sees both.
    assert_eq!(followed(&board), [1, 2]);
    let before = board.clone();
    let event = act(&mut board, 2, follow(1, false)).unwrap();
    assert_eq!(followed(&board), Vec::<u32>::new());
    assert!(board.cards.values().all(|card| card.followers.is_empty()));
    let record = Record {
        sequence: board.sequence,
        member: member(2),
        at: Instant(0),
        event,
    };
    let touched = Touched::by(&board, &[record]);
    let me = Audience::Member(member(2));
    let mut screen = view(&before, me);
    screen.take(Change::of(&before, &board, me, &touched).unwrap());
    assert_eq!(
        screen,
        view(&board, me),
        "also the card that is not shown any more"
    );
    let concerned = domain::board::concerned(&before, &board, &touched).unwrap();
    assert!(concerned.contains(&member(2)));
}

#[test]
fn nobody_removes_themselves() {
    let mut board = room();
    write(&mut board, MODERATOR, 2, "Willkommen.").unwrap();
    let remove = Operation::Remove {
        card: card(2),
        removed: true,
    };
    assert_eq!(act(&mut board, MODERATOR, remove), Err(Refusal::NotAllowed));
}

#[test]
fn a_board_has_rules_of_its_own_that_everybody_reads_and_a_moderator_sets() {
    let mut board = room();
    let rules = |text: &str| Operation::Rules {
        text: text.to_owned(),
        base: None,
    };
    assert_eq!(
        act(&mut board, 1, rules("Alles ist erlaubt.")),
        Err(Refusal::NotAllowed)
    );
    act(&mut board, MODERATOR, rules(" Wir duzen uns. ")).unwrap();
    for audience in [Audience::Everybody, Audience::Member(member(1))] {
        assert_eq!(view(&board, audience).settings.rules, "Wir duzen uns.");
    }
    let max = RULES_CHARACTERS_MAX;
    let refused = act(&mut board, MODERATOR, rules(&"x".repeat(max + 1)));
    assert_eq!(refused, Err(Refusal::Text(TextError::TooLong { max })));
    act(&mut board, MODERATOR, rules(&"x".repeat(max))).unwrap();
    act(&mut board, MODERATOR, rules("")).unwrap();
    let sent = serde_json::to_string(&seen_by(&board, 1)).unwrap();
    assert!(!sent.contains("rules"), "nothing is not sent: {sent}");
}

#[test]
fn rules_are_written_over_those_that_were_read_only() {
    let mut board = room();
    let over = |text: &str, base: &str| Operation::Rules {
        text: text.to_owned(),
        base: Some(base.to_owned()),
    };
    act(&mut board, MODERATOR, over("Wir duzen uns.", "")).unwrap();
    // The second moderator has opened the form before that.
    let late = act(&mut board, MODERATOR, over("Keine Namen.", ""));
    assert_eq!(late, Err(Refusal::ChangedSince));
    assert_eq!(board.settings.rules, "Wir duzen uns.");
    // Who wants what is there already is told nothing, and who has read it writes over it, however a browser ends lines.
    act(&mut board, MODERATOR, over("Wir duzen uns.", "")).unwrap();
    act(
        &mut board,
        MODERATOR,
        over("Wir duzen uns.\nKeine Namen.", "Wir duzen uns. "),
    )
    .unwrap();
    act(&mut board, MODERATOR, over("", "Wir duzen uns.\r\nKeine Namen.")).unwrap();
    assert_eq!(board.settings.rules, "");
    let beyond = act(
        &mut board,
        MODERATOR,
        over("Neu.", &"x".repeat(RULES_CHARACTERS_MAX + 1)),
    );
    assert_eq!(beyond, Err(Refusal::ChangedSince));
}

#[test]
fn only_a_moderator_gives_another_code_and_nobody_is_sent_away_by_it() {
    let mut board = room();
    assert_eq!(act(&mut board, 1, Operation::RenewCode), Err(Refusal::NotAllowed));
    let before = (board.members.clone(), numbers(&seen_by(&board, 1)));
    act(&mut board, MODERATOR, Operation::RenewCode).unwrap();
    assert_eq!((board.members.clone(), numbers(&seen_by(&board, 1))), before);
    // Pages see by this that they show an old one.
    assert_eq!(view(&board, Audience::Everybody).settings.told_beside, 1);
}

#[test]
fn what_waits_is_what_a_moderator_has_not_decided_and_what_was_reported() {
    let mut board = room();
    assert_eq!(waiting_count(&board), 0);
    act(&mut board, MODERATOR, Operation::Moderate { level: Level::All }).unwrap();
    write(&mut board, 1, 2, "Wartet.").unwrap();
    let comment = comment(3, 1, "Wartet auch.");
    act(&mut board, 2, comment).unwrap();
    let report = |given| Operation::Report { card: card(1), given };
    act(&mut board, 2, report(true)).unwrap();
    assert_eq!(waiting_count(&board), 3);
    let of = |audience| {
        view(&board, audience)
            .cards
            .iter()
            .filter(|card| card.waits())
            .count()
    };
    assert_eq!(of(Audience::Moderator(None)), 3);
    assert_eq!(
        of(Audience::Member(member(1))),
        0,
        "the author of one waits for nobody's word"
    );
    // Nothing waits of who was removed, neither what was written nor what was reported, until that one is let back.
    let remove = |removed| Operation::Remove {
        card: card(1),
        removed,
    };
    for (removed, waiting) in [(true, 1), (false, 3)] {
        act(&mut board, MODERATOR, remove(removed)).unwrap();
        let seen = view(&board, Audience::Moderator(None)).cards;
        let found = seen.iter().filter(|card| card.waits()).count();
        assert_eq!((waiting_count(&board), found), (waiting, waiting), "{removed}");
    }
    act(&mut board, 2, report(false)).unwrap();
    act(&mut board, MODERATOR, stand(2, Standing::Published)).unwrap();
    act(&mut board, 2, Operation::Erase { card: card(3) }).unwrap();
    assert_eq!(waiting_count(&board), 0);
}

#[test]
fn votes_of_who_was_removed_stay_and_their_reports_hide_nothing_any_more() {
    let mut board = room();
    write(&mut board, 2, 2, "Nicht zum Thema.").unwrap();
    act(&mut board, MODERATOR, Operation::GoTo { phase: Phase::Weigh }).unwrap();
    act(&mut board, 2, vote(1, true)).unwrap();
    let report = Operation::Report {
        card: card(1),
        given: true,
    };
    let others = 10..9 + REPORTS_TO_HIDE as u128;
    for number in others.clone() {
        join(&mut board, number);
    }
    act(&mut board, 2, report.clone()).unwrap();
    let remove = Operation::Remove {
        card: card(2),
        removed: true,
    };
    act(&mut board, MODERATOR, remove).unwrap();
    for number in others {
        act(&mut board, number, report.clone()).unwrap();
    }
    assert_eq!(board.cards[&card(1)].reports.len(), REPORTS_TO_HIDE);
    assert_eq!(board.cards[&card(1)].standing, Standing::Published);
    assert_eq!(seen_by(&board, 1).cards[0].votes, Some(1));
    join(&mut board, 99);
    act(&mut board, 99, report).unwrap();
    assert_eq!(board.cards[&card(1)].standing, Standing::Hidden);
}

#[test]
fn a_link_and_an_insult_are_looked_at_first_where_the_board_wants_that() {
    for (level, expected) in [
        (Level::Off, Standing::Published),
        (Level::Flagged, Standing::Waiting),
        (Level::All, Standing::Waiting),
    ] {
        for text in ["Mehr dazu auf www.traeger.example.", "So ein Idiot."] {
            let mut board = room();
            act(&mut board, MODERATOR, Operation::Moderate { level }).unwrap();
            write(&mut board, 1, 2, text).unwrap();
            assert_eq!(board.cards[&card(2)].standing, expected, "{level:?}: {text}");
            // Who moderates is not held up.
            write(&mut board, MODERATOR, 3, text).unwrap();
            assert_eq!(board.cards[&card(3)].standing, Standing::Published);
        }
    }
}

//! What the moderator has in hand.

use domain::board::state::{REPORTS_TO_HIDE, TIMER_SECONDS_MAX};
use domain::board::{Audience, BoardView, Level, Operation, Phase, Refusal, Standing, view};

use crate::{MODERATOR, act, card, column, join, member, room, stand, vote, write};

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
    act(&mut board, 10, report).unwrap();
    assert_eq!(board.cards[&card(1)].standing, Standing::Published);
    let sent = serde_json::to_string(&seen_by(&board, 2)).unwrap();
    assert!(
        !sent.contains("reports"),
        "who reports is the moderator's to know: {sent}"
    );
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
fn nobody_removes_themselves() {
    let mut board = room();
    write(&mut board, MODERATOR, 2, "Willkommen.").unwrap();
    let remove = Operation::Remove {
        card: card(2),
        removed: true,
    };
    assert_eq!(act(&mut board, MODERATOR, remove), Err(Refusal::NotAllowed));
}

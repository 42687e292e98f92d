use domain::board::label::ANONYMOUS_SHARED_MIN;
use domain::board::{
    Anonymity, Audience, Board, Change, Event, Finding, Level, Operation, Phase, Progress, Refusal,
    Responsibility, Standing, Touched, concerned, view,
};

use crate::{MODERATOR, act, card, comment, join, member, room, stand, vote, write};

/// What an audience is sent, as text.
fn sent(board: &Board, audience: Audience) -> String {
    serde_json::to_string(&view(board, audience)).unwrap()
}

const AUTHOR: Audience = Audience::Member(domain::ids::MemberId(uuid::Uuid::from_u128(1)));
const OTHER: Audience = Audience::Member(domain::ids::MemberId(uuid::Uuid::from_u128(2)));

#[test]
fn a_card_that_waits_is_sent_to_its_author_and_the_moderator() {
    let mut board = room();
    act(&mut board, MODERATOR, Operation::Moderate { level: Level::All }).unwrap();
    write(&mut board, 1, 2, "Ein Satz, der wartet.").unwrap();
    assert!(sent(&board, AUTHOR).contains("der wartet"));
    assert!(sent(&board, Audience::Moderator(Some(member(MODERATOR)))).contains("der wartet"));
    assert!(!sent(&board, OTHER).contains("der wartet"));
    assert!(!sent(&board, Audience::Everybody).contains("der wartet"));
}

#[test]
fn the_author_reads_why_a_card_was_refused_and_nobody_else() {
    let mut board = room();
    let refuse = stand(
        1,
        Standing::Refused {
            reason: "Bitte keine Namen.".to_owned(),
        },
    );
    act(&mut board, MODERATOR, refuse).unwrap();
    assert!(sent(&board, AUTHOR).contains("keine Namen"));
    assert!(!sent(&board, OTHER).contains("keine Namen"));
    assert!(!sent(&board, OTHER).contains("Jugendamt"));
}

#[test]
fn what_is_erased_nobody_sees() {
    let mut board = room();
    act(&mut board, 1, Operation::Erase { card: card(1) }).unwrap();
    for audience in [
        AUTHOR,
        OTHER,
        Audience::Everybody,
        Audience::Moderator(Some(member(MODERATOR))),
    ] {
        assert!(view(&board, audience).cards.is_empty());
    }
}

#[test]
fn hidden_votes_are_not_sent() {
    let mut board = room();
    act(&mut board, MODERATOR, Operation::GoTo { phase: Phase::Weigh }).unwrap();
    act(&mut board, MODERATOR, Operation::HideVotes { hidden: true }).unwrap();
    let vote = vote(1, true);
    act(&mut board, 2, vote).unwrap();
    assert_eq!(view(&board, AUTHOR).cards[0].votes, None);
    let own = view(&board, OTHER);
    assert_eq!((own.cards[0].votes, own.cards[0].my_vote), (None, true));
    assert_eq!(own.votes_left, Some(2));
    assert_eq!(
        view(&board, Audience::Moderator(Some(member(MODERATOR)))).cards[0].votes,
        Some(1)
    );
    act(&mut board, MODERATOR, Operation::HideVotes { hidden: false }).unwrap();
    assert_eq!(view(&board, Audience::Everybody).cards[0].votes, Some(1));
}

#[test]
fn an_anonymous_card_names_its_district_only_if_enough_people_share_it() {
    let mut board = room();
    assert_eq!(board.settings.anonymity, Anonymity::Anonymous);
    // The moderator and two people are there already.
    let there = board.members.len();
    for number in 10..10 + ANONYMOUS_SHARED_MIN - there {
        assert_eq!(view(&board, OTHER).cards[0].author, None);
        join(&mut board, number as u128);
    }
    let author = view(&board, OTHER).cards[0].author.clone().unwrap();
    assert!(author.starts_with("aus "), "{author}");
    assert!(
        !sent(&board, Audience::Everybody).contains("Person 1"),
        "no names"
    );
}

#[test]
fn cards_of_who_was_removed_go_out_of_sight_and_come_back() {
    let mut board = room();
    let remove = |removed| Operation::Remove {
        card: card(1),
        removed,
    };
    act(&mut board, MODERATOR, remove(true)).unwrap();
    assert!(view(&board, OTHER).cards.is_empty());
    assert_eq!(view(&board, AUTHOR).cards.len(), 1);
    // The moderator finds it among all cards, marked, to let the author back.
    let desk = view(&board, Audience::Moderator(Some(member(MODERATOR))));
    assert!(desk.cards[0].desk.unwrap().removed && !desk.cards[0].waits());
    act(&mut board, MODERATOR, remove(false)).unwrap();
    assert_eq!(view(&board, OTHER).cards.len(), 1);
}

#[test]
fn what_is_kept_on_top_comes_first() {
    let mut board = room();
    write(&mut board, 2, 2, "Zwei").unwrap();
    let pin = Operation::Pin {
        card: card(2),
        pinned: true,
    };
    act(&mut board, MODERATOR, pin).unwrap();
    let numbers: Vec<u32> = view(&board, OTHER).cards.iter().map(|card| card.number).collect();
    assert_eq!(numbers, [2, 1]);
}

#[test]
fn what_was_found_can_be_for_those_only_who_take_part() {
    let mut board = room();
    conclude(&mut board, "Das Merkblatt fehlt.").unwrap();
    act(&mut board, MODERATOR, Operation::HideFindings { hidden: true }).unwrap();
    let stranger = Audience::Member(member(99));
    for audience in [Audience::Everybody, stranger] {
        assert!(!sent(&board, audience).contains("Das Merkblatt fehlt."));
    }
    for audience in [OTHER, Audience::Moderator(None)] {
        assert!(sent(&board, audience).contains("Das Merkblatt fehlt."));
    }
    act(&mut board, MODERATOR, Operation::HideFindings { hidden: false }).unwrap();
    assert!(sent(&board, Audience::Everybody).contains("Das Merkblatt fehlt."));
}

#[test]
fn in_the_archive_only_what_was_found_is_kept_up_and_what_shall_be_forgotten_is_erased() {
    let mut board = room();
    let archive = |archived| Operation::Archive { archived };
    assert_eq!(act(&mut board, 2, archive(true)), Err(Refusal::NotAllowed));
    act(&mut board, MODERATOR, archive(true)).unwrap();
    assert_eq!(write(&mut board, 2, 2, "Zwei"), Err(Refusal::Archived));
    let pin = Operation::Pin {
        card: card(1),
        pinned: true,
    };
    assert_eq!(act(&mut board, MODERATOR, pin), Err(Refusal::Archived));
    conclude(&mut board, "Das Merkblatt ist da.").unwrap();
    act(&mut board, 1, Operation::Erase { card: card(1) }).unwrap();
    act(&mut board, MODERATOR, archive(false)).unwrap();
    write(&mut board, 2, 2, "Zwei").unwrap();
}

fn conclude(board: &mut Board, text: &str) -> Result<Event, Refusal> {
    let finding = Finding {
        text: text.to_owned(),
        taker: String::new(),
        level: Responsibility::State,
        progress: Progress::Open,
    };
    let conclude = Operation::Conclude {
        card: card(1),
        finding: Some(finding),
        base: None,
    };
    act(board, MODERATOR, conclude)
}

#[test]
fn what_stands_on_a_hidden_card_concerns_its_author_and_no_other_reader() {
    let mut board = room();
    join(&mut board, 3);
    let comment = comment(2, 1, "Bei uns auch, seit Jahren.");
    act(&mut board, 2, comment).unwrap();
    act(&mut board, MODERATOR, stand(1, Standing::Hidden)).unwrap();
    let before = board.clone();
    let lock = Operation::Lock {
        card: card(2),
        locked: true,
    };
    act(&mut board, MODERATOR, lock).unwrap();
    let touched = Touched::Cards([card(2)].into());
    let concerned = concerned(&before, &board, &touched).unwrap();
    assert_eq!(concerned, [member(1), member(2)].into());
    let news = |audience| Change::of(&before, &board, audience, &touched);
    assert!(news(AUTHOR).is_some_and(|change| change.cards.len() == 1));
    assert_eq!(news(Audience::Member(member(3))), None);
}

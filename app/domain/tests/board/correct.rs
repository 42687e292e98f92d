//! What staff corrects of a board after it was made.

use domain::board::{
    Audience, Board, Change, Correction, CorrectionForm, CorrectionRefusal, Operation, Phase, Record,
    Touched, apply, correct, view,
};
use domain::time::Instant;

use crate::{MODERATOR, act, card, member, room, vote};

fn correction(votes: Option<u32>) -> Correction {
    Correction {
        title: "Wohnen und Bleiben".to_owned(),
        lead: "Was hilft?".to_owned(),
        votes,
    }
}

/// Corrects a board as the server does.
fn corrected(board: &mut Board, seen: u32, votes: Option<u32>) -> Record {
    let record = Record {
        sequence: board.sequence + 1,
        member: member(0),
        at: Instant(1_000_000),
        event: correct(board, &correction(votes), seen).unwrap(),
    };
    apply(board, &record);
    record
}

#[test]
fn what_is_corrected_reaches_pages_that_are_open_with_the_votes_that_are_left() {
    let mut board = room();
    let before = board.clone();
    let record = corrected(&mut board, 0, Some(5));
    let touched = Touched::by(&board, &[record]);
    for (audience, left) in [
        (Audience::Everybody, None),
        (Audience::Member(member(1)), Some(5)),
        (Audience::Moderator(Some(member(MODERATOR))), Some(5)),
    ] {
        let mut shown = view(&before, audience);
        let change = Change::of(&before, &board, audience, &touched).unwrap();
        assert!(change.cards.is_empty() && change.gone.is_empty());
        shown.take(change);
        assert_eq!(shown, view(&board, audience));
        assert_eq!(shown.votes_left, left);
        assert_eq!(shown.settings.called.unwrap().title, "Wohnen und Bleiben");
    }
}

#[test]
fn a_form_that_was_made_of_something_else_corrects_nothing() {
    let mut board = room();
    corrected(&mut board, 0, None);
    assert_eq!(board.settings.votes_max, 3, "what was not asked stays");
    let late = correct(&board, &correction(None), 0);
    assert_eq!(late, Err(CorrectionRefusal::ChangedSince));
    corrected(&mut board, 1, None);
    assert_eq!(board.settings.called.unwrap().times, 2);
}

#[test]
fn once_somebody_has_voted_there_are_as_many_votes_as_before() {
    let mut board = room();
    act(&mut board, MODERATOR, Operation::GoTo { phase: Phase::Weigh }).unwrap();
    corrected(&mut board, 0, Some(1));
    act(&mut board, 2, vote(1, true)).unwrap();
    assert_eq!(
        correct(&board, &correction(Some(4)), 1),
        Err(CorrectionRefusal::VotesGiven)
    );
    // The title can still be corrected, and what nobody has voted for any more is open again.
    corrected(&mut board, 1, Some(1));
    act(&mut board, 2, vote(1, false)).unwrap();
    corrected(&mut board, 2, Some(4));
    assert!(board.cards[&card(1)].votes.is_empty());
    assert_eq!(board.settings.votes_max, 4);
}

#[test]
fn everything_that_is_wrong_with_a_correction_is_said_at_once() {
    let form = |votes: Option<&str>| CorrectionForm {
        title: "W".to_owned(),
        lead: "x".repeat(301),
        votes: votes.map(str::to_owned),
    };
    let fields = |votes| {
        let wrong = Correction::parse(&form(votes)).unwrap_err();
        wrong.into_iter().map(|(field, _)| field).collect::<Vec<_>>()
    };
    assert_eq!(fields(Some("21")), ["title", "lead", "votes"]);
    assert_eq!(fields(None), ["title", "lead"]);
}

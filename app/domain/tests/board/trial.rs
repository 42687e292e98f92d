use domain::board::label::ANONYMOUS_SHARED_MIN;
use domain::board::state::TRIAL_CHARACTERS_MAX;
use domain::board::{
    Anonymity, Audience, Board, CardKind, CardView, Event, Level, Operation, Outcome, Refusal, Standing,
    Touched, view,
};
use domain::district::District;
use domain::text::TextError;

use crate::{MODERATOR, act, board, card, column, comment, join, member, stand};

const SENTENCE: &str = "Mit einem festen Termin in der Woche ging es.";

/// A board that shows names, with a moderator, three people and a solution of the first.
fn room() -> Board {
    let mut board = board();
    board.settings.anonymity = Anonymity::Named;
    for number in [MODERATOR, 1, 2, 3] {
        join(&mut board, number);
    }
    solution(&mut board, 1);
    board
}

fn solution(board: &mut Board, id: u128) {
    let solution = Operation::Write {
        card: card(id),
        column: column(2),
        kind: CardKind::Solution,
        text: "Ein Termin in der Woche ohne Anmeldung.".to_owned(),
    };
    act(board, 1, solution).unwrap();
}

fn tell(id: u128, on: u128, outcome: Outcome) -> Operation {
    Operation::Tell {
        card: card(id),
        on: card(on),
        outcome,
        district: Some(District::ALL[0]),
        text: SENTENCE.to_owned(),
    }
}

fn tried(on: u128, outcome: Option<Outcome>) -> Operation {
    Operation::Tried {
        card: card(on),
        outcome,
        district: None,
    }
}

/// A card as an audience sees it.
fn seen(board: &Board, audience: Audience, id: u128) -> Option<CardView> {
    let mut cards = view(board, audience).cards.into_iter();
    cards.find(|shown| shown.id == card(id))
}

fn reads(board: &Board, audience: Audience) -> bool {
    serde_json::to_string(&view(board, audience))
        .unwrap()
        .contains(SENTENCE)
}

const AUTHOR: Audience = Audience::Member(domain::ids::MemberId(uuid::Uuid::from_u128(2)));
const OTHER: Audience = Audience::Member(domain::ids::MemberId(uuid::Uuid::from_u128(3)));
const DESK: Audience = Audience::Moderator(Some(domain::ids::MemberId(uuid::Uuid::from_u128(MODERATOR))));

#[test]
fn what_was_tried_is_told_with_where_it_was_and_without_a_name() {
    let mut board = room();
    act(&mut board, 2, tell(2, 1, Outcome::Partly)).unwrap();
    let (solution, told) = (seen(&board, OTHER, 1).unwrap(), seen(&board, OTHER, 2).unwrap());
    assert_eq!(solution.tried, [0, 1, 0]);
    assert_eq!(solution.tried_in.len(), 1);
    assert_eq!(solution.tried_in[0].counts, [0, 1, 0]);
    let says = told.told.unwrap();
    assert_eq!(
        (says.outcome, says.district),
        (Some(Outcome::Partly), Some(District::ALL[0]))
    );
    assert_eq!((told.author, told.on), (None, Some(card(1))));
    let own = seen(&board, AUTHOR, 1).unwrap();
    assert_eq!(
        (own.my_outcome, own.my_district),
        (Some(Outcome::Partly), Some(District::ALL[0]))
    );
}

#[test]
fn a_sentence_waits_where_every_card_does_and_what_was_tried_counts_at_once() {
    let mut board = room();
    act(&mut board, MODERATOR, Operation::Moderate { level: Level::All }).unwrap();
    act(&mut board, 2, tell(2, 1, Outcome::Helped)).unwrap();
    assert_eq!(seen(&board, OTHER, 1).unwrap().tried, [1, 0, 0]);
    assert!(!reads(&board, OTHER) && !reads(&board, Audience::Everybody));
    assert!(reads(&board, AUTHOR) && reads(&board, DESK));
    act(&mut board, MODERATOR, stand(2, Standing::Published)).unwrap();
    assert!(reads(&board, OTHER));
    act(&mut board, MODERATOR, stand(2, Standing::Hidden)).unwrap();
    assert!(!reads(&board, OTHER), "hidden is sent to nobody else");
    assert_eq!(seen(&board, OTHER, 1).unwrap().tried, [1, 0, 0]);
}

#[test]
fn taking_it_back_takes_the_sentence_out_of_sight_and_saying_it_again_brings_it_back() {
    let mut board = room();
    act(&mut board, 2, tell(2, 1, Outcome::Helped)).unwrap();
    act(&mut board, 2, tried(1, None)).unwrap();
    for audience in [OTHER, DESK, Audience::Everybody] {
        assert!(!reads(&board, audience), "{audience:?}");
    }
    let own = seen(&board, AUTHOR, 2).unwrap();
    assert_eq!(own.told.unwrap().outcome, None);
    assert_eq!(seen(&board, OTHER, 1).unwrap().tried, [0; 3]);
    act(&mut board, 2, tried(1, Some(Outcome::Not))).unwrap();
    assert_eq!(
        seen(&board, OTHER, 2).unwrap().told.unwrap().outcome,
        Some(Outcome::Not)
    );
}

#[test]
fn erasing_the_sentence_leaves_what_was_tried_and_makes_room_for_another() {
    let mut board = room();
    let first = act(&mut board, 2, tell(2, 1, Outcome::Helped)).unwrap();
    assert_eq!(
        act(&mut board, 2, tell(3, 1, Outcome::Not)),
        Err(Refusal::ToldAlready)
    );
    act(&mut board, 2, stand(2, Standing::Withdrawn)).unwrap();
    assert_eq!(
        act(&mut board, 2, tell(3, 1, Outcome::Not)),
        Err(Refusal::ToldAlready)
    );
    act(&mut board, 3, tell(4, 1, Outcome::Helped)).unwrap();
    act(&mut board, 2, Operation::Erase { card: card(2) }).unwrap();
    assert_eq!(seen(&board, OTHER, 1).unwrap().tried, [2, 0, 0]);
    act(&mut board, 2, tell(3, 1, Outcome::Not)).unwrap();
    let mut first = first;
    assert!(
        first.erase_text_of(card(2)),
        "the log forgets it as it forgets a card"
    );
    assert!(matches!(first, Event::Commented { trial: Some(_), text, .. } if text.is_empty()));
}

#[test]
fn only_solutions_have_it_short_and_nobody_answers() {
    let mut board = room();
    let long = Operation::Tell {
        card: card(2),
        on: card(1),
        outcome: Outcome::Helped,
        district: None,
        text: "a".repeat(TRIAL_CHARACTERS_MAX + 1),
    };
    let too_long = TextError::TooLong {
        max: TRIAL_CHARACTERS_MAX,
    };
    assert_eq!(act(&mut board, 2, long), Err(Refusal::Text(too_long)));
    crate::write(&mut board, 1, 5, "Ein Problem.").unwrap();
    assert_eq!(
        act(&mut board, 2, tell(2, 5, Outcome::Helped)),
        Err(Refusal::NotAllowed)
    );
    act(&mut board, 2, tell(2, 1, Outcome::Helped)).unwrap();
    let answer = comment(6, 2, "Bei uns auch.");
    assert_eq!(act(&mut board, 3, answer), Err(Refusal::NotAllowed));
    let edit = |text: String| Operation::Edit {
        card: card(2),
        base: 0,
        text,
    };
    let again = act(&mut board, 2, edit("a".repeat(TRIAL_CHARACTERS_MAX + 1)));
    assert_eq!(
        again,
        Err(Refusal::Text(too_long)),
        "no longer by changing it either"
    );
    act(&mut board, 2, edit("Mit zwei Terminen ging es.".to_owned())).unwrap();
}

#[test]
fn without_names_where_it_was_stands_there_once_five_are_from_there() {
    let mut board = room();
    board.settings.anonymity = Anonymity::Anonymous;
    let there = board.members.len();
    act(&mut board, 2, tell(2, 1, Outcome::Helped)).unwrap();
    for number in there..ANONYMOUS_SHARED_MIN {
        let (solution, told) = (seen(&board, OTHER, 1).unwrap(), seen(&board, OTHER, 2).unwrap());
        assert_eq!(
            (solution.tried_in, told.told.unwrap().district),
            (Vec::new(), None)
        );
        assert_eq!(told.text, SENTENCE);
        join(&mut board, number as u128 + 10);
    }
    let told = seen(&board, OTHER, 2).unwrap();
    assert_eq!(told.told.unwrap().district, Some(District::ALL[0]));
    assert_eq!(seen(&board, OTHER, 1).unwrap().tried_in.len(), 1);
}

#[test]
fn what_was_tried_of_cards_that_are_brought_together_counts_once_and_is_taken_back_from_each() {
    let mut board = room();
    solution(&mut board, 5);
    act(&mut board, 2, tell(2, 5, Outcome::Helped)).unwrap();
    act(&mut board, 3, tried(1, Some(Outcome::Not))).unwrap();
    let merge = Operation::Merge {
        card: card(5),
        into: Some(card(1)),
    };
    act(&mut board, MODERATOR, merge).unwrap();
    assert_eq!(seen(&board, OTHER, 1).unwrap().tried, [1, 0, 1]);
    assert_eq!(seen(&board, OTHER, 2).unwrap().on, Some(card(1)));
    act(&mut board, 2, tried(1, Some(Outcome::Partly))).unwrap();
    assert_eq!(seen(&board, OTHER, 1).unwrap().tried, [0, 1, 1]);
    let before = board.clone();
    let event = act(&mut board, 2, tried(1, None)).unwrap();
    assert_eq!(seen(&board, OTHER, 1).unwrap().tried, [0, 0, 1]);
    assert!(!reads(&board, OTHER));
    let record = domain::board::Record {
        sequence: board.sequence,
        member: member(2),
        at: domain::time::Instant(0),
        event,
    };
    let touched = Touched::by(&board, &[record]);
    let change = domain::board::Change::of(&before, &board, OTHER, &touched).unwrap();
    assert_eq!(change.gone, [card(2)]);
}

#[test]
fn a_device_shows_at_once_what_will_be_counted() {
    let mut board = room();
    act(&mut board, 2, tell(2, 1, Outcome::Helped)).unwrap();
    let moved = Operation::Tried {
        card: card(1),
        outcome: Some(Outcome::Not),
        district: Some(District::ALL[0]),
    };
    for operation in [moved, tried(1, None)] {
        let mut predicted = view(&board, AUTHOR);
        predicted.predict(&operation);
        act(&mut board, 2, operation.clone()).unwrap();
        (predicted.sequence, predicted.changed_at) = (board.sequence, board.changed_at);
        let mut said = view(&board, AUTHOR);
        for card in predicted.cards.iter_mut().chain(&mut said.cards) {
            // Where a sentence stands that is taken back is shown by the server.
            card.told = card.told.map(|told| domain::board::Told {
                district: None,
                ..told
            });
        }
        assert_eq!(predicted, said, "{operation:?}");
    }
}

#[test]
fn what_was_kept_before_it_was_told_is_read() {
    let operation = r#"{"tried":{"card":"00000000-0000-0000-0000-000000000001","outcome":"helped"}}"#;
    let read: Operation = serde_json::from_str(operation).unwrap();
    assert_eq!(read, tried(1, Some(Outcome::Helped)));
    assert_eq!(serde_json::to_string(&read).unwrap(), operation);
    let event = r#"{"done":"commented","card":"00000000-0000-0000-0000-000000000002","number":2,"on":"00000000-0000-0000-0000-000000000001","column":"00000000-0000-0000-0000-000000000002","text":"Ja","standing":"published"}"#;
    let read: Event = serde_json::from_str(event).unwrap();
    assert!(matches!(read, Event::Commented { trial: None, .. }));
    assert_eq!(serde_json::to_string(&read).unwrap(), event);
    let told = act(&mut room(), 2, tell(2, 1, Outcome::Partly)).unwrap();
    let kept = serde_json::to_string(&told).unwrap();
    assert_eq!(serde_json::from_str::<Event>(&kept).unwrap(), told);
}

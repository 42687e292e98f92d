//! What moderators write is marked for everybody, whatever the board shows of its authors, and nobody else can look like them.

use domain::board::{
    Actor, Anonymity, Audience, Board, CardKind, CardView, Event, Operation, Origin, Outcome, Record,
    Refusal, apply, bring, decide, published_count, view,
};
use domain::time::Instant;

use crate::{MODERATOR, act, actor, board, card, column, join, member, room, write};

const EVERYBODY: [Audience; 4] = [
    Audience::Everybody,
    Audience::Moderator(None),
    Audience::Member(domain::ids::MemberId(uuid::Uuid::from_u128(1))),
    Audience::Member(domain::ids::MemberId(uuid::Uuid::from_u128(2))),
];

fn seen(board: &Board, audience: Audience, id: u128) -> CardView {
    let view = view(board, audience);
    view.cards.into_iter().find(|one| one.id == card(id)).unwrap()
}

fn marked(board: &Board, id: u128) -> Vec<bool> {
    EVERYBODY
        .map(|audience| seen(board, audience, id).by_moderation)
        .into()
}

fn comment(id: u128, on: u128) -> Operation {
    Operation::Comment {
        card: card(id),
        on: card(on),
        text: "Dazu noch ein Wort.".to_owned(),
    }
}

#[test]
fn a_comment_is_not_counted_as_a_card() {
    let mut board = board();
    for number in [1, 2] {
        join(&mut board, number);
    }
    write(&mut board, 1, 1, "Eine Karte.").unwrap();
    act(&mut board, 2, comment(2, 1)).unwrap();
    act(&mut board, 1, comment(3, 2)).unwrap();
    assert_eq!(published_count(&board), 1);
}

#[test]
fn cards_and_comments_of_moderators_are_marked_for_everybody() {
    for anonymity in [Anonymity::Named, Anonymity::Pseudonym, Anonymity::Anonymous] {
        let mut board = board();
        board.settings.anonymity = anonymity;
        for number in [MODERATOR, 1, 2] {
            join(&mut board, number);
        }
        write(&mut board, 1, 1, "Von jemandem aus dem Raum.").unwrap();
        write(&mut board, MODERATOR, 2, "Von der Moderation.").unwrap();
        act(&mut board, MODERATOR, comment(3, 1)).unwrap();
        act(&mut board, 2, comment(4, 2)).unwrap();
        assert_eq!(marked(&board, 1), [false; 4], "{anonymity:?}");
        assert_eq!(marked(&board, 2), [true; 4], "{anonymity:?}");
        assert_eq!(marked(&board, 3), [true; 4], "{anonymity:?}");
        assert_eq!(marked(&board, 4), [false; 4], "{anonymity:?}");
    }
}

#[test]
fn a_card_is_marked_by_what_its_author_was_when_it_was_written() {
    let mut board = room();
    let helper = Actor {
        moderates: true,
        ..actor(2)
    };
    let operation = comment(2, 1);
    let event = decide(&board, helper, &operation).unwrap();
    let record = Record {
        sequence: board.sequence + 1,
        member: helper.member,
        at: Instant(0),
        event,
    };
    apply(&mut board, &record);
    // The helper moderates no more, and writes on.
    act(&mut board, 2, comment(3, 1)).unwrap();
    assert_eq!(marked(&board, 2), [true; 4]);
    assert_eq!(marked(&board, 3), [false; 4]);
    // Other words of a moderator make nobody's card the moderators'.
    let edit = Operation::Edit {
        card: card(1),
        base: 0,
        text: "Dolmetscher*innen fehlen.".to_owned(),
    };
    act(&mut board, MODERATOR, edit).unwrap();
    assert_eq!(marked(&board, 1), [false; 4]);
}

#[test]
fn a_part_is_marked_as_the_whole_and_a_card_stands_with_its_mark_for_others() {
    let mut board = room();
    write(&mut board, MODERATOR, 2, "Zwei Gedanken der Moderation.").unwrap();
    let split = |id, from| Operation::Split {
        card: card(id),
        from: card(from),
        text: "Der zweite Gedanke.".to_owned(),
    };
    act(&mut board, MODERATOR, split(3, 2)).unwrap();
    act(&mut board, MODERATOR, split(4, 1)).unwrap();
    assert_eq!(marked(&board, 3), [true; 4]);
    assert_eq!(marked(&board, 4), [false; 4]);
    let merge = Operation::Merge {
        card: card(2),
        into: Some(card(1)),
    };
    act(&mut board, MODERATOR, merge).unwrap();
    let root = seen(&board, Audience::Everybody, 1);
    assert!(!root.by_moderation && root.sources[0].by_moderation);
}

#[test]
fn words_of_others_and_what_is_told_without_a_name_bear_no_mark() {
    let mut board = room();
    let origin = Origin {
        board: "ankommen".to_owned(),
        place: "Bautzen".to_owned(),
        number: 12,
        votes: None,
        same_here: 0,
    };
    let brought = bring(
        &board,
        actor(MODERATOR),
        (card(2), column(1), CardKind::Solution),
        "Aus Bautzen.",
        origin,
    );
    assert!(matches!(
        brought.unwrap(),
        Event::Written {
            by_moderation: false,
            ..
        }
    ));
    let solution = Operation::Write {
        card: card(3),
        column: column(1),
        kind: CardKind::Solution,
        text: "Ein fester Termin.".to_owned(),
    };
    act(&mut board, 1, solution).unwrap();
    let tell = Operation::Tell {
        card: card(4),
        on: card(3),
        outcome: Outcome::Helped,
        district: None,
        text: "Kam gut an.".to_owned(),
    };
    act(&mut board, MODERATOR, tell).unwrap();
    assert_eq!(marked(&board, 4), [false; 4]);
}

#[test]
fn only_who_moderates_is_called_like_the_moderators() {
    for anonymity in [Anonymity::Named, Anonymity::Pseudonym] {
        let mut board = board();
        board.settings.anonymity = anonymity;
        let join = |name: &str| Operation::Join {
            name: Some(name.to_owned()),
            district: None,
            role: None,
        };
        for name in ["Moderation", "  moderatorin ", "L a F a S t", "Мoderation"] {
            let refused = act(&mut board, 1, join(name));
            assert_eq!(refused, Err(Refusal::NameReserved), "{name}");
        }
        assert!(act(&mut board, 1, join("Amsel")).is_ok());
        // Also not later, under another name.
        assert_eq!(act(&mut board, 1, join("Moderation")), Err(Refusal::NameReserved));
        assert_eq!(board.members[&member(1)].name.as_deref(), Some("Amsel"));
        assert!(act(&mut board, MODERATOR, join("Moderation")).is_ok());
    }
    // Where no names are shown none is kept, and none refused.
    let mut board = board();
    join(&mut board, 1);
    assert_eq!(board.members[&member(1)].name, None);
}

#[test]
fn who_moderates_no_more_does_not_go_on_under_the_moderators_name() {
    let mut board = board();
    board.settings.anonymity = Anonymity::Named;
    let staff = |moderates| Actor {
        moderates,
        ..actor(MODERATOR)
    };
    let mut acts = |moderates, operation: Operation| {
        let event = decide(&board, staff(moderates), &operation).unwrap();
        let record = Record {
            sequence: board.sequence + 1,
            member: member(MODERATOR),
            at: Instant(0),
            event,
        };
        apply(&mut board, &record);
    };
    let written = |id| Operation::Write {
        card: card(id),
        column: column(1),
        kind: CardKind::Topic,
        text: "Bitte bleiben Sie beim Thema.".to_owned(),
    };
    let join = Operation::Join {
        name: Some("Moderation".to_owned()),
        district: None,
        role: None,
    };
    acts(true, join);
    acts(true, written(1));
    // Staff has signed out, and somebody else sits at the device.
    acts(false, written(2));
    let author = |id| {
        let card = seen(&board, Audience::Everybody, id);
        (card.author, card.by_moderation)
    };
    assert_eq!(author(1), (Some("Moderation".to_owned()), true));
    assert_eq!(author(2), (None, false));
}

#[test]
fn beside_the_mark_an_anonymous_card_says_nothing_more_of_who_wrote_it() {
    let mut board = board();
    for number in [MODERATOR, 1, 2, 3, 4] {
        join(&mut board, number);
    }
    write(&mut board, 1, 1, "Von jemandem aus dem Raum.").unwrap();
    write(&mut board, MODERATOR, 2, "Von der Moderation.").unwrap();
    write(&mut board, MODERATOR, 3, "Noch einmal.").unwrap();
    let merge = Operation::Merge {
        card: card(3),
        into: Some(card(1)),
    };
    act(&mut board, MODERATOR, merge).unwrap();
    for audience in EVERYBODY {
        // So many are from there that the others say it.
        let other = seen(&board, audience, 1);
        assert!(other.author.is_some(), "{audience:?}");
        let own = seen(&board, audience, 2);
        assert_eq!((own.author, own.by_moderation), (None, true), "{audience:?}");
        let source = &other.sources[0];
        assert_eq!((source.author.as_deref(), source.by_moderation), (None, true));
    }
}

#[test]
fn a_log_from_before_the_mark_is_read_as_it_was() {
    let text = r#"{"done":"written","card":"00000000-0000-0000-0000-000000000001","number":1,"column":"00000000-0000-0000-0000-000000000001","place":"a","kind":"topic","text":"Alt.","standing":"published"}"#;
    let event: Event = serde_json::from_str(text).unwrap();
    assert!(matches!(
        event,
        Event::Written {
            by_moderation: false,
            ..
        }
    ));
    assert_eq!(serde_json::to_string(&event).unwrap(), text, "and written so");
}
